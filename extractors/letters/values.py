"""Spans of a letter → values: who, which marks, numbers and classes, and what is granted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from extractors.letters.fields import Exclusivity
from extractors.letters.grants import NUMBER, TERRITORY, is_mark
from extractors.letters.parties import find_parties
from extractors.letters.spans import LetterSpan
from extractors.letters.text import LetterText
from extractors.letters.words import PLATFORM_NAMES, PLATFORM_WORDS, Part
from extractors.spelling import balanced, is_chinese, person, tidy, trimmed
from pipeline.model import Entity

T = TypeVar("T")

_SEVERAL = 0.5
"""Trust in what is said of one link where the page tells of several: a person has to look."""
_DISPUTED = 0.6
_AFTER_NAME = re.compile(
    r"\s*[（(]?(?:盖章|公章|签章|签字|签名|以下简?称|下称|统一社会信用代码|营业执照|身份证|护照|地址|住所|法定代表人|"
    r"法人代表|授权代表|"
    r"hereinafter|\(?[“\"]?the (?:Licens|Authori)|(?:having|with) its|located at|registered (?:at|under)|address).*$",
    re.IGNORECASE | re.DOTALL,
)
_ID = re.compile(r"\s*[(（,]?\s*(?:身份证|ID|Passport|护照).*$", re.IGNORECASE | re.DOTALL)
_LIST = re.compile(
    r"[、;；\n]|,\s*(?!Ltd|Inc|LLC)|(?<![A-Za-z])/(?![A-Za-z])|(?:以及|及|和|与)|\s+and\s+|\s+&\s+(?=[\"“])"
)
_QUOTES = re.compile(r"[\"“”'‘’「」『』《》【】®™]|\((?:R|TM|C)\)")
_AROUND_MARK = re.compile(
    r"^(?:品牌|商标|注册商标)[:]?|(?:系列)?(?:品牌|商标|产品|牌)$|\s+(?:brands?|trademarks?|products|Ltd|Limited|"
    r"Inc)\.?$",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"(?:不得|不可|不能|禁止|不允许)[^。;,]{0,4}在?$|除了?$|不含|不包括|非$|except|exclud|other than|"
    r"not\s+(?:\w+\s+){0,3}on\s*$",
    re.IGNORECASE,
)
_SIGNED_NEXT = re.compile(r"(?:平台|店铺|网站)$")
_CHECKED, _BOXES = "☑√■✓☒✔●", "□☐○"
_KINDS = (
    (
        Exclusivity.NON_EXCLUSIVE,
        re.compile(r"非独占|非独家|非排他|普通|一般|non-?\s?exclusive|ordinary|general", re.IGNORECASE),
    ),
    (Exclusivity.EXCLUSIVE, re.compile(r"独占|独家|sole and exclusive|exclusive", re.IGNORECASE)),
    (Exclusivity.SOLE, re.compile(r"排他|排它|\bsole\b", re.IGNORECASE)),
)
_NO_NEED = re.compile(r"无需|无须|不需|不必|不经|未经|without (?:the )?(?:prior )?(?:written )?consent", re.IGNORECASE)
_NO = re.compile(r"不|无|禁止|没有|否|\bnot?\b|\bnon|without|neither|cannot|prohibited|除外", re.IGNORECASE)
_YES = re.compile(r"有|是|可|允许|同意|yes|allowed|permitted|granted|may\b", re.IGNORECASE)


@dataclass(frozen=True)
class Letter:
    """A letter's text with what was found in it."""

    text: LetterText
    spans: tuple[LetterSpan, ...]
    trust: float = 1.0

    def of(self, *parts: Part) -> list[LetterSpan]:
        """Return the spans of these parts; where labels say it, the labelled ones alone."""
        spans = [span for span in self.spans if span.part in parts]
        return [span for span in spans if span.labelled] or spans

    def said(self, span: LetterSpan) -> str:
        """Return the text of a span."""
        return self.text.text[span.start : span.stop]

    def entity(self, value: T, spans: Sequence[LetterSpan], *, trust: float = 1.0) -> Entity[T]:
        """Return a value with the lines of the spans behind it."""
        ordered = sorted(spans, key=lambda span: span.start)
        reading = self.text.reading(ordered[0].start, ordered[0].stop)
        besides = [line for span in ordered[1:] for line in self.text.reading(span.start, span.stop).lines]
        others = [line for line in {id(line): line for line in besides}.values() if line not in reading.lines]
        raw = " ".join(dict.fromkeys(self.said(span) for span in ordered))
        sure = min(span.sure for span in ordered)
        return reading.entity(value, trust=trust * sure * self.trust, raw=raw, besides=others)


