"""Names of companies in running text, Chinese and English, without the words that lead up to them."""

import re
from collections.abc import Iterable, Iterator

from extractors.spelling import is_chinese

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_SUFFIXES = (
    "股份有限公司", "有限责任公司", "有限公司", "集团公司", "总公司", "公司", "合伙企业(有限合伙)", "合伙企业",
    "事务所", "研究院", "研究所", "经营部", "工作室", "专业合作社", "商行", "商店", "医院", "工厂", "服装厂",
    "制品厂", "厂", "株式会社", "贸易行", "专营店",
)  # fmt: skip
_CHINESE_ORG = re.compile(
    rf"[{_HAN}A-Za-z0-9()·&]{{2,40}}?(?:{'|'.join(map(re.escape, _SUFFIXES))})"
    rf"(?:[{_HAN}]{{2,8}}分公司)?"
)
_LEAD = re.compile(
    r".*(?:独家授权|授权给?|许可给?|授予|委任|指定|委托|证明|声明|确认|准许|允许|兹有?|我公司|我司|本公司|本单位|"
    r"我单位|我方|由|"
    r"系(?!统|列)|(?<![享感承接授])受(?!权|让|益|许|托)|代表|"
    r"同意|特此|以下简称|甲方|乙方|授权人|许可人|被授权方|授权方|公司名称|企业名称|权利人|注册人|所有人|持有人|"
    r"本授权书)(?=.{4})"
)
"""Words that lead up to a name and are none of it, as far as the last of them."""
_LINK = re.compile(r"(?:和|与|及|以及|向|将|为|是|作为|成为|在|于|对|的|把)(?=.{4})")
"""Words that join a name to the one right before it; elsewhere they may be a name's own: 和平, 向阳."""
_AFTER_COMMA = re.compile(r"(?:与|为|是|在|于|对|经)(?=.{4})")
_SELF = re.compile(
    r"^(?:[本我贵该子母]|上述|以上|授权|被授权|品牌|任何|其他|第三方|关联|下属|另一家?|国际|外国|制造)*(?:公司|厂|店|"
    r"专营店|商店)$"
)
"""How a text calls a company that it names elsewhere."""

_FORMS = (
    r"(?:Company|Co)\.? ?,? ?\(?(?:Limited|Ltd)\b\)?\.?|\(?Pvt\)?\.? ?,? ?(?:Limited\b|Ltd\b\.?)|Private Limited\b|"
    r"Pte\.? ?,? ?(?:Limited\b|Ltd\b\.?)|"
    r"Pty\.? ?,? ?(?:Limited\b|Ltd\b\.?)|Sdn\.? ?Bhd\b\.?|Limited Liability Company\b|SE & Co\.? ?KGaA\b|GmbH & Co\.? "
    r"?KG\b|"
    r"(?:Ltd|LTD|Inc|INC|Corp|CORP|L\.L\.C|B\.V|S\.A|S\.r\.l|S\.L|S\.p\.A|K\.K)(?![A-Za-z])"
    r"(?!\.? ?[ŞS$]T[İIi])\.?|"
    r"(?:Limited|LIMITED|LLC|Incorporated|Corporation|CORPORATION|GmbH|AG|PLC|plc|LLP|BV|Foundation|FZE|FZCO|OY|AB)\b"
)
_LETTERS = r"A-Za-z0-9À-ɏ&'’.\-"
_NAME_WORD = rf"(?:[A-Z0-9À-Þ][{_LETTERS}/]*|&|of|and|de|for)"
_ENGLISH_ORG = re.compile(
    rf"(?:M/[sS]\.? ?)?(?<![A-Za-z])[A-ZÀ-Þ][{_LETTERS}]*(?:,? {_NAME_WORD}| ?\([A-Z][A-Za-z ]{{1,20}}\)){{0,7}}?,? ?"
    rf"(?<=[\s,)])(?:{_FORMS})"
    r"(?:,? (?:Limited\b|Ltd\b\.?|LTD\b\.?|LLC\b|Inc\b\.?))?"
)
_MS_ORG = re.compile(rf"M/[sS]\.? ?[A-Z][{_LETTERS}]*(?: (?:[A-Z][{_LETTERS}]*|&|and(?= [A-Z])))*")
_OPENERS = re.compile(
    r"^(?:(?:We|I|The|This|That|Our|Company|By|For|To|From|And|Of|Between|Brand|Owner|Licensor|Licensee|Messrs|Whereas|"
    r"WHEREAS|Certify|On|Dear|Sincerely|Truly|Faithfully|Sir|Sirs|Date|Re|Name|Yours|"
    r"Stockist|Stockiest|Distributor|Dealer|Reseller|Agent|Supplier|Partner|for|of|and)(?:[,:]\s+|\s+))+"
)


def find_organisations(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of names of organisations, none overlapping another."""
    found: list[tuple[int, int]] = []
    for match in _CHINESE_ORG.finditer(text):
        start = match.start() + _lead(text, match)
        if not _SELF.match(text[start : match.end()]):
            found.append((start + _stray(text[start : match.end()]), match.end()))
    for form in (_ENGLISH_ORG, _MS_ORG):
        for match in form.finditer(text):
            opener = _OPENERS.match(match[0])
            start = match.start() + (opener.end() if opener else 0)
            if len(text[start : match.end()].split()) > 1 or form is _MS_ORG:
                found.append((start, match.end()))
    yield from _apart(found)


def _lead(text: str, match: re.Match[str]) -> int:
    """Return how many characters at the beginning of a match are none of the name."""
    if lead := _LEAD.match(match[0]):
        return lead.end()
    before = text[match.start() - 1 : match.start()]
    link = (
        _LINK.match(match[0]) if is_chinese(before) else _AFTER_COMMA.match(match[0]) if before in (",", "。") else None
    )
    return link.end() if link else 0


def _stray(name: str) -> int:
    """Return how many characters of a bracket that closes before it opens lead the name."""
    depth = 0
    for index, sign in enumerate(name):
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return index + 1
    return 0


def _apart(found: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    end = -1
    for start, stop in sorted(found, key=lambda place: (place[0], -place[1])):
        if start >= end:
            yield start, stop
            end = stop
