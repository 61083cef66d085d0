"""Runs rules: one finding per rule and subject, whatever happens inside the rule."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.model import Entity, Message, TextLine
from pipeline.verdict import Decision, Evidence, Finding, Remedy, Severity, Status
from validators.case import Case
from validators.engine import (
    LOOK,
    Look,
    Note,
    Objection,
    Proof,
    Rule,
    Stop,
    Undetermined,
    first_page,
)
from validators.remedies import Advice
from validators.subjects import Subject

_log = logging.getLogger(__name__)

WEIGHTY = (Severity.BLOCKER, Severity.MAJOR)
"""Severities that change the decision."""


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
    return tuple(
        ruling for rule in rules.values() if not (inspecting and rule.needs_form) for ruling in run(rule, case)
    )


def run(rule: Rule[Any], case: Case) -> tuple[Ruling, ...]:
    """Run one rule on all its subjects; where it has none, it is not applicable to the dossier."""
    case.memory.asked_store_type = False
    severity = _severity(rule, case)
    try:
        found = subjects_in(rule, case)
    except Exception as error:  # the border that promises to go on
        dossier = Subject("dossier", case.dossier)
        return (_ruling(rule, dossier, case, _Answers(stop=_crash(rule, error)), severity),)
    if found:
        return tuple(_ruling(rule, subject, case, _ask(rule, subject, case), severity) for subject in found)
    if case.dossier.form is None:
        return ()
    return (Ruling(rule.without_subject(severity), asked_store_type=case.memory.asked_store_type),)


def subjects_in(rule: Rule[Any], case: Case) -> Sequence[Subject[Any]]:
    """Return what a rule is run on; rules on one kind of subject share theirs."""
    return case.once(rule.kind, lambda: rule.kind.of(case))


@dataclass(frozen=True)
class Outcome:
    """How one rule came out for one subject, without saying why."""

    rule: str
    subject: str
    status: Status
    severity: Severity


def outcomes(rule: Rule[Any], case: Case) -> tuple[Outcome, ...]:
    """Run one rule on all its subjects for its outcomes alone, which costs a fraction of the findings."""
    severity = _severity(rule, case)
    try:
        found = subjects_in(rule, case)
    except Exception as error:  # the border that promises to go on
        _crash(rule, error)
        return (Outcome(rule.id, "dossier", Status.UNDETERMINED, severity),)
    asked = ((subject.name, _status(_ask(rule, subject, case), case)) for subject in found)
    return tuple(Outcome(rule.id, name, status, severity) for name, status in asked)


def _severity(rule: Rule[Any], case: Case) -> Severity:
    return case.rulebook.policy.severities.get(rule.id, rule.severity)


def decide(findings: Iterable[Finding | Outcome]) -> Decision:
    """Return what becomes of the dossier: failed blockers reject it, other weighty doubts need a person.

    What was waived weighs nothing.
    """
    counting = (each for each in findings if isinstance(each, Outcome) or each.waived is None)
    weighty = {(finding.status, finding.severity) for finding in counting if finding.severity in WEIGHTY}
    if (Status.FAIL, Severity.BLOCKER) in weighty:
        return Decision.REJECTED
    if any(status in (Status.FAIL, Status.UNDETERMINED) for status, _ in weighty):
        return Decision.NEEDS_REVIEW
    return Decision.APPROVED


@dataclass(slots=True)
class _Answers:
    """What one rule said about one subject."""

    objections: list[Objection] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    stop: Stop | None = None
    look: Look = field(default_factory=Look)


def _ask(rule: Rule[Any], subject: Subject[Any], case: Case) -> _Answers:
    look = Look(
        case.rulebook.policy.min_confidence,
        case.form_file,
        subject.path,
        subject.document,
        case.places.document_of,
        subject.doubtful,
    )
    said = _Answers(look=look)
    token = LOOK.set(look)
    try:
        # What was said before a stop counts.
        for answer in rule.check(subject.value, case):
            if isinstance(answer, Objection):
                said.objections.append(answer)
            else:
                said.notes.append(answer)
    except Stop as reached:
        # Without its trace, which leads back to this very frame: a ring that only the garbage collector could free.
        said.stop = reached.with_traceback(None)
    except Exception as error:  # the border that promises to go on
        said.stop = _crash(rule, error)
    finally:
        LOOK.reset(token)
    return said


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


def _ruling(rule: Rule[Any], subject: Subject[Any], case: Case, said: _Answers, severity: Severity) -> Ruling:
    if said.stop and said.stop.status is Status.NOT_APPLICABLE and not said.objections:
        return Ruling(_set_aside(rule, subject, said.stop, severity), asked_store_type=case.memory.asked_store_type)
    status = _status(said, case)
    parts: list[Objection | Note | Stop] = [*said.objections]
    if status is Status.UNDETERMINED and parts:
        parts.append(_UNCONFIRMED)
    if said.stop:
        parts.append(said.stop)
    elif not parts:
        parts.extend(said.notes)
    told = [part for part in parts if not isinstance(part, Stop)]
    finding = Finding.trusted(
        rule=rule.id,
        status=status,
        severity=severity,
        subject=subject.name,
        message=_joined([part.message for part in parts]) if parts else rule.holds,
        expected=_texts(part.expected for part in told) if told else None,
        found=_texts(part.found for part in told) if told else None,
        evidence=_evidence(parts, status, subject, said.look, case),
        waived=None,
        waiver_refused=None,
    )
    advice = _advice(rule, said, status, severity)
    remedies = tuple(each.remedy(rule.id, subject.label) for each in advice) if advice else ()
    return Ruling(finding, remedies, asked_store_type=case.memory.asked_store_type)


def _set_aside(rule: Rule[Any], subject: Subject[Any], stop: Stop, severity: Severity) -> Finding:
    """Return the finding of a rule that does not apply, as most do not: it proves and asks for nothing."""
    return Finding.trusted(
        rule=rule.id,
        status=stop.status,
        severity=severity,
        subject=subject.name,
        message=stop.message,
        expected=None,
        found=None,
        evidence=(),
        waived=None,
        waiver_refused=None,
    )


def _evidence(
    parts: Sequence[Objection | Note | Stop], status: Status, subject: Subject[Any], look: Look, case: Case
) -> tuple[Evidence, ...]:
    proofs: list[Proof] = [proof for part in parts for proof in part.evidence]
    if status is Status.PASS or not proofs:
        proofs += [*look.seen, *look.stated]
    if not proofs and subject.document and status is not Status.PASS:
        proofs.append(first_page(subject.document))
    return case.places.of(proofs, subject.document) if proofs else ()


def _status(said: _Answers, case: Case) -> Status:
    if said.objections:
        is_certain = any(_is_certain(objection, said.look, case) for objection in said.objections)
        return Status.FAIL if is_certain else Status.UNDETERMINED
    return said.stop.status if said.stop else Status.PASS


def _is_certain(objection: Objection, look: Look, case: Case) -> bool:
    """Whether every fact behind an objection was read with confidence: nothing else may fail a dossier."""
    if not objection.certain or look.doubtful:
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


def _advice(rule: Rule[Any], said: _Answers, status: Status, severity: Severity) -> tuple[Advice, ...]:
    if not (status is Status.FAIL or (status is Status.UNDETERMINED and severity in WEIGHTY)):
        return ()
    if said.objections:
        return tuple(dict.fromkeys(objection.remedy or rule.remedy for objection in said.objections))
    chosen = said.stop.remedy if isinstance(said.stop, Undetermined) else True
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
