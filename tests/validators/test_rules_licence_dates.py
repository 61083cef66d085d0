"""The rules on the dates of the business licence (LIC206 to LIC208)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from extractors.paper_fields import LegalPersonRole, Template
from pipeline.model import LONG_TERM, WHOLE_PAGE, Seal, SealShape
from pipeline.verdict import Status
from tests.validators import build
from tests.validators.made_codes import credit_code

PASS, FAIL, UNDETERMINED, NOT_APPLICABLE = Status.PASS, Status.FAIL, Status.UNDETERMINED, Status.NOT_APPLICABLE


def judged(rule: str, **facts: Any) -> Status:
    return build.status(rule, build.dossier(build.licence(**facts), build.certificate()))


NO_PERIOD: dict[str, Any] = {"valid_from": None, "valid_to": None}


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        pytest.param({"valid_to": LONG_TERM}, PASS, id="long term"),
        pytest.param({"valid_to": date(2030, 1, 1)}, PASS, id="runs"),
        pytest.param({"valid_to": build.AS_OF}, PASS, id="ends on the day"),
        pytest.param({"valid_to": date(2026, 11, 23)}, FAIL, id="ended the day before"),
        pytest.param({"valid_from": date(2026, 11, 25)}, UNDETERMINED, id="yet to begin"),
        pytest.param({"valid_to": build.entity(date(2020, 1, 1), 0.5)}, UNDETERMINED, id="end read with doubt"),
        pytest.param({**NO_PERIOD, "issue_date": date(2022, 3, 1)}, PASS, id="none printed since 2022-03-01"),
        pytest.param({**NO_PERIOD, "issue_date": date(2022, 2, 28)}, UNDETERMINED, id="none read on an older licence"),
        pytest.param({**NO_PERIOD, "issue_date": None}, UNDETERMINED, id="neither end nor issue date read"),
        pytest.param(
            {**NO_PERIOD, "issue_date": None, "establishment_date": date(2022, 3, 1)},
            PASS,
            id="founded since 2022-03-01",
        ),
        pytest.param(
            {**NO_PERIOD, "issue_date": build.entity(date(2023, 1, 1), 0.5)}, UNDETERMINED, id="issue date in doubt"
        ),
        pytest.param(
            {**NO_PERIOD, "legal_person_role": LegalPersonRole.OPERATOR},
            NOT_APPLICABLE,
            id="individual business, by role",
        ),
        pytest.param(
            {**NO_PERIOD, "unified_social_credit_code": credit_code(start="92")},
            NOT_APPLICABLE,
            id="individual business, by code",
        ),
        pytest.param({"valid_to": date(2020, 1, 1), "issue_date": date(2022, 4, 1)}, FAIL, id="printed all the same"),
    ],
)
def test_lic206_operating_period(facts: dict[str, Any], status: Status) -> None:
    assert judged("LIC206", **facts) is status


def test_lic206_passes_and_says_why_without_a_period() -> None:
    licence = build.licence(**NO_PERIOD, issue_date=date(2023, 5, 4))
    finding = build.finding("LIC206", build.dossier(licence))
    assert "no operating period is printed" in finding.message.en
    assert finding.evidence


@pytest.mark.parametrize(
    ("founded", "issued", "status"),
    [
        pytest.param(date(2019, 5, 6), date(2021, 6, 1), PASS, id="before the issue"),
        pytest.param(date(2019, 5, 6), date(2019, 5, 6), PASS, id="on the day of issue"),
        pytest.param(build.AS_OF, build.AS_OF, PASS, id="today"),
        pytest.param(date(2021, 6, 2), date(2021, 6, 1), FAIL, id="after the issue"),
        pytest.param(date(2026, 11, 25), date(2026, 11, 26), FAIL, id="in the future"),
        pytest.param(date(2026, 11, 25), None, FAIL, id="in the future, issue date not read"),
        pytest.param(date(2019, 5, 6), None, UNDETERMINED, id="issue date not read"),
        pytest.param(None, date(2021, 6, 1), UNDETERMINED, id="establishment date not read"),
        pytest.param(build.entity(date(2022, 1, 1), 0.5), date(2021, 6, 1), UNDETERMINED, id="read with doubt"),
        pytest.param(date(2022, 1, 1), build.entity(date(2021, 6, 1), 0.5), UNDETERMINED, id="issue date in doubt"),
    ],
)
def test_lic207_dates_in_order(founded: Any, issued: Any, status: Status) -> None:
    assert judged("LIC207", establishment_date=founded, issue_date=issued) is status


@pytest.mark.parametrize(
    ("template", "issued", "status"),
    [
        pytest.param(Template.LANDSCAPE_2019, date(2019, 3, 1), PASS, id="new face on its first day"),
        pytest.param(Template.LANDSCAPE_2019, date(2019, 2, 28), FAIL, id="new face before its time"),
        pytest.param(Template.PORTRAIT_2014, date(2018, 1, 1), PASS, id="old face in its time"),
        pytest.param(Template.PORTRAIT_2014, date(2019, 3, 1), PASS, id="old form used up on the day of the change"),
        pytest.param(Template.PORTRAIT_2014, date(2019, 3, 2), FAIL, id="old face after its time"),
        pytest.param(Template.PRE_2014, date(2020, 1, 1), FAIL, id="oldest face after its time"),
        pytest.param(None, date(2020, 1, 1), UNDETERMINED, id="face not recognised"),
        pytest.param(Template.PORTRAIT_2014, None, UNDETERMINED, id="issue date not read"),
        pytest.param(build.entity(Template.PORTRAIT_2014, 0.5), date(2020, 1, 1), UNDETERMINED, id="face in doubt"),
    ],
)
def test_lic208_template(template: Any, issued: Any, status: Status) -> None:
    assert judged("LIC208", template=template, issue_date=issued, establishment_date=date(2012, 5, 6)) is status


@pytest.mark.parametrize(
    ("template", "founded", "status"),
    [
        pytest.param(Template.LANDSCAPE_2019, date(2019, 3, 2), PASS, id="new face, founded in its time"),
        pytest.param(Template.PORTRAIT_2014, date(2019, 3, 2), FAIL, id="old face, founded after its time"),
        pytest.param(Template.LANDSCAPE_2019, date(2012, 5, 6), UNDETERMINED, id="new face, founded before"),
        pytest.param(Template.PORTRAIT_2014, date(2012, 5, 6), UNDETERMINED, id="old face, founded before"),
        pytest.param(Template.LANDSCAPE_2019, None, UNDETERMINED, id="neither date read"),
    ],
)
def test_lic208_without_issue_date(template: Template, founded: date | None, status: Status) -> None:
    assert judged("LIC208", template=template, issue_date=None, establishment_date=founded) is status


def test_an_issue_date_under_a_seal_is_for_a_person_to_read() -> None:
    licence = build.licence(establishment_date=date(2020, 5, 8), issue_date=date(2020, 5, 3))
    over_it = Seal(box=WHOLE_PAGE, shape=SealShape.ROUND, file=licence.file)
    sealed = replace(licence, seals=(over_it,))
    assert build.status("LIC207", build.dossier(licence, build.certificate())) is FAIL
    assert build.status("LIC207", build.dossier(sealed, build.certificate())) is UNDETERMINED
