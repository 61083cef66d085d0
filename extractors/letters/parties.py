"""Who grants and who is granted, by what stands before and after a company's name in running text.

Chinese and English. Every pattern looks at half-width, simplified text; a name's role is told by its nearest context.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractors.letters.words import Part

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
    r".*(?:独家授权|授权给?|许可给?|授予|委任|指定|委托|准许|允许|兹有?|我公司|我司|本公司|本单位|我单位|我方|由|与|"
    r"和|及|向|将|系|同意|特此|特|"
    r"即|以下简称|甲方|乙方|授权人|许可人|被授权方|授权方|公司名称|企业名称|名称|权利人|注册人|所有人|持有人|"
    r"本授权书)(?=.{4})"
)
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
    r"(?:Ltd|LTD|Inc|INC|Corp|CORP|L\.L\.C|B\.V|S\.A|S\.r\.l|S\.L|S\.p\.A|K\.K)(?![A-Za-z])\.?|"
    r"(?:Limited|LIMITED|LLC|Incorporated|Corporation|CORPORATION|GmbH|AG|PLC|plc|LLP|BV|Foundation|FZE|FZCO|OY|AB)\b"
)
_NAME_WORD = r"(?:[A-Z0-9][\w&'’.\-/]*|&|of|and|de|for)"
_ENGLISH_ORG = re.compile(
    rf"(?:M/[sS]\.? ?)?[A-Z][\w&'’.\-]*(?:,? {_NAME_WORD}| ?\([A-Z][A-Za-z ]{{1,20}}\)){{0,7}}?,? ?"
    rf"(?<=[\s,)])(?:{_FORMS})"
    r"(?:,? (?:Limited\b|Ltd\b\.?|LTD\b\.?|LLC\b|Inc\b\.?))?"
)
_MS_ORG = re.compile(r"M/[sS]\.? ?[A-Z][\w&'’.\-]*(?: (?:[A-Z][\w&'’.\-]*|&|and(?= [A-Z])))*")
_OPENERS = re.compile(
    r"^(?:(?:We|I|The|This|That|Our|Company|By|For|To|From|And|Of|Between|Brand|Owner|Licensor|Licensee|Messrs|Whereas|"
    r"WHEREAS|Certify|On|Dear|Sincerely|Truly|Faithfully|Sir|Sirs|Date|Re|Name|Yours|"
    r"Stockist|Stockiest|Distributor|Dealer|Reseller|Agent|Supplier|Partner|for|of|and)(?:[,:]\s+|\s+))+"
)


@dataclass(frozen=True)
class Party:
    """A name in the text, in its role."""

    part: Part | None
    """LICENSOR, LICENSEE, or None where the context does not tell."""
    start: int
    stop: int
    sure: float


_QUALIFIED = r"(?:\([^()]{0,120}\))?"
_GRANT_ZH = r"(?:授权|许可|委任|指定|授予|准许|允许|委托)"
_BEFORE_LICENSEE = (
    (re.compile(rf"{_GRANT_ZH}(?:给|予|由)?(?:以下|下列|如下)?(?:公司|单位|企业)?[:\s\"“]*$"), 0.97),
    (re.compile(r"(?:被授权|被许可|受权)(?:人|方|单位|公司|企业)?(?:\([^()]*\))?(?:名称)?[:为是\s]*$"), 0.97),
    (
        re.compile(
            r"(?:authori[sz]es?|appoints?|designates?|nominates?|licen[sc]es?|permits?|certif(?:y|ies) that|"
            r"grants?(?: to)?|confirms? that|"
            r"support to|granted to|given to|authori[sz]ation to|in favou?r of|"
            r"appointed)\s+(?:our\s+(?:\w+\s+){0,3}?(?:dealer|distributor|partner|customer|"
            r"reseller|company),?\s+)?(?:the\s+)?(?:following\s+)?(?:company|firm|undermentioned)?[:,\s\"“]*$",
            re.IGNORECASE,
        ),
        0.95,
    ),
)
_BEFORE_LICENSOR = (
    (re.compile(r"(?:我司|我公司|本公司|本单位|我单位|我方|我们|由|本人)[,:(\s]*$"), 0.95),
    (re.compile(r"(?<!被)(?<!受)(?:授权|许可)(?:人|方|单位)(?:\([^()]*\))?(?:名称)?[:为是\s]*$"), 0.97),
    (
        re.compile(
            r"\b(?:[Ww]e|WE|I|undersigned|undersigned,)(?:\s*,|\s+the undersigned,?|\s+the company|\s)*\s*(?:the\s+)?$"
        ),
        0.95,
    ),
    (re.compile(r"\b(?:authori[sz]ed|granted|issued|owned|appointed|given) by\s+(?:the\s+)?$", re.IGNORECASE), 0.9),
)
_AFTER_LICENSEE = (
    (re.compile(r"^\(?[^()。]{0,30}?(?:简称|称)[^)]{0,4}(?:被授权|被许可|受权|乙方)"), 0.97),
    (
        re.compile(rf"^{_QUALIFIED}(?:成为|作为|为|系|是)[^。;]{{0,40}}(?:经销|代理|分销|合作伙伴|授权店|授权商|基地)"),
        0.85,
    ),
    (
        re.compile(
            r"^[\s,]*\((?:[^()]{0,60}[\"“'\s])?(?:the\s+)?(?:Licensee|Authori[sz]ed \w+|Distributor|Grantee|Dealer|"
            r"Reseller)\b"
        ),
        0.95,
    ),
)
_AFTER_LICENSOR = (
    (re.compile(r"^\(?[^()。]{0,30}?(?:简称|称)[^)]{0,4}(?:授权|许可|甲方|品牌方)"), 0.97),
    (
        re.compile(
            rf"^{_QUALIFIED}(?:系|是|为|作为)?[^。;]{{0,60}}?(?:商标|品牌)[^。;,]{{0,40}}?(?:注册人|权利人|所有人|"
            rf"持有人|所有者|所有权人|拥有者|独占被许可人)"
        ),
        0.95,
    ),
    (re.compile(rf"^{_QUALIFIED}[,\s]*(?:现|兹|特此|特|郑重|正式|在此|同意|决定|独家)*{_GRANT_ZH}"), 0.95),
    (
        re.compile(
            r"^[\s,]*\((?:[^()]{0,60}[\"“'\s])?(?:the\s+)?(?:Licensor|Grantor|Authori[sz]er|Authori[sz]or|Brand Owner|"
            r"Owner|Trademark Owner)\b"
        ),
        0.95,
    ),
    (
        re.compile(
            r"^[^.。\n]{0,260}?\b(?:hereby|herewith)\b[^.]{0,30}?(?:authori[sz]es?|appoints?|grants?|certif(?:y|ies)|"
            r"confirms?|licen[sc]es?|permits?)\b",
            re.IGNORECASE,
        ),
        0.9,
    ),
    (re.compile(r"^\s*(?:authori[sz]es|appoints|grants|certifies|confirms|licenses)\b", re.IGNORECASE), 0.9),
    (
        re.compile(
            r"^[^.\n]{0,120}?\b(?:being|is|are|as)\s+the\s+(?:\w+\s+){0,3}?(?:owner|proprietor|registrant|holder|"
            r"manufacturer)\b",
            re.IGNORECASE,
        ),
        0.9,
    ),
)
_IS_AUTHORISED = re.compile(
    r"^[^.\n]{0,200}?\b(?:is|are|has been|as)\s+(?:hereby\s+|duly\s+|officially\s+)*(?:an?\s+|our\s+|"
    r"the\s+)?(?:\w+\s+){0,3}?authori[sz]ed",
    re.IGNORECASE,
)
_TRADES_IN = re.compile(
    r"(?:dealer|distributor|stockist|stockiest|reseller|agent|partner|supplier)s?\s+(?:for|"
    r"of)\s+(?:the\s+)?(?:M/[sS]\.? ?)?$",
    re.IGNORECASE,
)
"""Before a company of whose goods somebody is the dealer: it is no party of this letter."""
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)
_AND = re.compile(r"\band\s+(?:the\s+)?$", re.IGNORECASE)
_SIGNS = re.compile(
    r"(?:(?:^|\n)(?:Yours [a-z]+,?\s*\n?)?For|\b[Ff]or and on behalf of|\b[Oo]n behalf "
    r"of)[:,]?\s*(?=(?:M/[sS])?\s*[A-Z])"
)
_PERSON = re.compile(rf"本人[:(]?(?P<name>[{_HAN}]{{2,4}})(?=[,(;身系为])")
_UNNAMED = re.compile(rf"授权(?:给|予)?[:\n]*(?P<name>[{_HAN}]{{5,25}}?)(?=为|在|使用|销售|于)")


def find_parties(text: str) -> list[Party]:
    """Return the companies that `text` names, with their roles, in order; the same company may come several times."""
    names = list(_names(text))
    parties = [_party(text, names, number) for number in range(len(names))]
    parties += [Party(Part.LICENSOR, *match.span("name"), 0.85) for match in _PERSON.finditer(text)]
    if not any(party.part is Part.LICENSEE for party in parties):
        parties += [Party(Part.LICENSEE, *match.span("name"), 0.5) for match in _UNNAMED.finditer(text)]
    return sorted(parties, key=lambda party: party.start)


def find_signer(text: str) -> Party | None:
    """Return who signs: `For X`, or the company on a line of its own towards the end."""
    for match in _SIGNS.finditer(text):
        end = text.find("\n", match.end())
        name = re.match(r"(?:M/[sS]\.?\s*)?[A-Z][^\n(]{2,60}", text[match.end() : end if end >= 0 else len(text)])
        if name:
            return Party(Part.LICENSOR, match.end(), match.end() + len(name[0].rstrip(" ,:")), 0.85)
    last = None
    for start, stop in _names(text):
        alone = (
            text[:start].rpartition("\n")[2].strip() == "" and text[stop:].partition("\n")[0].strip(" .()盖公章") == ""
        )
        if alone and start > 0.4 * len(text):
            last = Party(Part.LICENSOR, start, stop, 0.8)
    return last


def _names(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of names of organisations, none overlapping another."""
    found: list[tuple[int, int]] = []
    for match in _CHINESE_ORG.finditer(text):
        lead = _LEAD.match(match[0])
        start = match.start() + (lead.end() if lead else 0)
        if not _SELF.match(text[start : match.end()]):
            found.append((start + _stray(text[start : match.end()]), match.end()))
    for form in (_ENGLISH_ORG, _MS_ORG):
        for match in form.finditer(text):
            opener = _OPENERS.match(match[0])
            start = match.start() + (opener.end() if opener else 0)
            if len(text[start : match.end()].split()) > 1 or form is _MS_ORG:
                found.append((start, match.end()))
    yield from _apart(found)


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


def _party(text: str, names: list[tuple[int, int]], number: int) -> Party:
    start, stop = names[number]
    before = text[max(start - 80, names[number - 1][1] if number else 0) : start]
    after = text[stop : min(stop + 320, names[number + 1][0] if number + 1 < len(names) else len(text))]
    if _TRADES_IN.search(before):
        return Party(None, start, stop, 0.5)
    for part, patterns, context in (
        (Part.LICENSEE, _BEFORE_LICENSEE, before),
        (Part.LICENSOR, _BEFORE_LICENSOR, before),
        (Part.LICENSEE, _AFTER_LICENSEE, after),
        (Part.LICENSOR, _AFTER_LICENSOR, after),
        (Part.LICENSEE, ((_IS_AUTHORISED, 0.85),), after),
    ):
        for pattern, sure in patterns:
            if pattern.search(context):
                return Party(part, start, stop, sure)
    if _BETWEEN.search(before):
        return Party(Part.LICENSOR, start, stop, 0.85)
    if number and _AND.search(before) and _BETWEEN.search(text[: names[number - 1][0]]):
        return Party(Part.LICENSEE, start, stop, 0.85)
    return Party(None, start, stop, 0.5)
