"""The facts of a dossier beside each other: what the form says and what each document says.

The comparison here only guides the eye; whether a difference matters is for the rules to say.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from pydantic import JsonValue

from pipeline.form import Relation
from pipeline.report.record import DocumentRecord, Report
from pipeline.report.values import bare, in_words
from pipeline.verdict import Role

_LICENCE, _CERTIFICATE, _NOTICE = "business_licence", "trademark_certificate", "trademark_acceptance_notice"
_LETTER = "authorization_letter"
_PROOFS = ("trademark_assignment", "trademark_change")


@dataclass(frozen=True)
class Fact:
    """One fact, and where the form and each type of document state it."""

    name: str
    form: tuple[str, ...]
    """Path in the application; `*` stands for every item of a list. Empty if the form does not ask for it."""
    entities: Mapping[str, str]
    """Document type → entity."""
    like: tuple[str, ...] = ()
    """Facts whose values also agree with this one: a mark's owner may be the company or its legal person."""
    compared: bool = True
    sealed: bool = False
    """Whether it is an identity number: of two that are masked nobody can tell that they are the same."""
    several: str | None = None
    """Entity with all of them, where a document names several, any of whom agrees for all."""

    def entity_of(self, document: DocumentRecord) -> str | None:
        """Return the entity by which a document states this fact; None where documents of its type do not."""
        return self.several if self.several in document.entities else self.entities.get(document.type)


FACTS = (
    Fact("company", ("applicant", "company_name"), {_LICENCE: "company_name"}),
    Fact(
        "credit_code",
        ("applicant", "unified_social_credit_code"),
        {_LICENCE: "unified_social_credit_code"},
    ),
    Fact(
        "legal_person",
        ("applicant", "legal_person", "name"),
        {_LICENCE: "legal_person", "identity_card": "name"},
    ),
    Fact("id_number", ("applicant", "legal_person", "id_number"), {"identity_card": "id_number"}, sealed=True),
    Fact("account_holder", ("settlement", "account_holder"), {}, like=("company", "legal_person")),
    Fact("mark", ("brands", "*", "name"), {_CERTIFICATE: "mark_text", _NOTICE: "mark_text", _LETTER: "marks"}),
    Fact("owner", (), {_CERTIFICATE: "owner", _NOTICE: "applicant"}),
    Fact("licensor", (), {_LETTER: "licensor"}),
    Fact("licensee", (), {_LETTER: "licensee"}, several="licensees"),
    Fact("office", ("brands", "*", "office"), {_CERTIFICATE: "office", _NOTICE: "office"}),
    Fact(
        "trademark_number",
        ("brands", "*", "trademark_number"),
        {_CERTIFICATE: "registration_number", _NOTICE: "application_number", _LETTER: "trademark_numbers"},
    ),
    Fact(
        "nice_classes",
        ("brands", "*", "nice_classes", "*"),
        {_CERTIFICATE: "nice_classes", _NOTICE: "nice_classes", _LETTER: "nice_classes"},
    ),
    Fact(
        "begins",
        (),
        {_LICENCE: "establishment_date", _CERTIFICATE: "filing_date", _NOTICE: "filing_date"},
        compared=False,
    ),
    Fact(
        "granted",
        (),
        {
            _LICENCE: "issue_date",
            _CERTIFICATE: "registration_date",
            _NOTICE: "notice_date",
            _LETTER: "signed_date",
        },
        compared=False,
    ),
    Fact(
        "valid_from",
        (),
        dict.fromkeys((_LICENCE, _CERTIFICATE, _LETTER, "identity_card", "qualification"), "valid_from"),
        compared=False,
    ),
    Fact(
        "valid_to",
        (),
        dict.fromkeys((_LICENCE, _CERTIFICATE, _LETTER, "identity_card", "qualification"), "valid_to"),
        compared=False,
    ),
)


