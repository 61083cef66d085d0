"""Rules on the trademark of each declared brand: that it is registered or applied for, and is the brand."""

from collections.abc import Iterator

from extractors.base import Office
from extractors.trademark_fields import TrademarkAcceptanceNotice, TrademarkCertificate
from pipeline.form import Brand
from pipeline.model import Entity, Message
from pipeline.verdict import Severity
from validators.case import Case, MarkPaper, Paper
from validators.differences import difference_in_brackets, differs_in_doubt
from validators.engine import (
    NotApplicable,
    Objection,
    Undetermined,
    first_page,
    from_form,
    known,
    rule,
)
from validators.equality import canonical_mark, has_letters, marks_may_be_the_same, same_mark
from validators.remedies import clear_scan, resubmit, supplement
from validators.wording import DOCUMENT_NAMES

CLEAR_CERTIFICATE = clear_scan("trademark_certificate")
SEND_CERTIFICATE = supplement(
    "trademark_certificate",
    "Send the registration certificate of the brand {subject}, or the notice that its application was accepted.",
    "请提交品牌 {subject} 的商标注册证，或商标局的注册申请受理通知书。",
)
CERTIFICATE_OF_THE_BRAND = resubmit(
    "trademark_certificate",
    "Declare the brand exactly as its certificate shows it, or send the certificate of the brand {subject}.",
    "请按商标注册证上的商标填写品牌名称，或提交品牌 {subject} 的商标注册证。",
)
MARK_WITH_TEXT = supplement(
    "trademark_certificate",
    "Pure device marks are not accepted: send the certificate of a mark with text for the brand {subject}.",
    "不接受纯图形商标，请提交品牌 {subject} 含文字的商标注册证。",
)


def certificates_of(brand: Brand, case: Case) -> tuple[Paper[TrademarkCertificate], ...]:
    """Return the brand's registration certificates, in order."""
    return tuple(
        Paper(paper.document, paper.fields)
        for paper in case.papers_of(brand)
        if isinstance(paper.fields, TrademarkCertificate)
    )


def notices_of(brand: Brand, case: Case) -> tuple[Paper[TrademarkAcceptanceNotice], ...]:
    """Return the brand's acceptance notices, in order."""
    return tuple(
        Paper(paper.document, paper.fields)
        for paper in case.papers_of(brand)
        if isinstance(paper.fields, TrademarkAcceptanceNotice)
    )


def papers_that_are_there(brand: Brand, case: Case) -> tuple[MarkPaper, ...]:
    """Return the brand's certificates and notices, or stop the rule: TMK401 is about a brand without any."""
    papers = case.papers_of(brand)
    if not papers:
        raise NotApplicable(
            en="the brand has neither certificate nor acceptance notice (TMK401)",
            zh="该品牌既无商标注册证也无受理通知书（见 TMK401）",
        )
    return papers


def certificates_that_are_there(brand: Brand, case: Case) -> tuple[Paper[TrademarkCertificate], ...]:
    """Return the brand's certificates, or stop the rule where it has none."""
    found = certificates_of(brand, case)
    if not found:
        raise NotApplicable(en="the brand has no registration certificate", zh="该品牌无商标注册证")
    return found


@rule(
    "TMK401",
    on=Brand,
    severity=Severity.BLOCKER,
    cites="ssopdot.com/blog/33511.html; docs/sources.md#what-counts-as-a-trademark",
    zh="品牌有商标注册证或受理通知书",
    remedy=SEND_CERTIFICATE,
)
def brand_has_a_paper(brand: Brand, case: Case) -> Iterator[Objection]:
    """The brand has a registration certificate or an acceptance notice."""
    if case.papers_of(brand):
        return
    case.rule_out("trademark_certificate", "trademark_acceptance_notice")
    unclear = _papers_that_may_be(brand, case)
    if unclear:
        raise Undetermined(
            en=f"no paper of the brand {brand.name} was recognised, but one was not read well enough to rule it out",
            zh=f"未识别到品牌 {brand.name} 的商标文件，但有文件识别不清，无法排除",
            evidence=[mark for paper in unclear if (mark := paper.fields.mark_text)],
            remedy=CLEAR_CERTIFICATE,
        )
    yield Objection(
        Message(
            en=f"neither a registration certificate nor an acceptance notice of {brand.name} is among the documents",
            zh=f"材料中没有 {brand.name} 的商标注册证或受理通知书",
        ),
        expected=brand.name,
        evidence=[from_form(case.form_file, "brands", brand.name)],
    )


