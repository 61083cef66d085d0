"""TMK: whether the mark still stands, and stands where it counts (docs/sources.md#trademark-status)."""

from collections.abc import Iterator, Sequence

from extractors.base import Office
from extractors.trademark_fields import NoticeKind, Register, TrademarkCertificate, TrademarkNotice, TrademarkRenewal
from pipeline.form import Brand
from pipeline.model import LONG_TERM, Document, Entity, Message
from pipeline.verdict import Severity
from validators.case import Case, MarkPaper, Paper
from validators.chain.letters import marks_of, numbers_of
from validators.engine import NotApplicable, Objection, Undetermined, first_page, if_known, known, rule
from validators.equality import same_mark
from validators.identifiers import same_trademark_number
from validators.registration import proofs_of
from validators.remedies import supplement
from validators.rules.trademark import (
    SEND_CERTIFICATE,
    certificates_of,
    certificates_that_are_there,
    notices_of,
    office_of,
    papers_that_are_there,
)
from validators.terms import months_after
from validators.wording import NONE, in_both, value_name

NOTICE = "trademark_notice"

PROOF_OF_USE = supplement(
    "trademark_renewal",
    "Send the USPTO's notice that the declaration of use (Section 8 or 71) of {subject} was accepted.",
    "请提交美国专利商标局受理 {subject} 使用声明（第8条或第71条）的通知。",
)
PRINCIPAL_REGISTER = supplement(
    "trademark_certificate",
    "Send a registration of {subject} on the Principal Register, or of another office.",
    "请提交 {subject} 在美国主注册簿或其他商标局的注册证。",
)
PROTECTION = supplement(
    "trademark_certificate",
    "Send proof that {subject} is protected in a designated country: its office's certificate or statement of grant.",
    "请提交 {subject} 在指定国获得保护的证明：该国主管机关的注册证或核准保护声明。",
)
_DEAD: dict[NoticeKind, tuple[str, str]] = {
    NoticeKind.REFUSAL: ("was refused", "已被驳回"),
    NoticeKind.PARTIAL_REFUSAL: ("was refused in part", "已被部分驳回"),
}


@rule(
    "TMK406",
    on=Brand,
    severity=Severity.BLOCKER,
    cites="notices of the CNIPA, docs/sources.md#cnipa-papers; docs/sources.md#trademark-status",
    zh="商标未被驳回、撤销，缴费通知不代替受理通知",
    remedy=SEND_CERTIFICATE,
)
def mark_is_alive(brand: Brand, case: Case) -> Iterator[Objection]:
    """No paper shows that the mark is dead or unusable: refused, or only to be paid for yet.

    A notice from before the registration was overcome; a fee notice harms only where nothing proves the acceptance.
    """
    notices, unclear = _notices_about(brand, case)
    if not notices and not unclear:
        papers_that_are_there(brand, case)
    certificates, accepted = certificates_of(brand, case), notices_of(brand, case)
    for notice in notices:
        kind = if_known(notice.fields.kind)
        if kind is None or kind.value is NoticeKind.OTHER:
            unclear += [] if certificates else [notice.document]
        elif kind.value is NoticeKind.FEE and not certificates and not accepted:
            yield _dead(brand, kind, "is only asked to be paid for, not accepted", "仅收到缴费通知，尚未受理")
        elif kind.value in _DEAD:
            overcome = _overcome(notice, certificates)
            unclear += [notice.document] if overcome is None else []
            if overcome is False:
                yield _dead(brand, kind, *_DEAD[kind.value])
    if unclear:
        files = ", ".join(found.file for found in unclear)
        raise Undetermined(
            en=f"what {files} says about {brand.name} could not be read in full",
            zh=f"{files} 关于 {brand.name} 的内容未能完整识别",
            evidence=[*map(first_page, unclear)],
        )


def _dead(brand: Brand, kind: Entity[NoticeKind], en: str, zh: str) -> Objection:
    return Objection(
        Message(en=f"by the office's notice the application for {brand.name} {en}", zh=f"通知书显示 {brand.name} {zh}"),
        expected=in_both(Message(en="a mark that is registered, or accepted", zh="已注册或已受理的商标")),
        found=in_both(value_name(kind.value)),
        evidence=[kind],
    )


def _notices_about(brand: Brand, case: Case) -> tuple[list[Paper[TrademarkNotice]], list[Document]]:
    """Return the notices that bear the brand's number, and those that may be about it."""
    numbers = numbers_of(brand, case.papers_of(brand))
    about, unclear = [], [found for found in case.documents if found.type == NOTICE and found.fields is None]
    for notice in case.papers(TrademarkNotice):
        number = if_known(notice.fields.application_number)
        if number is None or not numbers:
            unclear.append(notice.document)
        elif any(same_trademark_number(number.value, own, office) for own, office in numbers):
            about.append(notice)
    return about, unclear


def _overcome(notice: Paper[TrademarkNotice], certificates: Sequence[Paper[TrademarkCertificate]]) -> bool | None:
    """Whether the mark was registered after the notice; None where the days of both were not read."""
    noticed = if_known(notice.fields.notice_date)
    days = [if_known(paper.fields.registration_date) or if_known(paper.fields.valid_from) for paper in certificates]
    if noticed and any(day is not None and day.value >= noticed.value for day in days):
        return True
    return None if certificates and (noticed is None or None in days) else False


