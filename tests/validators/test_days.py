"""A day on the wrong side of the as-of date is objected to, with how far it lies there."""

from datetime import date

import pytest

from pipeline.model import LONG_TERM, Entity, Term
from tests.validators import build
from validators.days import has_passed, lies_ahead
from validators.engine import Objection

TODAY = date(2026, 11, 24)


def passed(end: Term) -> list[Objection]:
    return [*has_passed(build.entity(end), TODAY, en="it is {day}", zh="日期为 {day}")]


def ahead(day: Entity[date] | None, *, certain: bool = True) -> list[Objection]:
    return [*lies_ahead(day, TODAY, en="it is {day}", zh="日期为 {day}", certain=certain)]


@pytest.mark.parametrize(
    ("end", "told"),
    [
        pytest.param(date(2026, 11, 23), ["it is 2026-11-23, 1 days before 2026-11-24"], id="yesterday"),
        pytest.param(date(2026, 11, 24), [], id="the last day"),
        pytest.param(LONG_TERM, [], id="without end"),
    ],
)
def test_what_has_ended(end: Term, told: list[str]) -> None:
    assert [each.message.en for each in passed(end)] == told


@pytest.mark.parametrize(
    ("day", "told"),
    [
        pytest.param(date(2026, 11, 25), ["日期为 2026-11-25，晚于核验日 2026-11-24"], id="tomorrow"),
        pytest.param(date(2026, 11, 24), [], id="today"),
    ],
)
def test_what_is_yet_to_come(day: date, told: list[str]) -> None:
    assert [each.message.zh for each in ahead(build.entity(day))] == told


def test_a_day_that_was_not_read_lies_nowhere() -> None:
    assert ahead(None) == []


def test_who_asks_says_whether_it_fails() -> None:
    (to_come,) = ahead(build.entity(date(2027, 1, 1)), certain=False)
    (over,) = passed(date(2026, 1, 1))
    assert (to_come.certain, over.certain) == (False, True)
    assert (to_come.expected, over.expected) == (
        "不晚于 2026-11-24 · 2026-11-24 or earlier",
        "不早于 2026-11-24 · 2026-11-24 or later",
    )
