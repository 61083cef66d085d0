"""Who grants and who is granted, by what stands before and after a company's name in running text.

Chinese and English. Every pattern looks at half-width, simplified text; a name's role is told by its nearest context.
"""

import re
from dataclasses import dataclass

from extractors.letters.organisations import find_organisations
from extractors.letters.words import Part

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"


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
            r"^[^.()\n]{0,80}\((?:[^()]{0,60}[\"“'\s])?(?:the\s+)?(?:Licensee|Authori[sz]ed \w+|Distributor|Grantee|"
            r"Dealer|"
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
            r"^[^.()\n]{0,80}\((?:[^()]{0,60}[\"“'\s])?(?:the\s+)?(?:Licensor|Grantor|Authori[sz]er|Authori[sz]or|"
            r"Brand Owner|"
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
    r"the\s+)?(?:\w+\s+){0,3}?(?:authori[sz]ed|appointed|licensed|permitted|"
    r"entitled|allowed)\b",
    re.IGNORECASE,
)
_TRADES_IN = re.compile(
    r"(?:dealer|distributor|stockist|stockiest|reseller|agent|partner|supplier)s?\s+(?:for|"
    r"of)\s+(?:the\s+)?(?:M/[sS]\.? ?)?$",
    re.IGNORECASE,
)
"""Before a company of whose goods somebody is the dealer: it is no party of this letter."""
_IS = re.compile(r"(?:为|系|是|作为|成为)")
_DEALS = re.compile(r"^[^。;\n]{0,40}?(?:经销商|代理商|分销商|经销|代理|授权店)")
"""`A公司为B公司旗下品牌授权经销商`: B grants, A is granted."""
_VOUCHED = re.compile(
    r"(?:certif(?:y|ies)|confirms?|declares?|states?) that\s+(?:the\s+)?(?:company\s+)?$", re.IGNORECASE
)
_GRANTS = re.compile(
    r"^[^\n]{0,260}?\b(?:authori[sz]es|appoints|grants|permits|licenses|designates)\s*$", re.IGNORECASE
)
"""`we confirm that X, as owner of …, authorizes Y`: it is X that grants."""
_GOODS_OF = re.compile(r"\b(?:goods|products|brands?) (?:of|from|by)\s+(?:the\s+)?$", re.IGNORECASE)
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
    names = list(find_organisations(text))
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
    for start, stop in find_organisations(text):
        alone = (
            text[:start].rpartition("\n")[2].strip() == "" and text[stop:].partition("\n")[0].strip(" .()盖公章") == ""
        )
        if alone and start > 0.4 * len(text):
            last = Party(Part.LICENSOR, start, stop, 0.8)
    return last


def _party(text: str, names: list[tuple[int, int]], number: int) -> Party:
    start, stop = names[number]
    before = text[max(start - 80, names[number - 1][1] if number else 0) : start]
    after = text[stop : min(stop + 320, names[number + 1][0] if number + 1 < len(names) else len(text))]
    if _TRADES_IN.search(before):
        return Party(None, start, stop, 0.5)
    if _VOUCHED.search(before) and _GRANTS.search(after):
        return Party(Part.LICENSOR, start, stop, 0.9)
    if number and _GOODS_OF.search(before):
        return Party(Part.LICENSOR, start, stop, 0.85)
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
    if number + 1 < len(names) and _IS.fullmatch(after) and _DEALS.match(text[names[number + 1][1] :]):
        return Party(Part.LICENSEE, start, stop, 0.88)
    if number and _IS.fullmatch(before) and _DEALS.match(text[stop:]):
        return Party(Part.LICENSOR, start, stop, 0.88)
    if _BETWEEN.search(before):
        return Party(Part.LICENSOR, start, stop, 0.85)
    if number and _AND.search(before) and _BETWEEN.search(text[: names[number - 1][0]]):
        return Party(Part.LICENSEE, start, stop, 0.85)
    return Party(None, start, stop, 0.5)