@rule(
    "TMK408",
    on=Brand,
    severity=Severity.MAJOR,
    cites="15 U.S.C. 1058, 1141k; docs/sources.md#uspto",
    zh="美国商标满六年已提交使用声明",
    remedy=PROOF_OF_USE,
)
def use_was_declared_in_time(brand: Brand, case: Case) -> Iterator[Objection]:
    """A registration that lapses without a declaration of use comes with proof of it once it is due.

    At the USPTO that is Section 8 (Madrid: 71), by 6 years and 6 months after registration, grace included.
    """
    due = case.rulebook.policy.use_declaration_months
    asked = [paper for paper in certificates_that_are_there(brand, case) if _office(paper, brand) in due]
    if not asked:
        raise NotApplicable(en="the office asks for no declaration of use", zh="该主管机关不要求使用声明")
    for paper in asked:
        registered = known(paper.fields.registration_date, "registration_date", of=paper.document)
        months = due[_office(paper, brand)]
        last = months_after(registered.value, months)
        if case.as_of <= last:
            continue
        proofs = proofs_of(paper, TrademarkRenewal, case)
        if proofs.sure:
            continue
        perhaps = [*proofs.unclear, *case.may_be("trademark_renewal")]
        days = (case.as_of - last).days
        yield Objection(
            Message(
                en=f"the mark was registered on {registered.value}; its declaration of use was due by {last}, "
                f"{days} days before {case.as_of}, and no proof of it is here",
                zh=f"商标注册于 {registered.value}，使用声明最迟应于 {last} 提交，"
                f"距核验日 {case.as_of} 已过 {days} 天，材料中没有证明",
            ),
            expected=in_both(Message(en="proof of the declaration of use", zh="使用声明的证明")),
            found=NONE,
            evidence=[registered, *map(first_page, perhaps)],
            certain=not perhaps,
        )


def _office(paper: Paper[TrademarkCertificate], brand: Brand) -> Office:
    office = office_of(paper, brand)
    return office or known(paper.fields.office, "office", of=paper.document).value


@rule(
    "TMK409",
    on=Brand,
    severity=Severity.MAJOR,
    cites="15 U.S.C. 1091 to 1096; docs/sources.md#uspto",
    zh="美国商标在主注册簿",
    remedy=PRINCIPAL_REGISTER,
)
def mark_is_on_the_principal_register(brand: Brand, case: Case) -> Iterator[Objection]:
    """A US registration is on the Principal Register."""
    papers = [p for p in certificates_that_are_there(brand, case) if _office(p, brand) is Office.USPTO]
    if not papers:
        raise NotApplicable(en="the mark is not registered at the USPTO", zh="并非美国注册商标")
    for paper in papers:
        register = known(paper.fields.register_kind, "register", of=paper.document)
        if register.value is Register.SUPPLEMENTAL:
            yield Objection(
                Message(
                    en=f"{brand.name} stands on the Supplemental Register",
                    zh=f"{brand.name} 登记于美国补充注册簿（Supplemental Register）",
                ),
                expected=in_both(value_name(Register.PRINCIPAL)),
                found=in_both(value_name(register.value)),
                evidence=[register],
            )


def _still_protects(paper: Paper[TrademarkCertificate], abroad: Sequence[MarkPaper], case: Case) -> bool:
    """Whether a national certificate is in force, and for a class of the international registration, as far as read."""
    ends, classes = if_known(paper.fields.valid_to), if_known(paper.fields.nice_classes)
    if ends and ends.value != LONG_TERM and ends.value < case.as_of:
        return False
    covered = {each for own in abroad if (read := if_known(own.fields.nice_classes)) for each in read.value}
    return not classes or not covered or bool(covered & {*classes.value})


@rule(
    "TMK410",
    on=Brand,
    severity=Severity.MAJOR,
    cites="Madrid Protocol, articles 4 and 5; docs/sources.md#wipo",
    zh="马德里国际注册附有在指定国获得保护的证明",
    remedy=PROTECTION,
)
def international_mark_is_protected(brand: Brand, case: Case) -> Iterator[Objection]:
    """A Madrid registration comes with proof that it is protected in a market that counts.

    That is a certificate of the mark by an office that counts. A notice that may grant protection is for a person.
    """
    policy = case.rulebook.policy
    papers = certificates_that_are_there(brand, case)
    abroad = [paper for paper in papers if _office(paper, brand) in policy.international_offices]
    if not abroad:
        raise NotApplicable(en="the mark is no international registration", zh="并非国际注册商标")
    marks = marks_of(brand, tuple(abroad))
    unread = []
    for paper in case.papers(TrademarkCertificate):
        office, mark = if_known(paper.fields.office), if_known(paper.fields.mark_text)
        is_itself = any(paper.document is own.document for own in abroad)
        if is_itself or (office and office.value not in policy.counting_offices):
            continue
        if office and mark and any(same_mark(mark.value, own) for own in marks):
            if _still_protects(paper, abroad, case):
                return
            continue
        unread += [] if office and mark else [paper.document]
    case.rule_out("trademark_certificate")
    notices, unclear = _notices_about(brand, case)
    unclear += unread
    grants = [*(notice.document for notice in notices if _may_grant(notice)), *unclear]
    number = if_known(abroad[0].fields.registration_number)
    yield Objection(
        Message(
            en=f"{brand.name} is an international registration"
            + (", and where it is protected must be read" if grants else ", and nothing proves where it is protected"),
            zh=f"{brand.name} 为马德里国际注册，"
            + ("是否已获保护须人工核对" if grants else "没有在指定国获得保护的证明"),
        ),
        expected=" or ".join(policy.counting_offices),
        found="WIPO",
        evidence=[*([number] if number else [first_page(abroad[0].document)]), *map(first_page, grants)],
        certain=not grants,
    )


def _may_grant(notice: Paper[TrademarkNotice]) -> bool:
    kind = if_known(notice.fields.kind)
    return kind is None or kind.value is NoticeKind.OTHER
