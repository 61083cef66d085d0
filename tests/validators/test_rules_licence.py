"""The rules on the business licence: presence and codes (LIC201 to LIC205), and all of them together."""

from datetime import date
from typing import Any

import pytest

from extractors.paper_fields import Template
from pipeline.model import FailureCode
from pipeline.verdict import Status
from tests.validators import build
from tests.validators.made_codes import credit_code, one_off, registration_number
from validators import RULES
from validators.identifiers import REGISTRARS

PASS, FAIL, UNDETERMINED, NOT_APPLICABLE = Status.PASS, Status.FAIL, Status.UNDETERMINED, Status.NOT_APPLICABLE
CODE = credit_code()
BROKEN = one_off(CODE)


def judged(rule: str, **facts: Any) -> Status:
    return build.status(rule, build.dossier(build.licence(**facts), build.certificate()))


@pytest.mark.parametrize(
    ("documents", "status"),
    [
        pytest.param([build.licence()], PASS, id="there"),
        pytest.param([build.certificate()], FAIL, id="missing"),
        pytest.param([build.document(failure=FailureCode.CORRUPT)], UNDETERMINED, id="a file cannot be read"),
        pytest.param([build.document(candidates=["business_licence"])], UNDETERMINED, id="a paper may be one"),
        pytest.param([build.document(legibility=0.3)], UNDETERMINED, id="a paper is not legible"),
        pytest.param([build.document()], FAIL, id="a legible paper is none"),
    ],
)
def test_lic201_licence_is_there(documents: list[Any], status: Status) -> None:
    assert build.status("LIC201", build.dossier(*documents)) is status


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        pytest.param({"unified_social_credit_code": CODE}, PASS, id="adds up"),
        pytest.param({"unified_social_credit_code": BROKEN}, FAIL, id="one character wrong"),
        pytest.param({"unified_social_credit_code": CODE[:17]}, FAIL, id="too short"),
        pytest.param({"unified_social_credit_code": CODE[:8] + "O" + CODE[9:]}, FAIL, id="letter O"),
        pytest.param({"unified_social_credit_code": CODE[:3] + "A" + CODE[4:]}, FAIL, id="letter in the division"),
        pytest.param({"unified_social_credit_code": build.entity(BROKEN, 0.5)}, UNDETERMINED, id="read with doubt"),
        pytest.param(
            {"unified_social_credit_code": build.in_doubt_at(BROKEN, BROKEN[12])},
            UNDETERMINED,
            id="one character in doubt",
        ),
        pytest.param({"unified_social_credit_code": None}, UNDETERMINED, id="not read"),
        pytest.param(
            {"unified_social_credit_code": None, "registration_number": registration_number()},
            NOT_APPLICABLE,
            id="a registration number instead",
        ),
        pytest.param(
            {"unified_social_credit_code": credit_code(organisation=False)},
            PASS,
            id="only the organisation code is wrong",
        ),
    ],
)
def test_lic202_credit_code(facts: dict[str, Any], status: Status) -> None:
    assert judged("LIC202", **facts) is status


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (CODE[:17], "has 17 characters instead of 18"),
        (CODE[:8] + "O" + CODE[9:], "does not use (O)"),
        (CODE[:3] + "A" + CODE[4:], "letters among characters 3 to 8"),
        (BROKEN, "compare it with the scan"),
    ],
)
def test_lic202_says_what_is_wrong(code: str, words: str) -> None:
    finding = build.finding("LIC202", build.dossier(build.licence(unified_social_credit_code=code)))
    assert words in finding.message.en
    assert finding.evidence[0].box


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        pytest.param({"unified_social_credit_code": CODE}, PASS, id="adds up"),
        pytest.param({"unified_social_credit_code": credit_code(organisation=False)}, FAIL, id="wrong digit"),
        pytest.param(
            {"unified_social_credit_code": build.entity(credit_code(organisation=False), 0.5)},
            UNDETERMINED,
            id="read with doubt",
        ),
        pytest.param(
            {"unified_social_credit_code": build.in_doubt_at(credit_code(organisation=False), "K")},
            UNDETERMINED,
            id="one character in doubt",
        ),
        pytest.param({"unified_social_credit_code": BROKEN}, NOT_APPLICABLE, id="the code is LIC202's"),
        pytest.param({"unified_social_credit_code": None}, UNDETERMINED, id="not read"),
        pytest.param(
            {"unified_social_credit_code": None, "registration_number": registration_number()},
            NOT_APPLICABLE,
            id="a registration number instead",
        ),
    ],
)
def test_lic203_organisation_code(facts: dict[str, Any], status: Status) -> None:
    assert judged("LIC203", **facts) is status


