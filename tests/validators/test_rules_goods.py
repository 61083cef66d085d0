"""CAT604, CAT606, CAT607: goods of the certificate, and what qualifications say."""

from datetime import date
from typing import Any

import pytest

from extractors.base import Goods
from pipeline.model import LONG_TERM, Box, Entity, TextLine
from pipeline.verdict import Status
from tests.validators import build, papers
from tests.validators.clean import Scenario, clean_dossier

PASS, FAIL, UNDETERMINED, NOT_APPLICABLE = Status.PASS, Status.FAIL, Status.UNDETERMINED, Status.NOT_APPLICABLE
OTHER = "苏州另试商贸有限公司"


def goods(*texts: str, nice_class: int | None = 25) -> tuple[Goods, ...]:
    return tuple(Goods(nice_class=nice_class, text=text) for text in texts)


@pytest.mark.parametrize(
    ("listed", "below", "status"),
    [
        pytest.param(goods("连衣裙", "帽"), ("dresses", "hats"), PASS, id="by name"),
        pytest.param(goods("服装", "帽"), ("dresses", "hats"), PASS, id="the heading's word"),
        pytest.param(goods("儿童连衣裙"), ("dresses",), PASS, id="a kind of it"),
        pytest.param(goods("Dresses for children"), ("dresses",), PASS, id="in English, with what it is for"),
        pytest.param(goods("Clothing, namely, dresses"), ("dresses",), PASS, id="namely"),
        pytest.param(goods("DRESS"), ("dresses",), PASS, id="singular capitals"),
        pytest.param(goods("服装", nice_class=None), ("dresses",), PASS, id="class not told"),
        pytest.param(goods("鞋"), ("dresses",), FAIL, id="other goods alone"),
        pytest.param(goods("鞋", "帽"), ("dresses", "hats"), FAIL, id="one of two is not covered"),
        pytest.param(goods("服装", nice_class=35), ("dresses",), FAIL, id="the word in another class"),
        pytest.param(goods("裤子"), ("dresses",), UNDETERMINED, id="alike by the office's groups"),
        pytest.param(goods("帽子用衬里"), ("hats",), UNDETERMINED, id="a part for it"),
        pytest.param(goods("服装绶带"), ("dresses",), UNDETERMINED, id="unusual wording"),
        pytest.param(None, ("dresses",), UNDETERMINED, id="goods not read"),
        pytest.param(build.entity(goods("鞋"), 0.5), ("dresses",), UNDETERMINED, id="goods in doubt"),
        pytest.param(goods("服装"), (), NOT_APPLICABLE, id="no subcategory declared"),
        pytest.param(goods("服装"), ("unheard_of",), NOT_APPLICABLE, id="an unknown subcategory is APP005's"),
    ],
)
def test_cat604_goods(listed: Any, below: tuple[str, ...], status: Status) -> None:
    dossier = clean_dossier(certificate={"goods": listed}, store={"subcategories": below})
    assert build.status("CAT604", dossier) is status


def test_cat604_says_which_item_covers_which_subcategory() -> None:
    finding = build.finding("CAT604", clean_dossier())
    assert finding.message.en == "Dresses: 服装; Hats & caps: 帽"


def test_cat604_leaves_a_class_that_does_not_fit_to_cat601() -> None:
    dossier = clean_dossier(certificate={"nice_classes": (9,), "goods": goods("耳机", nice_class=9)})
    assert build.status("CAT601", dossier) is FAIL
    assert build.status("CAT604", dossier) is NOT_APPLICABLE


def test_cat604_does_not_apply_to_a_mark_that_is_applied_for() -> None:
    assert build.status("CAT604", clean_dossier(Scenario.PENDING)) is NOT_APPLICABLE


def doubtful_list(dress: float, hat: float) -> Entity[tuple[Goods, ...]]:
    """Return a list that was read with doubt as a whole: 服装；帽子, each with its own probability."""
    characters = (dress, dress, 0.9, hat, hat)
    line = TextLine(
        text="服装；帽子",
        box=Box(left=0, top=0, right=1, bottom=0.1),
        confidence=0.7,
        file="02.jpg",
        characters=characters,
    )
    return Entity(value=goods("服装", "帽子"), raw=line.text, confidence=0.6, evidence=(line,))


