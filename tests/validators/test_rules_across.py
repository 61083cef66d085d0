"""The rules across documents (XDC801 to XDC805)."""

from typing import Any

import pytest

from extractors.base import Office
from pipeline.form import Applicant, LegalPerson, Relation
from pipeline.model import Document
from pipeline.verdict import Status
from tests.validators import build
from tests.validators.made_codes import credit_code, one_off, registration_number
from validators import RULES

PASS, FAIL, UNDETERMINED, NOT_APPLICABLE = Status.PASS, Status.FAIL, Status.UNDETERMINED, Status.NOT_APPLICABLE
OTHER_COMPANY = "深圳市试辰贸易有限公司"
OTHER_CODE = credit_code("MA5G7HJL")


def form(**applicant: Any) -> Any:
    defaults = {
        "company_name": build.COMPANY,
        "unified_social_credit_code": build.CODE,
        "legal_person": LegalPerson(name=build.PERSON),
    }
    return build.form(applicant=Applicant(**{**defaults, **applicant}))


@pytest.mark.parametrize(
    ("stated", "read", "status"),
    [
        pytest.param(build.COMPANY, build.COMPANY, PASS, id="the same"),
        pytest.param("深圳市试星(贸易) 有限公司", "深圳市试星（贸易）有限公司", PASS, id="width, brackets, spaces"),
        pytest.param("深圳市試星貿易有限公司", build.COMPANY, PASS, id="traditional"),
        pytest.param(OTHER_COMPANY, build.COMPANY, FAIL, id="one character"),
        pytest.param(OTHER_COMPANY, build.entity(build.COMPANY, 0.5), UNDETERMINED, id="read with doubt"),
        pytest.param(OTHER_COMPANY, build.in_doubt_at(build.COMPANY, "星"), UNDETERMINED, id="that character in doubt"),
        pytest.param(OTHER_COMPANY, build.in_doubt_at(build.COMPANY, "深"), FAIL, id="another character in doubt"),
        pytest.param(build.COMPANY, None, UNDETERMINED, id="not read"),
        pytest.param(None, build.COMPANY, NOT_APPLICABLE, id="not stated"),
    ],
)
def test_xdc801_company_name(stated: str | None, read: Any, status: Status) -> None:
    judged = build.dossier(build.licence(company_name=read), form=form(company_name=stated))
    assert build.status("XDC801", judged) is status


def test_xdc801_names_the_character() -> None:
    finding = build.finding("XDC801", build.dossier(form=form(company_name=OTHER_COMPANY)))
    assert "character 5 is 星 instead of 辰" in finding.message.en
    assert {evidence.source for evidence in finding.evidence} == {"ocr", "form"}


@pytest.mark.parametrize(
    ("stated", "read", "status"),
    [
        pytest.param(build.CODE, build.CODE, PASS, id="the same"),
        pytest.param(build.CODE.lower(), build.CODE, PASS, id="lower case"),
        pytest.param(" ".join(build.CODE), build.CODE, PASS, id="spaces"),
        pytest.param(one_off(build.CODE), build.CODE, FAIL, id="one character"),
        pytest.param(OTHER_CODE, build.entity(build.CODE, 0.5), UNDETERMINED, id="read with doubt"),
        pytest.param(
            build.CODE, build.in_doubt_at(one_off(build.CODE), one_off(build.CODE)[12]), UNDETERMINED, id="one in doubt"
        ),
        pytest.param(build.CODE, None, UNDETERMINED, id="not read"),
        pytest.param(None, build.CODE, NOT_APPLICABLE, id="not stated"),
    ],
)
def test_xdc802_code(stated: str | None, read: Any, status: Status) -> None:
    judged = build.dossier(build.licence(unified_social_credit_code=read), form=form(unified_social_credit_code=stated))
    assert build.status("XDC802", judged) is status


@pytest.mark.parametrize(
    ("stated", "status"),
    [
        pytest.param(registration_number(), PASS, id="the number"),
        pytest.param(registration_number("44030600000999"), FAIL, id="another number"),
        pytest.param(build.CODE, NOT_APPLICABLE, id="a code that the licence does not bear"),
    ],
)
def test_xdc802_of_an_old_licence(stated: str, status: Status) -> None:
    licence = build.licence(unified_social_credit_code=None, registration_number=registration_number())
    judged = build.dossier(licence, form=form(unified_social_credit_code=stated))
    assert build.status("XDC802", judged) is status


