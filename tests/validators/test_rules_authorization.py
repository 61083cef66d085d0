"""AUT501 to AUT504 and AUT513: a right to someone else's brand is proven, from its registrant to the applicant."""

from datetime import date
from typing import Any

import pytest

from pipeline.form import Relation
from pipeline.model import Document, FailureCode
from pipeline.verdict import Dossier, Status
from tests.validators import build, papers
from tests.validators.clean import Scenario, clean_dossier

PASS, FAIL, UNDETERMINED, NOT_APPLICABLE = Status.PASS, Status.FAIL, Status.UNDETERMINED, Status.NOT_APPLICABLE
STRANGER = "杭州云试服饰股份有限公司"


def branded(owner: Any, relation: Relation | None, *more: Document, kind: str = "specialised") -> Dossier:
    form = build.form(brands=(build.brand(relation=relation),), store=build.store(type=kind))
    return build.dossier(build.licence(), build.certificate(owner=owner), *more, form=form)


@pytest.mark.parametrize(
    ("dossier", "status"),
    [
        pytest.param(branded(build.COMPANY, Relation.AUTHORIZED), PASS, id="it is the applicant's own after all"),
        pytest.param(branded(STRANGER, Relation.AUTHORIZED), FAIL, id="declared, no letter"),
        pytest.param(branded(STRANGER, None), FAIL, id="nothing declared, no letter"),
        pytest.param(branded(STRANGER, Relation.OWNER), NOT_APPLICABLE, id="declared as owned is XDC804's"),
        pytest.param(branded(None, Relation.AUTHORIZED), FAIL, id="owner not read, declared as another's"),
        pytest.param(branded(None, None), UNDETERMINED, id="owner not read, nothing declared"),
        pytest.param(branded(build.entity(STRANGER, 0.4), None), UNDETERMINED, id="owner read with doubt"),
        pytest.param(branded(STRANGER, None, papers.letter()), PASS, id="a letter of the brand"),
        pytest.param(branded(STRANGER, None, papers.invoice()), PASS, id="the brand was bought"),
        pytest.param(branded(STRANGER, None, papers.invoice(), kind="exclusive"), FAIL, id="bought, exclusive store"),
        pytest.param(branded(STRANGER, None, papers.invoice(buyer=papers.AGENT)), FAIL, id="another bought it"),
        pytest.param(
            branded(STRANGER, None, papers.invoice(items=("女装",))), UNDETERMINED, id="bought, brand not named"
        ),
        pytest.param(branded(STRANGER, None, papers.invoice(buyer=None)), UNDETERMINED, id="buyer not read"),
        pytest.param(branded(STRANGER, None, papers.invoice(seller=None)), UNDETERMINED, id="seller not read"),
        pytest.param(branded(STRANGER, None, papers.invoice(seller=build.COMPANY)), FAIL, id="bought from itself"),
        pytest.param(branded(STRANGER, None, papers.invoice(date=None)), UNDETERMINED, id="bought, day not read"),
        pytest.param(
            branded(STRANGER, None, papers.invoice(date=date(2025, 11, 24))), PASS, id="bought twelve months ago"
        ),
        pytest.param(
            branded(STRANGER, None, papers.invoice(date=date(2025, 11, 23))), UNDETERMINED, id="bought before that"
        ),
        pytest.param(
            branded(STRANGER, None, papers.invoice(date=date(2026, 11, 25))), UNDETERMINED, id="yet to be bought"
        ),
        pytest.param(branded(f"{build.COMPANY}、{STRANGER}", None), UNDETERMINED, id="owned together with another"),
        pytest.param(
            branded(STRANGER, None, build.document("authorization_letter", file="letter.pdf")),
            PASS,
            id="a letter of which nothing was read is judged by the other rules",
        ),
        pytest.param(
            branded(
                STRANGER,
                None,
                papers.letter(
                    marks=("HILLBROOK",), trademark_numbers=None, licensor="甲试有限公司", licensee="乙试有限公司"
                ),
            ),
            FAIL,
            id="a letter of another mark between other parties",
        ),
        pytest.param(
            branded(STRANGER, Relation.AUTHORIZED, build.document(file="letter.pdf")),
            UNDETERMINED,
            id="a paper of unknown type may be the letter",
        ),
        pytest.param(
            branded(STRANGER, Relation.AUTHORIZED, build.document(failure=FailureCode.CORRUPT)),
            UNDETERMINED,
            id="a file that cannot be read may be the letter",
        ),
    ],
)
def test_a_right_to_anothers_brand_is_proven(dossier: Dossier, status: Status) -> None:
    assert build.status("AUT501", dossier) is status


def test_only_a_store_of_many_brands_may_show_an_invoice() -> None:
    assert (
        build.finding("AUT501", branded(STRANGER, None)).expected
        == "品牌授权书 · authorization letter / 进货发票 · purchase invoice"
    )
    exclusive = build.finding("AUT501", branded(STRANGER, None, kind="exclusive"))
    assert exclusive.expected == "品牌授权书 · authorization letter"