@dataclass(frozen=True)
class Stated:
    """What one place says about a fact."""

    texts: tuple[str, ...]
    entity: str | None
    """Name of the entity; None for the form."""
    agrees: bool | None
    """Whether it says the same as the form (or else the first document that says anything); None if not comparable."""


@dataclass(frozen=True)
class FactRow:
    """One fact across the form and the documents, in the order of the report."""

    fact: str
    form: Stated
    documents: tuple[Stated, ...]

    @property
    def is_form_alone(self) -> bool:
        """Whether no document states the fact."""
        return not any(stated.texts for stated in self.documents)


def facts_of(report: Report, lang: str) -> tuple[FactRow, ...]:
    """Return every fact that the form or some document states."""
    return tuple(row for fact in FACTS if (row := _row(fact, report, lang)))


def with_comparison(shown: tuple[FactRow, ...], whole: tuple[FactRow, ...]) -> tuple[FactRow, ...]:
    """Return the rows of a masked report with what the comparison of its whole values says: two may be masked alike."""
    return tuple(_compared_as(row, other) for row, other in zip(shown, whole, strict=True))


def states_facts(document: DocumentRecord) -> bool:
    """Whether `document` states anything that can stand beside the form."""
    return any(fact.entity_of(document) in document.entities for fact in FACTS)


def _row(fact: Fact, report: Report, lang: str) -> FactRow | None:
    said = _said_by_form(fact, report, lang)
    entities = [fact.entity_of(document) for document in report.documents]
    read = [
        _said_by(document, entity, lang) for document, entity in zip(report.documents, entities, strict=True)
    ]  # fmt: skip
    if not said and not any(read):
        return None
    accepted = _OF_PARTIES[fact.name](report, lang) if fact.name in _OF_PARTIES else _accepted(fact, report, lang)
    row = FactRow(
        fact.name,
        Stated(said, None, _form_agrees(fact, said, read, accepted)),
        tuple(
            Stated(texts, entity if texts else None, _agrees(fact, texts, entity, accepted))
            for texts, entity in zip(read, entities, strict=True)
        ),
    )
    return _doubted(row) if fact.sealed and not report.provenance.revealed else row


def _doubted(row: FactRow) -> FactRow:
    """Return a row of masked numbers: those that differ masked differ, those that are masked alike may differ."""
    stated = (row.form, *row.documents)
    form, *documents = (replace(each, agrees=False if each.agrees is False else None) for each in stated)
    return FactRow(row.fact, form, tuple(documents))


def _compared_as(shown: FactRow, whole: FactRow) -> FactRow:
    documents = (
        replace(each, agrees=other.agrees) for each, other in zip(shown.documents, whole.documents, strict=True)
    )
    return FactRow(shown.fact, replace(shown.form, agrees=whole.form.agrees), tuple(documents))


def _alike(names: tuple[str, ...], report: Report, lang: str) -> frozenset[str]:
    """Return everything that is said of these facts, in the form or in a document."""
    return frozenset(bare(text) for fact in FACTS if fact.name in names for text in _said_anywhere(fact, report, lang))


def _accepted(fact: Fact, report: Report, lang: str) -> frozenset[str]:
    """Return what counts as the same: what facts like this one say, what the form says, or the first document."""
    alike = _alike(fact.like, report, lang)
    said = _said_by_form(fact, report, lang)
    if fact.like or said:
        return alike | (frozenset() if fact.like else frozenset(map(bare, said)))
    read = (_said_by(document, fact.entity_of(document), lang) for document in report.documents)
    return frozenset(map(bare, next(filter(None, read), ())))


def _owners(report: Report, lang: str) -> frozenset[str]:
    """Return who may own a mark: the company and its legal person if it is theirs, else who gives the first letter.

    A certificate may also name an owner of before: with the proof of what came since it agrees.
    """
    relations = {*_at(report.application, ("brands", "*", "relation"))}
    is_own = Relation.OWNER in relations or not relations
    first = {link.document for each in report.authorizations for link in each.links[:1]}
    given_by = (_said_by(each, "licensor", lang) for each in report.documents if each.id in first)
    before = (_said_by(each, "owner", lang) for each in report.documents if each.id in _bridged(report))
    told = frozenset(bare(text) for texts in (*given_by, *before) for text in texts)
    return told | (_alike(("company", "legal_person"), report, lang) if is_own else frozenset())


