"""What became of a registration: who owns it now and until when it runs, after assignments, changes and renewals.

A certificate says how things stood on the day it was printed. The office's later proofs are tied to it by the number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from extractors.trademark_fields import TrademarkAssignment, TrademarkCertificate, TrademarkChange, TrademarkRenewal
from pipeline.model import LONG_TERM, Document, Entity, Term
from validators.case import Case, MarkPaper, Paper, owner_on
from validators.engine import Undetermined, first_page, known
from validators.identifiers import same_trademark_number
from validators.subjects import type_name
from validators.terms import months_after

P = TypeVar("P", TrademarkAssignment, TrademarkCertificate, TrademarkChange, TrademarkRenewal)


@dataclass(frozen=True)
class Registrant:
    """Who owns a mark by one of its papers, as far as that could be read."""

    paper: MarkPaper
    name: Entity[str] | None
    printed: Entity[str] | None
    """The owner on the paper itself, before what became of it."""
    proofs: tuple[Document, ...] = ()
    """What leads from the printed owner to the present one, in order of time."""
    unclear: tuple[Document, ...] = ()
    """Proofs that may name a later owner and could not be read."""

    def known(self) -> Entity[str]:
        """Return the owner, or stop the rule as undetermined where that could not be read for sure."""
        if self.unclear:
            files = ", ".join(dict.fromkeys(found.file for found in self.unclear))
            raise Undetermined(
                en=f"{files} may name another owner of the mark and could not be read in full",
                zh=f"{files} 可能载有新的商标权人，未能完整识别",
                evidence=[*map(first_page, self.unclear)],
            )
        if self.proofs:
            last = self.proofs[-1]
            return known(self.name, "assignee" if last.type == "trademark_assignment" else "new_owner_name", of=last)
        name = "owner" if isinstance(self.paper.fields, TrademarkCertificate) else "applicant"
        return known(self.name, name, of=self.paper.document)


@dataclass(frozen=True)
class Expiry:
    """The end of a registration's term after its renewals."""

    end: Entity[Term]
    renewals: tuple[Document, ...] = ()
    """Proofs that were counted: renewals, and certificates of the same registration that were issued anew."""
    unclear: tuple[Document, ...] = ()
    """Papers that may prove another renewal and could not be read."""


@dataclass(frozen=True)
class _Proofs(Generic[P]):
    """The proofs of one type that belong to a registration, and those that may."""

    sure: tuple[Paper[P], ...]
    unclear: tuple[Document, ...]


@dataclass(frozen=True)
class _Step:
    document: Document
    name: Entity[str] | None
    day: Entity[date] | None


def registrant_of(paper: MarkPaper, case: Case) -> Registrant:
    """Return who owns a mark now, by a paper of it and the proofs of assignments and changes of name."""
    return case.once(("registrant", paper.document.id), lambda: _registrant_of(paper, case))


def _registrant_of(paper: MarkPaper, case: Case) -> Registrant:
    printed, floor = owner_on(paper), case.rulebook.policy.min_confidence
    if not isinstance(paper.fields, TrademarkCertificate):
        return Registrant(paper, printed, printed)
    certificate = Paper(paper.document, paper.fields)
    assignments = proofs_of(certificate, TrademarkAssignment, case)
    changes = proofs_of(certificate, TrademarkChange, case)
    steps = [_Step(each.document, each.fields.assignee, each.fields.certified_date) for each in assignments.sure]
    steps += [_Step(each.document, each.fields.new_owner_name, each.fields.certified_date) for each in changes.sure]
    # The order of a single proof is plain without its day.
    unsure = [s for s in steps if _unsure(s.name, floor) or (len(steps) > 1 and _unsure(s.day, floor))]
    steps.sort(key=lambda step: step.day.value if step.day else date.min)
    return Registrant(
        paper,
        steps[-1].name if steps else printed,
        printed,
        tuple(step.document for step in steps),
        (*assignments.unclear, *changes.unclear, *(step.document for step in unsure)),
    )


def _unsure(entity: Entity[str] | Entity[date] | None, floor: float) -> bool:
    return entity is None or entity.confidence < floor


