"""Who grants and who is granted: the parties' names out of their spans, of one link and never of two."""

import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from extractors.letters.agency import is_granted_for_another, signed_for
from extractors.letters.letter import Letter
from extractors.letters.organisations import find_organisations
from extractors.letters.parties import find_parties
from extractors.letters.spans import LetterSpan
from extractors.letters.words import Part
from extractors.spelling import balanced, is_chinese, person, tidy, trimmed
from pipeline.model import Entity

_PARTIES = (Part.LICENSOR, Part.LICENSEE)
_SEVERAL = 0.5
"""Trust in what is said of one link where the page tells of several: a person has to look."""
_DISPUTED = 0.6
_SURE = 0.9
_ONE_NAME = 0.65
"""How alike two readings of one company's name are at least, once both stand in the same role."""
_MISREAD = 0.85
"""How alike they are at least where several companies are expected, whose names may differ in two characters."""
_AND_ANOTHER = re.compile(
    r"\s*(?:\([^()]{0,80}\))?\s*(?:、|,|;|/|和|与|及|以及|并|,?\s*and|&)\s*(?:the\s+|[Mm]essrs\.?\s+)?"
)
_IN_ONE_LIST = re.compile(r"\s*(?:\([^()]{0,80}\))?\s*(?:、|和|与|及|以及|\band\b|&)\s*")
"""What joins the names of a list; behind a comma another clause may begin: 授权甲公司，乙公司不得使用."""
_TAKEN_AWAY = re.compile(r"[不未无非除]|except|exclud|other than|without|\bnot\b", re.IGNORECASE)
_NOT_THAT_ONE = re.compile(r"\s*(?:除外|以外|之外|不)")
_MAY_USE = re.compile(
    r"\s*(?:\([^()]{0,80}\))?\s*,?\s*(?:均|各自?|共同|分别)?(?:可以?|有权|得以)?"
    r"(?:[在于](?![^,。;]{0,40}(?:签|订立|达成|协议|合同))|(?:使用|销售|经营|经销)(?![^,。;]{0,20}的[^,。;]{0,4}[店公]|的|部|合作|合同)|"
    r"(?:\b(?:are|is) (?:hereby )?(?:authori[sz]ed|permitted|entitled) )?\bto (?:use|sell|resell|market|distribute|"
    r"promote|advertise|offer|open|operate)\b|"
    r"\bthe (?:(?:exclusive|non-exclusive|sole) )?(?:right|licen[cs]e)\b)",
    re.IGNORECASE,
)
"""What follows the last name of a list, if all of it is what the letter is given to."""
_REACH = 80
"""Characters behind a licensee's name in which another one may begin."""
_BRACKETS = re.compile(r"\([^()]*\)")
_AFTER_NAME = re.compile(
    r"\s*[（(]?(?:盖章|公章|签章|签字|签名|以下简?称|下称|统一社会信用代码|营业执照|身份证|护照|地址|住所|法定代表人|"
    r"法人代表|授权代表|"
    r"hereinafter|\(?[“\"]?the (?:Licens|Authori)|(?:having|with) its|located at|registered (?:at|under)|address).*$",
    re.IGNORECASE | re.DOTALL,
)
_ID = re.compile(r"\s*[(（,]?\s*(?:身份证|\bID\b|Passport|护照).*$", re.IGNORECASE | re.DOTALL)


def one_link(letter: Letter) -> Letter:
    """Return the letter, cut down to its first link where it tells of several; their parties are never mixed."""
    licensors, licensees = (_distinct(letter, part) for part in (Part.LICENSOR, Part.LICENSEE))
    if len(licensors) < 2 or len(licensees) < 2:
        return letter
    end = licensors[1].start
    if licensees[0].start > end:
        return Letter(letter.text, tuple(span for span in letter.spans if span.part not in _PARTIES), _SEVERAL)
    return Letter(letter.text, tuple(span for span in letter.spans if span.stop <= end), _SEVERAL)


