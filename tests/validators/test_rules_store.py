"""STO: what the store type demands."""

from typing import Any

import pytest

from extractors.authorization_letter import Exclusivity
from extractors.paper_fields import LegalPersonRole
from pipeline.form import FormProblem, Relation
from pipeline.model import Document, FailureCode, Message
from pipeline.verdict import Dossier, Status
from tests.validators import build, papers

PASS, FAIL, UNDETERMINED, NOT_APPLICABLE = Status.PASS, Status.FAIL, Status.UNDETERMINED, Status.NOT_APPLICABLE
STRANGER = "深圳市别家贸易有限公司"
LETTER = papers.letter(licensor=STRANGER)


def store_of(kind: str, *documents: Document, name: str | None = None, **form: Any) -> Dossier:
    return build.dossier(*documents, form=build.form(store=build.store(type=kind, name=name), **form))


@pytest.mark.parametrize("rule", ["STO701", "STO702", "STO703", "STO704", "STO705"])
@pytest.mark.parametrize("kind", ["other", "unheard_of"])
def test_a_store_without_a_known_type_is_not_judged_by_type(rule: str, kind: str) -> None:
    assert build.status(rule, store_of(kind)) is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("dossier", "status"),
    [
        pytest.param(store_of("official", build.certificate()), PASS, id="registered"),
        pytest.param(store_of("official", build.notice()), FAIL, id="applied for"),
        pytest.param(store_of("official", build.notice(), build.certificate()), PASS, id="both"),
        pytest.param(
            store_of("official", build.notice(), build.document(failure=FailureCode.CORRUPT)),
            UNDETERMINED,
            id="a file that cannot be read may be the certificate",
        ),
        pytest.param(store_of("official", build.licence()), NOT_APPLICABLE, id="no paper is TMK401's"),
        pytest.param(store_of("exclusive", build.notice()), NOT_APPLICABLE, id="exclusive"),
        pytest.param(store_of("specialised", build.notice()), NOT_APPLICABLE, id="specialised"),
    ],
)
def test_an_official_store_has_a_registered_mark(dossier: Dossier, status: Status) -> None:
    assert build.status("STO701", dossier) is status


def owned(owner: Any, relation: Relation | None, *more: Document, kind: str = "official") -> Dossier:
    papers = (build.licence(), build.certificate(owner=owner), *more)
    return store_of(kind, *papers, brands=(build.brand(relation=relation),))


@pytest.mark.parametrize(
    ("dossier", "status"),
    [
        pytest.param(owned(build.COMPANY, Relation.OWNER), PASS, id="the company owns it"),
        pytest.param(owned(build.PERSON, Relation.OWNER), PASS, id="its legal person owns it"),
        pytest.param(owned(build.COMPANY, Relation.AUTHORIZED), PASS, id="owned, though declared as authorized"),
        pytest.param(owned(STRANGER, Relation.OWNER), FAIL, id="declared as owned, another's"),
        pytest.param(owned(STRANGER, None), FAIL, id="another's, no relation declared"),
        pytest.param(owned(STRANGER, Relation.AUTHORIZED), FAIL, id="declared as authorized, no letter"),
        pytest.param(owned(STRANGER, None, LETTER), PASS, id="an exclusive letter of the owner"),
        pytest.param(
            owned(STRANGER, None, papers.letter(licensor=STRANGER, exclusivity=Exclusivity.SOLE)),
            FAIL,
            id="the owner may use it too",
        ),
        pytest.param(
            owned(STRANGER, None, papers.letter(licensor=STRANGER, exclusivity=None)), UNDETERMINED, id="kind not read"
        ),
        pytest.param(
            owned(STRANGER, None, papers.first_link(licensor=STRANGER), papers.second_link()), FAIL, id="not direct"
        ),
        pytest.param(
            owned(STRANGER, None, papers.letter(licensor="苏州另试商贸有限公司")),
            NOT_APPLICABLE,
            id="broken is AUT502's",
        ),
        pytest.param(
            owned(STRANGER, Relation.AUTHORIZED, build.document(file="letter.pdf")),
            UNDETERMINED,
            id="a paper of unknown type may be the letter",
        ),
        pytest.param(
            owned(STRANGER, Relation.OWNER, papers.assignment()), PASS, id="it was assigned to the company since"
        ),
        pytest.param(owned(None, Relation.OWNER), UNDETERMINED, id="owner not read"),
        pytest.param(owned(build.entity(STRANGER, 0.4), Relation.OWNER), UNDETERMINED, id="owner read with doubt"),
        pytest.param(owned(STRANGER, Relation.OWNER, kind="exclusive"), NOT_APPLICABLE, id="exclusive store"),
        pytest.param(store_of("official", build.licence()), NOT_APPLICABLE, id="no paper is TMK401's"),
        pytest.param(store_of("official", build.certificate()), NOT_APPLICABLE, id="no licence is LIC201's"),
        pytest.param(
            store_of("official", build.licence(company_name=None), build.certificate()),
            UNDETERMINED,
            id="company not read",
        ),
    ],
)
def test_an_official_store_holds_a_direct_right(dossier: Dossier, status: Status) -> None:
    assert build.status("STO702", dossier) is status


