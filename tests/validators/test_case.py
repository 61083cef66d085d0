"""The dossier laid out for judging: whose paper is whose, and what may be missing."""

from dataclasses import replace
from typing import Any

import pytest

from extractors.base import Office
from pipeline.form import Applicant, Application, Brand
from pipeline.model import Document, EvidenceSource, FailureCode
from pipeline.verdict import Status
from tests.validators import build
from validators.applicant import recognise
from validators.engine import NotApplicable, Undetermined, from_form

SECOND = build.brand(name="SECOND", trademark_number="51234567")
OF_SECOND = build.certificate(registration_number="51234567", mark_text="SECOND", file="03.jpg")


def papers_of(brand: Brand, *papers: Document, brands: tuple[Brand, ...] = ()) -> list[str]:
    case = build.case(build.dossier(*papers, form=build.form(brands=brands or (brand,))))
    return [paper.document.id for paper in case.papers_of(brand)]


@pytest.mark.parametrize(
    ("papers", "brands", "found"),
    [
        pytest.param([build.certificate()], (), ["d1"], id="number and mark"),
        pytest.param([build.certificate(mark_text="OTHER")], (), ["d1"], id="number alone"),
        pytest.param([build.certificate(registration_number="1")], (), ["d1"], id="mark alone"),
        pytest.param([build.certificate(mark_text="test river")], (SECOND,), ["d1"], id="mark in other letters"),
        pytest.param([build.notice()], (), ["d1"], id="a notice by its application number"),
        pytest.param([build.certificate(), build.notice()], (), ["d1", "d2"], id="both papers of one number"),
        pytest.param(
            [build.certificate(registration_number="1", application_number=build.NUMBER, mark_text=None), OF_SECOND],
            (SECOND,),
            ["d1"],
            id="a certificate by its application number",
        ),
        pytest.param(
            [build.certificate(registration_number="1"), build.certificate(mark_text="OTHER")],
            (),
            ["d2"],
            id="the number goes before the mark",
        ),
        pytest.param(
            [build.certificate(registration_number=None, mark_text=None)], (), ["d1"], id="one brand and one paper"
        ),
        pytest.param(
            [build.certificate(registration_number=None, mark_text=None), OF_SECOND], (), [], id="one brand, two papers"
        ),
        pytest.param(
            [build.certificate(registration_number=None, mark_text=None)], (SECOND,), [], id="two brands, one paper"
        ),
        pytest.param([OF_SECOND], (SECOND,), [], id="another brand's"),
        pytest.param([build.licence()], (), [], id="no paper of a mark"),
    ],
)
def test_whose_paper_it_is(papers: list[Document], brands: tuple[Brand, ...], found: list[str]) -> None:
    brand = build.brand()
    assert papers_of(brand, *papers, brands=(brand, *brands)) == found


def test_a_brand_without_a_number_is_found_by_its_mark() -> None:
    brand = build.brand(trademark_number=None)
    assert papers_of(brand, build.certificate(office=Office.EUIPO), OF_SECOND, brands=(brand, SECOND)) == ["d1"]


@pytest.mark.parametrize(
    ("applicant", "chosen"),
    [
        pytest.param(Applicant(unified_social_credit_code=build.CODE), "d2", id="by code"),
        pytest.param(
            Applicant(unified_social_credit_code=f" {build.CODE.lower()} "), "d2", id="by code, not as printed"
        ),
        pytest.param(Applicant(company_name=build.COMPANY), "d2", id="by name"),
    ],
)
def test_of_several_licences_the_applicant_s_is_taken(applicant: Applicant | None, chosen: str) -> None:
    other = build.licence(company_name="深圳市别家贸易有限公司", unified_social_credit_code="91440300MA5TEXT46U")
    dossier = build.dossier(other, build.licence(file="02.jpg"), form=build.form(applicant=applicant))
    assert build.case(dossier).own_licence().document.id == chosen