def _papers_that_may_be(brand: Brand, case: Case) -> list[MarkPaper]:
    """Return the papers of no declared brand that were not read well enough to say that they are not this one's."""
    taken = {
        paper.document.id
        for other in (case.application.brands if case.application else ())
        for paper in case.papers_of(other)
    }
    papers: list[MarkPaper] = [*case.papers(TrademarkCertificate), *case.papers(TrademarkAcceptanceNotice)]
    floor = case.rulebook.policy.min_confidence

    def unlike(read: Entity[str] | None, wanted: str) -> bool:
        return read is not None and not differs_in_doubt(read, wanted, below=floor)

    return [
        paper
        for paper in papers
        if paper.document.id not in taken
        and not (brand.trademark_number and unlike(number_of(paper), brand.trademark_number))
        and not unlike(paper.fields.mark_text, brand.name)
    ]


@rule(
    "TMK402",
    on=Brand,
    severity=Severity.BLOCKER,
    cites="docs/sources.md#what-counts-as-a-trademark",
    zh="注册证上的商标即为申报品牌",
    remedy=CERTIFICATE_OF_THE_BRAND,
)
def mark_is_the_brand(brand: Brand, case: Case) -> Iterator[Objection]:
    """The mark on the certificate is the declared brand.

    So is the one on an acceptance notice, where that is what the brand has.
    Case, width, spaces and ® are set aside. Where a mark and a brand differ only by what a reader of pictures cannot
    tell (punctuation, accents, look-alike letters, one part of a mark of two scripts), a person must look.
    """
    for paper in papers_that_are_there(brand, case):
        mark = known(paper.fields.mark_text, "mark_text", of=paper.document)
        if same_mark(mark.value, brand.name):
            continue
        difference = difference_in_brackets(brand.name, mark.value)
        floor = case.rulebook.policy.min_confidence
        yield Objection(
            Message(
                en=f"the {DOCUMENT_NAMES[paper.document.type].en} is for {mark.value}, "
                f"declared is {brand.name}{difference.en}",
                zh=f"{DOCUMENT_NAMES[paper.document.type].zh}上的商标为 {mark.value}，"
                f"申报品牌为 {brand.name}{difference.zh}",
            ),
            expected=brand.name,
            found=mark.value,
            evidence=[mark, from_form(case.form_file, "brands", brand.name)],
            certain=not marks_may_be_the_same(mark.value, brand.name)
            and not differs_in_doubt(mark, brand.name, below=floor, form=canonical_mark),
        )


def number_of(paper: MarkPaper) -> Entity[str] | None:
    """Return the number under which the office knows the mark: of the registration, or of the application."""
    fields = paper.fields
    return fields.registration_number if isinstance(fields, TrademarkCertificate) else fields.application_number


def office_of(paper: MarkPaper, brand: Brand) -> Office | None:
    """Return the office of a paper; where it was not read, the declared one."""
    return paper.fields.office.value if paper.fields.office else declared_office(brand)


def declared_office(brand: Brand) -> Office | None:
    """Return the office that the form names, if it is one that we know."""
    return next((office for office in Office if office == brand.office), None)


@rule(
    "TMK412",
    on=Brand,
    severity=Severity.MAJOR,
    cites="ssopdot.com/blog/33511.html, item 5; docs/sources.md#store-types",
    zh="商标不是纯图形",
    remedy=MARK_WITH_TEXT,
)
def mark_has_text(brand: Brand, case: Case) -> Iterator[Objection]:
    """The mark is not a pure device.

    That no text of a mark was read does not tell a device from lettering that could not be read: a person must look.
    """
    for paper in certificates_that_are_there(brand, case):
        if paper.fields.mark_text is None:
            raise Undetermined(
                en=f"no text of the mark was read on {paper.document.file}: a device, or lettering that is not legible",
                zh=f"{paper.document.file} 上未读取到商标文字：可能为图形商标，或文字无法辨认",
                evidence=[first_page(paper.document)],
                remedy=CLEAR_CERTIFICATE,
            )
        mark = known(paper.fields.mark_text, "mark_text", of=paper.document)
        if not has_letters(mark.value):
            yield Objection(
                Message(en=f"the mark {mark.value} has no letters", zh=f"商标 {mark.value} 不含文字"),
                found=mark.value,
                evidence=[mark],
            )