def test_a_direct_letter_is_asked_for() -> None:
    (remedy,) = build.remedies("STO702", owned(STRANGER, Relation.AUTHORIZED))
    assert remedy.document == "authorization_letter"


TWO = (build.brand(), build.brand(name="SECOND", trademark_number="51234567"))


@pytest.mark.parametrize(
    ("kind", "brands", "status"),
    [
        pytest.param("official", TWO[:1], PASS, id="official, one"),
        pytest.param("official", TWO, FAIL, id="official, two"),
        pytest.param("official", (), FAIL, id="official, none"),
        pytest.param("exclusive", TWO[:1], PASS, id="exclusive, one"),
        pytest.param("exclusive", TWO, FAIL, id="exclusive, two"),
        pytest.param("specialised", TWO, NOT_APPLICABLE, id="specialised"),
        pytest.param("specialised", (), UNDETERMINED, id="specialised, none"),
        pytest.param("other", (), NOT_APPLICABLE, id="without a type, none"),
    ],
)
def test_number_of_brands(kind: str, brands: tuple[Any, ...], status: Status) -> None:
    assert build.status("STO703", store_of(kind, brands=brands)) is status


@pytest.mark.parametrize("field", ["brands", "brands[0]", "brands[12].name"])
def test_brands_that_the_form_gets_wrong_are_not_counted(field: str) -> None:
    problem = FormProblem(field=field, message=Message(en="x", zh="x"))
    assert build.status("STO703", build.dossier(form=build.form(problem, brands=()))) is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("kind", "mark", "status"),
    [
        pytest.param("official", "TESTRIVER", PASS, id="Latin"),
        pytest.param("official", "试星", FAIL, id="Chinese"),
        pytest.param("official", "TESTRIVER 试星", FAIL, id="both"),
        pytest.param("official", None, UNDETERMINED, id="not read"),
        pytest.param("official", build.entity("试星", 0.3), UNDETERMINED, id="read with doubt"),
        pytest.param("exclusive", "试星", NOT_APPLICABLE, id="exclusive"),
    ],
)
def test_script_of_the_mark(kind: str, mark: Any, status: Status) -> None:
    dossier = store_of(kind, build.certificate(mark_text=mark))
    assert build.status("STO704", dossier) is status


@pytest.mark.parametrize(
    ("kind", "licence", "status"),
    [
        pytest.param("official", build.licence(), PASS, id="a company"),
        pytest.param("official", build.licence(company_type="个体工商户"), FAIL, id="an individual business"),
        pytest.param("exclusive", build.licence(company_type="个体工商户"), FAIL, id="exclusive"),
        pytest.param(
            "official",
            build.licence(company_type=None, unified_social_credit_code="92440300MA5TEXT38X"),
            FAIL,
            id="told by the code",
        ),
        pytest.param(
            "official", build.licence(company_type=None, unified_social_credit_code=None), UNDETERMINED, id="not read"
        ),
        pytest.param(
            "official",
            build.licence(
                company_type=build.entity("个体工商户", 0.3),
                unified_social_credit_code=None,
                legal_person_role=LegalPersonRole.OPERATOR,
            ),
            UNDETERMINED,
            id="read with doubt",
        ),
        pytest.param("specialised", build.licence(company_type="个体工商户"), NOT_APPLICABLE, id="specialised"),
        pytest.param("official", build.certificate(), NOT_APPLICABLE, id="no licence is LIC201's"),
    ],
)
def test_individual_businesses(kind: str, licence: Document, status: Status) -> None:
    assert build.status("STO705", store_of(kind, licence)) is status


