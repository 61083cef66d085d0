"""Spans of a letter → values: which marks, numbers and classes, and what is granted."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from extractors.letters.exceptions import is_denied, is_taken_away, speaks_of_exceptions, with_exception
from extractors.letters.fields import Exclusivity
from extractors.letters.grants import NUMBER, TERRITORY
from extractors.letters.letter import Letter
from extractors.letters.marks import is_mark
from extractors.letters.spans import LetterSpan
from extractors.letters.words import PLATFORM_NAMES, PLATFORM_WORDS, Part
from extractors.nice import CLASSES
from extractors.spelling import balanced, tidy, trimmed
from pipeline.model import Entity

T = TypeVar("T")

_LIST = re.compile(
    r"[、;；\n]|,\s*(?!Ltd|Inc|LLC)|/(?![A-Za-z])|(?<![A-Za-z])/|(?:以及|及|和|与)|\s+and\s+|\s+&\s+(?=[\"“])"
)
_QUOTES = re.compile(r"[\"“”'‘’「」『』《》【】®™]|\((?:R|TM|C)\)")
_AROUND_MARK = re.compile(
    r"^(?:品牌|商标|注册商标)[:]?|(?:系列)?(?:品牌|商标|产品|牌)$|\s+(?:brands?|trademarks?|products|Ltd|Limited|"
    r"Inc)\.?$",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"(?:^|\n)(?:致|To)\s?:?\s?$", re.IGNORECASE)
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


def read_marks(letter: Letter) -> Entity[tuple[str, ...]] | None:
    """Return the marks, each once, as they are written outside headings."""
    found: dict[str, tuple[str, LetterSpan]] = {}
    spans = [s for s in letter.of(Part.MARK) if s.labelled or not is_taken_away(letter.text.text, s.start)]
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
    if not found or not found.keys() <= set(CLASSES):
        return None
    return letter.entity(tuple(sorted(found)), list(found.values()))


def read_exclusivity(letter: Letter) -> Entity[Exclusivity] | None:
    """Return the kind of the grant; None where the letter is silent, says several things, or what it does not give."""
    if any(is_denied(letter.text.text, span.start) for span in letter.of(Part.GRANT) if not span.labelled):
        return None
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
        for item in _items(letter.said(span)):
            name = _platform(item)
            if span.part is Part.PLATFORM or PLATFORM_NAMES.search(item) or PLATFORM_WORDS.search(item):
                found.setdefault(name, span) if name else None
    names = tuple(dict.fromkeys(_spelled(name) for name in found if name))
    return letter.entity(names, list(found.values())) if names else _platforms_in_text(letter)


def _platforms_in_text(letter: Letter) -> Entity[tuple[str, ...]] | None:
    """Return the marketplaces that running text names, words for many with what is excepted from them."""
    text = letter.text.text
    spans = [span for span in letter.spans if span.part is Part.PLATFORM and not span.labelled]
    spans = [span for span in spans if not _ADDRESSED.search(text[max(span.start - 16, 0) : span.start])]
    excepted = [span for span in spans if is_taken_away(text, span.start)]
    without = ", ".join(dict.fromkeys(_spelled(letter.said(span)) for span in excepted))
    found: dict[str, LetterSpan] = {}
    for span in spans:
        name = _spelled(_platform(letter.said(span)))
        if not name or span in excepted:
            continue
        # Unless the marketplace is named, it may be the one that is excepted.
        is_open = bool(without) and not PLATFORM_NAMES.search(name)
        found.setdefault(f"{name} (except {without})" if is_open else name, span)
    if excepted and not found:
        found[f"except {without}"] = excepted[0]
    return letter.entity(tuple(found), [*found.values(), *excepted]) if found else None


def _spelled(name: str) -> str:
    """Return a marketplace's name with a letter for the figure that it was read as: A1iExpress, Ama20n."""
    letters = re.sub(r"(?<=[A-Za-z])1|1(?=[A-Za-z])", "l", name)
    letters = re.sub(r"(?<=[A-Za-z])0(?=[A-Za-z])", "o", letters)
    return (
        letters if letters != name and PLATFORM_NAMES.search(letters) and not PLATFORM_NAMES.fullmatch(name) else name
    )


def _items(text: str) -> Iterator[str]:
    """Yield the items of a list; two Chinese names whose comma was not read are two: 速卖通天猫."""
    if speaks_of_exceptions(text):
        yield text
        return
    for item in _LIST.split(text):
        names = PLATFORM_NAMES.findall(item)
        yield from names if len(names) > 1 and "".join(names) == item and not re.search(r"[A-Za-z]", item) else [item]


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
    if best is None:
        return None
    start, stop = with_exception(letter.text.text, best.start, best.stop)
    whole = replace(best, start=start, stop=stop)
    return letter.entity(trimmed(tidy(letter.said(whole))), [whole])


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