def _distinct(letter: Letter, part: Part) -> list[LetterSpan]:
    """Return the first span of each company that is surely in this role, by position."""
    seen: dict[str, LetterSpan] = {}
    for span in letter.of(part):
        name = party_name(letter.said(span))
        if name is None or span.signed or span.sure < _SURE:
            continue
        key = _same(name)
        if not any(key in other or other in key for other in seen):
            seen[key] = span
    return sorted(seen.values(), key=lambda span: span.start)


def read_party(letter: Letter, part: Part, *, other: Entity[str] | None = None) -> Entity[str] | None:
    """Return the party in that role: by its label, by the text, or by the name under the letter.

    Args:
        letter: The letter.
        part: LICENSOR or LICENSEE.
        other: The other party, which nobody is at the same time.
    """
    spans = [span for span in letter.of(part) if not span.signed] + [span for span in letter.spans if span.part is part]
    if part is Part.LICENSOR:
        # Whoever stands behind the licensee's label grants nothing, whatever words follow.
        granted = [span for span in letter.spans if span.part is Part.LICENSEE and span.labelled]
        spans = [span for span in spans if not any(to.start <= span.start and span.stop <= to.stop for to in granted)]
    named = [(name, span) for span in spans if (name := party_name(letter.said(span))) is not None]
    named = [(name, span) for name, span in named if other is None or _same(name) != _same(other.value)]
    if not named:
        return None
    first = named[0] if named[0][1].labelled else max(named, key=lambda pair: pair[1].sure)
    same = [pair for pair in named if _alike(_same(pair[0]), _same(first[0]), least=_ONE_NAME)]
    others = [pair for pair in named if pair not in same and pair[1].sure >= _SURE and not pair[1].signed]
    keys = [_same(name) for name, _ in same]
    name, span = max(same, key=lambda pair: _standing(letter, pair[0], pair[1], keys))
    # A name in another script is the same company's other name; one in the same script is another company.
    disputed = any(
        is_chinese(rival) == is_chinese(name) and (not first[1].labelled or (where.labelled and _is_company(rival)))
        for rival, where in others
    )
    if part is Part.LICENSEE and any(_goes_on(letter, span, name) for _, span in named):
        return letter.entity(name, [span], trust=_SEVERAL)
    if part is Part.LICENSOR and _is_for_another(letter, name):
        return letter.entity(name, [span], trust=_SEVERAL)
    return letter.entity(name, [span], trust=_DISPUTED if disputed else 1.0)


def read_licensees(letter: Letter, licensor: Entity[str] | None) -> Entity[tuple[str, ...]] | None:
    """Return all to whom the letter is given, each once, where they are several: in one list, or each with a label.

    None as well where a name might be there for another reason, as of who delivers, or of who may not use the mark.
    """
    own = None if licensor is None else _same(licensor.value)
    found: dict[str, tuple[str, LetterSpan]] = {}
    longest = 0
    for span in letter.of(Part.LICENSEE):
        name = party_name(letter.said(span))
        if name is None or span.signed or span.sure < _SURE:
            continue
        others, end = _others_in_list(letter, span, name, joined=_AND_ANOTHER)
        if (others or span.labelled) and not _is_given_to_all(letter, span, name, others, end):
            return None
        longest = max(longest, 1 + len(others))
        for each in (name, *others):
            key = _same(each)
            known = next((other for other in found if _alike(key, other, least=_MISREAD)), None)
            if key != own and known is None:
                found[key] = (each, span)
    spans = [span for _, span in found.values()]
    if len(found) < 2 or (len(found) > longest and not all(span.labelled for span in spans)):
        return None
    return letter.entity(tuple(name for name, _ in found.values()), spans)


def _others_in_list(letter: Letter, span: LetterSpan, name: str, *, joined: re.Pattern[str]) -> tuple[list[str], int]:
    """Return the companies that follow a licensee's name, joined to it by such words, and where the last one ends."""
    text, found = letter.text.text, list[str]()
    start = text.find(name, span.start)
    end = start + len(name) if start >= 0 else span.stop
    while match := joined.match(text, end):
        follows = text[match.end() : match.end() + _REACH]
        stop = next((stop for at, stop in find_organisations(follows) if at == 0), None)
        if stop is None:
            break
        found.append(follows[:stop])
        end = match.end() + stop
    return found, end


