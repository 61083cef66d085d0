"""What a rule is made of: `@rule`, objections, `known()` and the other ways to stop.

A rule is a generator function. It is handed one subject and the case, and yields an `Objection` for everything that
does not hold; none means that it passes. How it is run, and what becomes of its answers, stands in runner.py.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pipeline.model import Document, Entity, EvidenceSource, Message, TextLine
from pipeline.verdict import Evidence, Finding, Severity, Status
from validators.remedies import Advice, clear_scan
from validators.subjects import Subject, Subjects, subjects
from validators.wording import ENTITY_NAMES, form_name

if TYPE_CHECKING:
    from validators.case import Case

T = TypeVar("T")
S = TypeVar("S")

Proof = Entity[Any] | TextLine | Evidence
"""What a finding may rest on: a fact, lines of a page, or a place that a rule spells out (the form, a whole file)."""


@dataclass(frozen=True)
class Objection:
    """Something that does not hold.

    It fails the rule only if every fact and line in `evidence` was read with confidence; otherwise, and with
    `certain=False`, the rule comes out undetermined.
    """

    message: Message
    """Names the facts, without a full stop: several objections of one rule are joined."""
    expected: str | None = None
    found: str | None = None
    evidence: Sequence[Proof] = ()
    remedy: Advice | None = None
    """Instead of the rule's own, where what to do depends on what is wrong."""
    certain: bool = True


@dataclass(frozen=True)
class Note:
    """What a rule says when it passes, where its title would say too little."""

    message: Message
    expected: str | None = None
    found: str | None = None
    evidence: Sequence[Proof] = ()


Answer = Objection | Note
Check = Callable[[S, "Case"], Iterator[Answer]]


class Stop(Exception):
    """A rule cannot come to a result; what it objected to before still counts."""

    status: Status

    def __init__(self, *, en: str, zh: str, evidence: Sequence[Proof] = ()) -> None:
        self.en = en
        self.zh = zh
        self.evidence = tuple(evidence)

    def __str__(self) -> str:
        return self.en

    @property
    def message(self) -> Message:
        """Why, in both languages."""
        return Message(en=self.en, zh=self.zh)


class NotApplicable(Stop):
    """The rule does not apply to this subject."""

    status = Status.NOT_APPLICABLE


class Undetermined(Stop):
    """The rule applies, but what it needs could not be read with confidence or was not supplied.

    Args:
        en: Why, in English.
        zh: Why, in Chinese.
        evidence: Where a person should look.
        remedy: What the seller should do: the rule's own advice (True), another, or nothing (None).
    """

    status = Status.UNDETERMINED

    def __init__(
        self, *, en: str, zh: str, evidence: Sequence[Proof] = (), remedy: Advice | bool | None = True
    ) -> None:
        super().__init__(en=en, zh=zh, evidence=evidence)
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Ground:
    """What all rules of one dossier stand on when they look at facts."""

    floor: float = 0.0
    """Confidence below which a fact counts as not read."""
    form: str = ""
    """Path of the application form."""
    document_of: Callable[[Entity[Any]], Document | None] | None = None


_NO_GROUND = Ground()
_NO_SUBJECT = Subject("", None)


class Look:
    """What a rule that runs on one subject has looked at so far, what it has said, and why it stopped."""

    # Written out and not a dataclass: one is made for every rule and subject, and this takes half the time.
    __slots__ = ("answers", "ground", "seen", "stated", "stop", "subject")

    def __init__(self, ground: Ground = _NO_GROUND, subject: Subject[Any] = _NO_SUBJECT) -> None:
        self.ground = ground
        self.subject = subject
        self.seen: list[Entity[Any]] = []
        self.stated: list[Evidence] = []
        self.answers: list[Answer] = []
        self.stop: Stop | None = None


class Looking(threading.local):
    """What the rule that this thread runs has looked at; rules do not await anything."""

    look: Look | None = None
    """Set by the runner around each rule; a rule that a test calls directly accepts any confidence."""


LOOKING = Looking()


def known(entity: Entity[T] | None, name: str, *, of: Document | None = None) -> Entity[T]:
    """Return the entity, or stop the rule as undetermined where it was not read, or not surely enough.

    Args:
        entity: A field of a document.
        name: The field's name in the contract, for the message.
        of: The document, where it is not the rule's subject.
    """
    look = LOOKING.look or Look()
    if entity is not None and entity.confidence >= look.ground.floor:
        look.seen.append(entity)
        return entity
    document_of = look.ground.document_of
    document = of or (document_of(entity) if entity and document_of else None) or look.subject.document
    label = ENTITY_NAMES[name]
    where = f" on {document.file}" if document else ""
    where_zh = f"{document.file} 上的" if document else ""
    raise Undetermined(
        en=f"the {label.en}{where} " + ("could not be read" if entity is None else "was not read with confidence"),
        zh=f"{where_zh}{label.zh}" + ("未能识别" if entity is None else "识别置信度不足"),
        evidence=[entity] if entity else [first_page(document)] if document else [],
        remedy=clear_scan(document.type) if document else True,
    )