def test_the_seller_is_asked_for_a_letter() -> None:
    (remedy,) = build.remedies("AUT501", branded(STRANGER, Relation.AUTHORIZED))
    assert remedy.document == "authorization_letter"


OTHER = "苏州另试商贸有限公司"
SMUDGED = build.in_doubt_at("杭州云诗服饰股份有限公司", "诗")


@pytest.mark.parametrize(
    ("rule", "scenario", "changes", "status"),
    [
        pytest.param("AUT502", Scenario.ONE_LINK, {}, PASS, id="502 registrant"),
        pytest.param("AUT502", Scenario.ONE_LINK, {"letter": {"licensor": OTHER}}, FAIL, id="502 another"),
        pytest.param("AUT502", Scenario.ONE_LINK, {"letter": {"licensor": None}}, UNDETERMINED, id="502 not read"),
        pytest.param(
            "AUT502", Scenario.ONE_LINK, {"letter": {"licensor": SMUDGED}}, UNDETERMINED, id="502 one in doubt"
        ),
        pytest.param(
            "AUT502",
            Scenario.ONE_LINK,
            {"letter": {"licensor": build.entity(OTHER, 0.5)}},
            UNDETERMINED,
            id="502 read with doubt",
        ),
        pytest.param(
            "AUT502",
            Scenario.ONE_LINK,
            {"letter": {"licensor": "Hangzhou Yunshi Apparel Co., Ltd."}},
            UNDETERMINED,
            id="502 in English",
        ),
        pytest.param("AUT502", Scenario.ONE_LINK, {"certificate": None}, NOT_APPLICABLE, id="502 no certificate"),
        pytest.param("AUT502", Scenario.ONE_LINK, {"letter": None}, NOT_APPLICABLE, id="502 no letter"),
        pytest.param("AUT502", Scenario.OWN_BRAND, {}, NOT_APPLICABLE, id="502 own brand"),
        pytest.param("AUT503", Scenario.TWO_LINKS, {}, PASS, id="503 joined"),
        pytest.param("AUT503", Scenario.TWO_LINKS, {"letter": {"licensee": OTHER}}, FAIL, id="503 not joined"),
        pytest.param("AUT503", Scenario.TWO_LINKS, {"letter": {"licensee": None}}, UNDETERMINED, id="503 not read"),
        pytest.param("AUT503", Scenario.ONE_LINK, {}, NOT_APPLICABLE, id="503 one link"),
        pytest.param("AUT504", Scenario.ONE_LINK, {}, PASS, id="504 the applicant"),
        pytest.param("AUT504", Scenario.ONE_LINK, {"letter": {"licensee": OTHER}}, FAIL, id="504 another"),
        pytest.param("AUT504", Scenario.ONE_LINK, {"letter": {"licensee": None}}, UNDETERMINED, id="504 not read"),
        pytest.param("AUT504", Scenario.ONE_LINK, {"licence": {"company_name": None}}, UNDETERMINED, id="504 company"),
        pytest.param("AUT504", Scenario.ONE_LINK, {"licence": None}, NOT_APPLICABLE, id="504 no licence"),
        pytest.param("AUT504", Scenario.ONE_LINK, {"letter": None}, NOT_APPLICABLE, id="504 no letter"),
        pytest.param("AUT513", Scenario.TWO_LINKS, {}, PASS, id="513 two of two"),
        pytest.param("AUT513", Scenario.TWO_LINKS, {"store": {"type": "official"}}, FAIL, id="513 two of one"),
        pytest.param("AUT513", Scenario.TWO_LINKS, {"store": {"type": "other"}}, NOT_APPLICABLE, id="513 no limit"),
        pytest.param("AUT513", Scenario.OWN_BRAND, {}, NOT_APPLICABLE, id="513 own brand"),
    ],
)
def test_the_chain_of_a_brand(rule: str, scenario: Scenario, changes: dict[str, Any], status: Status) -> None:
    assert build.status(rule, clean_dossier(scenario, **changes)) is status


def test_the_differing_character_is_told() -> None:
    finding = build.finding("AUT504", clean_dossier(Scenario.ONE_LINK, letter={"licensee": "深圳市试垦贸易有限公司"}))
    assert "character 5 is 垦 instead of 星" in finding.message.en
    assert "第5字为“垦”而非“星”" in finding.message.zh


def test_a_name_that_may_be_the_same_in_other_letters_is_told_and_passes_nothing() -> None:
    letter = {"licensee": "Shenzhen Shixing Trading Co., Ltd."}
    finding = build.finding("AUT504", clean_dossier(Scenario.ONE_LINK, letter=letter))
    assert finding.status is UNDETERMINED
    assert "may be its name in Latin letters" in finding.message.en
