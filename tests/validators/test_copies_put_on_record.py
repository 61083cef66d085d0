"""What of a dossier goes on record for DOC106, and by what later dossiers find it."""

from typing import Any

import pytest

from pipeline.model import Document
from pipeline.records import Decision, OnRecord
from pipeline.register import entry_of, keys_of
from tests.validators import build, papers
from tests.validators.reports import report_of
from tests.validators.shown import pixels, shown
from tests.validators.test_rules_copies_on_record import LICENCE, OTHER_CODE, OTHER_COMPANY, entry, held, invoice


def dossier_on_record(*documents: Document, **dossier: Any) -> OnRecord:
    return entry_of(report_of(build.dossier(*documents, **dossier), dossier_id="a"))


def test_a_report_puts_every_file_with_its_pictures_on_record() -> None:
    two = shown(papers.letter(), "letter", "end", files=("one.jpg", "two.jpg"))
    found = dossier_on_record(LICENCE, two).files
    assert [(each.file, each.document, each.own) for each in found] == [
        ("01.jpg", "d1", True), ("one.jpg", "d2", True), ("two.jpg", "d2", True),
    ]  # fmt: skip
    assert [picture.pixels for each in found for picture in each.pictures] == [
        pixels("licence"), pixels("letter"), pixels("end"),
    ]  # fmt: skip


def test_the_picture_of_an_identity_card_does_not_go_on_record() -> None:
    (found,) = dossier_on_record(shown(papers.identity_card(), "card")).files
    assert (found.type, found.pictures) == ("identity_card", ())


def test_another_companys_licence_in_the_first_place_is_not_the_applicants() -> None:
    owners = build.licence(file="00.jpg", unified_social_credit_code=OTHER_CODE, company_name=OTHER_COMPANY)
    found = dossier_on_record(owners, build.licence())
    assert (found.company_code, found.company_name) == (build.CODE, build.COMPANY)
    assert [each.own for each in found.files] == [False, True]
    assert [(said.number, said.holder) for said in found.numbers] == [(build.CODE.casefold(), build.COMPANY)]


@pytest.mark.parametrize(("confidence", "own"), [(0.8, False), (0.79, None), (0.5, None)])
def test_whether_a_paper_names_the_applicant_is_not_told_where_its_name_was_read_with_doubt(
    confidence: float, own: bool | None
) -> None:
    letter = papers.letter(licensee=build.entity(OTHER_COMPANY, confidence))
    *_, found = dossier_on_record(build.licence(), letter).files
    assert (found.type, found.own) == ("authorization_letter", own)


@pytest.mark.parametrize(("confidence", "own"), [(0.8, True), (0.79, True), (0.5, True)])
def test_a_reading_in_doubt_may_excuse_whoever_hands_a_paper_in(confidence: float, own: bool | None) -> None:
    letter = papers.letter(licensee=build.entity(build.COMPANY, confidence))
    *_, found = dossier_on_record(build.licence(), letter).files
    assert (found.type, found.own) == ("authorization_letter", own)


def test_no_identity_number_goes_on_record() -> None:
    assert build.ID_NUMBER not in dossier_on_record(build.licence(), papers.identity_card()).model_dump_json()
    assert [said.series for said in dossier_on_record(papers.identity_card()).numbers] == []


def test_a_number_that_was_read_with_doubt_does_not_go_on_record() -> None:
    doubtful = build.certificate(registration_number=build.entity(build.NUMBER, 0.5))
    assert dossier_on_record(build.licence(), doubtful).numbers == dossier_on_record(build.licence()).numbers


def told(dossier: OnRecord) -> set[str]:
    return {key for key, is_told in keys_of(dossier).items() if is_told}


def test_dossiers_find_each_other_by_picture_and_by_number_whatever_became_of_them() -> None:
    mine = dossier_on_record(LICENCE, invoice()).model_copy(update={"decision": Decision.REJECTED})
    picture = entry(held(LICENCE, same="pixels"), decision=Decision.REJECTED)
    number = entry(numbers=mine.numbers, decision=Decision.REJECTED)
    assert told(picture) & set(keys_of(mine))
    assert told(number) & set(keys_of(mine))


def test_sellers_of_one_brand_are_not_judged_beside_each_other_for_its_papers() -> None:
    """A brand may have ten thousand of them."""
    paper = shown(build.certificate(), "certificate")
    other = dossier_on_record(paper).model_copy(update={"marks": (), "company_code": None, "company_name": None})
    assert told(other.model_copy(update={"decision": Decision.NEEDS_REVIEW})) == set()
