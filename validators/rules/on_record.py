"""STO707 and STO708: what decisions on record have to say (docs/sources.md#number-of-stores)."""

from collections.abc import Iterator

from extractors.base import Office
from pipeline.form import Brand, Form
from pipeline.model import Entity, Message
from pipeline.records import MarkOnRecord, OnRecord, Records
from pipeline.verdict import Severity
from validators.case import Case
from validators.engine import NotApplicable, Objection, Proof, Undetermined, from_form, if_known, rule
from validators.equality import same_company, same_mark
from validators.identifiers import same_trademark_number
from validators.remedies import contact, correct_form
from validators.rules.trademark import papers_that_are_there
from validators.wording import in_both


def records_of(case: Case) -> Records:
    """Return what is on record, or stop the rule as not applicable where there is no record to ask."""
    if case.dossier.records is None:
        raise NotApplicable(en="there is no record of earlier decisions to ask", zh="无历史审核记录可查")
    return case.dossier.records


@rule(
    "STO707",
    on=Brand,
    severity=Severity.BLOCKER,
    cites="en.hb2b.com/ask/192113.html; docs/sources.md#store-types",
    zh="该商标未被其他官方店占用",
    remedy=correct_form(
        "A store of this type exists already for {subject}: choose another store type (`store.type`).",
        "{subject} 已有同类型店铺，请更换店铺类型（`store.type`）。",
    ),
)
def mark_is_free(brand: Brand, case: Case) -> Iterator[Objection]:
    """No other official store holds this mark.

    Asked are decisions on record that come before this dossier: judged as of an earlier day, or on the same day with a
    lesser id. Marks are the same by their number, or by their text where a class is shared.
    """
    kind = case.store_type()
    if not kind.one_per_mark:
        raise NotApplicable(
            en=f"a mark may have several stores of the type “{kind.en}”", zh=f"同一商标可开设多家{kind.zh}"
        )
    records = records_of(case)
    alone = {each.id for each in case.rulebook.policy.store_types if each.one_per_mark}
    mine, proofs = _mark_of(brand, case)
    for other in records.approved:
        if other.store_type in alone and any(_is_same(held, each) for held in other.marks for each in mine):
            yield Objection(
                Message(
                    en=f"{brand.name} is held by a store of type {other.store_type} approved as of {other.as_of} "
                    f"(dossier {other.dossier_id})",
                    zh=f"{brand.name} 已由 {other.as_of} 通过的{kind.zh}占用（材料 {other.dossier_id}）",
                ),
                found=other.dossier_id,
                evidence=proofs,
            )


def _mark_of(brand: Brand, case: Case) -> tuple[list[MarkOnRecord], list[Proof]]:
    """Return the marks that a brand is, on its papers and as the form states it, and what says so."""
    marks, proofs = [], list[Proof]()
    for paper in papers_that_are_there(brand, case):
        fields = paper.fields.entities()
        read: dict[str, Entity[str]] = {}
        for name in ("mark_text", "office", "registration_number", "application_number"):
            entity = if_known(fields.get(name))
            if entity is not None:
                read[name] = entity
        number = read.get("registration_number") or read.get("application_number")
        text, office, classes = read.get("mark_text"), read.get("office"), if_known(fields.get("nice_classes"))
        marks.append(
            MarkOnRecord(
                text=text.value if text else None,
                office=str(office.value) if office else None,
                number=number.value if number else None,
                classes=classes.value if classes else (),
            )
        )
        proofs += [entity for entity in (text, number) if entity is not None]
    marks.append(
        MarkOnRecord(text=brand.name, office=brand.office, number=brand.trademark_number, classes=brand.nice_classes)
    )
    return marks, proofs or [from_form(case.form_file, "brands name", brand.name)]


def _is_same(held: MarkOnRecord, mine: MarkOnRecord) -> bool:
    same_office = held.office is None or mine.office is None or held.office == mine.office
    office = next((each for each in Office if each.value == (mine.office or held.office)), None)
    if held.number and mine.number and same_office and same_trademark_number(held.number, mine.number, office):
        return True
    # Two registrations are two marks, unless they are the same word for the same goods.
    shares = not held.classes or not mine.classes or bool({*held.classes} & {*mine.classes})
    return bool(held.text and mine.text and shares and same_mark(held.text, mine.text))


@rule(
    "STO708",
    on=Form,
    severity=Severity.MAJOR,
    cites="ssopdot.com/blog/39813.html; docs/sources.md#number-of-stores",
    zh="店铺数量未超过上限",
    remedy=contact(
        "Your company has as many stores as it may have; please contact us.",
        "贵公司店铺数量已达上限，请与我们联系。",
    ),
)
def company_has_room_for_the_store(form: Form, case: Case) -> Iterator[Objection]:
    """The applicant stays within the number of stores allowed in all, and in this category."""
    records, policy = records_of(case), case.rulebook.policy
    code, name, proofs = _company(case)
    if not code and not name:
        raise Undetermined(en="which company applies was not read", zh="未能识别申请企业")
    stores = [each for each in records.approved if _is_of(each, code, name)]
    here = [each for each in stores if each.category == case.chosen_category]
    for found, limit, where, where_zh in (
        (stores, policy.max_stores, "in all", "全部"),
        (here, policy.max_stores_in_category, f"in {case.chosen_category}", "该类目"),
    ):
        if len(found) >= limit:
            yield Objection(
                Message(
                    en=f"the company has {len(found)} stores {where} on record, and may have {limit}",
                    zh=f"记录中该企业{where_zh}店铺已有 {len(found)} 家，上限为 {limit} 家",
                ),
                expected=in_both(Message(en=f"at most {limit}", zh=f"最多 {limit}")),
                found=str(len(found) + 1),
                evidence=proofs,
            )


def _company(case: Case) -> tuple[str | None, str | None, list[Proof]]:
    applicant = case.stated().applicant
    fields = case.licence.fields if case.licence else None
    code = if_known(fields.unified_social_credit_code) if fields else None
    name = if_known(fields.company_name) if fields else None
    return (
        code.value if code else applicant.unified_social_credit_code if applicant else None,
        name.value if name else applicant.company_name if applicant else None,
        [entity for entity in (code, name) if entity is not None],
    )


def _is_of(entry: OnRecord, code: str | None, name: str | None) -> bool:
    """Whether a dossier on record was the company's: by code where both have one, else by name."""
    if code and entry.company_code:
        return code == entry.company_code
    return bool(name and entry.company_name and same_company(name, entry.company_name))
