"""Whose a licence is, and that another company's does not decide on the applicant."""

from datetime import date
from typing import Any

import pytest

from extractors.paper_fields import BusinessLicence
from pipeline.verdict import Status
from tests.validators import build
from tests.validators.made_codes import credit_code
from validators import RULES
from validators.engine import Rule

OTHER = {"company_name": "杭州星桥商贸有限公司", "unified_social_credit_code": credit_code("MA2X0000")}
ENDED = {"valid_to": date(2020, 1, 1)}
ON_LICENCES = [rule for rule in RULES.values() if rule.kind is RULES["LIC206"].kind]


def statuses(rule: str, **second: Any) -> list[Status]:
    """Return how a rule comes out for the applicant's licence and for a second one."""
    judged = build.dossier(build.licence(), build.certificate(), build.licence(file="03.jpg", **second))
    return [finding.status for finding in build.findings(rule, judged)]


def test_another_companys_licence_that_has_ended_does_not_reject_the_applicant() -> None:
    assert statuses("LIC206", **OTHER, **ENDED) == [Status.PASS, Status.NOT_APPLICABLE]


def test_a_second_licence_of_the_applicant_counts() -> None:
    assert statuses("LIC206", **ENDED) == [Status.PASS, Status.FAIL]


def test_a_licence_of_unknown_holder_is_for_a_person() -> None:
    unread = {"company_name": None, "unified_social_credit_code": None}
    assert statuses("LIC206", **unread, **ENDED) == [Status.PASS, Status.UNDETERMINED]
    doubtful = {"company_name": None, "unified_social_credit_code": build.entity(credit_code("MA2X0000"), 0.4)}
    assert statuses("LIC206", **doubtful, **ENDED) == [Status.PASS, Status.UNDETERMINED]


def test_the_only_licence_is_held_against_the_applicant_whatever_name_it_bears() -> None:
    judged = build.dossier(build.licence(**OTHER, **ENDED), build.certificate())
    assert build.status("LIC206", judged) is Status.FAIL


@pytest.mark.parametrize("rule", ON_LICENCES, ids=lambda rule: str(rule.id))
def test_no_rule_on_licences_holds_another_companys_against_the_applicant(rule: "Rule[BusinessLicence]") -> None:
    assert statuses(rule.id, **OTHER, **ENDED)[1] is Status.NOT_APPLICABLE