@pytest.mark.parametrize(
    ("kind", "name", "status"),
    [
        pytest.param("official", "TESTRIVER official store", PASS, id="official"),
        pytest.param("official", "TestRiver Official Store", PASS, id="case does not matter"),
        pytest.param("official", "TESTRIVER Dress official store", PASS, id="official with free text"),
        pytest.param("official", "TESTRIVER store", FAIL, id="official is missing"),
        pytest.param("official", "Fine official store", FAIL, id="the brand is missing"),
        pytest.param("official", "TESTRIVERS official store", FAIL, id="another word"),
        pytest.param("exclusive", "TESTRIVER store", PASS, id="exclusive"),
        pytest.param("exclusive", "TESTRIVER Fashion store", PASS, id="exclusive with free text"),
        pytest.param("exclusive", "TESTRIVER official store", FAIL, id="claims to be official"),
        pytest.param("exclusive", "TESTRIVER 旗舰 store", FAIL, id="claims it in Chinese"),
        pytest.param("specialised", "Good Things store", PASS, id="specialised"),
        pytest.param("specialised", "Good Things", FAIL, id="specialised without store"),
        pytest.param("specialised", "Officially Yours store", PASS, id="a longer word claims nothing"),
        pytest.param("specialised", "Nike Things store", FAIL, id="a famous mark"),
        pytest.param("specialised", "Nikelodeon Things store", PASS, id="a word that begins like one"),
        pytest.param("other", "Anything", PASS, id="without a type any form"),
        pytest.param("other", "Official Shop", FAIL, id="without a type, claims to be official"),
        pytest.param("other", "LEGO House", FAIL, id="without a type, a famous mark"),
        pytest.param("official", None, NOT_APPLICABLE, id="no name"),
        pytest.param("unheard_of", "X", NOT_APPLICABLE, id="unknown type"),
    ],
)
def test_store_name(kind: str, name: str | None, status: Status) -> None:
    assert build.status("STO706", store_of(kind, name=name)) is status


def test_a_famous_mark_that_is_declared_may_stand_in_the_name() -> None:
    dossier = store_of("specialised", name="LEGO Things store", brands=(build.brand(name="LEGO"),))
    assert build.status("STO706", dossier) is PASS


@pytest.mark.parametrize(
    ("mark", "status"),
    [
        pytest.param("HILLBROOK", FAIL, id="a mark on a paper of no declared brand"),
        pytest.param(build.entity("HILLBROOK", 0.3), PASS, id="read with doubt, it is not held against the seller"),
        pytest.param("TEST RIVER", PASS, id="the declared brand, spaced"),
    ],
)
def test_undeclared_marks_may_not_stand_in_the_name(mark: Any, status: Status) -> None:
    name = "TESTRIVER Hillbrook Test River store"
    other = build.certificate(mark_text=mark, registration_number="51234567", file="03.jpg")
    assert build.status("STO706", store_of("exclusive", build.certificate(), other, name=name)) is status


@pytest.mark.parametrize(
    "brand",
    [
        pytest.param({"name": "TESTRIDER"}, id="misspelt on the form, which is TMK402's"),
        pytest.param({"name": "试星 TESTRIVER"}, id="with another script"),
        pytest.param({"name": " TESTRIVER® "}, id="with the sign of a registered mark"),
    ],
)
def test_a_store_may_be_named_as_the_brands_certificate_is(brand: dict[str, Any]) -> None:
    dossier = store_of("official", name="TESTRIVER official store", brands=(build.brand(**brand),))
    assert build.status("STO706", dossier) is PASS


def test_brands_that_are_not_declared_at_all_are_not_held_against_the_name() -> None:
    assert build.status("STO706", store_of("official", name="TESTRIVER official store", brands=())) is PASS


def test_everything_wrong_with_a_name_is_told() -> None:
    finding = build.finding("STO706", store_of("exclusive", name="Nike official shop"))
    assert len(finding.message.en.split("; ")) == 3


def test_without_a_brand_only_the_count_is_held_against_the_seller() -> None:
    assert build.status("STO706", store_of("official", name="Fine official store", brands=())) is PASS