def _is_given_to_all(letter: Letter, span: LetterSpan, name: str, others: list[str], end: int) -> bool:
    """Whether a letter is given to a licensee and to the others behind its name, of which the last ends at `end`."""
    text = letter.text.text
    if others != _others_in_list(letter, span, name, joined=_IN_ONE_LIST)[0]:
        return False
    if _TAKEN_AWAY.search(text[end : span.stop]) or any(
        map(_TAKEN_AWAY.search, _BRACKETS.findall(text[span.start : end]))
    ):
        return False
    if any(_NOT_THAT_ONE.match(text, place.end()) for each in others for place in re.finditer(re.escape(each), text)):
        return False
    use = _MAY_USE.match(text, end)
    if use:
        return not _TAKEN_AWAY.search(use[0])
    rest = _ID.sub("", _AFTER_NAME.sub("", text[end : span.stop]))
    return span.labelled and not rest.strip(" .,;()") and not _TAKEN_AWAY.match(text[max(end, span.stop) :].lstrip())


def _is_company(name: str) -> bool:
    return any(start <= 2 for start, _ in find_organisations(name))


def _goes_on(letter: Letter, span: LetterSpan, name: str) -> bool:
    """Whether a second company follows a licensee's name: the letter is given to both, and either may apply."""
    # As a list goes: 、 and `and` join names; what else follows is said of the first.
    others, _ = _others_in_list(letter, span, name, joined=_AND_ANOTHER)
    return any(_same(other) != _same(name) for other in others)


def _is_for_another(letter: Letter, licensor: str) -> bool:
    """Whether a licensor grants for somebody else, or the letter is signed in another's name."""
    if is_granted_for_another(letter):
        return True
    signer = signed_for(letter)
    signer = None if signer is None else party_name(signer)
    return (
        signer is not None
        and is_chinese(signer) == is_chinese(licensor)
        and not _alike(_same(signer), _same(licensor), least=_ONE_NAME)
    )


def _standing(letter: Letter, name: str, span: LetterSpan, others: Sequence[str]) -> tuple[int, float]:
    """Return how often a letter writes a name just so and not as part of `others`, and how surely it was read here.

    Under a seal names are misread, and the name under the letter is where seals stand.
    """
    text, key = _same(letter.text.text), _same(name)
    longer = max((text.count(other) for other in others if key in other and other != key), default=0)
    return text.count(key) - longer, span.sure * letter.text.reading(span.start, span.stop).sureness


def party_name(text: str) -> str | None:
    """Return the company or person that `text` names, without what is said about it."""
    found = [party for party in find_parties(text) if party.start <= 2]
    if found:
        text = text[found[0].start : found[0].stop]
    name = trimmed(balanced(tidy(_ID.sub("", _AFTER_NAME.sub("", text)))))
    # `Co., Ltd.` keeps its full stop.
    if (
        text.rstrip().endswith(".")
        and not is_chinese(name)
        and re.search(r"(?:Ltd|Inc|Corp|Co|S\.A|B\.V|LTD|INC|[ŞS]T[İIi])$", name)
    ):
        name += "."
    if found and len(name) >= 3:
        return name
    if (human := person(name)) is not None and not re.search(r"授权|许可|盖章|签字|公章", human):
        return human
    return name if len(name) >= 5 and re.search(r"[^\W\d_]{3}", name) and not re.search(r"[。;；:：]", name) else None


def _same(name: str) -> str:
    return re.sub(r"[\W_]+|^M/?s\b", "", name, flags=re.IGNORECASE).casefold()


def _alike(one: str, other: str, *, least: float) -> bool:
    """Whether two names may be the same, one of them cut short or with characters misread."""
    return one in other or other in one or Levenshtein.normalized_similarity(one, other) >= least
