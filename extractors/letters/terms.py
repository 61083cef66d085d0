"""The days of a letter: from when to when it holds, and when it was signed.

Terms that name no day (`May 2023 to April 2024`) are not turned into days; terms that are counted from the
signing are, by `extractors.letters.dates.end_of`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from extractors.dates import Day
from extractors.letters.dates import end_of, find_days, find_length
from extractors.letters.letter import Letter
from extractors.letters.spans import LetterSpan
from extractors.letters.words import Part
from pipeline.model import LONG_TERM, Entity, Term

_ENDLESS = re.compile(
    r"长期|永久|无固定期限|无限期|\bperpetual|\bindefinite|no expir|without expir|unlimited duration", re.IGNORECASE
)
_TO = re.compile(
    r"(?:至|到|止于|截止|截至|[-—–~～]|\bto|until|till|through|expir\w+(?: on)?|ends? on|up to)\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:自|从|于|from|starting|commenc\w+|beginning|effective)\s*(?:on|of|from|date)?\s*:?\s*$", re.IGNORECASE
)
_SIGNING = re.compile(
    r"(?:签署|签订|签字|签章|签发|盖章|出具|授权|颁发|生效|发证)[^。;,\n]{0,8}?日(?:期)?(?:起|开始|后|算)|"
    r"\bfrom (?:the )?(?:date (?:of |on )?(?:its |the |this )?(?:sign|issu|letter|authori[sz]ation)|"
    r"date hereof|signing|signature|above date|date above)|"
    r"\b(?:date|day) of (?:signing|signature|issue)",
    re.IGNORECASE,
)
"""A term is counted from the signing."""
_OTHER_EVENT = re.compile(r"自[^。;,\n\d]{2,20}之日起|from (?:the )?(?:date of|receipt|delivery)\b", re.IGNORECASE)
_AS_ABOVE = re.compile(
    r"as of the (?:date first|day and year first|effective date|date) (?:written |set forth )?(?:above|written)",
    re.IGNORECASE,
)
_DAY_LEADS = re.compile(
    r"\bIndia\b|\bGST|M/s\b|\bPAN\b|\bUnited Kingdom\b|\bEngland\b|\bAustralia\b|\bPakistan\b|\bSingapore\b|"
    r"\bMalaysia\b|Sdn\.? ?Bhd|Türkiye|\bTurkey\b|"
    r"GmbH|S\.r\.l|S\.p\.A|B\.V\.|\bFrance\b|\bSpain\b|\bItaly\b|\bPvt\b|\bDubai\b"
)
_MONTH_LEADS = re.compile(r"\bUSA\b|U\.S\.A|\bUnited States\b|\bLLC\b|\b[A-Z]{2} \d{5}(?:-\d{4})?\b")
_OTHERS_TERM = re.compile(
    r"(?<!本)(?<!授权)(?:合同|协议)|商标(?:注册|专用)?(?:权)?有效期|注册(?:证)?有效期|注册有效|"
    r"(?<!this )(?<!This )\b(?:agreement|contract|registration|certificate)\b",
    re.IGNORECASE,
)
"""Before a term that is not the grant's."""
_GRANTS_TERM = re.compile(
    r"授权(?:有效)?(?:期|时间)|授权书|本授权|许可期|销售|使用|"
    r"\bauthori[sz]\w*|\bthis letter|\bgrant\w*|\blicen[sc]e\w*|\bsell\b",
    re.IGNORECASE,
)
_REACH = 40
"""Characters before a term in which it is told of what."""
_HEAD = 24
"""Characters of a term's own words that may tell it."""
_IN_DOUBT = 0.5
_SAID = 0.9
"""Sureness of a term that is printed; one that is counted from a guess is less sure, and disputes nothing."""
_SAME_DAY = 1
"""Days by which two ends of one term may differ: whether the last day counts is told in many ways."""
_ALONE = re.compile(r"^[\s()：:,.]*(?:(?:Date|Dated|Place|签署日期|日期)[:\s]*)?$", re.IGNORECASE)


@dataclass(frozen=True)
class LetterTerm:
    """The days of one letter."""

    valid_from: Entity[date] | None
    valid_to: Entity[Term] | None
    signed_date: Entity[date] | None


