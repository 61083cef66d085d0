"""Identity cards, qualifications and invoices drawn by lot. All of it is invented.

An identity number names a whole city where the police write a county (`identifiers`); numbers of permits and
certificates name a division or a body that does not exist.
"""

from datetime import date, timedelta
from random import Random

from samples.generate.companies import CITIES, Company
from samples.generate.facts import LONG_TERM, Bought, Card, Invoice, Kind, Qualified, Term
from samples.generate.identifiers import id_number
from samples.generate.lots import GOODS, random_company, random_person

_TODAY = date(2026, 11, 1)
"""Nothing is issued later."""
_PEOPLES = ("汉", "汉", "汉", "汉", "回", "满", "壮", "蒙古", "维吾尔")
_STREETS = ("星屿街道", "云栈镇", "听潮街道", "望川镇")
_TITLES = {
    "food_production": "食品生产许可证",
    "food_business": "食品经营许可证",
    "cosmetics_production": "化妆品生产许可证",
    "medical_device_operation": "医疗器械经营许可证",
    "medical_device_production": "医疗器械生产许可证",
    "tobacco_monopoly": "烟草专卖零售许可证",
}
_GOODS = {
    "food_production": ("饼干", "糖果制品", "茶叶及相关制品", "炒货食品及坚果制品", "方便食品"),
    "food_business": ("预包装食品销售", "散装食品销售", "保健食品销售", "婴幼儿配方乳粉销售"),
    "cosmetics_production": ("一般液态单元", "膏霜乳液单元", "粉单元", "蜡基单元"),
    "medical_device_operation": ("6820普通诊察器械", "6864医用卫生材料及敷料", "6840体外诊断试剂", "6826物理治疗设备"),
    "medical_device_production": ("第二类07医用诊察器械", "第二类14注输器械"),
    "tobacco_monopoly": ("卷烟本店零售", "雪茄烟本店零售", "电子烟零售"),
}
_DEVICES = ("红外额温计", "电子血压计", "医用外科口罩", "血氧仪", "家用雾化器")
_ENGLISH_GOODS = (
    "LED desk lamp",
    "Bluetooth headset",
    "Wooden puzzle",
    "USB charger",
    "Plush bear",
    "Electric kettle",
    "Power bank",
)
_ENGLISH_CITIES = ("Shenzhen", "Hangzhou", "Xiamen", "Suzhou", "Qingdao")
_WORDS = ("Starriver", "Cloudpier", "Farsail", "Tidelane", "Skyferry", "Silverlane", "Moonharbour", "Quietbrook")
_TRADES = ("Trading", "Electronic", "Toys", "Lighting", "Household Products", "Technology")
_LABORATORIES = (
    "Clearfall Testing Services Co., Ltd.",
    "Northlamp Product Certification Co., Ltd.",
    "Greyheron Laboratory Co., Ltd.",
)
_ENGLISH = {
    "ce": (("CERTIFICATE OF CONFORMITY", "EU DECLARATION OF CONFORMITY"), ("2014/30/EU", "2014/35/EU")),
    "rohs": (("RoHS CERTIFICATE OF COMPLIANCE", "DECLARATION OF CONFORMITY"), ("2011/65/EU", "(EU) 2015/863")),
    "fcc": (("FCC CERTIFICATE OF CONFORMITY", "SUPPLIER'S DECLARATION OF CONFORMITY"), ("47 CFR FCC Part 15",)),
    "ukca": (("CERTIFICATE OF CONFORMITY", "UK DECLARATION OF CONFORMITY"), ("UKCA", "S.I. 2016 No. 1091")),
    "cpc": (("CHILDREN'S PRODUCT CERTIFICATE", "CHILDREN'S PRODUCT CERTIFICATE"), ("16 CFR 1303", "ASTM F963-23")),
    "fda": (("CERTIFICATE OF FDA REGISTRATION", "CERTIFICATE OF FDA REGISTRATION"), ("21 CFR Part 807",)),
}  # fmt: skip
"""Kind → title of a laboratory's certificate and of a declaration, and the laws that it names."""


