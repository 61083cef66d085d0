"""TMK406, TMK408 to TMK410, TMK413 and TMK414: whether a mark stands, where it counts, and whose it is."""

from datetime import date
from typing import Any

import pytest

from extractors.base import Office
from extractors.trademark_fields import NoticeKind, Register
from pipeline.model import Document, FailureCode
from pipeline.verdict import Status
from tests.validators import build, papers
from tests.validators.clean import Scenario, clean_dossier

PASS, FAIL, UNDETERMINED, NOT_APPLICABLE = Status.PASS, Status.FAIL, Status.UNDETERMINED, Status.NOT_APPLICABLE
OTHER = "苏州另试商贸有限公司"


def notice(**changes: Any) -> tuple[Document, ...]:
    return (papers.office_notice(**changes),)


@pytest.mark.parametrize(
    ("scenario", "changes", "status"),
    [
        pytest.param(Scenario.OWN_BRAND, {}, PASS, id="no notice"),
        pytest.param(Scenario.OWN_BRAND, {"certificate": None}, NOT_APPLICABLE, id="no paper at all is TMK401's"),
        pytest.param(Scenario.PENDING, {"add": notice()}, FAIL, id="refused"),
        pytest.param(Scenario.PENDING, {"add": notice(kind=NoticeKind.PARTIAL_REFUSAL)}, FAIL, id="refused in part"),
        pytest.param(Scenario.PENDING, {"add": notice(kind=NoticeKind.PUBLICATION)}, PASS, id="published"),
        pytest.param(Scenario.PENDING, {"add": notice(kind=NoticeKind.OTHER)}, UNDETERMINED, id="another notice"),
        pytest.param(Scenario.PENDING, {"add": notice(kind=None)}, UNDETERMINED, id="kind not read"),
        pytest.param(Scenario.PENDING, {"add": notice(kind=NoticeKind.FEE)}, PASS, id="fee asked, and accepted"),
        pytest.param(
            Scenario.PENDING, {"notice": None, "add": notice(kind=NoticeKind.FEE)}, FAIL, id="fee asked alone"
        ),
        pytest.param(Scenario.PENDING, {"add": notice(application_number="99999999")}, PASS, id="another mark's"),
        pytest.param(Scenario.PENDING, {"add": notice(application_number=None)}, UNDETERMINED, id="number not read"),
        pytest.param(
            Scenario.PENDING, {"add": notice(kind=build.entity(NoticeKind.REFUSAL, 0.4))}, UNDETERMINED, id="in doubt"
        ),
        pytest.param(Scenario.OWN_BRAND, {"add": notice(notice_date=date(2019, 1, 1))}, PASS, id="registered since"),
        pytest.param(Scenario.OWN_BRAND, {"add": notice()}, FAIL, id="refused after registration"),
        pytest.param(
            Scenario.OWN_BRAND, {"add": notice(notice_date=None)}, UNDETERMINED, id="which came first not read"
        ),
        pytest.param(
            Scenario.PENDING, {"add": (build.document("trademark_notice"),)}, UNDETERMINED, id="nothing of it read"
        ),
    ],
)
def test_tmk406_status(scenario: Scenario, changes: dict[str, Any], status: Status) -> None:
    assert build.status("TMK406", clean_dossier(scenario, **changes)) is status


OLD = {"registration_date": date(2020, 5, 23), "valid_to": date(2030, 5, 23)}
PROOF = papers.renewal(office=Office.USPTO, registration_number="7123456", valid_from=None, valid_to=None)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        pytest.param({}, PASS, id="3 years old"),
        pytest.param({"certificate": {"registration_date": date(2020, 5, 24)}}, PASS, id="last day"),
        pytest.param({"certificate": OLD}, FAIL, id="6 years and 6 months are over"),
        pytest.param({"certificate": OLD, "add": (PROOF,)}, PASS, id="declared"),
        pytest.param({"certificate": OLD, "add": (papers.renewal(),)}, FAIL, id="another office's proof"),
        pytest.param(
            {"certificate": OLD, "add": (papers.renewal(office=Office.USPTO, registration_number=None),)},
            UNDETERMINED,
            id="a proof whose number was not read",
        ),
        pytest.param(
            {"certificate": OLD, "add": (build.document(failure=FailureCode.CORRUPT),)},
            UNDETERMINED,
            id="a broken file",
        ),
        pytest.param({"certificate": {"registration_date": None}}, UNDETERMINED, id="registration day not read"),
        pytest.param({"certificate": None}, NOT_APPLICABLE, id="no certificate"),
    ],
)
def test_tmk408_declaration_of_use(changes: dict[str, Any], status: Status) -> None:
    assert build.status("TMK408", clean_dossier(Scenario.US_MARK, **changes)) is status


@pytest.mark.parametrize(
    ("register", "status"),
    [
        pytest.param(Register.PRINCIPAL, PASS, id="principal"),
        pytest.param(Register.SUPPLEMENTAL, FAIL, id="supplemental"),
        pytest.param(build.entity(Register.SUPPLEMENTAL, 0.4), UNDETERMINED, id="with doubt"),
        pytest.param(None, UNDETERMINED, id="not read"),
    ],
)
def test_tmk409_register(register: Any, status: Status) -> None:
    dossier = clean_dossier(Scenario.US_MARK, certificate={"register_kind": register})
    assert build.status("TMK409", dossier) is status


