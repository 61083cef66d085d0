"""Days that lie on the wrong side of the as-of date: a term that has ended, a paper of a day to come."""

from collections.abc import Iterator
from datetime import date

from pipeline.model import LONG_TERM, Entity, Message, Term
from validators.engine import Objection
from validators.remedies import Advice
from validators.wording import or_earlier, or_later

PLACE = "{day}"
"""Stands in a text for the day."""


def has_passed(end: Entity[Term], today: date, *, en: str, zh: str, certain: bool = True) -> Iterator[Objection]:
    """Object to a last day before the as-of date; one without an end is never passed.

    Args:
        end: The last day.
        today: The as-of date.
        en: What ended on `{day}`, in English; how long ago is put behind it.
        zh: The same in Chinese.
        certain: Whether it fails the rule; otherwise a person must judge.
    """
    if isinstance(end.value, date) and end.value != LONG_TERM and end.value < today:
        days = (today - end.value).days
        yield Objection(
            Message(
                en=f"{en.replace(PLACE, str(end.value))}, {days} days before {today}",
                zh=f"{zh.replace(PLACE, str(end.value))}，距核验日 {today} 已过 {days} 天",
            ),
            expected=or_later(today),
            found=str(end.value),
            evidence=[end],
            certain=certain,
        )


def lies_ahead(
    day: Entity[date] | None, today: date, *, en: str, zh: str, certain: bool = True, remedy: Advice | None = None
) -> Iterator[Objection]:
    """Object to a day after the as-of date.

    Args:
        day: The day; None, where it was not read, is none to object to.
        today: The as-of date.
        en: What is of `{day}`, in English; that it lies after the as-of date is put behind it.
        zh: The same in Chinese.
        certain: Whether it fails the rule; otherwise a person must judge.
        remedy: Instead of the rule's own.
    """
    if day is not None and day.value > today:
        yield Objection(
            Message(
                en=f"{en.replace(PLACE, str(day.value))}, after {today}",
                zh=f"{zh.replace(PLACE, str(day.value))}，晚于核验日 {today}",
            ),
            expected=or_earlier(today),
            found=str(day.value),
            evidence=[day],
            certain=certain,
            remedy=remedy,
        )