def random_card(chance: Random) -> Card:
    """Return a card, both sides or one, of somebody between 16 and 70 years old when it was issued."""
    city = chance.choice(tuple(CITIES))
    province, division, districts = CITIES[city]
    born = _day(chance, date(1950, 1, 1), date(2007, 12, 31))
    number = id_number(division, born, chance)
    issued = _day(chance, max(date(2013, 1, 1), born.replace(day=1, year=born.year + 16)), date(2026, 6, 1))
    district = chance.choice(districts)
    house = f"{chance.randint(2, 299)}号{chance.randint(1, 30)}栋{chance.randint(101, 2904)}室"
    return Card(
        side=chance.choice(("both", "both", "front", "back")),
        name=random_person(chance),
        sex="male" if int(number[16]) % 2 else "female",
        ethnicity=chance.choice(_PEOPLES),
        born=born,
        address=f"{province}{city}{district}{chance.choice(_STREETS)}{house}",
        number=number,
        authority=f"{city}公安局" + (f"{district[:-1]}分局" if district.endswith("区") else ""),
        valid_from=issued,
        valid_to=_card_term(born, issued),
    )


def _card_term(born: date, issued: date) -> Term:
    """Return until when a card holds: 10 years for who is under 26, 20 under 46 (Identity Card Law, article 5)."""
    age = issued.year - born.year - ((issued.month, issued.day) < (born.month, born.day))
    if age >= 46:
        return LONG_TERM
    years = 10 if age < 26 else 20
    return issued.replace(year=issued.year + years, day=min(issued.day, 28))


def random_permit(chance: Random) -> Qualified:
    """Return one of the Chinese permits."""
    kind = chance.choice(tuple(_TITLES))
    company = random_company(chance, Kind.COMPANY)
    issued = _issued(chance)
    division = CITIES[company.city][1]
    authority = (
        "烟草专卖局" if kind == "tobacco_monopoly" else "药品监督管理局" if "medical" in kind else "市场监督管理局"
    )
    return Qualified(
        kind=kind,
        layout="permit",
        title=_TITLES[kind],
        number=_permit_number(kind, division, issued, chance),
        holder=company.name,
        holder_address=company.address,
        products=tuple(chance.sample(_GOODS[kind], chance.randint(1, len(_GOODS[kind]) - 1))),
        issued=issued,
        valid_to=_five_years(issued),
        issuer=f"{company.city}{authority}",
        person=company.person.name,
        code=company.code,
    )


def _permit_number(kind: str, division: str, issued: date, chance: Random) -> str:
    serial = f"{chance.randint(0, 9999999):07d}"
    return {
        "food_production": f"SC{chance.choice(('124', '113', '108'))}{division}97{serial[:5]}",
        "food_business": f"JY1{division}97{serial}",
        "cosmetics_production": f"粤妆{issued.year}{serial[:4]}",
        "medical_device_operation": f"深药监械经营许{issued.year}{serial[:4]}号",
        "medical_device_production": f"粤药监械生产许{issued.year}{serial[:4]}号",
        "tobacco_monopoly": f"{division}97{serial[:6]}",
    }[kind]


def random_registration(chance: Random) -> Qualified:
    """Return the registration of a medical device."""
    company = random_company(chance, Kind.COMPANY)
    issued = _issued(chance)
    return Qualified(
        kind="medical_device_registration",
        layout="registration",
        title="中华人民共和国医疗器械注册证",
        number=f"粤械注准{issued.year}207{chance.randint(0, 9999):04d}",
        holder=company.name,
        holder_address=company.address,
        products=(chance.choice(_DEVICES),),
        issued=issued,
        valid_to=_five_years(issued),
        issuer="广东省药品监督管理局",
    )


def random_ccc(chance: Random) -> Qualified:
    """Return a CCC certificate of toys or lamps."""
    company = random_company(chance, Kind.COMPANY)
    issued = _issued(chance)
    return Qualified(
        kind="ccc",
        layout="ccc",
        title="中国国家强制性产品认证证书",
        number=f"{issued.year}9722{chance.randint(0, 99999999):08d}",
        holder=company.name,
        holder_address=company.address,
        products=(chance.choice(("塑胶玩具", "可移式灯具", "电玩具", "弹射玩具")),),
        issued=issued,
        valid_to=_five_years(issued),
        issuer="中国星屿质量认证中心",
    )


