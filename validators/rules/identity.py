"""IDN: the legal person's identity (docs/sources.md#resident-id).

A card of someone else, a licensor who is a natural person, belongs to that person's letter (AUT515).
"""

from collections.abc import Iterator
from datetime import date, timedelta

from extractors.codes import compact
from extractors.paper_fields import IdentityCard
from pipeline.model import LONG_TERM, Entity, Message
from pipeline.verdict import Dossier, Evidence, Severity
from validators.case import Case, Paper
from validators.engine import (
    NotApplicable,
    Objection,
    Proof,
    Undetermined,
    first_page,
    from_form,
    if_known,
    known,
    rule,
)
from validators.equality import difference_in_brackets, read_in_doubt
from validators.identifiers import CodeFlaw, birth_date_of, masked, resident_id_flaw
from validators.identities import IDENTITIES, Identity, is_licensors
from validators.parties import Agreement, same_party
from validators.policy import CardTerm
from validators.remedies import clear_scan, correct_form, resubmit, supplement

CARD = "identity_card"
NUMBER_FIELD = "applicant.legal_person.id_number"

SEND_CARD = supplement(
    CARD,
    "Send both sides of the legal person's identity card, or state name and number in the form "
    "(applicant.legal_person).",
    "请提供法定代表人身份证正反面，或在申请表中填写其姓名和身份证号（applicant.legal_person）。",
)
CORRECT_NUMBER = correct_form(
    "Enter the legal person's identity number exactly as it stands on the card (applicant.legal_person.id_number).",
    "请按身份证填写法定代表人的身份证号（applicant.legal_person.id_number）。",
)
CLEAR_CARD = clear_scan(CARD)
VALID_CARD = resubmit(
    CARD,
    "Send the legal person's identity card that is valid now, both sides.",
    "请提供法定代表人现行有效的身份证正反面。",
)
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


def _is_the_legal_persons(card: Paper[IdentityCard], case: Case) -> None:
    licensors = is_licensors(card, case)
    if licensors:
        raise NotApplicable(en="it is the card of a trademark's licensor", zh="该身份证属于商标授权人")
    if licensors is None:
        raise Undetermined(
            en="whether it is the legal person's card or a trademark licensor's could not be told",
            zh="无法判断该身份证属于法定代表人还是商标授权人",
            evidence=[card.fields.name or first_page(card.document)],
        )


def _paper(card: IdentityCard, case: Case) -> Paper[IdentityCard]:
    return next(paper for paper in case.papers(IdentityCard) if paper.fields is card)


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
    lacking = [name for name in ("name", "id_number") if not (person and getattr(person, name))]
    yield Objection(
        Message(
            en=f"no identity card is here, and the form lacks the legal person's {' and '.join(lacking)}",
            zh="材料中没有身份证，申请表也未填写法定代表人的"
            + "和".join({"name": "姓名", "id_number": "身份证号"}[name] for name in lacking),
        ),
        expected="identity_card, or name and id_number",
        found="none",
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
    "IDN303",
    on=IdentityCard,
    severity=Severity.BLOCKER,
    cites="Law on Resident Identity Cards, article 5; docs/sources.md#resident-id",
    zh="身份证在核验日有效",
    remedy=VALID_CARD,
)
def card_has_not_expired(card: IdentityCard, case: Case) -> Iterator[Objection]:
    """The identity card has not expired at the as-of date; of one that has yet to begin a person must judge."""
    _is_the_legal_persons(_paper(card, case), case)
    begins = if_known(card.valid_from)
    if begins and begins.value > case.as_of:
        yield Objection(
            Message(
                en=f"the identity card begins on {begins.value}, after {case.as_of}",
                zh=f"身份证自 {begins.value} 起有效，晚于核验日 {case.as_of}",
            ),
            expected=f"{case.as_of} or earlier",
            found=str(begins.value),
            evidence=[begins],
            certain=False,
        )
    ends = known(card.valid_to, "valid_to")
    if ends.value != LONG_TERM and ends.value < case.as_of:
        days = (case.as_of - ends.value).days
        yield Objection(
            Message(
                en=f"the identity card expired on {ends.value}, {days} days before {case.as_of}",
                zh=f"身份证已于 {ends.value} 到期，距核验日 {case.as_of} 已过 {days} 天",
            ),
            expected=f"{case.as_of} or later",
            found=str(ends.value),
            evidence=[ends],
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
        _is_the_legal_persons(identity.card, case)
        born, proof = _birth(identity.card)
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
            expected=f"{least} or more",
            found=str(age),
            evidence=[proof],
        )


def _birth(card: Paper[IdentityCard]) -> tuple[date, Entity[date] | Entity[str]]:
    """Return the date of birth that is printed, else the one within the number."""
    printed = if_known(card.fields.birth_date)
    number = None if printed else if_known(card.fields.id_number)
    told = birth_date_of(number.value) if number else None
    if number and told:
        return told, number
    read = known(card.fields.birth_date, "birth_date", of=card.document)
    return read.value, read


def age_on(day: date, born: date) -> int:
    """Return the years of age that someone has completed on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@rule(
    "IDN305",
    on=IdentityCard,
    severity=Severity.MINOR,
    cites="Law on Resident Identity Cards, articles 5 and 12; docs/sources.md#resident-id",
    zh="身份证有效期限与签发时年龄相符",
    remedy=CLEAR_CARD,
)
def term_fits_the_age(card: IdentityCard, case: Case) -> Iterator[Objection]:
    """The card's term fits the holder's age when it was issued."""
    paper = _paper(card, case)
    _is_the_legal_persons(paper, case)
    begins, ends = known(card.valid_from, "valid_from"), known(card.valid_to, "valid_to")
    born, proof = _birth(paper)
    asked_for = begins.value - timedelta(days=case.rulebook.policy.card_issue_days)
    terms = [_term_at(age_on(day, born), case) for day in (begins.value, asked_for)]
    years = None if ends.value == LONG_TERM else _years_between(begins.value, ends.value)
    if any(term.years == years for term in terms):
        return
    age, wanted = age_on(begins.value, born), terms[0].years
    term = "without end" if years is None else f"for {years} years" if years else f"until {ends.value}"
    term_zh = "长期" if years is None else f"{years} 年" if years else f"至 {ends.value}"
    yield Objection(
        Message(
            en=f"the card was issued on {begins.value}, at {age} years of age, {term}; "
            f"at that age cards run {'without end' if wanted is None else f'{wanted} years'}",
            zh=f"身份证签发于 {begins.value}，当时 {age} 周岁，有效期限为{term_zh}，"
            f"该年龄应为{'长期' if wanted is None else f' {wanted} 年'}",
        ),
        expected="long_term" if wanted is None else f"{wanted} years",
        found=str(ends.value),
        evidence=[begins, ends, proof],
    )


def _term_at(age: int, case: Case) -> CardTerm:
    terms = case.rulebook.policy.card_terms
    return next((term for term in reversed(terms) if term.from_age <= age), terms[0])


def _years_between(begins: date, ends: date) -> int:
    """Return the whole years from one day to the same day later, one day more or less; 0 if they are not whole."""
    years = round((ends - begins).days / 365.25)
    return years if abs((ends - begins).days - years * 365.25) <= 2 else 0


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
    paper = _paper(card, case)
    licence = case.own_licence()
    _is_the_legal_persons(paper, case)
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