@pytest.mark.parametrize("rule", ["TMK408", "TMK409", "TMK410"])
def test_what_is_asked_of_foreign_marks_is_not_asked_of_chinese_ones(rule: str) -> None:
    assert build.status(rule, clean_dossier()) is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        pytest.param({}, PASS, id="protected in China"),
        pytest.param({"national_certificate": {"office": Office.EUIPO}}, PASS, id="in the European Union"),
        pytest.param({"national_certificate": {"office": Office.OEPM}}, FAIL, id="where it does not count"),
        pytest.param({"national_certificate": {"mark_text": "HILLBROOK"}}, FAIL, id="another mark's certificate"),
        pytest.param({"national_certificate": None}, FAIL, id="nowhere"),
        pytest.param({"national_certificate": {"mark_text": None}}, UNDETERMINED, id="its mark not read"),
        pytest.param({"national_certificate": {"office": None}}, UNDETERMINED, id="its office not read"),
        pytest.param(
            {
                "national_certificate": None,
                "add": (papers.office_notice(kind=NoticeKind.OTHER, application_number="1712345"),),
            },
            UNDETERMINED,
            id="a notice that may grant protection",
        ),
        pytest.param(
            {"national_certificate": None, "add": (build.document(legibility=0.1),)},
            UNDETERMINED,
            id="a paper not read",
        ),
    ],
)
def test_tmk410_protection(changes: dict[str, Any], status: Status) -> None:
    assert build.status("TMK410", clean_dossier(Scenario.MADRID_MARK, **changes)) is status


PASSED = {"valid_to": date(2026, 10, 6)}
HERE = "广东省深圳市南山区试验路1号"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        pytest.param({}, PASS, id="nothing changed"),
        pytest.param({"certificate": PASSED}, FAIL, id="term passed"),
        pytest.param({"certificate": PASSED, "add": (papers.renewal(),)}, PASS, id="renewed"),
        pytest.param(
            {"certificate": PASSED, "add": (papers.renewal(valid_to=None),)}, UNDETERMINED, id="term not read"
        ),
        pytest.param({"certificate": PASSED, "add": (papers.renewal(registration_number="1"),)}, FAIL, id="another's"),
        pytest.param({"certificate": {"owner": OTHER}}, UNDETERMINED, id="another name at the same address"),
        pytest.param({"certificate": {"owner": OTHER}, "add": (papers.change(),)}, PASS, id="the change is proven"),
        pytest.param(
            {"certificate": {"owner": OTHER, "owner_address": "上海市试路3号"}}, PASS, id="another owner elsewhere"
        ),
        pytest.param({"certificate": {"valid_to": None}}, UNDETERMINED, id="term not read on the certificate"),
        pytest.param({"certificate": None}, NOT_APPLICABLE, id="no certificate"),
    ],
)
def test_tmk413_proofs(changes: dict[str, Any], status: Status) -> None:
    assert build.status("TMK413", clean_dossier(**changes)) is status


@pytest.mark.parametrize(
    ("mark", "owner", "status"),
    [
        pytest.param("TESTRIVER", build.COMPANY, PASS, id="nobody's"),
        pytest.param("Nike", build.COMPANY, FAIL, id="a famous mark"),
        pytest.param("Nike", "NIKE INC", PASS, id="by its owner"),
        pytest.param("Nike", None, UNDETERMINED, id="owner not read"),
        pytest.param("N1KE", build.COMPANY, FAIL, id="a digit for a letter"),
        pytest.param("ADlDAS", build.COMPANY, FAIL, id="a small L"),
        pytest.param("Нuаwеi", build.COMPANY, FAIL, id="Cyrillic letters"),
        pytest.param("SWAROVSKY", build.COMPANY, FAIL, id="one letter of a long mark"),
        pytest.param("NIKA", build.COMPANY, UNDETERMINED, id="one letter of a short mark"),
        pytest.param(build.in_doubt_at("SWAROVSKY", "Y"), build.COMPANY, UNDETERMINED, id="the letter in doubt"),
        pytest.param("Fashion", build.COMPANY, FAIL, id="a generic word"),
        pytest.param("Fashion River", build.COMPANY, PASS, id="a generic word within"),
        pytest.param("上海", build.COMPANY, FAIL, id="a place"),
        pytest.param("姚明", build.COMPANY, FAIL, id="a person"),
    ],
)
def test_tmk414_restricted(mark: Any, owner: str | None, status: Status) -> None:
    name = mark if isinstance(mark, str) else mark.value
    dossier = clean_dossier(certificate={"mark_text": mark, "owner": owner}, brand={"name": name})
    assert build.status("TMK414", dossier) is status


def test_tmk414_explains_itself() -> None:
    finding = build.finding(
        "TMK414", clean_dossier(certificate={"mark_text": "SWAROVSKY"}, brand={"name": "SWAROVSKY"})
    )
    assert "one letter off Swarovski (character 9 is y instead of i)" in finding.message.en
    assert "belongs to Swarovski Aktiengesellschaft" in finding.message.en