def _bridged(report: Report) -> set[str]:
    """Return the papers of marks whose owner of today other papers prove."""
    proofs = {each.id for each in report.documents if each.type in _PROOFS}
    nodes = (node for each in report.authorizations for node in each.nodes if node.role is Role.REGISTRANT)
    return {document for node in nodes if proofs & {*node.documents} for document in node.documents}


def _licensors(report: Report, lang: str) -> frozenset[str]:
    """Return who may give a letter: a mark's owner of today, or whom a letter authorizes."""
    nodes = (node for each in report.authorizations for node in each.nodes if node.role is Role.REGISTRANT)
    letters = [each for each in report.documents if each.type == _LETTER]
    given_to = (_said_by(each, name, lang) for each in letters for name in ("licensee", "licensees"))
    names = (*(node.name for node in nodes), *(text for texts in given_to for text in texts))
    return frozenset(bare(name) for name in names if name)


def _licensees(report: Report, lang: str) -> frozenset[str]:
    """Return to whom a letter may be given: the applicant, or who gives another letter."""
    given_by = (_said_by(each, "licensor", lang) for each in report.documents if each.type == _LETTER)
    return _alike(("company",), report, lang) | frozenset(bare(text) for texts in given_by for text in texts)


_OF_PARTIES: Mapping[str, Callable[[Report, str], frozenset[str]]] = {
    "owner": _owners,
    "licensor": _licensors,
    "licensee": _licensees,
}
"""Facts whose right value depends on whose the brand is."""


def _form_agrees(
    fact: Fact, said: tuple[str, ...], read: list[tuple[str, ...]], accepted: frozenset[str]
) -> bool | None:
    """Tell whether everything in the form is found again: in the documents, or in the facts like this one."""
    found = accepted if fact.like else frozenset(bare(text) for texts in read for text in texts)
    return _within(said, found) if found and fact.compared else None


def _agrees(fact: Fact, texts: tuple[str, ...], entity: str | None, accepted: frozenset[str]) -> bool | None:
    """Tell whether a document agrees: in all that it says, or in one of several who may be meant."""
    if not fact.compared:
        return None
    if entity is None or entity != fact.several:
        return _within(texts, accepted)
    return any(bare(text) in accepted for text in texts) if texts and accepted else None


def _within(texts: tuple[str, ...], accepted: frozenset[str]) -> bool | None:
    return all(bare(text) in accepted for text in texts) if texts and accepted else None


def _said_anywhere(fact: Fact, report: Report, lang: str) -> Iterator[str]:
    yield from _said_by_form(fact, report, lang)
    for document in report.documents:
        yield from _said_by(document, fact.entity_of(document), lang)


def _said_by(document: DocumentRecord, entity: str | None, lang: str) -> tuple[str, ...]:
    if entity is None or entity not in document.entities:
        return ()
    value = document.entities[entity].value
    return tuple(in_words(item, lang) for item in (value if isinstance(value, list) else [value]))


def _said_by_form(fact: Fact, report: Report, lang: str) -> tuple[str, ...]:
    found = _at(report.application, fact.form) if fact.form else ()
    return tuple(dict.fromkeys(in_words(value, lang) for value in found))


def _at(value: JsonValue, path: tuple[str, ...]) -> Iterator[JsonValue]:
    if not path:
        yield value
    elif path[0] == "*" and isinstance(value, list):
        for item in value:
            yield from _at(item, path[1:])
    elif isinstance(value, dict) and path[0] in value:
        yield from _at(value[path[0]], path[1:])