@pytest.mark.parametrize("applicant", [Applicant(company_name="别家"), None], ids=["another", "the form is silent"])
def test_of_licences_that_the_form_does_not_name_none_is_taken(applicant: Applicant | None) -> None:
    other = build.licence(company_name="深圳市别家贸易有限公司", unified_social_credit_code="91440300MA5TEXT46U")
    dossier = build.dossier(other, build.licence(file="02.jpg"), form=build.form(applicant=applicant))
    with pytest.raises(Undetermined, match="are of different companies"):
        build.case(dossier).own_licence()


@pytest.mark.parametrize(
    ("document", "ruled_out"),
    [
        pytest.param(build.certificate(), True, id="of another type"),
        pytest.param(build.document(), True, id="legible, of no type"),
        pytest.param(build.document(legibility=0.5), False, id="hardly legible"),
        pytest.param(build.document(candidates=["business_licence"]), False, id="claimed by the type"),
        pytest.param(build.document(candidates=["trademark_certificate"]), True, id="claimed by another type"),
        pytest.param(build.document(failure=FailureCode.ENCRYPTED), False, id="cannot be opened"),
        pytest.param(build.document(blank=True), False, id="nothing was read on it"),
    ],
)
def test_a_missing_licence_may_be_among_what_was_not_read(document: Document, ruled_out: bool) -> None:
    case = build.case(build.dossier(document))
    assert (case.may_be("business_licence") == ()) is ruled_out
    if not ruled_out:
        with pytest.raises(Undetermined, match=r"no business licence was recognised, but 01\.jpg could not be read"):
            case.rule_out("business_licence")


@pytest.mark.parametrize(
    ("kind", "may_be"), [("authorization_letter", True), ("qualification", True), ("business_licence", False)]
)
def test_an_unknown_document_may_be_what_everybody_words_as_they_like(kind: str, may_be: bool) -> None:
    assert bool(build.case(build.dossier(build.document())).may_be(kind)) is may_be


def test_without_a_form_what_needs_it_stops() -> None:
    case = build.case(build.dossier(inspecting=True))
    for ask in (case.stated, case.category, case.store_type):
        with pytest.raises(NotApplicable):
            ask()


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        pytest.param(build.COMPANY, True, id="the company"),
        pytest.param(build.PERSON, True, id="the legal person"),
        pytest.param("深圳市別家貿易有限公司", False, id="another"),
        pytest.param("Shenzhen Shixing Trading Co., Ltd.", None, id="in Latin letters, as foreign offices write it"),
        pytest.param(build.in_doubt_at("深圳市武星贸易有限公司", "武"), None, id="the one other letter was a guess"),
        pytest.param(build.in_doubt_at("深圳市武星贸易有限公司", "深"), False, id="the guess was another letter"),
    ],
)
def test_who_the_applicant_is(name: Any, holds: bool | None) -> None:
    assert recognise(name, build.case(build.dossier())).holds is holds


def test_evidence_of_the_form_names_field_and_value() -> None:
    evidence = from_form("application.yaml", "brands", ("A", "B"))
    assert (evidence.text, evidence.source, evidence.document) == ("brands: A, B", EvidenceSource.FORM, None)


def test_a_form_that_could_not_be_parsed_states_nothing() -> None:
    assert build.case(build.dossier(form=build.form(**vars(Application())))).chosen_category is None


def test_an_unreadable_licence_is_not_held_against_the_seller() -> None:
    dossier = build.dossier(build.document(failure=FailureCode.CORRUPT), build.certificate())
    assert build.status("LIC201", dossier) is Status.UNDETERMINED
    assert build.status("STO705", dossier) is Status.NOT_APPLICABLE


def test_a_line_stands_in_the_paper_that_it_was_read_from_where_two_share_a_page() -> None:
    first, second = build.licence(), build.document()
    line = second.lines[0].model_copy(update={"text": "only here"})
    second = replace(second, id="d2", lines=(line,))
    assert {first.file} == {second.file}
    found = build.case(build.dossier(first, second)).document_of(line)
    assert found is not None
    assert found.lines == (line,)
