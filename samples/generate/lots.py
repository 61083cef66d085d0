"""Licences, certificates and notices drawn by lot, with names as long and rare as in life. All of it is invented."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from samples.generate.companies import CITIES, Company, invent_company, licence_of
from samples.generate.facts import LONG_TERM, Era, Kind, Licence, Mark, Notice, Term
from samples.generate.papers import certificate, notice

_TODAY = date(2026, 11, 1)
"""Nothing is issued later."""

_WORDS = "青岚星屿云栈远帆听潮望川银杏晴澜飞鸢石榴临溪丰叶虚舟纸上棉朵弦外逐浪行囊北巷潮汐鹿鸣砚池松果半夏知微拾光"
_RARE_WORDS = "翀昶犇淼垚鑫祎珩玥煜燚翯旻昉琤璟筠萱霖韫"
_TRADES = (
    "贸易",
    "电子商务",
    "进出口",
    "跨境电子商务",
    "家居用品",
    "供应链管理",
    "文化传播",
    "精密五金制品",
    "国际货运代理",
)
_ENDINGS = ("有限公司", "有限公司", "有限责任公司", "股份有限公司", "（集团）有限公司")
_SURNAMES = "林陈黄周吴徐孙马朱胡郭何高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁"
_RARE_SURNAMES = ("欧阳", "司徒", "上官", "诸葛", "逄", "仉", "亓", "隗", "昝", "妫", "酆", "单于", "钭")
_GIVEN = "明华文海云志远思雨佳宁晓峰建国立新子涵若兰永昌春燕栋雪梅天宇向东静怡伟光"
_FAR_NAMES = ("阿依古丽·买买提", "迪丽娜尔·艾山江", "扎西次仁", "巴特尔·额尔德尼", "古扎努尔·吐尔逊")

GOODS = {
    3: ("洗面奶", "化妆品", "香水", "牙膏", "洗洁精", "口红", "护肤用化妆剂", "洗发液"),
    9: ("计算机外围设备", "移动电话用保护壳", "耳机", "电池充电器", "数据线", "智能手表（数据处理）"),
    11: ("灯", "电热水壶", "空气净化用杀菌灯", "电风扇", "厨房用抽油烟机", "冰箱"),
    14: ("手表", "钟", "表带", "首饰盒", "项链（首饰）", "戒指（首饰）"),
    18: ("旅行箱", "背包", "手提包", "钱包（钱夹）", "伞", "旅行用具（皮件）"),
    20: ("家具", "枕头", "竹木工艺品", "镜子（玻璃镜）", "室内百叶帘", "软垫"),
    21: ("家用或厨房用容器", "瓷器", "牙刷", "保温瓶", "刷子", "水晶（玻璃制品）"),
    24: ("床单和枕套", "被罩", "毛巾被", "窗帘", "纺织品毛巾", "毯子"),
    25: ("服装", "连衣裙", "鞋", "帽", "袜", "手套（服装）", "围巾", "领带", "腰带", "游泳衣", "婴儿全套衣"),
    28: ("玩具", "锻炼身体器械", "运动球类", "钓鱼用具", "圣诞树用装饰品（照明用物品和糖果除外）", "轮滑鞋"),
    35: ("广告", "替他人推销", "为商品和服务的买卖双方提供在线市场", "进出口代理", "市场营销"),
}
"""Nice class → goods as CNIPA words them."""

_TRADED = (
    "服装、鞋帽",
    "箱包、皮革制品",
    "电子产品、通讯设备",
    "家居用品、日用百货",
    "玩具、工艺品",
    "钟表、饰品、化妆品",
)
_SYLLABLES = (
    "ve",
    "lo",
    "qua",
    "ro",
    "ti",
    "do",
    "wel",
    "ka",
    "sta",
    "nor",
    "mi",
    "zen",
    "ax",
    "ri",
    "el",
    "bo",
    "phi",
    "tra",
)


def random_licence(chance: Random) -> Licence:
    """Return a licence of any face and kind of company."""
    era = chance.choices(tuple(Era), weights=(1, 3, 6))[0]
    kind = Kind.COMPANY if era is Era.PRE_2014 else chance.choices(tuple(Kind), weights=(6, 1, 2, 1))[0]
    company = random_company(chance, kind)
    issued = _day(chance, *_ISSUED[era])
    established = issued - timedelta(days=chance.choice((0, 0, chance.randint(30, 2500))))
    until: Term | None = chance.choice((LONG_TERM, _anniversary(established, chance.choice((10, 20, 30, 50)))))
    if era is Era.LANDSCAPE_2019 and issued >= date(2022, 3, 1) and chance.random() < 0.7:
        until = None
    copy = "duplicate" if era is Era.PRE_2014 or chance.random() < 0.5 else "original"
    return licence_of(company, era, established=established, issued=issued, until=until, copy=copy)


def random_certificate(chance: Random) -> Mark:
    """Return a certificate of any style, of a mark in Latin letters or in Chinese."""
    nice_class = chance.choice(tuple(GOODS))
    goods = GOODS[nice_class]
    drawn = tuple(chance.sample(goods, chance.randint(3, len(goods))))
    style = chance.choice(("paper", "paper_qr", "electronic"))
    first, last = {"paper": (2008, 2015), "paper_qr": (2017, 2021), "electronic": (2022, 2025)}[style]
    registered = date(chance.randint(first, last), chance.randint(1, 12), chance.choice((7, 14, 21, 28)))
    number = str(chance.randint(4_000_000, 84_999_999))
    company = random_company(chance, Kind.COMPANY)
    return certificate(company, random_mark(chance), number, nice_class, drawn, registered, style=style)  # type: ignore[arg-type]


def random_notice(chance: Random) -> Notice:
    """Return an acceptance notice of this or last year."""
    filed = _day(chance, date(2025, 6, 1), date(2026, 9, 1))
    company = random_company(chance, chance.choice((Kind.COMPANY, Kind.INDIVIDUAL)))
    number = str(chance.randint(85_000_000, 95_999_999))
    noticed = filed + timedelta(days=chance.randint(9, 50))
    return notice(company, random_mark(chance), number, chance.choice(tuple(GOODS)), filed=filed, noticed=noticed)


def random_company(chance: Random, kind: Kind) -> Company:
    """Return a company, one in four with a long or rare name, and its person likewise."""
    city = chance.choice(tuple(CITIES))
    word = "".join(chance.sample(_WORDS, chance.choice((2, 2, 3, 4))))
    if chance.random() < 0.12:
        word = word[:1] + "".join(chance.sample(_RARE_WORDS, 2))
    trade = chance.choice(_TRADES)
    if chance.random() < 0.12:
        trade += f"与{chance.choice(_TRADES)}服务"
    ending = {
        Kind.COMPANY: chance.choice(_ENDINGS),
        Kind.PARTNERSHIP: "中心（有限合伙）",
        Kind.INDIVIDUAL: chance.choice(("商行", "经营部", "店")),
        Kind.BRANCH: f"有限公司{city.removesuffix('市')}第{chance.choice('一二三')}分公司",
    }[kind]
    seat = f"{city}{chance.choice(CITIES[city][2])}" if kind is Kind.INDIVIDUAL else city
    company = invent_company(f"{seat}{word}{trade}{ending}", city, goods=chance.choice(_TRADED), kind=kind)
    return replace(company, person=replace(company.person, name=random_person(chance)))


def random_person(chance: Random) -> str:
    """Return a name of two to ten characters, one in five rare."""
    if chance.random() < 0.05:
        return chance.choice(_FAR_NAMES)
    surname = chance.choice(_RARE_SURNAMES) if chance.random() < 0.15 else chance.choice(_SURNAMES)
    pool = _RARE_WORDS if chance.random() < 0.2 else _GIVEN
    return surname + "".join(chance.sample(pool, chance.choice((1, 2, 2, 2))))


def random_mark(chance: Random) -> str:
    """Return a mark: a Latin word, two of them, or two to four Chinese characters."""
    if chance.random() < 0.25:
        return "".join(chance.sample(_WORDS, chance.randint(2, 4)))
    word = "".join(chance.sample(_SYLLABLES, chance.choice((2, 3, 3, 4))))
    return f"{word} {chance.choice(_SYLLABLES)}x".upper() if chance.random() < 0.12 else word.upper()


_ISSUED = {
    Era.PRE_2014: (date(2007, 1, 1), date(2014, 2, 28)),
    Era.PORTRAIT_2014: (date(2015, 10, 1), date(2019, 2, 28)),
    Era.LANDSCAPE_2019: (date(2019, 3, 1), _TODAY),
}


def _day(chance: Random, first: date, last: date) -> date:
    return first + timedelta(days=chance.randint(0, (last - first).days))


def _anniversary(start: date, years: int) -> date:
    day = start.replace(year=start.year + years, day=min(start.day, 28))
    return day - timedelta(days=1)
