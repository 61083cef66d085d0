"""Numbers that are given out once, and stand on papers of two holders: here, and in a dossier on record."""

from collections.abc import Iterator

from pipeline.belonging import Numbered, number_of
from pipeline.model import Document, Entity, Message
from pipeline.records import Decision, NumberOnRecord, OnRecord
from validators.case import Case
from validators.copies import Place
from validators.engine import Objection
from validators.equality import same_company, same_person
from validators.other_applicants import are_other_names, reader_of
from validators.remedies import supplement
from validators.wording import ENTITY_NAMES

PROOF_OF_CHANGE = supplement(
    "other",
    "If the name on {subject} has changed, or it was transferred, send the proof of that as well.",
    "如 {subject} 上的名称已变更或权利已转让，请一并提交变更或转让证明。",
)
_TELLS_OF_CHANGE = ("trademark_assignment", "trademark_change")


def numbers_of_others(document: Document, case: Case) -> Iterator[Objection]:
    """Doubt a paper whose number stands on record as another holder's.

    What goes on record was read without a person's eye, companies change their names and marks their owners: so it is
    for a person. A mark that comes with the proof of a change is not asked for.
    """
    records = case.dossier.records
    found = number_of(document.type, reader_of(document, case))
    if records is None or found is None or not document.fields or document.type == "identity_card":
        return
    read = document.fields.entities()
    number, holder = read[found.by], read.get(found.holder)
    is_mark = document.type.startswith("trademark_")
    if (
        holder is None
        or holder.confidence < case.ground.floor
        or (is_mark and any(each.type in _TELLS_OF_CHANGE for each in case.documents))
    ):
        return
    if document.type == "business_licence" and _is_of_another(document, case):
        return
    for other, said in records.bearers_of(found.series, found.number):
        if said.is_told_once_approved and other.decision is not Decision.APPROVED:
            continue
        if _is_another_holder(str(holder.value), said.holder):
            yield _doubt(document, found, number, holder, other, said)
            return


def _is_another_holder(one: str, other: str) -> bool:
    return not same_company(one, other) and not same_person(one, other) and are_other_names(one, other)


def _is_of_another(document: Document, case: Case) -> bool:
    return case.licence is not None and case.licence.document.id != document.id


def _doubt(
    document: Document,
    found: Numbered,
    number: Entity[str],
    holder: Entity[str],
    other: OnRecord,
    said: NumberOnRecord,
) -> Objection:
    name = ENTITY_NAMES[found.by]
    return Objection(
        Message(
            en=f"the {name.en} on {document.file} is {holder.value}'s, and another's in dossier {other.dossier_id} "
            f"({said.file}): one paper may have been altered, or the name or the holder has changed",
            zh=f"{document.file} 上的{name.zh}属于 {holder.value}，而在材料 {other.dossier_id}（{said.file}）中"
            "属于另一主体：其中一份可能被修改，或名称、权利人已变更",
        ),
        found=str(number.value),
        evidence=[Place(document, document.file).evidence, number, holder],
        remedy=PROOF_OF_CHANGE,
        certain=False,
    )