@dataclass(frozen=True)
class _Stated:
    """What one stretch says of the term."""

    span: LetterSpan
    start: date | None = None
    end: Term | None = None
    sure: float = 1.0


def read_term(letter: Letter) -> LetterTerm:
    """Return the letter's period and the day it was signed."""
    day_first = _day_first(letter.text.text)
    signed = _signed(letter, day_first)
    start: Entity[date] | None = None
    end: Entity[Term] | None = None
    for stated in _of_the_grant(letter, list(_stated(letter, day_first, signed))):
        if stated.start is not None and start is None:
            start = letter.entity(stated.start, [stated.span], trust=stated.sure)
        if stated.end is not None and end is None:
            end = letter.entity(stated.end, [stated.span], trust=stated.sure)
    if signed is None and start is not None and _AS_ABOVE.search(letter.text.text):
        signed = start.model_copy(update={"confidence": round(0.9 * start.confidence, 3)})
    if start and end and isinstance(end.value, date) and end.value < start.value:
        return LetterTerm(None, None, signed)
    return LetterTerm(start, end, signed)


def _stated(letter: Letter, day_first: bool | None, signed: Entity[date] | None) -> Iterator[_Stated]:
    """Yield what the stretches say of the term, the most telling first."""
    found: list[_Stated] = []
    for span in letter.spans:
        said = letter.said(span)
        if span.part in (Part.START, Part.END):
            if days := find_days(said, day_first=day_first):
                starts, day = span.part is Part.START, days[0]
                found.append(_Stated(span, day.value if starts else None, None if starts else day.value, day.sure))
            elif span.part is Part.END and _ENDLESS.search(said):
                found.append(_Stated(span, end=LONG_TERM))
        elif span.part is Part.PERIOD or (span.part is Part.SIGNED and len(find_days(said, day_first=day_first)) > 1):
            found.append(_period(letter, span, day_first, signed))
    yield from sorted(found, key=lambda stated: -_worth(stated))


def _of_the_grant(letter: Letter, found: Sequence[_Stated]) -> list[_Stated]:
    """Return what is said of the grant's term, in doubt where several terms are told or the one is another thing's."""
    own = [stated for stated in found if not _is_of_another(letter, stated)]
    if not any(stated.end for stated in own):
        return [replace(stated, sure=min(stated.sure, _IN_DOUBT)) if stated.end else stated for stated in found]
    # What a label says to be the grant's goes before running text.
    labelled = [stated for stated in own if stated.span.labelled and stated.start and stated.end]
    told = labelled or [stated for stated in own if stated.start and stated.end and stated.sure >= _SAID]
    if told and any(_differ(told[0], other) for other in told[1:]):
        return [replace(stated, sure=min(stated.sure, _IN_DOUBT)) for stated in own]
    return own


def _is_of_another(letter: Letter, stated: _Stated) -> bool:
    """Whether a term is said to be that of a contract, a registration or a certificate."""
    if stated.span.labelled:
        return False
    text = letter.text.text
    start = max(stated.span.start - _REACH, *(text.rfind(sign, 0, stated.span.start) + 1 for sign in "。;\n"))
    said = text[start : stated.span.start] + letter.said(stated.span)[:_HEAD]
    ours = list(_GRANTS_TERM.finditer(said))
    others = list(_OTHERS_TERM.finditer(said))
    return bool(others) and (not ours or ours[-1].end() < others[-1].end())


def _differ(one: _Stated, other: _Stated) -> bool:
    if one.span.start < other.span.stop and other.span.start < one.span.stop:
        return False
    ends = (one.end, other.end)
    if isinstance(ends[0], date) and isinstance(ends[1], date):
        return abs((ends[0] - ends[1]).days) > _SAME_DAY
    return ends[0] != ends[1]


def _worth(stated: _Stated) -> float:
    whole = (stated.start is not None) + (stated.end is not None)
    return 2 * stated.span.labelled * (whole > 0) + whole + 0.1 * stated.sure