def if_known(entity: Entity[T] | None) -> Entity[T] | None:
    """Return the entity if it was read surely enough, else None: for facts that a rule can do without."""
    look = LOOKING.look or Look()
    if entity is None or entity.confidence < look.ground.floor:
        return None
    look.seen.append(entity)
    return entity


def given(value: T | None, field_name: str) -> T:
    """Return what the form states, or stop the rule as not applicable where it does not.

    Args:
        value: None, and anything empty, means that the form does not state it.
        field_name: Dotted path in the form; a leading dot continues the subject's own (`.nice_classes` of `brands[0]`).
    """
    look = LOOKING.look or Look()
    field_name = look.subject.path + field_name if field_name.startswith(".") else field_name
    if value is None or value in ("", ()):
        name = form_name(field_name)
        raise NotApplicable(en=f"the form does not state the {name.en}", zh=f"申请表未填写{name.zh}")
    look.stated.append(from_form(look.ground.form, field_name, value))
    return value


def from_form(file: str, field_name: str, value: object) -> Evidence:
    """Return the evidence that the form states something; ID numbers are not repeated."""
    shown = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return _stated(file, field_name if field_name.endswith("id_number") else f"{field_name}: {shown}")


@lru_cache(maxsize=256)
def _stated(file: str, text: str) -> Evidence:
    # Many rules ask for the same few fields of a form.
    return Evidence.trusted(document=None, file=file, page=None, box=None, text=text, source=EvidenceSource.FORM)


def first_page(document: Document) -> Evidence:
    """Return the evidence that points at a document as a whole."""
    page = document.pages[0] if document.pages else None
    file, number = (page.file, page.page) if page else (document.file, None)
    return Evidence.trusted(document=document.id, file=file, page=number, box=None, text=None, source=None)


@dataclass(frozen=True)
class Rule(Generic[S]):
    """One rule of the catalogue."""

    id: str
    severity: Severity
    """The catalogue's; a rulebook may override it."""
    kind: Subjects[S]
    """What it is run on."""
    cites: str
    """The law, standard or marketplace rule behind it."""
    title_zh: str
    """What holds when it passes, in Chinese."""
    remedy: Advice
    check: Check[S]
    needs_form: bool
    """Whether it is left out when documents are inspected without an application."""
    _passed: dict[Severity, Finding] = field(default_factory=dict, init=False, repr=False, compare=False)
    _without_subject: dict[Severity, Finding] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def title(self) -> str:
        """What holds when it passes: the first line of its docstring, without the full stop."""
        return (self.check.__doc__ or "").strip().partition("\n")[0].rstrip(".")

    @cached_property
    def holds(self) -> Message:
        """What holds when it passes, in both languages."""
        return Message(en=self.title, zh=self.title_zh)

    def without_subject(self, severity: Severity) -> Finding:
        """Return what is found in a dossier that has nothing to run it on."""
        return self._template(severity, self._without_subject, Status.NOT_APPLICABLE, self.kind.none)

    def passed(self, severity: Severity) -> Finding:
        """Return what is found where it holds, but for the subject and where it was seen."""
        return self._template(severity, self._passed, Status.PASS, self.holds)

    def _template(self, severity: Severity, made: dict[Severity, Finding], status: Status, message: Message) -> Finding:
        if severity not in made:
            made[severity] = Finding(rule=self.id, status=status, severity=severity, subject="dossier", message=message)
        return made[severity]


_DECLARED: list[Rule[Any]] = []


def rule(
    rule_id: str,
    *,
    on: type[S] | Subjects[S],
    severity: Severity,
    cites: str,
    zh: str,
    remedy: Advice,
    needs_form: bool | None = None,
) -> Callable[[Check[S]], Check[S]]:
    """Declare a rule; the function itself is returned untouched.

    Args:
        rule_id: Id in the catalogue.
        on: What it is run on: a Fields class, Document, Brand, Form, Dossier, or Subjects of its own.
        severity: The catalogue's.
        cites: The law, standard or marketplace rule behind it.
        zh: What holds when it passes, in Chinese; the docstring's first line says it in English.
        remedy: What a seller should do when it fails.
        needs_form: Whether to leave it out when documents are inspected without an application;
            by default rules on documents run and all others do not.
    """

    def declare(check: Check[S]) -> Check[S]:
        kind = subjects(on)
        needs = kind.needs_form if needs_form is None else needs_form
        _DECLARED.append(Rule(rule_id, severity, kind, cites, zh, remedy, check, needs))
        return check

    return declare


def rules_of(module: ModuleType | str) -> tuple[Rule[Any], ...]:
    """Return the rules that a module declares, in order."""
    name = module if isinstance(module, str) else module.__name__
    return tuple(declared for declared in _DECLARED if declared.check.__module__ == name)
