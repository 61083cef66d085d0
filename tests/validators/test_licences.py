"""Licences of several companies in one dossier: the applicant is judged by its own alone."""

from dataclasses import replace
from datetime import date
from typing import Any

from pipeline.form import Applicant
from pipeline.model import Document
from pipeline.verdict import Decision, Dossier, Status
from tests.validators import build
from tests.validators.clean import Scenario, clean_dossier
from tests.validators.made_codes import credit_code
from validators import judge

OTHER = "杭州云试服饰股份有限公司"
UNSTATED = build.form(applicant=None)


def others(**changes: Any) -> Document:
    facts = {"unified_social_credit_code": credit_code(), "company_name": OTHER, "valid_to": date(2020, 1, 1)}
    return build.licence(file="owner.jpg", **{**facts, **changes})


def dossier(*licences: Document, **options: Any) -> Dossier:
    return build.dossier(*licences, build.certificate(), **options)


def decided(judged: Dossier) -> Decision | None:
    return judge(judged, build.rulebook()).decision


def test_anothers_expired_licence_does_not_reject_the_applicant() -> None:
    judged = clean_dossier(Scenario.ONE_LINK, add=(others(),))
    turned = replace(judged, documents=judged.documents[::-1])
    assert (decided(judged), decided(turned)) == (Decision.APPROVED, Decision.APPROVED)


def test_the_applicants_expired_licence_is_not_saved_by_anothers() -> None:
    own = build.licence(valid_to=date(2020, 1, 1))
    assert decided(dossier(own, others(valid_to=date(2030, 1, 1)))) is Decision.REJECTED


def test_both_copies_of_the_applicants_licence_are_judged() -> None:
    copy = build.licence(file="copy.jpg", valid_to=date(2020, 1, 1))
    assert [each.status for each in build.findings("LIC206", dossier(build.licence(), copy))] == [
        Status.PASS,
        Status.FAIL,
    ]


def test_the_name_tells_where_the_form_states_no_code() -> None:
    form = build.form(applicant=Applicant(company_name=build.COMPANY))
    assert build.status("LIC206", dossier(others(), build.licence(), form=form)) is Status.PASS


def test_nothing_is_decided_where_no_licence_can_be_told_for_the_applicants() -> None:
    judged = dossier(build.licence(), others(), form=UNSTATED)
    assert decided(judged) is Decision.NEEDS_REVIEW
    finding = build.finding("LIC201", judged)
    assert finding.status is Status.UNDETERMINED
    assert "owner.jpg" in finding.message.en
    assert "owner.jpg" in finding.message.zh


def test_two_copies_of_one_company_are_the_applicants_without_a_word_in_the_form() -> None:
    copy = build.licence(file="copy.jpg")
    assert build.status("LIC201", dossier(build.licence(), copy, form=UNSTATED)) is Status.PASS


def test_a_licence_whose_holder_is_read_with_doubt_rejects_nobody() -> None:
    doubtful = others(company_name=build.entity(OTHER, 0.4))
    statuses = [each.status for each in build.findings("LIC206", dossier(build.licence(), doubtful))]
    assert statuses == [Status.PASS, Status.UNDETERMINED]


def test_what_is_left_out_is_named() -> None:
    assert "owner.jpg" in build.finding("LIC201", dossier(build.licence(), others())).message.en


def test_inspecting_looks_at_every_licence() -> None:
    judged = replace(dossier(build.licence(), others()), form=None)
    assert [each.status for each in build.findings("LIC206", judged)] == [Status.PASS, Status.FAIL]
