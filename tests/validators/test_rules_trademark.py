"""The rules on the trademark of each declared brand (TMK401 to TMK403, TMK412)."""

from datetime import date
from typing import Any

import pytest

from extractors.base import Office
from pipeline.model import Document, FailureCode
from pipeline.verdict import Status
from tests.validators import build
from validators import RULES

PASS, FAIL, UNDETERMINED, NOT_APPLICABLE = Status.PASS, Status.FAIL, Status.UNDETERMINED, Status.NOT_APPLICABLE
NO_NUMBER = build.brand(trademark_number=None)
TMK = [rule for rule in RULES if rule.startswith("TMK")]


def judged(rule: str, *papers: Document, brand: Any = None) -> Status:
    form = build.form(brands=(brand or build.brand(),))
    return build.status(rule, build.dossier(build.licence(), *papers, form=form))


@pytest.mark.parametrize(
    ("papers", "status"),
    [
        pytest.param([build.certificate()], PASS, id="certificate"),
        pytest.param([build.notice()], PASS, id="acceptance notice"),
        pytest.param([], FAIL, id="neither"),
        pytest.param(
            [build.document(file="x.jpg", failure=FailureCode.CORRUPT)], UNDETERMINED, id="a file cannot be read"
        ),
        pytest.param(
            [build.document(file="x.jpg", candidates=["trademark_certificate"])], UNDETERMINED, id="may be one"
        ),
        pytest.param([build.document(file="x.jpg")], FAIL, id="a legible paper is none"),
    ],
)
def test_tmk401_brand_has_a_paper(papers: list[Document], status: Status) -> None:
    assert judged("TMK401", *papers) is status


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        pytest.param({"mark_text": "OTHERMARK", "registration_number": "50000000"}, FAIL, id="another mark's"),
        pytest.param({"mark_text": None, "registration_number": "50000000"}, FAIL, id="another number, mark not read"),
        pytest.param({"mark_text": None, "registration_number": None}, UNDETERMINED, id="neither mark nor number read"),
        pytest.param(
            {"mark_text": build.entity("TESTRIUER", 0.5), "registration_number": None}, UNDETERMINED, id="mark in doubt"
        ),
    ],
)
def test_tmk401_certificates_of_none_of_two_brands(changes: dict[str, Any], status: Status) -> None:
    brands = (build.brand(), build.brand(name="SECONDMARK", trademark_number="42345678"))
    second = build.certificate(file="03.jpg", mark_text="SECONDMARK", registration_number="42345678")
    judged = build.dossier(build.licence(), build.certificate(**changes), second, form=build.form(brands=brands))
    first_finding, second_finding = build.findings("TMK401", judged)
    assert first_finding.status is status
    assert second_finding.status is PASS
    assert "defect" not in first_finding.message.en


@pytest.mark.parametrize(
    ("mark", "status"),
    [
        pytest.param("TESTRIVER", PASS, id="the same"),
        pytest.param("TestRiver®", PASS, id="case and sign"),
        pytest.param("TEST RIVER", PASS, id="spaces"),
        pytest.param("TESTRIDER", FAIL, id="another letter"),
        pytest.param("TEST-RIVER", UNDETERMINED, id="punctuation"),
        pytest.param("TESTRlVER", UNDETERMINED, id="look-alike letter"),
        pytest.param("试河 TESTRIVER", UNDETERMINED, id="one of two scripts"),
        pytest.param(build.entity("TESTRIDER", 0.5), UNDETERMINED, id="read with doubt"),
        pytest.param(build.in_doubt_at("TESTRIDER", "D"), UNDETERMINED, id="the letter was read with doubt"),
        pytest.param(build.in_doubt_at("TESTRIDER", "S"), FAIL, id="another letter was read with doubt"),
        pytest.param(None, UNDETERMINED, id="not read"),
    ],
)
def test_tmk402_mark_is_the_brand(mark: Any, status: Status) -> None:
    assert judged("TMK402", build.certificate(mark_text=mark)) is status


@pytest.mark.parametrize(
    ("mark", "status"),
    [
        pytest.param("TESTRIVER", PASS, id="the brand"),
        pytest.param("HILLBROOK", FAIL, id="another mark under the declared number"),
        pytest.param(None, UNDETERMINED, id="not read"),
    ],
)
def test_tmk402_is_about_notices_too(mark: str | None, status: Status) -> None:
    assert judged("TMK402", build.notice(mark_text=mark)) is status


