"""Marks in the running text of letters: in quotation marks, with ®, or beside a word such as 品牌 or trademark."""

import re
from collections.abc import Iterator

from extractors.letters.words import PLATFORM_NAMES, Part

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_LETTER = r"A-Za-z0-9À-ɏ"
_OPEN, _CLOSE = "\"“”'‘’「『《【", "\"“”'‘’」』》】"
_QUOTED = rf"[{_OPEN}](?P<mark>[^{_OPEN}{_CLOSE}\n,。;:]{{1,40}})[{_CLOSE}]"
_SIGN = r"(?:\s?[®™]|\(R\)|\(TM\))?"
_LATIN = rf"(?<![{_LETTER}&])[A-ZÀ-Þ][{_LETTER}&'.\-]*(?: (?:&|[A-Z0-9À-Þ][{_LETTER}&'.\-]*)){{0,3}}"
_CAPITALS = r"(?<![A-Za-z0-9&])[A-Z][A-Z0-9&'\-]+(?: [A-Z0-9&'\-]+){0,2}(?![a-z])"
_NOUN_ZH = r"(?:注册)?(?:系列)?(?:品牌|商标|牌|产品|商品)"
_NOUN_EN = (
    r"(?:[Bb]rands?|BRANDS?|(?:[Rr]egistered )?[Tt]rade ?[Mm]arks?|TRADEMARKS?|[Mm]arks?\b|[Pp]roducts|PRODUCTS|"
    r"[Bb]randed|[Gg]oods|[Rr]ange)"
)
_NAMED_EN = r"\b(?:[Tt]rade ?[Mm]arks?|[Bb]rands?|[Mm]arks?)(?: names?)?(?: of)?[:,]?\s*"
_USED_EN = r"\b(?:[Tt]he|THE|of|our|registered|[Ss]ell|selling|market|distribute|promote|manufacture|supply|use|for)\s+"
_USED_ZH = r"(?:销售|经销|经营|代理|使用|推广|旗下|拥有|持有|所有|生产|的|我公司|我司|本公司|贵公司|自有|作为|系|是)"
_NUMBER_NEXT = r"(?=\s?\((?:商标)?(?:注册|申请|Reg|No|Serial|第\d))"
_MARKS = tuple(
    (re.compile(pattern), sure)
    for pattern, sure in (
        (rf"{_QUOTED}{_SIGN}(?:\([^()]{{1,40}}\))?\s*(?:{_NOUN_ZH}|{_NOUN_EN})", 0.97),
        (rf"(?:品牌|商标)(?:名称)?(?:为|是|:)?{_QUOTED}", 0.97),
        (rf"{_NAMED_EN}{_QUOTED}", 0.97),
        (rf"{_QUOTED}{_SIGN}{_NUMBER_NEXT}", 0.95),
        (rf"{_QUOTED}{_SIGN}(?=(?:\([^()]{{0,40}}\))?(?:[、,及和与]|\s*and\s*)[{_OPEN}])", 0.9),
        (rf"[{_CLOSE}]{_SIGN}\s?(?:[、,及和与]|and)\s?{_QUOTED}", 0.9),
        (rf"(?:{_USED_EN}|{_USED_ZH}){_QUOTED}", 0.86),
        (rf"(?P<mark>{_LATIN}){_SIGN}(?:\([{_HAN}]{{1,10}}\))?\n?{_NOUN_ZH}", 0.93),
        (rf"(?P<mark>{_LATIN}){_SIGN}{_NUMBER_NEXT}", 0.86),
        (rf"(?:品牌|商标)(?:名称)?(?:为|是)?(?P<mark>{_LATIN})(?![a-z])", 0.9),
        (rf"(?P<mark>{_CAPITALS})\s?[®™]", 0.93),
        (rf"{_USED_EN}(?P<mark>{_LATIN}){_SIGN}\s+{_NOUN_EN}", 0.88),
        (rf"{_NAMED_EN}(?P<mark>{_CAPITALS})", 0.9),
        (rf"{_USED_ZH}(?P<mark>[{_HAN}]{{2,6}}?){_SIGN}(?:品牌|商标|牌|系列)", 0.86),
        (
            r"(?:[Ss]tocki(?:e)?st|[Dd]ealer|[Dd]istributor|[Rr]eseller|[Aa]gent)s? (?:for|of) "
            rf"(?P<mark>{_CAPITALS})(?= in\b| on\b|[,.;]|$)",
            0.86,
        ),
        (
            r"[Aa]uthori[sz]ed (?:[Ss]tocki(?:e)?st|[Dd]ealer|[Dd]istributor|[Rr]eseller|[Aa]gent)s? (?:for|of) "
            rf"(?:M/s\.? ?)?(?P<mark>{_LATIN})(?: Ltd| Limited| Inc)?",
            0.7,
        ),
    )
)
_NO_MARK = re.compile(
    r"我司|我公司|本公司|贵司|^[该此其本的]|上述|以上|以下|相关|注册|自有|知名|所有|授权|许可|公司|产品|任何|该等|前述|"
    r"系列|其他|多个|一个|品牌|商标|指定|名下|甲方|乙方|"
    r"^(?:(?:The|the|This|Our|We|Mark|Marks|Trademark|Trademarks|Brand|Licensor|Licensee|Grantor|Grantee|Products?|"
    r"Said|Licensed|Registered|Agreement|Authori[sz]ed|PRODUCTS?|Party|Distributor|Dealer|Territory|Effective Date|"
    r"License Agreement|Company|Goods|US|EU|UK|China|Chinese|TM|ALL|AND|THE|OF|FOR|LETTER|AUTHORI[SZ]ATION|SALES)"
    r"(?: |$))+",
)
_SHORT_NAME = re.compile(r"\([^()]{0,12}[\"“](?:the )?(?P<term>[^\"”“()]{1,40})[\"”]\)")
"""What a letter calls a party from here on: `Test Limited ("TL")`."""
_SURE = 0.9
_FILLERS = re.compile(r"^(?:THE|The|the|our|OUR|SALES OF|SALES|FOR|OF) ")


def is_mark(text: str) -> bool:
    """Whether `text` may be a mark, and is no word that stands for one: 该品牌, the Mark, or a marketplace."""
    bare = text.strip()
    return bool(bare) and _NO_MARK.search(bare) is None and PLATFORM_NAMES.fullmatch(bare) is None


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches; after one that holds no mark the search goes on within it: 销售我公司…品牌 is tried twice."""
    place = 0
    while match := pattern.search(text, place):
        yield match
        place = match.end() if is_mark(match["mark"]) else match.start() + 1


def find_marks(text: str) -> Iterator[tuple[Part, int, int, float]]:
    """Yield where marks stand, from where to where, and how sure that is; the same mark may come several times."""
    short = {match["term"] for match in _SHORT_NAME.finditer(text)}
    for pattern, sure in _MARKS:
        for match in _matches(pattern, text):
            start, stop = match.span("mark")
            while filler := _FILLERS.match(text[start:stop]):
                start += filler.end()
            called = sure < _SURE and text[start:stop] in short
            if is_mark(text[start:stop]) and not called:
                yield Part.MARK, start, stop, sure
