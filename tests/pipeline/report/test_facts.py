"""The facts beside each other."""

from dataclasses import replace

import pytest

from extractors.business_licence import BusinessLicence
from extractors.trademark_fields import TrademarkAcceptanceNotice, TrademarkCertificate
from pipeline.model import Entity, Fields
from pipeline.report.facts import FACTS, FactRow, facts_of
from pipeline.report.html import to_html
from pipeline.report.json import to_report
from pipeline.report.record import EntityRecord
from pipeline.report.titles import ENTITIES, TYPES
from pipeline.report.words import PHRASES
from pipeline.verdict import Authorization, AuthorizationLink, Node, Outcome, Role, Status
from tests.pipeline.report import build, papers

FIELDS: dict[str, type[Fields]] = {
    "business_licence": BusinessLicence,
    "trademark_certificate": TrademarkCertificate,
    "trademark_acceptance_notice": TrademarkAcceptanceNotice,
}


def rows(outcome: Outcome | None = None) -> dict[str, FactRow]:
    return {row.fact: row for row in facts_of(to_report(outcome or build.outcome()), "en")}


def owned_by(owner: str) -> Outcome:
    outcome = build.outcome()
    certificate = papers.certificate_fields()
    assert certificate.owner
    fields = certificate.model_copy(update={"owner": certificate.owner.model_copy(update={"value": owner})})
    licence, paper, broken = outcome.dossier.documents
    documents = (licence, replace(paper, fields=fields), broken)
    return replace(outcome, dossier=replace(outcome.dossier, documents=documents))


def test_what_agrees_and_what_differs_is_told() -> None:
    found = rows()
    assert found["company"].documents[0].agrees is True
    assert found["nice_classes"].form.agrees is False
    assert found["valid_to"].documents[0].agrees is None
    assert found["mark"].documents[0].texts == ()


def test_width_case_and_spaces_make_no_difference() -> None:
    outcome = build.outcome()
    form = build.form("深圳市星河跨境电子商务有限公司 ")
    assert rows(replace(outcome, dossier=replace(outcome.dossier, form=form)))["company"].documents[0].agrees is True


def test_a_mark_may_belong_to_the_company_or_to_its_legal_person() -> None:
    assert rows(owned_by("李明华"))["owner"].documents[1].agrees is True
    assert rows(owned_by("上海别家贸易有限公司"))["owner"].documents[1].agrees is False


def test_without_a_form_documents_are_measured_by_the_first() -> None:
    found = rows(build.inspected())
    assert found["company"].form.texts == ()
    assert found["company"].documents[0].agrees is True


def test_facts_name_entities_that_exist() -> None:
    for fact in FACTS:
        assert f"fact.{fact.name}" in PHRASES
        for type_, entity in fact.entities.items():
            assert type_ in TYPES
            assert entity in ENTITIES
            if type_ in FIELDS:
                assert entity in FIELDS[type_].model_fields


def test_every_entity_has_a_title_in_both_languages() -> None:
    for fields in FIELDS.values():
        for name, declared in fields.model_fields.items():
            assert ENTITIES[declared.alias or name].zh


OWNER, AGENT, COMPANY = "杭州云试服饰股份有限公司", "广州试途品牌管理有限公司", "深圳市星河跨境电子商务有限公司"


def chain_of(papers: tuple[str, ...], letters: list[str]) -> Authorization:
    """Return how the applicant comes to the mark: by papers of its owner, and by letters."""
    return Authorization(
        brand="brand:STARRIVER",
        own=False,
        status=Status.PASS,
        nodes=(Node(name=OWNER, role=Role.REGISTRANT, documents=papers), Node(name=COMPANY, role=Role.APPLICANT)),
        links=tuple(AuthorizationLink(document=each, licensor=0, licensee=1, status=Status.PASS) for each in letters),
    )


def with_letters(
    *letters: tuple[str, str, str], owner: str = OWNER, proofs: tuple[str, ...] = (), several: tuple[str, ...] = ()
) -> dict[str, FactRow]:
    """Return the rows of a report on another's mark, with letters (id, giver, receiver) and proofs of a new owner.

    Args:
        letters: The letters.
        owner: Whom the certificate names.
        proofs: Ids of assignments to the owner of today.
        several: To whom each letter is given, where they are several.
    """
    report = to_report(owned_by(owner))
    paper = report.documents[1]
    value = paper.entities["owner"]

    def entity(name: str, text: str) -> dict[str, EntityRecord]:
        return {name: value.model_copy(update={"value": text, "raw": text})}

    listed = {"licensees": value.model_copy(update={"value": list(several)})} if several else {}
    added = [
        paper.model_copy(
            update={
                "id": number,
                "type": "authorization_letter",
                "entities": {**entity("licensor", giver), **entity("licensee", receiver), **listed},
            }
        )
        for number, giver, receiver in letters
    ]
    added += [paper.model_copy(update={"id": each, "type": "trademark_assignment", "entities": {}}) for each in proofs]
    chain = chain_of((paper.id, *proofs), [number for number, _, _ in letters])
    application = {**report.application, "brands": [{"name": "STARRIVER", "relation": "authorized"}]}
    changes = {"documents": (*report.documents, *added), "authorizations": (chain,), "application": application}
    return {row.fact: row for row in facts_of(report.model_copy(update=changes), "en")}