@pytest.mark.parametrize(
    ("second", "stated", "status"),
    [
        pytest.param({"unified_social_credit_code": OTHER_CODE}, build.CODE, FAIL, id="same company, another code"),
        pytest.param({"unified_social_credit_code": OTHER_CODE}, None, FAIL, id="form silent"),
        pytest.param({}, build.CODE, PASS, id="same company, same code"),
        pytest.param(
            {"unified_social_credit_code": OTHER_CODE, "company_name": OTHER_COMPANY},
            build.CODE,
            FAIL,
            id="another company",
        ),
        pytest.param(
            {"unified_social_credit_code": OTHER_CODE, "company_name": None}, build.CODE, FAIL, id="company not read"
        ),
        pytest.param(
            {"unified_social_credit_code": build.entity(OTHER_CODE, 0.5)},
            build.CODE,
            UNDETERMINED,
            id="the other in doubt",
        ),
        pytest.param({"unified_social_credit_code": None}, build.CODE, PASS, id="the other not read is LIC202's"),
    ],
)
def test_xdc802_other_papers(second: dict[str, Any], stated: str | None, status: Status) -> None:
    judged = build.dossier(
        build.licence(), build.licence(file="03.jpg", **second), form=form(unified_social_credit_code=stated)
    )
    assert build.status("XDC802", judged) is status


@pytest.mark.parametrize(
    ("relation", "owner", "status"),
    [
        pytest.param(Relation.AUTHORIZED, OTHER_COMPANY, PASS, id="licensor"),
        pytest.param(Relation.AUTHORIZED, "第三家有限公司", UNDETERMINED, id="may have passed the right on"),
        pytest.param(Relation.AUTHORIZED, None, UNDETERMINED, id="owner not read"),
        pytest.param(Relation.OWNER, OTHER_COMPANY, FAIL, id="brand declared as own"),
    ],
)
def test_xdc802_of_a_licensors_licence(relation: Relation, owner: str | None, status: Status) -> None:
    second = build.licence(file="03.jpg", unified_social_credit_code=OTHER_CODE, company_name=OTHER_COMPANY)
    stated = build.form(brands=(build.brand(relation=relation),))
    judged = build.dossier(build.licence(), build.certificate(owner=owner), second, form=stated)
    assert build.status("XDC802", judged) is status


def test_xdc802_points_at_both_licences() -> None:
    second = build.licence(file="03.jpg", unified_social_credit_code=OTHER_CODE, company_name=OTHER_COMPANY)
    judged = build.dossier(build.licence(), second)
    assert {evidence.document for evidence in build.finding("XDC802", judged).evidence} == {"d1", "d2"}
    (remedy,) = build.remedies("XDC802", judged)
    assert "different companies" in remedy.message.en


def test_xdc802_is_undetermined_where_the_licences_own_code_is_in_doubt() -> None:
    differing = "".join(ours for ours, theirs in zip(build.CODE, OTHER_CODE, strict=True) if ours != theirs)
    first = build.licence(unified_social_credit_code=build.in_doubt_at(build.CODE, differing))
    second = build.licence(file="03.jpg", unified_social_credit_code=OTHER_CODE)
    assert build.status("XDC802", build.dossier(first, second)) is UNDETERMINED


@pytest.mark.parametrize(
    ("stated", "read", "status"),
    [
        pytest.param(build.PERSON, build.PERSON, PASS, id="the same"),
        pytest.param("林 试 之", build.PERSON, PASS, id="spaces"),
        pytest.param("林试芝", build.PERSON, FAIL, id="one character"),
        pytest.param("林试芝", build.in_doubt_at(build.PERSON, "之"), UNDETERMINED, id="that character in doubt"),
        pytest.param("林试芝", build.entity(build.PERSON, 0.5), UNDETERMINED, id="read with doubt"),
        pytest.param(build.PERSON, None, UNDETERMINED, id="not read"),
        pytest.param(None, build.PERSON, NOT_APPLICABLE, id="not stated"),
    ],
)
def test_xdc803_legal_person(stated: str | None, read: Any, status: Status) -> None:
    judged = build.dossier(build.licence(legal_person=read), form=form(legal_person=LegalPerson(name=stated)))
    assert build.status("XDC803", judged) is status


