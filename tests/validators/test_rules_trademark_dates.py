"""The rules on the dates of a trademark: term, notice, day of registration (TMK404 to TMK411)."""

from datetime import date
from typing import Any

import pytest

from extractors.base import Office
from pipeline.model import LONG_TERM, Document
from pipeline.verdict import Status
from tests.validators import build

PASS, FAIL, UNDETERMINED, NOT_APPLICABLE = Status.PASS, Status.FAIL, Status.UNDETERMINED, Status.NOT_APPLICABLE


def judged(rule: str, *papers: Document) -> Status:
    return build.status(rule, build.dossier(build.licence(), *papers))


RENEWAL = build.document("trademark_renewal", file="09.jpg")
UNKNOWN = build.document(file="09.jpg", legibility=0.5)


@pytest.mark.parametrize(
    ("end", "papers", "lapsed", "soon"),
    [
        pytest.param(date(2030, 6, 6), [], PASS, PASS, id="runs"),
        pytest.param(LONG_TERM, [], PASS, PASS, id="without end"),
        pytest.param(date(2027, 5, 24), [], PASS, PASS, id="181 days left"),
        pytest.param(date(2027, 5, 23), [], PASS, FAIL, id="180 days left"),
        pytest.param(date(2026, 11, 24), [], PASS, FAIL, id="last day"),
        pytest.param(date(2026, 11, 23), [], FAIL, NOT_APPLICABLE, id="first day of grace"),
        pytest.param(date(2026, 5, 24), [], FAIL, NOT_APPLICABLE, id="last day of grace"),
        pytest.param(date(2026, 5, 24), [RENEWAL], UNDETERMINED, UNDETERMINED, id="last day, with a renewal proof"),
        pytest.param(date(2026, 5, 23), [], FAIL, NOT_APPLICABLE, id="grace is over"),
        pytest.param(date(2026, 5, 23), [RENEWAL], UNDETERMINED, NOT_APPLICABLE, id="over, with a renewal proof"),
        pytest.param(
            date(2026, 5, 23), [UNKNOWN], UNDETERMINED, NOT_APPLICABLE, id="over, with a paper that may prove it"
        ),
        pytest.param(date(2026, 11, 1), [RENEWAL], UNDETERMINED, UNDETERMINED, id="grace, with a renewal proof"),
        pytest.param(None, [], UNDETERMINED, UNDETERMINED, id="not read"),
        pytest.param(build.entity(date(2020, 1, 1), 0.5), [], UNDETERMINED, UNDETERMINED, id="read with doubt"),
    ],
)
def test_tmk404_and_tmk405_share_the_term(end: Any, papers: list[Document], lapsed: Status, soon: Status) -> None:
    certificate = build.certificate(valid_to=end)
    assert judged("TMK404", certificate, *papers) is lapsed
    assert judged("TMK405", certificate, *papers) is soon


@pytest.mark.parametrize(
    ("end", "words", "words_zh"),
    [
        (date(2026, 12, 1), "expires on 2026-12-01, in 7 days", "剩余 7 天"),
        (date(2026, 11, 24), "in 0 days", "剩余 0 天"),
    ],
    ids=["soon", "today"],
)
def test_tmk405_says_how_long(end: date, words: str, words_zh: str) -> None:
    message = build.finding("TMK405", build.dossier(build.licence(), build.certificate(valid_to=end))).message
    assert words in message.en
    assert words_zh in message.zh


@pytest.mark.parametrize(
    ("end", "papers", "words", "words_zh"),
    [
        (date(2026, 11, 23), [], "no proof of its renewal", "没有续展证明"),
        (date(2026, 11, 23), [RENEWAL], "is in its grace period", "处于宽展期"),
        (date(2026, 5, 23), [], "its grace period on 2026-11-23", "宽展期已于 2026-11-23 届满"),
    ],
    ids=["no proof", "perhaps a proof", "too late"],
)
def test_tmk404_says_what_is_missing(end: date, papers: list[Document], words: str, words_zh: str) -> None:
    dossier = build.dossier(build.licence(), build.certificate(valid_to=end), *papers)
    message = build.finding("TMK404", dossier).message
    assert words in message.en
    assert words_zh in message.zh


def test_tmk411_says_which_days_are_usual() -> None:
    american = build.certificate(office=Office.USPTO, registration_date=date(2019, 12, 18))
    assert build.finding("TMK411", build.dossier(build.licence(), american)).expected == "weekday 2"
    chinese = build.certificate(registration_date=date(2020, 6, 8))
    assert build.finding("TMK411", build.dossier(build.licence(), chinese)).expected == "day 7, 14, 21, 28 of a month"


@pytest.mark.parametrize("rule", ["TMK404", "TMK405", "TMK411", "TMK412"])
def test_a_notice_alone_has_no_registration(rule: str) -> None:
    assert judged(rule, build.notice()) is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("papers", "status"),
    [
        pytest.param([build.notice(notice_date=date(2026, 5, 24))], PASS, id="six months to the day"),
        pytest.param([build.notice(notice_date=date(2026, 5, 23))], FAIL, id="a day more"),
        pytest.param([build.notice(notice_date=None)], PASS, id="not read, but filed lately"),
        pytest.param(
            [build.notice(notice_date=None, filing_date=date(2026, 5, 24))], PASS, id="not read, filed six months ago"
        ),
        pytest.param([build.notice(notice_date=None, filing_date=date(2026, 1, 1))], UNDETERMINED, id="filed long ago"),
        pytest.param([build.notice(notice_date=None, filing_date=None)], UNDETERMINED, id="no date read"),
        pytest.param(
            [build.notice(notice_date=build.entity(date(2025, 1, 1), 0.5), filing_date=None)],
            UNDETERMINED,
            id="in doubt",
        ),
        pytest.param(
            [build.notice(notice_date=date(2020, 1, 1)), build.certificate(file="03.jpg")],
            NOT_APPLICABLE,
            id="registered",
        ),
        pytest.param([], NOT_APPLICABLE, id="no paper"),
    ],
)
def test_tmk407_age_of_the_notice(papers: list[Document], status: Status) -> None:
    assert judged("TMK407", *papers) is status


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        pytest.param({"registration_date": date(2020, 6, 7)}, PASS, id="CNIPA, the 7th"),
        pytest.param({"registration_date": date(2020, 6, 8)}, FAIL, id="CNIPA, the 8th"),
        pytest.param({"registration_date": None, "valid_from": date(2010, 1, 7)}, PASS, id="CNIPA, by its term"),
        pytest.param({"registration_date": None, "valid_from": None}, UNDETERMINED, id="not read"),
        pytest.param({"registration_date": build.entity(date(2020, 6, 8), 0.5)}, UNDETERMINED, id="in doubt"),
        pytest.param({"office": Office.USPTO, "registration_date": date(2019, 12, 17)}, PASS, id="USPTO, a Tuesday"),
        pytest.param({"office": Office.USPTO, "registration_date": date(2019, 12, 18)}, FAIL, id="USPTO, a Wednesday"),
        pytest.param({"office": Office.EUIPO, "registration_date": date(2020, 6, 8)}, NOT_APPLICABLE, id="EUIPO"),
        pytest.param({"office": None}, UNDETERMINED, id="office not read"),
    ],
)
def test_tmk411_registration_day(changes: dict[str, Any], status: Status) -> None:
    assert judged("TMK411", build.certificate(**changes)) is status
