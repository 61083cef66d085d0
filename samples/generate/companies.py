"""Companies, people and addresses that do not exist, drawn by lot from a name: the same name, the same company."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from samples.generate.facts import LONG_TERM, Era, Kind, Licence, Term, qr_of
from samples.generate.identifiers import credit_code, id_number, registration_number

CITIES = {
    "深圳市": ("广东省", "4403", ("龙岗区", "宝安区", "南山区")),
    "广州市": ("广东省", "4401", ("番禺区", "白云区", "海珠区")),
    "杭州市": ("浙江省", "3301", ("余杭区", "萧山区", "滨江区")),
    "义乌市": ("浙江省", "3307", ("稠江街道", "北苑街道", "福田街道")),
    "厦门市": ("福建省", "3502", ("湖里区", "集美区", "同安区")),
    "苏州市": ("江苏省", "3205", ("吴中区", "相城区", "姑苏区")),
    "青岛市": ("山东省", "3702", ("城阳区", "崂山区", "市北区")),
    "成都市": ("四川省", "5101", ("武侯区", "成华区", "双流区")),
}
"""City → province, four-digit division, districts."""

_SURNAMES = "林陈黄周吴徐孙马朱胡郭何高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁"
_GIVEN = "明华文海云志远思雨佳宁晓峰建国立新子涵若兰永昌春燕国栋雪梅天宇向东静怡伟光"
_ROADS = ("星屿路", "云帆大道", "听潮街", "望川路", "银杏里街", "晴澜路", "飞鸢路", "石榴湾路")
_BUILDINGS = ("云栈大厦", "青禾创意园", "远帆科技园", "丰叶商务中心", "临溪工业园")

TRADE_ENDING = "（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）"


@dataclass(frozen=True)
class Person:
    """A natural person."""

    name: str
    id_number: str


@dataclass(frozen=True)
class Company:
    """A company as its registrar knows it."""

    name: str
    kind: Kind
    company_type: str
    city: str
    code: str
    registration_number: str
    person: Person
    address: str
    scope: str
    authority: str
    capital: tuple[str, int] | None
    """As printed, and in yuan; only companies have one."""


_TYPES = {
    Kind.COMPANY: ("有限责任公司（自然人投资或控股）", "有限责任公司（自然人独资）", "有限责任公司"),
    Kind.PARTNERSHIP: ("普通合伙企业",),
    Kind.INDIVIDUAL: ("个体工商户",),
    Kind.BRANCH: ("有限责任公司分公司（自然人投资或控股）",),
}

_CAPITALS = (
    ("壹佰万元整", 1_000_000),
    ("人民币500.0000万元整", 5_000_000),
    ("叁佰万圆整", 3_000_000),
    ("伍拾万元人民币", 500_000),
    ("200万元人民币", 2_000_000),
    ("人民币壹仟零捌拾万元整", 10_800_000),
)


def invent_company(name: str, city: str, *, goods: str, kind: Kind = Kind.COMPANY) -> Company:
    """Return the company of that name; everything about it follows from the name.

    Args:
        name: As the licence prints it.
        city: A key of `CITIES`.
        goods: What it trades in, for the business scope: `服装、鞋帽`.
        kind: Whose licence it will hold.
    """
    chance = Random(name)
    province, division, districts = CITIES[city]
    district = chance.choice(districts)
    prefix = "92" if kind is Kind.INDIVIDUAL else "91"
    # 义乌 has no districts: its licences are sealed by the city.
    seat = f"{city}市场监督管理局" if "街道" in district else f"{city}{district}市场监督管理局"
    return Company(
        name=name,
        kind=kind,
        company_type=chance.choice(_TYPES[kind]),
        city=city,
        code=credit_code(prefix, division, chance),
        registration_number=registration_number(division, chance),
        person=invent_person(division, chance),
        address=_address(province, city, district, chance),
        scope=_scope(goods),
        authority=seat,
        capital=chance.choice(_CAPITALS) if kind is Kind.COMPANY else None,
    )


def invent_person(division: str, chance: Random) -> Person:
    """Return a person between 26 and 56 years old in 2026, registered in that division."""
    name = chance.choice(_SURNAMES) + "".join(chance.sample(_GIVEN, 2))
    born = date(chance.randint(1970, 1999), chance.randint(1, 12), chance.randint(1, 28))
    return Person(name, id_number(division, born, chance))


def _address(province: str, city: str, district: str, chance: Random) -> str:
    city_part = f"金华市{city}" if city == "义乌市" else city
    house = f"{chance.randint(2, 188)}号{chance.choice(_BUILDINGS)}{chance.choice('ABC')}座"
    return (
        f"{province}{city_part}{district}{chance.choice(_ROADS)}{house}{chance.randint(3, 18)}0{chance.randint(1, 9)}室"
    )


def _scope(goods: str) -> str:
    kinds = goods.split("、")
    retail = "；".join(f"{kind}零售；{kind}批发" for kind in kinds)
    return f"一般项目：互联网销售（除销售需要许可的商品）；{retail}；货物进出口；国内贸易代理。{TRADE_ENDING}"


def licence_of(
    company: Company,
    era: Era,
    *,
    established: date,
    issued: date,
    until: Term | None = LONG_TERM,
    copy: str = "original",
) -> Licence:
    """Return the licence of `company`.

    Args:
        company: Whose licence.
        era: Which face.
        established: Day of establishment, or of registration for an individual business.
        issued: Day under the seal.
        until: Last day of the operating period; `long_term` prints 长期 alone, None no period at all.
        copy: `original` or `duplicate`.
    """
    capital, amount = company.capital or (None, None)
    licence = Licence(
        era=era,
        kind=company.kind,
        copy="duplicate" if copy == "duplicate" else "original",
        name=company.name,
        company_type=company.company_type,
        person=company.person.name,
        address=company.address,
        scope=company.scope,
        established=established,
        issued=issued,
        authority=company.authority,
        code=company.code,
        capital=capital,
        capital_amount=amount,
        period=_period(company.kind, established, until),
        composition="个人经营" if company.kind is Kind.INDIVIDUAL else None,
        qr=qr_of(company.code),
    )
    return _aged(licence, company) if era is not Era.LANDSCAPE_2019 else licence


def _period(kind: Kind, established: date, until: Term | None) -> tuple[date | None, Term] | None:
    if until is None or kind is Kind.INDIVIDUAL:
        return None
    return (None if until == LONG_TERM else established), until


def _aged(licence: Licence, company: Company) -> Licence:
    """Put the words of its time on a licence: the older registrar and, before 2015-10, the older number."""
    older = replace(licence, authority=licence.authority.replace("市场监督管理局", "工商行政管理局"))
    if licence.era is Era.PRE_2014:
        return replace(older, code=None, registration_number=company.registration_number, qr=None)
    return older
