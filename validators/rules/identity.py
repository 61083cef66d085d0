"""IDN: the legal person's identity (docs/sources.md#resident-id). The term of a card is in identity_card.py.

A card of someone else, a licensor who is a natural person, belongs to that person's letter (AUT515).
"""

from collections.abc import Iterator

from extractors.codes import compact
from extractors.paper_fields import IdentityCard
from pipeline.model import Message
from pipeline.verdict import Dossier, Evidence, Severity
from validators.case import Case
from validators.differences import difference_in_brackets, read_in_doubt
from validators.engine import (
    NotApplicable,
    Objection,
    Proof,
    from_form,
    if_known,
    known,
    rule,
)
from validators.identifiers import CodeFlaw, birth_date_of, masked, resident_id_flaw
from validators.identities import (
    IDENTITIES,
    Identity,
    age_on,
    birth_on,
    is_licensors,
    must_be_the_legal_persons,
    paper_of,
)
from validators.parties import Agreement, same_party
from validators.remedies import clear_scan, correct_form, resubmit, supplement
from validators.wording import DOCUMENT_NAMES, ENTITY_NAMES, NONE, in_both

CARD = "identity_card"
NUMBER_FIELD = "applicant.legal_person.id_number"

SEND_CARD = supplement(
    CARD,
    "Send both sides of the legal person's identity card, or state name and number in the form "
    "(`applicant.legal_person`).",
    "请提供法定代表人身份证正反面，或在申请表中填写其姓名和身份证号（`applicant.legal_person`）。",
)
CORRECT_NUMBER = correct_form(
    "Enter the legal person's identity number exactly as it stands on the card (`applicant.legal_person.id_number`).",
    "请按身份证填写法定代表人的身份证号（`applicant.legal_person.id_number`）。",
)
CLEAR_CARD = clear_scan(CARD)
PERSON = {name: ENTITY_NAMES[name] for name in ("name", "id_number")}
NAME_AND_NUMBER = Message(en="name and ID number in the form", zh="申请表中的姓名和身份证号")
OF_THE_LEGAL_PERSON = resubmit(
    CARD,
    "Send the identity card of the person whom the business licence names.",
    "请提供营业执照所载法定代表人（经营者、负责人）的身份证。",
)
OF_FULL_AGE = resubmit(
    "business_licence",
    "The legal person must be of full age: have the registration changed and send the new licence.",
    "法定代表人须为成年人，请办理变更登记后提交新的营业执照。",
)

_FLAWS = {
    CodeFlaw.LENGTH: ("has not 18 characters", "不是 18 位"),
    CodeFlaw.CHARACTERS: ("holds other characters than digits", "含有数字以外的字符"),
    CodeFlaw.DATE: ("holds no date of birth", "其中的出生日期无效"),
    CodeFlaw.CHECK_CHARACTER: ("does not add up", "校验不符"),
}


@rule(
    "IDN301",
    on=Dossier,
    severity=Severity.MAJOR,
    cites="ssopdot.com/blog/99361.html, 39813.html; docs/sources.md#documents-asked-for",
    zh="有法定代表人的身份信息",
    remedy=SEND_CARD,
)
def legal_person_is_identified(_dossier: Dossier, case: Case) -> Iterator[Objection]:
    """There is identity information of the legal person: an identity card, or name and number in the form."""
    stated = case.stated().applicant
    person = stated.legal_person if stated else None
    if any(not is_licensors(card, case) for card in case.papers(IdentityCard)):
        return
    if any(found.type == CARD and found.fields is None for found in case.documents):
        return
    if person and person.name and person.id_number:
        return
    if case.is_broken("applicant", "applicant.legal_person", "applicant.legal_person.name", NUMBER_FIELD):
        raise NotApplicable(
            en="the form's legal person is not valid (APP001)", zh="申请表的法定代表人信息无效（见 APP001）"
        )
    case.rule_out(CARD)
    lacking = [PERSON[name] for name in PERSON if not (person and getattr(person, name))]
    yield Objection(
        Message(
            en="no identity card is here, and the form lacks the legal person's "
            + " and ".join(name.en for name in lacking),
            zh=f"材料中没有身份证，申请表也未填写法定代表人的{'和'.join(name.zh for name in lacking)}",
        ),
        expected=in_both(DOCUMENT_NAMES[CARD], NAME_AND_NUMBER),
        found=NONE,
        evidence=[Evidence(file=case.form_file, text="applicant.legal_person")],
    )