def _period(letter: Letter, span: LetterSpan, day_first: bool | None, signed: Entity[date] | None) -> _Stated:
    said = letter.said(span)
    days = find_days(said, day_first=day_first)
    if _ENDLESS.search(said):
        return _Stated(span, start=days[0].value if days else None, end=LONG_TERM)
    if len(days) >= 2 and days[1].start - days[0].stop <= 24:
        first, last = days[0], days[1]
        sure = min(first.sure, last.sure)
        return _Stated(span, first.value, last.value, sure) if first.value <= last.value else _Stated(span)
    length = find_length(_without(said, days))
    if days and length is None:
        return _half(letter, span, days[0])
    if length is None:
        return _Stated(span)
    if days and not _TO.search(said[: days[0].start]):
        return _Stated(span, days[0].value, end_of(days[0].value, length), days[0].sure)
    sentence = _sentence(letter, span)
    if signed is None or (_OTHER_EVENT.search(sentence) and not _SIGNING.search(sentence)):
        return _Stated(span)
    # A term of which nobody says from when is counted from the signing too, but a person should look.
    sure = signed.confidence * (0.97 if _SIGNING.search(letter.text.text) else 0.7)
    return _Stated(span, signed.value, end_of(signed.value, length), sure)


def _half(letter: Letter, span: LetterSpan, day: Day) -> _Stated:
    """Return a term of which one end is said."""
    before = letter.text.text[max(span.start - 12, 0) : span.start] + letter.said(span)[: day.start]
    after = letter.said(span)[day.stop :]
    if _TO.search(before.rstrip(" :")) or re.search(
        r"有效期至:?$|valid (?:until|till|to)\s*:?\s*$", before, re.IGNORECASE
    ):
        return _Stated(span, end=day.value, sure=day.sure)
    if _FROM.search(before) or after.startswith(("起", "开始", "生效")):
        return _Stated(span, start=day.value, sure=day.sure)
    if after.lstrip().startswith(("止", "前", "到期")):
        return _Stated(span, end=day.value, sure=day.sure)
    return _Stated(span)


def _without(text: str, days: list[Day]) -> str:
    for day in days:
        text = text[: day.start] + " " * (day.stop - day.start) + text[day.stop :]
    return text


def _sentence(letter: Letter, span: LetterSpan) -> str:
    """Return the sentence that a span stands in."""
    text = letter.text.text
    start = max(text.rfind(sign, 0, span.start) for sign in "。;\n")
    stop = min((place for sign in "。;\n" if (place := text.find(sign, span.stop)) >= 0), default=len(text))
    return text[start + 1 : stop]


def _signed(letter: Letter, day_first: bool | None) -> Entity[date] | None:
    """Return the day by its label, or the last one that stands on a line of its own or after `signed`."""
    for span in reversed([span for span in letter.spans if span.part is Part.SIGNED]):
        days = find_days(letter.said(span), day_first=day_first)
        if len(days) == 1:
            return letter.entity(days[0].value, [span], trust=days[0].sure)
    text = letter.text.text
    alone: list[Day] = []
    for day in find_days(text, day_first=day_first):
        before = text[: day.start].rpartition("\n")[2]
        after = text[day.stop :].partition("\n")[0]
        told = re.search(
            r"(?:[Ss]igned|[Dd]ated|[Ee]xecuted|[Ii]ssued)\s+(?:on\s+|this\s+|in \w+,? )*$|(?:签署|签订|出具)于$",
            before,
        )
        if told or (_ALONE.match(before) and len(after.strip(" .()盖公章:")) <= 2) or _ends_signature(before, after):
            alone.append(day)
    if not alone:
        return None
    day = alone[-1]
    span = LetterSpan(Part.SIGNED, day.start, day.stop, day.sure * 0.97)
    return letter.entity(day.value, [span])


def _ends_signature(before: str, after: str) -> bool:
    """Whether a day ends a short line that begins with a name: `X公司 2026年1月1日`, `Place, 5 March 2025`."""
    return (
        after.strip(" .") == "" and len(before) <= 40 and not re.search(r"[至到自从起期效]|until|from|to|valid", before)
    )


def _day_first(text: str) -> bool | None:
    leads, follows = _DAY_LEADS.search(text) is not None, _MONTH_LEADS.search(text) is not None
    return None if leads == follows else leads
