"""What a letter grants in running text: marks, numbers, classes, kind, platforms, territory, sub-licence, period.

Each function yields stretches of half-width, simplified text that say one thing, with how sure that is. What the
stretches mean is for extractors/letters/values.py to say.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest

from extractors.letters.dates import find_days
from extractors.letters.marks import find_marks
from extractors.letters.words import PLATFORM_NAMES, PLATFORM_WORDS, Part, same_platform

Stretch = tuple[Part, int, int, float]
"""What, from where, to where, how sure."""

_NUMBER = r"(?:UK\d{11}|G\d{6,8}|[A-Z]{0,3}\d{5,9}[A-Z]{0,2}|\d{1,2},\d{3},\d{3})"
NUMBER = re.compile(rf"(?<![\dA-Za-z]){_NUMBER}(?![\d])")
"""A trademark's number, of any office."""
_MORE = rf"(?:\s*号?\s*(?:[、,/;]|及|和|与|and|&)\s*第?\s*{_NUMBER}(?!\d))*"
_NUMBERS = (
    re.compile(
        rf"(?:商标注册证号|注册证号|注册号|商标号|申请号|商标注册号)(?:码)?(?:/申请号)?(?:为|是|"
        rf":)*\s*第?\s*(?P<list>{_NUMBER}(?![\d年])(?:{_MORE}))号?"
    ),
    re.compile(rf"\(\s?Nos?\b\.?\s*(?P<list>{_NUMBER}(?!\d)(?:{_MORE}))\s?\)"),
    re.compile(r"\b(?P<list>UK\d{11})\b"),
    re.compile(rf"第\s*(?P<list>{_NUMBER}(?:{_MORE}))\s*号(?!令)"),
    re.compile(
        r"(?:Reg(?:istration|istered)?\.?|Trade ?mark|Application|Appl?\.|Serial|Certificate)(?:\s*Reg(?:istration|"
        r"\.)?)?\s*(?:Nos?\b\.?|Numbers?)\s*(?:is|are)?[:.\s]*"
        rf"(?P<list>{_NUMBER}(?!\d)(?:{_MORE}))",
        re.IGNORECASE,
    ),
)
_CLASSES = (
    re.compile(r"第?(?<!\d)(?P<list>\d{1,2}(?:\s*类?\s*(?:[、,/]|及|和|与)\s*第?\s*\d{1,2})*)\s*类(?!似)"),
    re.compile(
        r"\b(?:[Cc]lass(?:es)?|CLASS(?:ES)?|Int\. Cl\.|Nice [Cc]lass(?:es)?)\s*:?\s*(?P<list>\d{1,2}(?:\s*(?:,|and|&|"
        r"/)\s*\d{1,2})*)(?!\d)"
    ),
)
_GRANT = re.compile(
    r"非独占|非独家|非排他|普通(?:使用)?(?:许可|授权)|独占|独家|排他|排它|non-?\s?exclusive|sole and exclusive|"
    r"exclusively|exclusive|\bsole\b",
    re.IGNORECASE,
)
_NO_GRANT = re.compile(
    r"^\s*(?:owner|proprietor|right, title|rights? (?:holder|owner)|ownership|property|responsib|jurisdiction|liab|"
    r"discretion|商标专用权|所有权)|^\s*\S{0,4}所有人",
    re.IGNORECASE,
)
_REGION = (
    r"全球|全世界|世界范围|全国|中国大陆(?:地区)?|中国境内|中国内地|中国(?:地区)?|中华人民共和国(?:境内|领域内)?|"
    r"大陆地区|海外|境外|国内外|港澳台|"
    r"欧盟|欧洲|北美|南美|东南亚|亚太|中东|非洲|美国|俄罗斯|巴西|西班牙|法国|德国|英国|日本|韩国|"
    r"(?:华东|华南|华北|华中|西南|西北|东北)(?:地区)?"
)
_TERRITORIES = (
    (
        re.compile(
            rf"[在于](?P<place>(?:{_REGION})(?:[、及和与](?:{_REGION}))*)(?:范围|区域|地区|市场|境)?(?:内|范围内|"
            rf"区域内)?"
        ),
        0.9,
    ),
    (re.compile(rf"(?P<place>{_REGION})(?:范围内|区域内|市场|独家|总)"), 0.85),
    (re.compile(rf"(?:区域|地域|地区|范围)(?:为|是)(?P<place>(?:{_REGION})(?:[、及和与](?:{_REGION}))*)"), 0.92),
    (re.compile(r"(?P<place>华东地区|华南地区|华北地区|华中地区|西南地区|西北地区|东北地区)"), 0.8),
    (re.compile(r"\b(?P<place>world-?wide|throughout the world|all over the world|globally)\b", re.IGNORECASE), 0.95),
    (
        re.compile(
            r"\b(?:within|throughout|in)\s+(?:the territory of\s+|territories of\s+|following territor(?:y|"
            r"ies)[: ]+)?"
            r"(?P<place>(?:the )?(?:People['’]s Republic of China|United States(?: of America)?|European Union|United "
            r"Kingdom|Mainland China|mainland China|"
            r"China|Europe|Asia|North America|South America|South-?[Ee]ast Asia|Russia|Brazil|Spain|France|Germany|"
            r"India|Turkey|Middle East)"
            r"(?:(?:,? and|,) (?:the )?[A-Z][a-z]+(?: [A-Z][a-z]+)?)*)"
        ),
        0.85,
    ),
    (
        re.compile(
            r"\b(?:territory|territories|region) (?:of|is|shall be|are|:)\s+(?:the\s+)?(?P<place>[A-Z][A-Za-z "
            r",]{2,60}?)(?=[.;\n]|$)"
        ),
        0.9,
    ),
)
TERRITORY = re.compile(rf"{_REGION}|world-?wide|global|China|territor", re.IGNORECASE)
"""A word that stands for a territory."""
_ONWARD = r"(?:转授权|再授权|转让授权|分许可|再许可|转许可|转授|次级授权|二次授权|授权(?:给)?(?:其他|任何)?第三[方人])"
_NOT_EN = r"(?:not|no right|without the right|neither|cannot|prohibited|non)"
_SUB_EN = r"sub-?\s?(?:licen[sc]|authori[sz]|grant|assign)"
_SUBLICENSES = (
    (
        re.compile(
            rf"(?:不得|不可|无权|不能|禁止|不允许|不具有|不享有|不享|没有|不可以|无)[^。;\n]{{0,24}}?{_ONWARD}(?:权|"
            rf"的权利)?"
        ),
        0.96,
    ),
    (re.compile(rf"(?:有权|可以|可|允许|享有|具有|拥有|有)[^。;\n]{{0,12}}?{_ONWARD}(?:权|的权利)?"), 0.95),
    (re.compile(rf"{_ONWARD}(?:权|权利)?(?:不予授予|不被允许|无效|除外)"), 0.9),
    (re.compile(rf"\b{_NOT_EN}\b[^.;\n]{{0,80}}?{_SUB_EN}\w*", re.IGNORECASE), 0.95),
    (re.compile(rf"\b(?:non-?\s?{_SUB_EN}able|not {_SUB_EN}able)\b", re.IGNORECASE), 0.95),
    (
        re.compile(
            rf"\b(?:right to|may|entitled to|authori[sz]ed to|allowed to|permitted to|power "
            rf"to)\s+(?:\w+\s+){{0,2}}?{_SUB_EN}\w*",
            re.IGNORECASE,
        ),
        0.94,
    ),
    (re.compile(rf"\b{_SUB_EN}able\b", re.IGNORECASE), 0.9),
)
_DAY = r"\d{4}[年./-]\d{1,2}[月./-]\d{1,2}日?"
_LENGTH_ZH = r"(?:\d{1,2}|[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3})(?:\([^()]{1,4}\))?(?:周年|年|个月)"
_LENGTH_EN = (
    r"(?:\w+\s*\(\s*\d{1,2}\s*\)|\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\s*-?\s*"
    r"(?:years?|months?)"
)
_PERIODS = (
    re.compile(r"(?:自|从)[^。;\n]{2,24}?起(?:至|到|,|,?有效期)?[^。;,\n]{0,30}"),
    re.compile(
        rf"(?:期限|有效期|期间|授权期)(?:限)?(?:为|:|是|至|到)?[^。;\n]{{0,6}}?(?:{_LENGTH_ZH}|长期|永久|"
        rf"\d{{4}})[^。;\n]{{0,40}}"
    ),
    re.compile(rf"{_DAY}\s?(?:起)?(?:至|到|-|—|~|–)\s?{_DAY}"),
    re.compile(r"(?:长期|永久)有效|无固定期限"),
    re.compile(
        rf"\bfor (?:a |the )?(?:(?:period|term|duration) of )?{_LENGTH_EN}(?:[^.;\n]{{0,80}}?(?:signing|signature|"
        rf"hereof|this (?:letter|authori[sz]ation)|date|\d{{4}}))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:valid(?:ity)?|effective|in force|term|period|duration)\b[^.;\n]{{0,60}}?(?:{_LENGTH_EN}|until|till|"
        rf"through|from|to)\b[^;\n]{{0,90}}",
        re.IGNORECASE,
    ),
    re.compile(r"\bfrom\s+[^;\n]{5,40}?\s+(?:to|until|till|through|-)\s+[^;\n]{5,40}", re.IGNORECASE),
    re.compile(
        r"\b(?:perpetual(?:ly)?|no expiration|without expiration|indefinite(?:ly)?|unlimited duration)\b", re.IGNORECASE
    ),
    re.compile(r"\b(?:until|till|through|expires? on)\s+[^;\n]{5,30}", re.IGNORECASE),
)
_STARTS = re.compile(
    r"\b(?:takes? effect(?: on)?|effective (?:as of|from|on)|comes? into (?:force|effect) on|commenc\w+ on)\s+",
    re.IGNORECASE,
)