def test_tmk402_needs_a_paper() -> None:
    assert judged("TMK402") is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("changes", "brand", "status"),
    [
        pytest.param({}, build.brand(), PASS, id="declared number"),
        pytest.param({}, build.brand(trademark_number="第41234567号"), PASS, id="declared with words"),
        pytest.param({}, NO_NUMBER, PASS, id="none declared"),
        pytest.param({}, build.brand(trademark_number="41234568"), FAIL, id="another declared"),
        pytest.param({"registration_number": "412345678"}, NO_NUMBER, FAIL, id="malformed"),
        pytest.param({"registration_number": "4123"}, NO_NUMBER, UNDETERMINED, id="very short"),
        pytest.param({"registration_number": None}, build.brand(), UNDETERMINED, id="not read"),
        pytest.param(
            {"registration_number": build.entity("41234568", 0.5)}, build.brand(), UNDETERMINED, id="in doubt"
        ),
        pytest.param(
            {"registration_number": build.in_doubt_at("41234568", "8")},
            build.brand(),
            UNDETERMINED,
            id="the digit is in doubt",
        ),
        pytest.param(
            {"registration_number": build.in_doubt_at("412345678", "6")},
            NO_NUMBER,
            UNDETERMINED,
            id="malformed, in doubt",
        ),
        pytest.param(
            {"office": Office.USPTO, "registration_number": "5,935,271", "application_number": "88199969"},
            build.brand(office="USPTO", trademark_number="88/199,969"),
            PASS,
            id="application number declared",
        ),
        pytest.param(
            {"office": Office.EUIPO, "registration_number": "018123456"},
            build.brand(office="EUIPO", trademark_number="18123456"),
            PASS,
            id="declared without leading zero",
        ),
        pytest.param(
            {"office": None, "registration_number": "412345678"}, NO_NUMBER, FAIL, id="office declared, not read"
        ),
        pytest.param(
            {"office": None, "registration_number": "018123456"},
            build.brand(office="EUIPO", trademark_number=None),
            PASS,
            id="well-formed for the declared office",
        ),
        pytest.param(
            {"office": Office.TIPO, "registration_number": "1"}, NO_NUMBER, PASS, id="an office of unknown numbers"
        ),
        pytest.param({}, build.brand(office="USPTO"), FAIL, id="the number, of another office"),
        pytest.param({}, build.brand(office="WIPO"), PASS, id="a Madrid registration's protection by another office"),
    ],
)
def test_tmk403_number(changes: dict[str, Any], brand: Any, status: Status) -> None:
    assert judged("TMK403", build.certificate(**changes), brand=brand) is status


@pytest.mark.parametrize(
    ("number", "status"),
    [
        pytest.param("41234567", NOT_APPLICABLE, id="well-formed"),
        pytest.param("4-1234567-8-9", FAIL, id="malformed, by the form alone"),
        pytest.param(None, NOT_APPLICABLE, id="not declared"),
    ],
)
def test_tmk403_without_papers(number: str | None, status: Status) -> None:
    assert judged("TMK403", brand=build.brand(trademark_number=number)) is status


@pytest.mark.parametrize(
    ("number", "status"),
    [
        pytest.param("41234567", PASS, id="declared"),
        pytest.param("41234568", FAIL, id="another"),
        pytest.param(None, UNDETERMINED, id="not read"),
    ],
)
def test_tmk403_of_a_notice(number: str | None, status: Status) -> None:
    assert judged("TMK403", build.notice(application_number=number)) is status


@pytest.mark.parametrize(
    ("mark", "status"),
    [
        pytest.param("TESTRIVER", PASS, id="text"),
        pytest.param("试河", PASS, id="Chinese text"),
        pytest.param("***", FAIL, id="punctuation alone"),
        pytest.param(None, UNDETERMINED, id="no text read"),
        pytest.param(build.entity("TESTRIVER", 0.4), UNDETERMINED, id="read with doubt"),
    ],
)
def test_tmk412_device(mark: Any, status: Status) -> None:
    assert judged("TMK412", build.certificate(mark_text=mark)) is status


def test_tmk412_says_that_it_cannot_tell_a_device_from_illegible_letters() -> None:
    finding = build.finding("TMK412", build.dossier(build.licence(), build.certificate(mark_text=None)))
    assert "a device, or lettering that is not legible" in finding.message.en


@pytest.mark.parametrize(
    ("papers", "brand", "rules"),
    [
        pytest.param([build.certificate()], build.brand(), set(), id="nothing wrong"),
        pytest.param([], build.brand(), {"TMK401"}, id="no paper"),
        pytest.param([build.certificate(mark_text="TESTRIDER")], build.brand(), {"TMK402"}, id="mark"),
        pytest.param([build.certificate(registration_number="41234568")], build.brand(), {"TMK403"}, id="number"),
        pytest.param([build.certificate(valid_to=date(2020, 6, 6))], build.brand(), {"TMK404", "TMK413"}, id="lapsed"),
        pytest.param(
            [build.certificate(valid_to=date(2026, 10, 6))], build.brand(), {"TMK404", "TMK413"}, id="in grace"
        ),
        pytest.param([build.notice(notice_date=date(2025, 1, 1))], build.brand(), {"TMK407"}, id="old notice"),
        pytest.param([build.certificate(registration_date=date(2020, 6, 9))], build.brand(), {"TMK411"}, id="day"),
    ],
)
def test_one_wrong_fact_fails_the_rules_about_it_alone(papers: list[Document], brand: Any, rules: set[str]) -> None:
    dossier = build.dossier(build.licence(), *papers, form=build.form(brands=(brand,)))
    assert {rule for rule in TMK for f in build.findings(rule, dossier) if f.status is FAIL} == rules
