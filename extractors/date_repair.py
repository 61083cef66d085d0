"""Dates whose signs were misread: put right by the grammar of dates, and what was put right is told."""

import re
from datetime import date

from extractors.grammar import Fit, fit, spelling
from extractors.grammars import DATE
from extractors.reading import Reading
from extractors.values import parse_date
from pipeline.model import Correction, Entity

_NOISE = ":：.,，。"
"""Specks that stand among the figures of a date under a seal."""
_PARTS = re.compile(r"(?P<year>.{4})年(?P<month>.+)月(?P<day>[^日]+)日?")
_PUT_RIGHT = 0.9
_ENDS = {"year": 4, "month": 7, "day": 10}
"""Where the parts of a date end in its ISO text."""


def date_put_right(reading: Reading) -> Entity[date] | None:
    """Return the date that `reading` is but for misread signs; None if it is one as read, or none at all."""
    read = spelling(reading.pieces, without=_NOISE)
    fitted = fit(read, DATE)
    value = parse_date(fitted.text) if fitted else None
    if fitted is None or value is None:
        return None
    return reading.entity(value, trust=_PUT_RIGHT, corrections=_corrections(read.text, fitted, value))


def _corrections(read: str, fitted: Fit, value: date) -> tuple[Correction, ...]:
    """Return what was put right, by its place in the ISO text of the value."""
    parts = _PARTS.fullmatch(fitted.text)
    if parts is None:
        return ()
    # Each part ends where its figures end, since its leading zero may not be printed.
    places = {
        at: end - parts.end(name) + at
        for name, end in _ENDS.items()
        for at in range(parts.start(name), parts.end(name))
    }
    places |= {parts.end(name): _ENDS[name] for name in ("year", "month")}
    told = [(at, places[at]) for at in fitted.changed if at in places]
    return tuple(
        Correction(position=place, read=read[at], meant=value.isoformat()[place], why=DATE.why) for at, place in told
    )