def expiry_of(paper: Paper[TrademarkCertificate], case: Case) -> Expiry:
    """Return the end of a registration's term, or stop the rule where it can be told neither from papers nor by law."""
    end = _first_term(paper, case)
    proofs = proofs_of(paper, TrademarkRenewal, case)
    renewals: list[Document] = []
    unclear = list(proofs.unclear)
    for proof in proofs.sure:
        until = proof.fields.valid_to
        if until is None or until.confidence < case.rulebook.policy.min_confidence:
            unclear.append(proof.document)
        elif end.value != LONG_TERM and (until.value == LONG_TERM or until.value > end.value):
            end = known(until, "valid_to", of=proof.document)
            renewals.append(proof.document)
    end, renewals = _issued_anew(paper, end, renewals, case)
    unclear += [found for found in case.may_be("trademark_renewal") if all(found is not each for each in unclear)]
    if paper.fields.valid_to is None and not renewals and end.value != LONG_TERM and end.value < case.as_of:
        # A certificate that prints no end is not printed anew either: whether it was renewed, it cannot say.
        raise Undetermined(
            en=f"the first term of the registration on {paper.document.file} ran until {end.value}, and whether it was "
            "renewed is not told",
            zh=f"{paper.document.file} 所载注册的首个有效期至 {end.value}，是否续展无法得知",
            evidence=[end, *map(first_page, unclear)],
        )
    return Expiry(end, tuple(renewals), tuple(unclear))


def _issued_anew(
    paper: Paper[TrademarkCertificate], end: Entity[Term], renewals: list[Document], case: Case
) -> tuple[Entity[Term], list[Document]]:
    """Return the end of a term after certificates of the same registration whose term is a later one."""
    floor = case.rulebook.policy.min_confidence
    renewals = list(renewals)
    for other in proofs_of(paper, TrademarkCertificate, case).sure:
        until = other.fields.valid_to
        if other.document is paper.document or until is None or until.confidence < floor:
            continue
        if end.value != LONG_TERM and (until.value == LONG_TERM or until.value > end.value):
            end = known(until, "valid_to", of=other.document)
            renewals.append(other.document)
    return end, renewals


def _first_term(paper: Paper[TrademarkCertificate], case: Case) -> Entity[Term]:
    """Return the end that a certificate prints, or that the law gives where its office never prints one."""
    printed, office = paper.fields.valid_to, paper.fields.office
    months = case.rulebook.policy.unprinted_term_months.get(office.value.value) if office else None
    if printed is not None or months is None:
        return known(printed, "valid_to", of=paper.document)
    registered = known(paper.fields.registration_date, "registration_date", of=paper.document)
    return Entity[Term](
        value=months_after(registered.value, months),
        raw=registered.raw,
        confidence=registered.confidence,
        evidence=registered.evidence,
    )


def proofs_of(paper: Paper[TrademarkCertificate], kind: type[P], case: Case) -> _Proofs[P]:
    """Return the proofs of one type that bear a certificate's number, and those that may prove something.

    Their number was not read, or they are of a day to come.

    A proof for other classes than the certificate's is another registration's, whatever its number.
    """
    return case.once((kind, paper.document.id), lambda: _proofs_of(paper, kind, case))


def _proofs_of(paper: Paper[TrademarkCertificate], kind: type[P], case: Case) -> _Proofs[P]:
    floor, number = case.rulebook.policy.min_confidence, paper.fields.registration_number
    office = paper.fields.office.value if paper.fields.office else None
    sure, unclear = [], [found for found in case.documents if found.type == type_name(kind) and found.fields is None]
    for proof in case.papers(kind):
        theirs = proof.fields.registration_number
        if proof.fields.office and office and proof.fields.office.value is not office:
            continue
        if not _share_a_class(paper.fields.nice_classes, proof.fields.nice_classes):
            continue
        day = None if isinstance(proof.fields, TrademarkCertificate) else proof.fields.certified_date
        yet_to_come = day is not None and day.value > case.as_of
        if theirs is None or number is None or min(theirs.confidence, number.confidence) < floor:
            unclear.append(proof.document)
        elif same_trademark_number(theirs.value, number.value, office):
            # What is certified on a day to come proves nothing yet, or the day was misread.
            if yet_to_come:
                unclear.append(proof.document)
            else:
                sure.append(proof)
    return _Proofs(tuple(sure), tuple(unclear))


def _share_a_class(one: Entity[tuple[int, ...]] | None, other: Entity[tuple[int, ...]] | None) -> bool:
    return one is None or other is None or bool({*one.value} & {*other.value})


def printed_and_present(registrants: Iterable[Registrant]) -> tuple[Entity[str], ...]:
    """Return the names under which the mark's owners stand on its papers, old ones too, for evidence."""
    names = (name for each in registrants for name in (each.printed, each.name) if name is not None)
    return tuple({id(name): name for name in names}.values())