@pytest.mark.parametrize(
    ("code", "status"),
    [
        pytest.param(credit_code(start="91"), PASS, id="enterprise"),
        pytest.param(credit_code(start="92"), PASS, id="individual business"),
        pytest.param(credit_code(start="93"), PASS, id="cooperative"),
        pytest.param(credit_code(start="51"), FAIL, id="social organisation"),
        pytest.param(credit_code(start="12"), FAIL, id="public institution"),
        pytest.param(credit_code(start="99"), FAIL, id="other of market regulation"),
        pytest.param(build.entity(credit_code(start="51"), 0.5), UNDETERMINED, id="read with doubt"),
        pytest.param(build.in_doubt_at(credit_code(start="51"), "5"), UNDETERMINED, id="first character in doubt"),
        pytest.param(BROKEN, PASS, id="commercial in a code that does not add up"),
        pytest.param("51" + CODE[2:], NOT_APPLICABLE, id="the code is LIC202's"),
        pytest.param(None, UNDETERMINED, id="not read"),
    ],
)
def test_lic204_commercial_registration(code: Any, status: Status) -> None:
    assert judged("LIC204", unified_social_credit_code=code) is status


@pytest.mark.parametrize("first", REGISTRARS)
def test_lic204_names_the_registrar(first: str) -> None:
    code = credit_code(start=f"{first}{'4' if first == '9' else '1'}")
    finding = build.finding("LIC204", build.dossier(build.licence(unified_social_credit_code=code)))
    assert REGISTRARS[first].en in finding.message.en
    assert REGISTRARS[first].zh in finding.message.zh


OLD = {"unified_social_credit_code": None, "template": Template.PRE_2014, "issue_date": date(2012, 3, 1)}


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        pytest.param({}, NOT_APPLICABLE, id="no registration number"),
        pytest.param({"registration_number": registration_number()}, PASS, id="beside a credit code"),
        pytest.param(
            {"registration_number": registration_number(right=False)}, FAIL, id="beside a code, check digit wrong"
        ),
        pytest.param(
            {"registration_number": build.in_doubt_at(registration_number(right=False), "6")},
            UNDETERMINED,
            id="beside a code, a digit in doubt",
        ),
        pytest.param({**OLD, "registration_number": registration_number()}, FAIL, id="alone"),
        pytest.param({**OLD, "registration_number": "4403061234567"}, FAIL, id="13 digits, before 2007"),
        pytest.param(
            {**OLD, "registration_number": build.entity(registration_number(), 0.4)}, UNDETERMINED, id="read with doubt"
        ),
        pytest.param(
            {"unified_social_credit_code": None, "registration_number": registration_number()},
            UNDETERMINED,
            id="on a face that always bears a credit code",
        ),
    ],
)
def test_lic205_registration_number(facts: dict[str, Any], status: Status) -> None:
    assert judged("LIC205", **facts) is status


@pytest.mark.parametrize("rule", [f"LIC2{number:02}" for number in range(2, 16)])
def test_without_a_licence_rules_on_it_do_not_apply(rule: str) -> None:
    finding = build.finding(rule, build.dossier(build.certificate()))
    assert finding.status is NOT_APPLICABLE
    assert finding.subject == "dossier"


@pytest.mark.parametrize("rule", [f"LIC2{number:02}" for number in range(2, 16)])
def test_every_licence_is_judged(rule: str) -> None:
    both = build.dossier(build.licence(), build.licence(file="03.jpg"))
    assert [finding.subject for finding in build.findings(rule, both)] == ["d1", "d2"]


@pytest.mark.parametrize(
    ("facts", "rules"),
    [
        pytest.param({}, set(), id="nothing wrong"),
        pytest.param({"unified_social_credit_code": one_off(build.CODE)}, {"LIC202"}, id="code"),
        pytest.param({"unified_social_credit_code": build.CODE[:17]}, {"LIC202"}, id="code too short"),
        pytest.param(
            {"unified_social_credit_code": credit_code(organisation=False)}, {"LIC203"}, id="organisation code"
        ),
        pytest.param({"unified_social_credit_code": credit_code(start="51")}, {"LIC204"}, id="registrar"),
        pytest.param({"unified_social_credit_code": credit_code(start="92")}, {"LIC209"}, id="class"),
        pytest.param({"unified_social_credit_code": credit_code(division="310100")}, {"LIC214"}, id="province"),
        pytest.param({"valid_to": date(2025, 1, 1)}, {"LIC206"}, id="ended"),
        pytest.param({"establishment_date": date(2022, 1, 1)}, {"LIC207"}, id="founded after issue"),
        pytest.param({"template": Template.PORTRAIT_2014}, {"LIC208"}, id="template"),
        pytest.param({"company_type": "个体工商户"}, {"LIC210"}, id="type"),
        pytest.param({"company_name": "深圳市试星贸易有限公司广州分公司"}, {"LIC211"}, id="branch"),
        pytest.param({"business_scope": "餐饮服务"}, {"LIC212"}, id="scope"),
        pytest.param({"qr_code": "http://www.gsxt.gov.example.com/"}, {"LIC215"}, id="QR code"),
    ],
)
def test_one_wrong_fact_fails_the_rules_about_it_alone(facts: dict[str, Any], rules: set[str]) -> None:
    judged = build.dossier(build.licence(**facts), build.certificate())
    failed = {
        rule for rule in RULES if rule.startswith("LIC") for f in build.findings(rule, judged) if f.status is FAIL
    }
    assert failed == rules