@pytest.mark.parametrize(
    ("dress", "hat", "status"),
    [
        pytest.param(0.99, 0.4, PASS, id="the item that counts was read for sure"),
        pytest.param(0.4, 0.99, UNDETERMINED, id="the item that counts is doubtful"),
    ],
)
def test_cat604_takes_the_items_of_a_doubtful_list_one_by_one(dress: float, hat: float, status: Status) -> None:
    dossier = clean_dossier(certificate={"goods": doubtful_list(dress, hat)}, store={"subcategories": ("dresses",)})
    assert build.status("CAT604", dossier) is status


def test_cat604_of_several_brands_one_is_enough() -> None:
    brands = (build.brand(), build.brand(name="HILLBROOK", trademark_number="51234567"))
    first = build.certificate(goods=goods("服装"))
    second = build.certificate(file="03.jpg", mark_text="HILLBROOK", registration_number="51234567", goods=goods("帽"))
    shoes = build.certificate(file="03.jpg", mark_text="HILLBROOK", registration_number="51234567", goods=goods("鞋"))
    form = build.form(brands=brands)
    told = [f.status for f in build.findings("CAT604", build.dossier(build.licence(), first, second, form=form))]
    assert told == [PASS, PASS]
    told = [f.status for f in build.findings("CAT604", build.dossier(build.licence(), first, shoes, form=form))]
    assert told == [FAIL, FAIL]


NEWER = papers.qualification(file="new.jpg", kind="medical_device_operation")


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        pytest.param({}, PASS, id="runs"),
        pytest.param({"second_qualification": {"valid_to": LONG_TERM}}, PASS, id="without end"),
        pytest.param({"second_qualification": {"valid_to": date(2026, 11, 24)}}, PASS, id="last day"),
        pytest.param({"second_qualification": {"valid_to": date(2026, 11, 23)}}, FAIL, id="a day late"),
        pytest.param({"second_qualification": {"valid_to": None}}, UNDETERMINED, id="not read"),
        pytest.param(
            {"second_qualification": {"valid_to": build.entity(date(2020, 1, 1), 0.4)}}, UNDETERMINED, id="in doubt"
        ),
        pytest.param({"second_qualification": {"valid_to": date(2020, 1, 1)}, "add": (NEWER,)}, PASS, id="replaced"),
        pytest.param({"second_qualification": {"kind": "tobacco_monopoly"}}, NOT_APPLICABLE, id="not asked for"),
        pytest.param({"second_qualification": {"kind": None}}, UNDETERMINED, id="kind not read"),
        pytest.param({"second_qualification": {"kind": "ce", "valid_to": None}}, NOT_APPLICABLE, id="bears no term"),
    ],
)
def test_cat606_term(changes: dict[str, Any], status: Status) -> None:
    dossier = clean_dossier(Scenario.QUALIFIED, **changes)
    found = {finding.subject: finding.status for finding in build.findings("CAT606", dossier)}
    assert (found["d3"], found["d4"]) == (PASS, status)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        pytest.param({}, PASS, id="the applicant's"),
        pytest.param({"second_qualification": {"holder": OTHER}}, FAIL, id="another's"),
        pytest.param({"second_qualification": {"holder": OTHER}, "add": (NEWER,)}, PASS, id="with one of its own"),
        pytest.param({"second_qualification": {"holder": None}}, UNDETERMINED, id="not read"),
        pytest.param({"second_qualification": {"holder": "Shixing Ltd."}}, UNDETERMINED, id="in another script"),
        pytest.param({"licence": {"company_name": None}}, UNDETERMINED, id="company not read"),
    ],
)
def test_cat607_holder(changes: dict[str, Any], status: Status) -> None:
    dossier = clean_dossier(Scenario.QUALIFIED, **changes)
    found = {finding.subject: finding.status for finding in build.findings("CAT607", dossier)}
    assert (found["d3"], found["d4"]) == (NOT_APPLICABLE, status)


@pytest.mark.parametrize("rule", ["CAT606", "CAT607"])
def test_without_qualifications_nothing_is_said_of_them(rule: str) -> None:
    assert build.status(rule, clean_dossier()) is NOT_APPLICABLE
