"""What lies below samples/dossiers is what the generator's list says, and the list agrees with itself."""

import json
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
import yaml

from samples.generate.companies import CITIES, invent_company
from samples.generate.dossiers import FOLDER, expected_text, form_text, samples, truth_text
from samples.generate.facts import (
    LONG_TERM,
    Act,
    Card,
    Era,
    Facts,
    ForeignMark,
    Invoice,
    Letter,
    Licence,
    Mark,
    Notice,
    OfficePaper,
    Qualified,
)
from samples.generate.plan import Sample

AS_OF = date(2026, 11, 24)
SAMPLES = {sample.name: sample for sample in samples()}
APPROVED = {name: sample for name, sample in SAMPLES.items() if sample.expected.decision == "approved"}

each = pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
each_approved = pytest.mark.parametrize("sample", APPROVED.values(), ids=APPROVED)


def facts_of(sample: Sample) -> list[Licence | Mark | Notice]:
    facts = [sheet.facts for file in sample.files for sheet in file.sheets]
    return [each for each in facts if isinstance(each, Licence | Mark | Notice)]


def papers_of(sample: Sample) -> list[Facts]:
    return [sheet.facts for file in sample.files for sheet in file.sheets]


def lenders_of(sample: Sample) -> set[str]:
    """Return who lets the applicant use a mark."""
    papers = papers_of(sample)
    letters = {paper.licensor for paper in papers if isinstance(paper, Letter)}
    return letters | {paper.seller for paper in papers if isinstance(paper, Invoice)}


def former_owners_of(sample: Sample) -> set[str]:
    """Return who assigned a mark."""
    papers = (paper for paper in papers_of(sample) if isinstance(paper, OfficePaper))
    return {paper.former for paper in papers if paper.act is Act.ASSIGNMENT}


def members_of(sample: Sample) -> dict[str, bytes]:
    """Read the dossier from disk: path below it → content."""
    if sample.zipped:
        with zipfile.ZipFile(FOLDER / f"{sample.name}.zip") as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    root = FOLDER / sample.name
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@each
def test_dossier_lies_on_disk_with_exactly_its_files(sample: Sample) -> None:
    members = members_of(sample)
    assert set(members) == {sample.form_name, *(file.name for file in sample.files)}
    assert all(members.values())


@each
def test_form_on_disk_parses_and_is_the_list_s(sample: Sample) -> None:
    text = members_of(sample)[sample.form_name].decode()
    assert text == form_text(sample)
    form = json.loads(text) if sample.form_name.endswith(".json") else yaml.safe_load(text)
    assert {"applicant", "account", "settlement", "store"} <= set(form)


def test_nothing_else_lies_among_the_dossiers() -> None:
    listed = {f"{name}.zip" if sample.zipped else name for name, sample in SAMPLES.items()}
    assert {path.name for path in FOLDER.iterdir()} == set(listed)


def test_expected_outcomes_and_truth_on_disk_are_the_list_s() -> None:
    assert (FOLDER.parent / "expected.yaml").read_text(encoding="utf-8") == expected_text(SAMPLES.values())
    assert (FOLDER.parent / "truth.json").read_text(encoding="utf-8") == truth_text(SAMPLES.values())


def test_samples_stay_small_enough_for_the_repository() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 18_000_000


def test_about_half_of_the_dossiers_are_approvals() -> None:
    assert len(SAMPLES) == len(samples()) >= 16
    assert abs(len(APPROVED) - len(SAMPLES) / 2) <= 1


@each
def test_a_dossier_is_either_clean_or_names_the_rule_that_fails(sample: Sample) -> None:
    assert bool(sample.expected.fail) == (sample.expected.decision != "approved")
    assert all(re.fullmatch(r"(APP|DOC|LIC|IDN|TMK|AUT|CAT|STO|XDC)\d{3}", rule) for rule in sample.expected.fail)


@each_approved
def test_approved_dossiers_agree_with_themselves(sample: Sample) -> None:
    applicant = sample.form["applicant"]
    assert isinstance(applicant, dict)
    (licence,) = [facts for facts in facts_of(sample) if isinstance(facts, Licence)]
    assert (licence.name, licence.code) == (applicant["company_name"], applicant["unified_social_credit_code"])
    assert licence.person == applicant["legal_person"]["name"]
    owners = {facts.owner if isinstance(facts, Mark) else facts.applicant for facts in facts_of(sample)[1:]
              if isinstance(facts, Mark | Notice)}  # fmt: skip
    assert owners <= {licence.name, licence.person, *lenders_of(sample), *former_owners_of(sample)}


@each_approved
def test_approved_letters_and_invoices_lead_from_the_owner_to_the_applicant(sample: Sample) -> None:
    holder, applicant = "", sample.form["applicant"]
    assert isinstance(applicant, dict)
    for facts in papers_of(sample):
        if isinstance(facts, Mark | ForeignMark):
            holder = facts.owner
        elif isinstance(facts, Letter):
            assert facts.licensor == holder
            assert facts.signed < AS_OF
            assert facts.valid_to == LONG_TERM or (facts.valid_to - AS_OF).days > 180
            holder = facts.licensee
        elif isinstance(facts, Invoice):
            assert facts.seller == holder
            holder = facts.buyer
    if "authorized" in form_text(sample):
        assert holder == applicant["company_name"]


@each_approved
def test_approved_cards_and_qualifications_run(sample: Sample) -> None:
    for facts in papers_of(sample):
        if isinstance(facts, Card | Qualified):
            assert facts.valid_to == LONG_TERM or (facts.valid_to and (facts.valid_to - AS_OF).days > 180)


@each_approved
def test_approved_marks_are_in_force_and_registered_on_a_gazette_day(sample: Sample) -> None:
    for facts in facts_of(sample):
        if isinstance(facts, Mark):
            assert facts.registered.day in {7, 14, 21, 28}
            assert (facts.valid_to - AS_OF).days > 180
        elif isinstance(facts, Notice):
            assert 0 < (AS_OF - facts.filed).days < 180
            assert facts.filed < facts.noticed < AS_OF


@each_approved
def test_approved_licences_bear_the_face_of_their_day(sample: Sample) -> None:
    for licence in facts_of(sample):
        if isinstance(licence, Licence):
            assert (licence.era is Era.LANDSCAPE_2019) == (licence.issued >= date(2019, 3, 1))
            assert (licence.authority.endswith("市场监督管理局")) == (licence.era is Era.LANDSCAPE_2019)


@pytest.mark.parametrize("city", CITIES)
def test_the_same_name_is_the_same_company(city: str) -> None:
    company = invent_company("某某贸易有限公司", city, goods="服装")
    assert company == invent_company("某某贸易有限公司", city, goods="服装")
    assert company.code[2:6] == CITIES[city][1]
    assert company.address.startswith(CITIES[city][0])


@each
def test_truth_names_every_page(sample: Sample) -> None:
    documents = json.loads((FOLDER.parent / "truth.json").read_text(encoding="utf-8"))
    pages = [(entry["file"], entry["page"]) for entry in documents if entry["dossier"] == sample.name]
    assert pages == [(file.name, page) for file in sample.files for page in range(1, len(file.sheets) + 1)]
    assert all("/" not in Path(entry["dossier"]).name for entry in documents)