@rule(
    "IDN302",
    on=IDENTITIES,
    severity=Severity.BLOCKER,
    cites="GB 11643-1999; docs/sources.md#resident-id",
    zh="身份证号符合 GB 11643",
    remedy=CORRECT_NUMBER,
)
def identity_number_is_well_formed(identity: Identity, case: Case) -> Iterator[Objection]:
    """The ID number is one by GB 11643: length, date of birth, check character."""
    proof: Proof = from_form(case.form_file, NUMBER_FIELD, identity.number)
    number, certain = identity.number or "", True
    if identity.card is not None:
        read = known(identity.card.fields.id_number, "id_number")
        number, proof = compact(read.value), read
        certain = not read_in_doubt(read, below=case.rulebook.policy.min_confidence)
    flaw = resident_id_flaw(number)
    if flaw is None:
        return
    en, zh = _FLAWS[flaw]
    yield Objection(
        Message(en=f"the identity number {masked(number)} {en}", zh=f"身份证号 {masked(number)} {zh}"),
        found=masked(number),
        evidence=[proof],
        remedy=CLEAR_CARD if identity.card else CORRECT_NUMBER,
        certain=certain,
    )


@rule(
    "IDN304",
    on=IDENTITIES,
    severity=Severity.BLOCKER,
    cites="civil capacity, Civil Code article 17; docs/sources.md#resident-id",
    zh="法定代表人已成年",
    remedy=OF_FULL_AGE,
)
def legal_person_is_of_age(identity: Identity, case: Case) -> Iterator[Objection]:
    """The legal person is of full age at the as-of date."""
    proof: Proof
    if identity.card is not None:
        must_be_the_legal_persons(identity.card, case)
        born, proof = birth_on(identity.card)
    else:
        number = identity.number or ""
        told = None if resident_id_flaw(number) else birth_date_of(number)
        if told is None:
            raise NotApplicable(en="the identity number is not valid (IDN302)", zh="身份证号无效（见 IDN302）")
        born, proof = told, from_form(case.form_file, NUMBER_FIELD, number)
    age, least = age_on(case.as_of, born), case.rulebook.policy.min_age
    if age < least:
        yield Objection(
            Message(
                en=f"the legal person was born in {born.year} and is {age} years old on {case.as_of}, "
                f"{least} are asked",
                zh=f"法定代表人出生于 {born.year} 年，核验日 {case.as_of} 为 {age} 周岁，要求年满 {least} 周岁",
            ),
            expected=in_both(Message(en=f"{least} or more", zh=f"至少 {least}")),
            found=str(age),
            evidence=[proof],
        )


@rule(
    "IDN306",
    on=IdentityCard,
    severity=Severity.BLOCKER,
    cites="marketplace practice, docs/sources.md#agreement-of-documents",
    zh="身份证姓名与营业执照一致",
    remedy=OF_THE_LEGAL_PERSON,
)
def name_is_the_licences(card: IdentityCard, case: Case) -> Iterator[Objection]:
    """The name on the ID is that of the licence's legal person, operator or person in charge.

    Many people bear one name: where the form states another identity number than the card, a person must look.
    """
    paper = paper_of(card, case)
    licence = case.own_licence()
    must_be_the_legal_persons(paper, case)
    yield from _another_number(card, case)
    name = known(card.name, "name")
    person = known(licence.fields.legal_person, "legal_person", of=licence.document)
    agreement = same_party(person, name, below=case.rulebook.policy.min_confidence)
    if agreement is Agreement.SAME:
        return
    difference = difference_in_brackets(person.value, name.value)
    yield Objection(
        Message(
            en=f"the identity card is {name.value}'s, the licence names {person.value}{difference.en}",
            zh=f"身份证姓名为“{name.value}”，营业执照为“{person.value}”{difference.zh}",
        ),
        expected=person.value,
        found=name.value,
        evidence=[name, person],
        certain=agreement is Agreement.OTHER,
    )


def _another_number(card: IdentityCard, case: Case) -> Iterator[Objection]:
    applicant = case.application.applicant if case.application else None
    stated = applicant.legal_person.id_number if applicant and applicant.legal_person else None
    read = if_known(card.id_number)
    if not stated or read is None or compact(stated) == compact(read.value):
        return
    shown, printed = masked(compact(stated)), masked(compact(read.value))
    yield Objection(
        Message(
            en=f"the form states another identity number ({shown}) than the card ({printed})",
            zh=f"申请表所填身份证号（{shown}）与身份证（{printed}）不一致",
        ),
        expected=printed,
        found=shown,
        evidence=[read, from_form(case.form_file, NUMBER_FIELD, stated)],
        certain=False,
        remedy=CORRECT_NUMBER,
    )