def agreement(row: FactRow) -> list[bool | None]:
    return [stated.agrees for stated in row.documents if stated.texts]


def test_anothers_mark_is_measured_by_who_gives_the_first_letter_and_not_by_the_applicant() -> None:
    found = with_letters(("l1", OWNER, AGENT), ("l2", AGENT, COMPANY))
    assert agreement(found["owner"]) == [True]
    assert agreement(with_letters(("l1", AGENT, COMPANY))["owner"]) == [False]


def test_a_later_letter_is_measured_by_whom_the_one_before_authorizes() -> None:
    assert agreement(with_letters(("l1", OWNER, AGENT), ("l2", AGENT, COMPANY))["licensor"]) == [True, True]
    assert agreement(with_letters(("l1", OWNER, AGENT), ("l2", "别家公司", COMPANY))["licensor"]) == [True, False]


def test_an_owner_of_before_agrees_where_the_change_is_proven() -> None:
    assert agreement(with_letters(("l1", OWNER, COMPANY), owner="常州旧试有限公司", proofs=("p1",))["owner"]) == [True]
    assert agreement(with_letters(("l1", OWNER, COMPANY), owner="常州旧试有限公司")["owner"]) == [False]


def test_without_a_letter_nothing_tells_whether_another_may_own_the_mark() -> None:
    assert agreement(with_letters()["owner"]) == [None]


def test_whom_a_letter_authorizes_is_the_applicant_or_gives_the_next_one() -> None:
    assert agreement(with_letters(("l1", OWNER, AGENT), ("l2", AGENT, COMPANY))["licensee"]) == [True, True]
    assert agreement(with_letters(("l1", OWNER, AGENT))["licensee"]) == [False]


def with_card(number: str) -> Outcome:
    class Card(Fields):
        id_number: Entity[str] | None = None

    outcome = build.outcome()
    line = papers.line(number, (0.3, 0.6, 0.9, 0.7), file="id.jpg")
    fields = Card(id_number=Entity[str](value=number, raw=number, confidence=0.99, evidence=(line,)))
    card = build.document("d9", "identity_card", "id.jpg", fields, (300, 200))
    return replace(outcome, dossier=replace(outcome.dossier, documents=(*outcome.dossier.documents, card)))


MASKED_ALIKE = f"{papers.ID_NUMBER[:6]}19800101123{papers.ID_NUMBER[-1]}"
MASKED_OTHERWISE = f"110101{papers.ID_NUMBER[6:]}"


@pytest.mark.parametrize(
    ("number", "told"),
    [
        pytest.param(papers.ID_NUMBER, None, id="the same"),
        pytest.param(MASKED_ALIKE, None, id="another that is masked alike"),
        pytest.param(MASKED_OTHERWISE, False, id="another that is masked otherwise"),
    ],
)
def test_of_numbers_masked_for_good_only_a_difference_is_told(number: str, told: bool | None) -> None:
    row = rows(with_card(number))["id_number"]
    assert row.documents[-1].texts == (f"{number[:6]}***********{number[-1]}",)
    assert (row.documents[-1].agrees, row.form.agrees) == (told, told)


@pytest.mark.parametrize(
    ("number", "agrees"),
    [
        pytest.param(papers.ID_NUMBER, True, id="the same"),
        pytest.param(MASKED_ALIKE, False, id="another that is masked alike"),
    ],
)
def test_a_page_that_reveals_numbers_compares_them_whole(number: str, agrees: bool) -> None:
    page = to_html(to_report(with_card(number), reveal=True), {}, lang="en")
    row = page[page.index('<th scope="row">ID number</th>') :].partition("</tr>")[0]
    assert f'data-whole="{number}">{number[:6]}***********{number[-1]}</span>' in row
    assert ('class="state agrees"' in row, 'class="state differs"' in row) == (agrees, not agrees)


def test_a_letter_to_several_names_them_all_and_agrees_if_one_of_them_is_the_applicant() -> None:
    row = with_letters(("l1", OWNER, AGENT), several=(AGENT, COMPANY))["licensee"]
    assert [(stated.entity, stated.texts) for stated in row.documents if stated.texts] == [
        ("licensees", (AGENT, COMPANY))
    ]
    assert agreement(row) == [True]
    assert agreement(with_letters(("l1", OWNER, AGENT), several=(AGENT, "别家公司"))["licensee"]) == [False]