def one_link(letter: Letter) -> Letter:
    """Return the letter, cut down to its first link where it tells of several; their parties are never mixed."""
    licensors, licensees = (_distinct(letter, part) for part in (Part.LICENSOR, Part.LICENSEE))
    if len(licensors) < 2 or len(licensees) < 2:
        return letter
    end = licensors[1].start
    if licensees[0].start > end:
        return Letter(letter.text, tuple(span for span in letter.spans if span.part not in _PARTIES), _SEVERAL)
    return Letter(letter.text, tuple(span for span in letter.spans if span.stop <= end), _SEVERAL)


_PARTIES = (Part.LICENSOR, Part.LICENSEE)


def _distinct(letter: Letter, part: Part) -> list[LetterSpan]:
    """Return the first span of each company that is surely in this role, by position."""
    seen: dict[str, LetterSpan] = {}
    for span in letter.of(part):
        name = party_name(letter.said(span))
        if name is None or span.signed or span.sure < 0.9:
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
    named = [(name, span) for span in spans if (name := party_name(letter.said(span))) is not None]
    named = [(name, span) for name, span in named if other is None or _same(name) != _same(other.value)]
    if not named:
        return None
    name, span = named[0] if named[0][1].labelled else max(named, key=lambda pair: pair[1].sure)
    rivals = {_same(rival) for rival, its in named if its.sure >= 0.9 and not its.signed} - {_same(name)}
    disputed = any(is_chinese(rival) == is_chinese(name) and not _alike(rival, _same(name)) for rival in rivals)
    return letter.entity(name, [span], trust=_DISPUTED if disputed and not span.labelled else 1.0)


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


def read_marks(letter: Letter) -> Entity[tuple[str, ...]] | None:
    """Return the marks, each once, as they are written outside headings."""
    found: dict[str, tuple[str, LetterSpan]] = {}
    spans = letter.of(Part.MARK)
    strong = [span for span in spans if span.sure >= 0.85] or spans
    for span in [*strong, *(span for span in spans if span not in strong)]:
        for item in _marks_in(letter.said(span)) if span.labelled else [_bare_mark(letter.said(span))]:
            if not item or not is_mark(item) or re.fullmatch(r"[\d\W]+", item):
                continue
            known = found.get(item.casefold())
            if (known is None and span in strong) or (known and known[0].isupper() and not item.isupper()):
                found[item.casefold()] = (item, span)
    if not found:
        return None
    return letter.entity(tuple(mark for mark, _ in found.values()), [span for _, span in found.values()])


def _marks_in(text: str) -> list[str]:
    text = re.sub(r"\([^()]*\d{4,}[^()]*\)|\(第?\d{1,2}类\)", "", text)
    return [_bare_mark(item) for item in _LIST.split(text)]


def _bare_mark(text: str) -> str:
    return trimmed(_AROUND_MARK.sub("", trimmed(tidy(_QUOTES.sub("", text)))))


def read_numbers(letter: Letter) -> Entity[tuple[str, ...]] | None:
    """Return the registration or application numbers of the marks, each once."""
    found: dict[str, LetterSpan] = {}
    for span in [span for span in letter.spans if span.part is Part.NUMBER]:
        for match in NUMBER.finditer(letter.said(span)):
            found.setdefault(match[0].replace(",", "").upper(), span)
    return letter.entity(tuple(found), list(found.values())) if found else None


def read_classes(letter: Letter) -> Entity[tuple[int, ...]] | None:
    """Return the Nice classes, in order."""
    found: dict[int, LetterSpan] = {}
    for span in letter.of(Part.CLASSES):
        for number in re.findall(r"(?<!\d)\d{1,2}(?!\d)", letter.said(span)):
            found.setdefault(int(number), span)
    if not found or not all(1 <= number <= 45 for number in found):
        return None
    return letter.entity(tuple(sorted(found)), list(found.values()))


def read_exclusivity(letter: Letter) -> Entity[Exclusivity] | None:
    """Return the kind of the grant; None where the letter is silent or says several things."""
    found = {span: kind for span in letter.of(Part.GRANT) if (kind := _kind(letter.said(span))) is not None}
    if len(set(found.values())) != 1:
        return None
    span, kind = next(iter(found.items()))
    return letter.entity(kind, [span])


