"""Runs rules: one finding per rule and subject, whatever happens inside the rule."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from pipeline.model import Entity, Message, TextLine
from pipeline.verdict import AGAINST as AGAINST
from pipeline.verdict import WEIGHTY as WEIGHTY
from pipeline.verdict import Decision, Evidence, Finding, Remedy, Severity, Status, decision_of
from validators.case import Case
from validators.engine import LOOKING, Answer, Look, Note, Objection, Proof, Rule, Stop, Undetermined, first_page
from validators.remedies import Advice
from validators.subjects import Subject

_log = logging.getLogger(__name__)

_UNCONFIRMED = Note(Message(en="a person must confirm this on the page", zh="须人工对照原件确认"))
"""Added to what a rule objects to without certainty."""


@dataclass(slots=True)
class Ruling:
    """One finding, and what the seller should do about it."""

    finding: Finding
    remedies: tuple[Remedy, ...] = ()
    asked_store_type: bool = False
    """Whether the rule asked for the store type: under another one it may come out otherwise."""


def apply(rules: Mapping[str, Rule[Any]], case: Case) -> tuple[Ruling, ...]:
    """Run all rules on all their subjects, in the order of the catalogue."""
    inspecting = case.dossier.form is None
    rulings: list[Ruling] = []
    for rule in rules.values():
        if not (inspecting and rule.needs_form):
            rulings += run(rule, case)
    return tuple(rulings)


def run(rule: Rule[Any], case: Case) -> Sequence[Ruling]:
    """Run one rule on all its subjects; where it has none, it is not applicable to the dossier."""
    case.memory.asked_store_type = False
    severity = case.rulebook.policy.severities.get(rule.id, rule.severity)
    try:
        found = case.memory.once(rule.kind, rule.kind.of, case)
    except Exception as error:  # the border that promises to go on
        look = Look(case.ground, Subject("dossier", case.dossier))
        look.stop = _crash(rule, error)
        return [_ruling(rule, look, case, severity)]
    if found:
        return [_ruling(rule, _ask(rule, subject, case), case, severity) for subject in found]
    if case.dossier.form is None:
        return ()
    return (Ruling(rule.without_subject(severity), (), case.memory.asked_store_type),)


class Outcome(NamedTuple):
    """How one rule came out for one subject, without saying why."""

    rule: str
    subject: str
    status: Status
    severity: Severity


def outcomes(rule: Rule[Any], case: Case) -> list[Outcome]:
    """Run one rule on all its subjects for its outcomes alone, which costs a fraction of the findings."""
    severity = case.rulebook.policy.severities.get(rule.id, rule.severity)
    return [Outcome(rule.id, look.subject.name, _status(look, case), severity) for look in _looks(rule, case)]


def _looks(rule: Rule[Any], case: Case) -> Sequence[Look]:
    """Run one rule on all its subjects and return what it has looked at on each."""
    try:
        found = case.memory.once(rule.kind, rule.kind.of, case)
    except Exception as error:  # the border that promises to go on
        look = Look(case.ground, Subject("dossier", case.dossier))
        look.stop = _crash(rule, error)
        return [look]
    return [_ask(rule, subject, case) for subject in found]


def decide(findings: Iterable[Finding | Outcome]) -> Decision:
    """Return what becomes of the dossier: failed blockers reject it, other weighty doubts need a person.

    What was waived weighs nothing.
    """
    counting = (each for each in findings if isinstance(each, Outcome) or each.waived is None)
    return decision_of((each.status, each.severity) for each in counting)


def _ask(rule: Rule[Any], subject: Subject[Any], case: Case) -> Look:
    look = Look(case.ground, subject)
    before, LOOKING.look = LOOKING.look, look
    try:
        # What was said before a stop counts.
        for answer in rule.check(subject.value, case):
            look.answers.append(answer)
    except Stop as reached:
        # Without its trace, which leads back to this very frame: a ring that only the garbage collector could free.
        look.stop = reached.with_traceback(None)
    except Exception as error:  # the border that promises to go on
        look.stop = _crash(rule, error)
    finally:
        LOOKING.look = before
    return look


def _crash(rule: Rule[Any], error: Exception) -> Stop:
    # The error's text may quote a document; its type and place cannot.
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else "?"
    kind = type(error).__name__
    _log.error("rule %s crashed with %s in %s", rule.id, kind, place)
    return Undetermined(
        en=f"{rule.id} could not be checked: a defect of the program ({kind})",
        zh=f"{rule.id} 未能检查：程序缺陷（{kind}）",
        remedy=None,
    )


def _ruling(rule: Rule[Any], look: Look, case: Case, severity: Severity) -> Ruling:
    stop = look.stop
    if look.answers or (stop and stop.status is Status.UNDETERMINED):
        return _telling(rule, look, case, severity)
    # Most rules have nothing to say: they hold, or do not apply.
    subject, asked = look.subject, case.memory.asked_store_type
    if stop:
        return Ruling(_does_not_apply(rule.id, severity, subject.name, stop.en, stop.zh), (), asked)
    proofs: list[Proof] = [*look.seen, *look.stated]
    places = case.places.of(proofs, subject.document) if proofs else ()
    return Ruling(rule.passed(severity).but(subject=subject.name, evidence=places), (), asked)


@lru_cache(maxsize=1024)  # most rules that do not apply say so of one of few subjects, for one of few reasons
def _does_not_apply(rule: str, severity: Severity, subject: str, en: str, zh: str) -> Finding:
    return Finding.trusted(
        rule=rule,
        status=Status.NOT_APPLICABLE,
        severity=severity,
        subject=subject,
        message=Message.trusted(en=en, zh=zh),
        expected=None,
        found=None,
        evidence=(),
        waived=None,
        waiver_refused=None,
    )


def _telling(rule: Rule[Any], look: Look, case: Case, severity: Severity) -> Ruling:
    """Return the ruling of a rule that objects, notes something or cannot be told."""
    status = _status(look, case)
    parts = _parts(look, status)
    told = [part for part in parts if not isinstance(part, Stop)]
    finding = Finding.trusted(
        rule=rule.id,
        status=status,
        severity=severity,
        subject=look.subject.name,
        message=_joined([part.message for part in parts]),
        expected=_texts(part.expected for part in told) if told else None,
        found=_texts(part.found for part in told) if told else None,
        evidence=() if status is Status.NOT_APPLICABLE else _evidence(parts, status, look, case),
        waived=None,
        waiver_refused=None,
    )
    advice = _advice(rule, look) if _asks(status, severity) else ()
    remedies = tuple(each.remedy(rule.id, look.subject.label) for each in advice)
    return Ruling(finding, remedies, case.memory.asked_store_type)


def _parts(look: Look, status: Status) -> list[Answer | Stop]:
    """Return what a finding tells: objections, and why the rule stopped; notes only where nothing else is told."""
    if not look.answers:
        return [look.stop] if look.stop else []
    parts: list[Answer | Stop] = [*_objections(look)]
    if status is Status.UNDETERMINED and parts:
        parts.append(_UNCONFIRMED)
    if look.stop:
        parts.append(look.stop)
    return parts or [*look.answers]


def _objections(look: Look) -> list[Objection]:
    return [answer for answer in look.answers if isinstance(answer, Objection)]


def _evidence(parts: Sequence[Answer | Stop], status: Status, look: Look, case: Case) -> tuple[Evidence, ...]:
    proofs: list[Proof] = [proof for part in parts for proof in part.evidence]
    document = look.subject.document
    if status is Status.PASS or not proofs:
        proofs += look.seen
        proofs += look.stated
    if not proofs and document and status is not Status.PASS:
        proofs.append(first_page(document))
    return case.places.of(proofs, document) if proofs else ()


def _status(look: Look, case: Case) -> Status:
    objections = _objections(look) if look.answers else ()
    if objections:
        is_certain = any(_is_certain(objection, look, case) for objection in objections)
        return Status.FAIL if is_certain else Status.UNDETERMINED
    return look.stop.status if look.stop else Status.PASS


def _is_certain(objection: Objection, look: Look, case: Case) -> bool:
    """Whether every fact behind an objection was read with confidence: nothing else may fail a dossier."""
    if not objection.certain or look.subject.doubtful:
        return False
    if not objection.evidence:
        return True
    floor = case.rulebook.policy.min_confidence
    trusted = {id(line) for entity in look.seen for line in entity.evidence}
    return all(
        proof.confidence >= floor or id(proof) in trusted
        for proof in objection.evidence
        if isinstance(proof, (Entity, TextLine))
    )


def _asks(status: Status, severity: Severity) -> bool:
    """Whether the seller has something to do about a finding."""
    return status is Status.FAIL or (status is Status.UNDETERMINED and severity in WEIGHTY)


def _advice(rule: Rule[Any], look: Look) -> tuple[Advice, ...]:
    objections = _objections(look)
    if objections:
        return tuple(dict.fromkeys(objection.remedy or rule.remedy for objection in objections))
    chosen = look.stop.remedy if isinstance(look.stop, Undetermined) else True
    if chosen is True:
        return (rule.remedy,)
    return (chosen,) if chosen else ()


def _joined(messages: Sequence[Message]) -> Message:
    if len(messages) == 1:
        return messages[0]
    unique = list(dict.fromkeys((message.en, message.zh) for message in messages))
    return Message(en="; ".join(en for en, _ in unique), zh="；".join(zh for _, zh in unique))


def _texts(texts: Iterable[str | None]) -> str | None:
    return "; ".join(dict.fromkeys(text for text in texts if text)) or None
