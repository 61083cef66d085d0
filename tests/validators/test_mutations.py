"""One wrong fact among clean ones is not approved; and what is proven never gets worse papers through.

Facts are broken at random, under a seed, so that a failure can be run again.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.base import Goods
from pipeline.model import LONG_TERM, Document, Entity, Fields
from pipeline.verdict import Decision, Dossier, Status, Verdict
from tests.validators import build, papers
from tests.validators.clean import Scenario, clean_dossier
from tests.validators.pairs import pairs
from validators import judge

MUTANTS = 2_000
CLEAN = {scenario: clean_dossier(scenario) for scenario in Scenario}

WEIGHTLESS = {
    # What a minor rule is about, or none at all.
    ("business_licence", "address"), ("business_licence", "business_scope"), ("business_licence", "registered_capital"),
    ("business_licence", "registration_authority"), ("business_licence", "copy"), ("business_licence", "issue_date"),
    ("business_licence", "valid_from"), ("business_licence", "template"), ("business_licence", "legal_person_role"),
    ("trademark_certificate", "owner_address"), ("trademark_certificate", "registration_date"),
    ("trademark_certificate", "valid_from"), ("trademark_certificate", "designations"),
    ("trademark_certificate", "application_number"), ("trademark_certificate", "office"),
    ("trademark_certificate", "register"), ("trademark_acceptance_notice", "filing_date"),
    ("trademark_acceptance_notice", "office"), ("authorization_letter", "signed_date"),
    ("authorization_letter", "sealed"), ("authorization_letter", "signed"), ("authorization_letter", "sublicensing"),
    ("authorization_letter", "exclusivity"), ("identity_card", "sex"), ("identity_card", "address"),
    ("identity_card", "birth_date"), ("identity_card", "valid_from"), ("identity_card", "issuing_authority"),
    ("qualification", "certificate_number"), ("qualification", "products"), ("qualification", "valid_from"),
    ("qualification", "issuer"),
}  # fmt: skip
"""Document type and entity that no blocker or major is about by itself."""
BY_RIGHT = {
    ("permit.jpg", "holder"): "the registration of a device may be its maker's",
    ("licensor.jpg", "id_number"): "the licensor's card shows who signs, and is no subject of IDN302",
    ("licensor.jpg", "valid_to"): "it need not have held longer than the day of signing",
    ("03.jpg", "registration_number"): "offices number a protected international mark each in its way",
    ("03.jpg", "owner"): "offices write one owner in scripts of their own",
    ("03.jpg", "goods"): "a proof of protection; what may be sold is told by the international registration",
}
"""File and entity whose breaking harms nobody, and why."""


@dataclass(frozen=True)
class Mutant:
    """A clean dossier of which one fact is broken."""

    dossier: Dossier
    scenario: Scenario
    file: str
    type: str
    entity: str

    def __str__(self) -> str:
        return f"{self.scenario}: {self.type}.{self.entity}"


def mutants(count: int, seed: int = 2026) -> Iterator[Mutant]:
    """Yield clean dossiers with one random fact broken."""
    chance = random.Random(seed)
    made = 0
    while made < count:
        scenario = chance.choice(list(Scenario))
        dossier = CLEAN[scenario]
        at = chance.randrange(len(dossier.documents))
        document = dossier.documents[at]
        assert document.fields
        name = chance.choice(sorted(document.fields.entities()))
        if (document.type, name) in WEIGHTLESS or (document.file, name) in BY_RIGHT:
            continue
        entity = document.fields.entities()[name]
        broken = _with(document, name, entity.model_copy(update={"value": _broken(name, entity.value, chance)}))
        made += 1
        changed = (*dossier.documents[:at], broken, *dossier.documents[at + 1 :])
        yield Mutant(replace(dossier, documents=changed), scenario, document.file, document.type, name)


def _with(document: Document, name: str, entity: Entity[Any] | None) -> Document:
    fields = document.fields
    assert fields
    attribute = next(key for key, declared in type(fields).model_fields.items() if (declared.alias or key) == name)
    changed: Fields = fields.model_copy(update={attribute: entity})
    return replace(document, fields=changed)


def _broken(name: str, value: Any, chance: random.Random) -> Any:
    """Return a value that is wrong for its fact."""
    if name == "valid_to" or value == LONG_TERM:
        return build.AS_OF - timedelta(days=chance.randint(200, 2_000))
    if isinstance(value, date):
        # Later than anything may have happened.
        return build.AS_OF + timedelta(days=chance.randint(1, 2_000)) if name != "notice_date" else date(2025, 1, 20)
    if name == "nice_classes":
        return (chance.choice([7, 31, 45]),)
    if name == "goods":
        return (Goods(nice_class=value[0].nice_class, text=chance.choice(["鞋", "领带", "袜"])),)
    return _by_type(name, value, chance)


def _by_type(name: str, value: Any, chance: random.Random) -> Any:
    special: dict[str, Callable[[], Any]] = {
        "company_type": lambda: "个体工商户",
        "territory": lambda: "仅限中国大陆地区线下门店",
        "kind": lambda: "test_report",
        "platforms": lambda: ("亚马逊",),
    }
    if name in special:
        return special[name]()
    if isinstance(value, tuple):
        return tuple(_other_text(each, chance) for each in value)
    return _other_text(str(value), chance)


def _other_text(text: str, chance: random.Random) -> str:
    """Return a text of which one character became another of its kind."""
    at = chance.randrange(len(text))
    kind = "0123456789" if text[at].isdigit() else "ABCDEFGHJKLM" if text[at].isascii() else "甲乙丙丁戊己庚辛"
    other = chance.choice([each for each in kind if each != text[at].upper()])
    return text[:at] + other + text[at + 1 :]


def _crashed(verdict: Verdict) -> bool:
    """Whether a rule crashed: such a dossier is held, and nothing was found out."""
    return any("a defect of the program" in finding.message.en for finding in verdict.findings)


def test_a_crashing_rule_would_be_seen() -> None:
    dossier = CLEAN[Scenario.ONE_LINK]
    at = next(at for at, document in enumerate(dossier.documents) if document.type == "authorization_letter")
    letter = dossier.documents[at]
    assert letter.fields
    nonsense = letter.fields.entities()["exclusivity"].model_copy(update={"value": "nonsense"})
    documents = (*dossier.documents[:at], _with(letter, "exclusivity", nonsense), *dossier.documents[at + 1 :])
    assert _crashed(judge(replace(dossier, documents=documents), build.rulebook()))


def test_one_wrong_fact_is_not_approved() -> None:
    slipped: Counter[str] = Counter()
    for mutant in mutants(MUTANTS):
        verdict = judge(mutant.dossier, build.rulebook())
        assert not _crashed(verdict), mutant
        if verdict.decision is Decision.APPROVED:
            slipped[str(mutant)] += 1
    assert slipped.total() <= MUTANTS // 100, slipped.most_common(20)


@pytest.mark.parametrize("scenario", Scenario)
def test_no_clean_dossier_is_rejected(scenario: Scenario) -> None:
    """Whatever is read with less confidence, or not at all, of a clean dossier: nothing rejects it."""
    chance = random.Random(scenario)
    for _ in range(60):
        dossier = CLEAN[scenario]
        documents = list(dossier.documents)
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(documents))
            fields = documents[at].fields
            assert fields
            name = chance.choice(sorted(fields.entities()) or [""])
            if name:
                unsure = fields.entities()[name].model_copy(update={"confidence": chance.choice([0.1, 0.5, 0.79])})
                documents[at] = _with(documents[at], name, chance.choice([unsure, None]))
        assert judge(replace(dossier, documents=tuple(documents)), build.rulebook()).decision is not Decision.REJECTED


# Properties

REJECTED = [
    pair
    for pair in pairs()
    if pair.watchlist is None and judge(pair.broken, build.rulebook()).decision is Decision.REJECTED
]
ADDED = {
    "licence": build.licence(file="99.jpg"), "certificate": build.certificate(file="99.jpg"),
    "notice": build.notice(file="99.jpg"), "letter": papers.letter(file="99.jpg"),
    "card": papers.identity_card(file="99.jpg"), "permit": papers.qualification(file="99.jpg"),
    "invoice": papers.invoice(file="99.jpg"), "unknown": build.document("other", file="99.jpg"),
}  # fmt: skip


def _types_about(dossier: Dossier) -> set[str]:
    """Return the types of documents that the blockers against a dossier are about."""
    types = {document.id: document.type for document in dossier.documents}
    verdict = judge(dossier, build.rulebook())
    against = [each for each in verdict.findings if each.status is Status.FAIL and each.severity == "blocker"]
    rules = {each.rule for each in against}
    asked = {str(remedy.document) for remedy in verdict.remedies if remedy.rule in rules}
    return asked | {types[each.subject] for each in against if each.subject in types} | {
        types[proof.document] for each in against for proof in each.evidence if proof.document in types
    }  # fmt: skip


@pytest.mark.parametrize("added", ADDED.values(), ids=list(ADDED))
def test_adding_a_document_of_another_kind_approves_no_rejected_dossier(added: Document) -> None:
    for pair in REJECTED:
        if added.type in _types_about(pair.broken):
            continue  # The paper that was missing, or another of the kind that is wrong, may put it right.
        documents = (*pair.broken.documents, replace(added, id=f"d{len(pair.broken.documents) + 1}"))
        decision = judge(replace(pair.broken, documents=documents), build.rulebook()).decision
        assert decision is not Decision.APPROVED, pair.name


DOUBTFUL = [
    pair.broken
    for pair in pairs()
    if pair.watchlist is None and judge(pair.broken, build.rulebook()).decision is Decision.NEEDS_REVIEW
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_lowering_a_confidence_approves_nothing_that_needed_review(data: st.DataObject) -> None:
    dossier = data.draw(st.sampled_from(DOUBTFUL))
    readable = [at for at, document in enumerate(dossier.documents) if document.fields and document.fields.entities()]
    at = data.draw(st.sampled_from(readable))
    fields = dossier.documents[at].fields
    assert fields
    name = data.draw(st.sampled_from(sorted(fields.entities())))
    entity = fields.entities()[name].model_copy(update={"confidence": data.draw(st.sampled_from([0.0, 0.5, 0.79]))})
    changed = _with(dossier.documents[at], name, entity)
    documents = (*dossier.documents[:at], changed, *dossier.documents[at + 1 :])
    assert judge(replace(dossier, documents=documents), build.rulebook()).decision is not Decision.APPROVED