def _kind(text: str) -> Exclusivity | None:
    if any(sign in text for sign in _CHECKED):
        text = "".join(re.findall(rf"[{_CHECKED}]([^{_CHECKED}{_BOXES}]*)", text))
    elif any(sign in text for sign in _BOXES):
        return None
    kinds = []
    for kind, pattern in _KINDS:
        text, count = pattern.subn("", text)
        kinds += [kind] if count else []
    return kinds[0] if len(kinds) == 1 else None


def read_platforms(letter: Letter) -> Entity[tuple[str, ...]] | None:
    """Return the marketplaces as printed, each once, in order; those that are excluded are left out."""
    found: dict[str, LetterSpan] = {}
    labelled = [span for span in letter.of(Part.PLATFORM, Part.SCOPE) if span.labelled]
    for span in labelled:
        for item in _LIST.split(letter.said(span)):
            name = _platform(item)
            if span.part is Part.PLATFORM or PLATFORM_NAMES.search(item) or PLATFORM_WORDS.search(item):
                found.setdefault(name, span) if name else None
    if not found:
        for span in [span for span in letter.spans if span.part is Part.PLATFORM and not span.labelled]:
            if not _NEGATED.search(letter.text.text[max(span.start - 16, 0) : span.start]):
                found.setdefault(_platform(letter.said(span)), span)
    names = tuple(name for name in found if name)
    return letter.entity(names, list(found.values())) if names else None


def _platform(text: str) -> str:
    name = trimmed(balanced(tidy(re.sub(r"^(?:等|的|在|其他|限)+|等$", "", text.strip()))))
    shorter = _SIGNED_NEXT.sub("", name)
    return shorter if PLATFORM_NAMES.fullmatch(shorter) else name if len(name) <= 60 else ""


def read_territory(letter: Letter) -> Entity[str] | None:
    """Return the territory as printed."""
    for span in letter.of(Part.TERRITORY):
        if span.labelled and (value := trimmed(balanced(tidy(letter.said(span))))) and len(value) <= 120:
            return letter.entity(value, [span])
    scopes = (span for span in letter.spans if span.part is Part.SCOPE and TERRITORY.search(letter.said(span)))
    for span in scopes:
        if not PLATFORM_NAMES.search(letter.said(span)) and len(letter.said(span)) <= 40:
            return letter.entity(trimmed(tidy(letter.said(span))), [span], trust=0.9)
    spans = [span for span in letter.spans if span.part is Part.TERRITORY]
    best = max(spans, key=lambda span: span.sure, default=None)
    return letter.entity(trimmed(tidy(letter.said(best))), [best]) if best else None


def read_sublicensing(letter: Letter) -> Entity[bool] | None:
    """Return whether the licensee may pass the right on; None where the letter is silent or contradicts itself."""
    told = {
        span: allowed for span in letter.of(Part.SUBLICENSE) if (allowed := _allowed(letter.said(span))) is not None
    }
    # `no right to sublicense` holds a `right to sublicense`.
    denied = [span for span, allowed in told.items() if not allowed]
    told = {
        span: a
        for span, a in told.items()
        if not a or not any(span.start < no.stop and no.start < span.stop for no in denied)
    }
    if len(set(told.values())) != 1:
        return None
    span, allowed = next(iter(told.items()))
    return letter.entity(allowed, [span])


def _allowed(text: str) -> bool | None:
    if any(sign in text for sign in _CHECKED):
        text = "".join(re.findall(rf"[{_CHECKED}]([^{_CHECKED}{_BOXES}]*)", text))
    elif any(sign in text for sign in _BOXES):
        return None
    text = _NO_NEED.sub("", text)
    if _NO.search(text):
        return False
    return (
        True
        if _YES.search(text) or re.search(r"right to|entitled|authori[sz]ed to|power to|able\b", text, re.IGNORECASE)
        else None
    )


def _same(name: str) -> str:
    return re.sub(r"[\W_]+|^M/?s\b", "", name, flags=re.IGNORECASE).casefold()


def _alike(one: str, other: str) -> bool:
    """Whether two names may be the same, one of them cut short or with a character misread."""
    from rapidfuzz.distance import Levenshtein

    return one in other or other in one or Levenshtein.normalized_similarity(one, other) >= 0.85