@pytest.mark.parametrize("rule", ["XDC801", "XDC802", "XDC803", "XDC804"])
def test_without_a_licence_nothing_is_compared(rule: str) -> None:
    assert build.status(rule, build.dossier(build.certificate())) is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("owner", "licence", "status"),
    [
        pytest.param(build.COMPANY, {}, PASS, id="the applicant"),
        pytest.param(build.PERSON, {}, PASS, id="its legal person"),
        pytest.param(OTHER_COMPANY, {}, FAIL, id="one character"),
        pytest.param("另一家贸易行", {}, FAIL, id="someone else"),
        pytest.param(build.entity(OTHER_COMPANY, 0.5), {}, UNDETERMINED, id="owner read with doubt"),
        pytest.param(build.in_doubt_at(OTHER_COMPANY, "辰"), {}, UNDETERMINED, id="that character in doubt"),
        pytest.param(
            OTHER_COMPANY, {"company_name": build.in_doubt_at(build.COMPANY, "星")}, UNDETERMINED, id="licence in doubt"
        ),
        pytest.param(build.COMPANY, {"legal_person": None}, PASS, id="the applicant, legal person not read"),
        pytest.param(OTHER_COMPANY, {"legal_person": None}, UNDETERMINED, id="someone else, legal person not read"),
        pytest.param("SHENZHEN TESTSTAR TRADING CO., LTD.", {}, UNDETERMINED, id="in Latin letters"),
        pytest.param(None, {}, UNDETERMINED, id="not read"),
    ],
)
def test_xdc804_owner(owner: Any, licence: dict[str, Any], status: Status) -> None:
    judged = build.dossier(build.licence(**licence), build.certificate(owner=owner))
    assert build.status("XDC804", judged) is status


@pytest.mark.parametrize(
    ("relation", "papers", "status"),
    [
        pytest.param(Relation.OWNER, [build.notice()], PASS, id="applicant of a notice"),
        pytest.param(Relation.OWNER, [build.notice(applicant=OTHER_COMPANY)], FAIL, id="another applicant of a notice"),
        pytest.param(Relation.OWNER, [], NOT_APPLICABLE, id="no paper"),
        pytest.param(Relation.AUTHORIZED, [build.certificate(owner=OTHER_COMPANY)], NOT_APPLICABLE, id="authorized"),
        pytest.param(None, [build.certificate(owner=OTHER_COMPANY)], NOT_APPLICABLE, id="relation not stated"),
    ],
)
def test_xdc804_applies_to_declared_owners(relation: Relation | None, papers: list[Document], status: Status) -> None:
    brands = (build.brand(relation=relation),)
    judged = build.dossier(build.licence(), *papers, form=build.form(brands=brands))
    assert build.status("XDC804", judged) is status


@pytest.mark.parametrize(
    ("declared", "printed", "status"),
    [
        pytest.param((25,), (25,), PASS, id="the same"),
        pytest.param((18, 25), (25, 18), PASS, id="in another order"),
        pytest.param((18,), (25,), FAIL, id="another"),
        pytest.param((18, 25), (25,), FAIL, id="one more on the form"),
        pytest.param((25,), (18, 25), FAIL, id="one more on the certificate"),
        pytest.param((), (25,), NOT_APPLICABLE, id="not stated"),
        pytest.param((25,), None, UNDETERMINED, id="not read"),
        pytest.param((18,), build.entity((25,), 0.5), UNDETERMINED, id="read with doubt"),
    ],
)
def test_xdc805_classes(declared: tuple[int, ...], printed: Any, status: Status) -> None:
    brands = (build.brand(nice_classes=declared),)
    judged = build.dossier(build.licence(), build.certificate(nice_classes=printed), form=build.form(brands=brands))
    assert build.status("XDC805", judged) is status


def test_xdc805_adds_up_the_classes_of_several_certificates() -> None:
    second = build.certificate(file="03.jpg", nice_classes=(18,))
    form = build.form(brands=(build.brand(nice_classes=(18, 25)),))
    assert build.status("XDC805", build.dossier(build.licence(), build.certificate(), second, form=form)) is PASS


@pytest.mark.parametrize(
    ("documents", "stated", "rules"),
    [
        pytest.param([], {}, set(), id="nothing wrong"),
        pytest.param([], {"company_name": OTHER_COMPANY}, {"XDC801"}, id="company name"),
        pytest.param([], {"unified_social_credit_code": OTHER_CODE}, {"XDC802"}, id="code"),
        pytest.param([], {"legal_person": LegalPerson(name="林试芝")}, {"XDC803"}, id="legal person"),
        pytest.param([build.licence(), build.certificate(owner=OTHER_COMPANY)], {}, {"XDC804"}, id="owner"),
        pytest.param(
            [build.licence(), build.certificate(office=Office.EUIPO, nice_classes=(18, 25))],
            {},
            {"XDC805"},
            id="classes",
        ),
    ],
)
def test_one_wrong_fact_fails_the_rules_about_it_alone(
    documents: list[Document], stated: dict[str, Any], rules: set[str]
) -> None:
    judged = build.dossier(*documents, form=form(**stated))
    across = [rule for rule in RULES if rule.startswith("XDC")]
    assert {rule for rule in across for f in build.findings(rule, judged) if f.status is FAIL} == rules