_OWN_RIGHT = re.compile(
    r"(?:我司|我公司|本公司|我方|授权人|授权方)(?:是|系|为|作为)[^,。;\n]{0,40}$|\b[Ww]e,? (?:[^.,;\n]{0,30},? "
    r")?(?:are|being)\s(?:[^.,;\n]{0,20})$"
)
"""Before a right that the licensor itself holds: 我公司是德国某公司的独家代理商."""


def find_grants(text: str) -> Iterator[Stretch]:
    """Yield what the text grants, in no order; stretches may overlap."""
    yield from find_marks(text)
    for numbers in _NUMBERS:
        yield from ((Part.NUMBER, *match.span("list"), 0.97) for match in numbers.finditer(text))
    for classes in _CLASSES:
        yield from ((Part.CLASSES, *match.span("list"), 0.96) for match in classes.finditer(text))
    for match in _GRANT.finditer(text):
        before, after = text[max(match.start() - 48, 0) : match.start()], text[match.end() : match.end() + 24]
        if not _NO_GRANT.match(after) and not _OWN_RIGHT.search(before):
            yield Part.GRANT, match.start(), match.end(), 0.95
    yield from _platforms(text)
    for pattern, sure in _TERRITORIES:
        for match in pattern.finditer(text):
            # 全球速卖通 is a marketplace, not a territory.
            if not PLATFORM_NAMES.match(text[match.start("place") :]):
                yield Part.TERRITORY, *match.span("place"), sure
    for pattern, sure in _SUBLICENSES:
        yield from ((Part.SUBLICENSE, match.start(), match.end(), sure) for match in pattern.finditer(text))
    for pattern in _PERIODS:
        yield from ((Part.PERIOD, match.start(), match.end(), 0.95) for match in pattern.finditer(text))
    for match in _STARTS.finditer(text):
        if days := [day for day in find_days(text[match.end() : match.end() + 30]) if day.start == 0]:
            yield Part.START, match.end(), match.end() + days[0].stop, 0.95


def _platforms(text: str) -> Iterator[Stretch]:
    """Yield names of marketplaces, a name and its other name (速卖通 AliExpress) as one."""
    names = list(PLATFORM_NAMES.finditer(text))
    skipped: re.Match[str] | None = None
    for name, after in zip_longest(names, names[1:]):
        if name is skipped:
            continue
        stop = name.end()
        between = text[stop : after.start()] if after else None
        if after and between in ("", " ", "(", " (") and same_platform(name[0], after[0]):
            skipped = after
            stop = after.end() + ("(" in between and text[after.end() : after.end() + 1] == ")")
        yield Part.PLATFORM, name.start(), stop, 0.95
    yield from ((Part.PLATFORM, match.start(), match.end(), 0.9) for match in PLATFORM_WORDS.finditer(text))