def random_english(chance: Random) -> Qualified:
    """Return an English certificate of a laboratory, or a declaration of the maker."""
    kind = chance.choice(tuple(_ENGLISH))
    titles, laws = _ENGLISH[kind]
    declared = kind not in ("cpc", "fda") and chance.random() < 0.4
    issued = _day(chance, date(2021, 1, 1), _TODAY)
    name = english_company(chance)
    return Qualified(
        kind=kind,
        layout="declaration" if declared else "certificate",
        title=titles[declared],
        number=f"{chance.choice(('TR', 'GZ', 'NL'))}{issued:%y%m}{chance.randint(0, 9999999):07d}",
        holder=name,
        holder_address=english_address(chance),
        products=(chance.choice(_ENGLISH_GOODS),),
        issued=issued,
        valid_to=None if declared else _five_years(issued),
        issuer=None if declared else chance.choice(_LABORATORIES),
        laws=laws,
    )


def random_report(chance: Random) -> Qualified:
    """Return the first page of a laboratory's report, Chinese or English."""
    issued = _day(chance, date(2023, 1, 1), _TODAY)
    number = f"TR{issued:%Y%m}{chance.randint(0, 99999):05d}"
    if chance.random() < 0.4:
        return Qualified(
            "test_report",
            "report",
            chance.choice(("TEST REPORT", "EMC TEST REPORT", "TOY SAFETY TEST REPORT")),
            number,
            english_company(chance),
            english_address(chance),
            (chance.choice(_ENGLISH_GOODS),),
            issued,
            None,
            chance.choice(_LABORATORIES),
            laws=("EN 71-1:2014", "ASTM F963-23"),
        )
    company = random_company(chance, Kind.COMPANY)
    goods = chance.choice(GOODS[chance.choice((21, 25, 28))])
    return Qualified(
        "test_report",
        "report",
        chance.choice(("检验检测报告", "检测报告", "检验报告")),
        number,
        company.name,
        company.address,
        (goods,),
        issued,
        None,
        "广东星屿检测技术有限公司",
        laws=("GB/T 22796-2021",),
    )


def random_vat_invoice(chance: Random) -> Invoice:
    """Return a Chinese invoice, fully digital or of the older form."""
    buyer, seller = random_company(chance, Kind.COMPANY), random_company(chance, Kind.COMPANY)
    style = chance.choice(("digital", "digital", "special"))
    day = _day(chance, date(2024, 6, 1), _TODAY)
    digits = f"{day:%y}97{chance.randrange(10**16):016d}" if style == "digital" else f"{chance.randrange(10**8):08d}"
    goods = chance.sample(GOODS[25], chance.randint(1, 4))
    items = tuple(Bought(f"*服装*{name}", chance.randint(5, 300), chance.randint(9, 400)) for name in goods)
    return Invoice("special" if style == "special" else "digital", digits, *_parties(seller, buyer), day, items)


def _parties(seller: Company, buyer: Company) -> tuple[str, str, str, str]:
    return seller.name, seller.code, buyer.name, buyer.code


def random_commercial_invoice(chance: Random) -> Invoice:
    """Return a commercial invoice in English."""
    day = _day(chance, date(2024, 6, 1), _TODAY)
    number = f"INV-{day:%Y%m}-{chance.randint(1, 999):03d}"
    goods = chance.sample(_ENGLISH_GOODS, chance.randint(1, 4))
    items = tuple(Bought(name, chance.randint(5, 300), chance.randint(2, 90)) for name in goods)
    return Invoice("commercial", number, english_company(chance), "", english_company(chance), "", day, items)


def english_company(chance: Random) -> str:
    """Return a company's English name."""
    return f"{chance.choice(_ENGLISH_CITIES)} {chance.choice(_WORDS)} {chance.choice(_TRADES)} Co., Ltd."


def english_address(chance: Random) -> str:
    """Return an address that does not exist."""
    room = f"Room {chance.randint(101, 2904)}, Block {chance.choice('ABC')}"
    return f"{room}, Yunzhan Building, {chance.choice(_ENGLISH_CITIES)}, China"


def _issued(chance: Random) -> date:
    return _day(chance, date(2021, 12, 1), _TODAY)


def _five_years(issued: date) -> date:
    """Return the last day of five years."""
    return issued.replace(year=issued.year + 5, day=min(issued.day, 28)) - timedelta(days=1)


def _day(chance: Random, first: date, last: date) -> date:
    return first + timedelta(days=chance.randint(0, (last - first).days))
