"""The facts beside each other."""

from dataclasses import replace

from extractors.business_licence import BusinessLicence
from extractors.trademark_fields import TrademarkAcceptanceNotice, TrademarkCertificate
from pipeline.model import Fields
from pipeline.report.facts import FACTS, FactRow, facts_of
from pipeline.report.json import to_report
from pipeline.report.titles import ENTITIES, TYPES
from pipeline.report.words import PHRASES
from pipeline.verdict import Outcome
from tests.pipeline.report import build

FIELDS: dict[str, type[Fields]] = {
    "business_licence": BusinessLicence,
    "trademark_certificate": TrademarkCertificate,
    "trademark_acceptance_notice": TrademarkAcceptanceNotice,
}


def rows(outcome: Outcome | None = None) -> dict[str, FactRow]:
    return {row.fact: row for row in facts_of(to_report(outcome or build.outcome()), "en")}


def owned_by(owner: str) -> Outcome:
    outcome = build.outcome()
    certificate = build.certificate_fields()
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
