"""TMK403: the number of each declared brand's trademark."""

from collections.abc import Iterator

from extractors.base import Office
from extractors.trademark_fields import TrademarkCertificate
from pipeline.form import Brand
from pipeline.model import Entity, Message
from pipeline.verdict import Severity
from validators.case import Case, MarkPaper
from validators.differences import differs_in_doubt, read_in_doubt
from validators.engine import Objection, from_form, given, if_known, known, rule
from validators.identifiers import (
    NumberForm,
    compact_trademark_number,
    same_trademark_number,
    trademark_number_form,
)
from validators.remedies import correct_form
from validators.rules.trademark import CLEAR_CERTIFICATE, declared_office, number_of, office_of, papers_that_are_there

CORRECT_NUMBER = correct_form(
    "Enter the trademark number of the brand {subject} as it stands on the certificate (`brands`: `trademark_number`).",
    "请按商标注册证填写品牌 {subject} 的商标号（`brands`：`trademark_number`）。",
)


@rule(
    "TMK403",
    on=Brand,
    severity=Severity.MAJOR,
    cites="numbers as the offices print them, docs/sources.md#cnipa-papers and the sections after it",
    zh="商标号符合主管机关格式且与申报一致",
    remedy=CORRECT_NUMBER,
)
def number_is_well_formed_and_declared(brand: Brand, case: Case) -> Iterator[Objection]:
    """The trademark number has the form of its office's numbers and is the declared one."""
    papers = case.papers_of(brand)
    if not papers:
        yield from _declared_alone(brand, case)
        papers_that_are_there(brand, case)
    for paper in papers:
        number = _known_number(paper)
        office = office_of(paper, brand)
        registered = isinstance(paper.fields, TrademarkCertificate)
        shape = trademark_number_form(compact_trademark_number(number.value), office, registered=registered)
        in_doubt = read_in_doubt(number, below=case.rulebook.policy.min_confidence)
        if shape in (NumberForm.BROKEN, NumberForm.HISTORIC) and office is not None:
            yield Objection(
                _not_a_number(number.value, office),
                found=number.value,
                evidence=[number],
                remedy=CLEAR_CERTIFICATE,
                certain=shape is NumberForm.BROKEN and not in_doubt,
            )
        if brand.trademark_number and not _bears(paper, brand.trademark_number, office):
            yield _another_number(number, brand.trademark_number, case)
        elif brand.trademark_number:
            yield from _another_office(paper, brand, case)


def _not_a_number(number: str, office: Office) -> Message:
    return Message(
        en=f"{number} does not have the form of a number of {office}", zh=f"{number} 不符合 {office} 的编号格式"
    )


def _another_number(number: Entity[str], declared: str, case: Case) -> Objection:
    floor = case.rulebook.policy.min_confidence
    return Objection(
        Message(
            en=f"the paper bears number {number.value}, declared is {declared}",
            zh=f"商标文件编号为 {number.value}，申报编号为 {declared}",
        ),
        expected=declared,
        found=number.value,
        evidence=[number, from_form(case.form_file, "brands trademark_number", declared)],
        certain=not differs_in_doubt(number, declared, below=floor, form=compact_trademark_number),
    )


def _another_office(paper: MarkPaper, brand: Brand, case: Case) -> Iterator[Objection]:
    """Object to a number that is declared as another office's: offices give the same numbers to different marks."""
    office, declared = if_known(paper.fields.office), declared_office(brand)
    # A Madrid registration comes with the certificate of its protection by another office.
    if office is None or declared in (None, office.value, Office.WIPO, Office.OTHER):
        return
    if office.value in (Office.WIPO, Office.OTHER):
        return
    yield Objection(
        Message(
            en=f"the paper is by {office.value}, declared is a number of {declared}",
            zh=f"商标文件由 {office.value} 出具，申报的主管机关为 {declared}",
        ),
        expected=str(declared),
        found=office.value,
        evidence=[office, from_form(case.form_file, "brands office", str(declared))],
    )


def _declared_alone(brand: Brand, case: Case) -> Iterator[Objection]:
    """Object to a declared number that no number of the declared office looks like: the form needs no reading."""
    declared = given(brand.trademark_number, ".trademark_number")
    office = declared_office(brand)
    if (
        office
        and trademark_number_form(compact_trademark_number(declared), office, registered=None) is NumberForm.BROKEN
    ):
        evidence = [from_form(case.form_file, "brands trademark_number", declared)]
        yield Objection(_not_a_number(declared, office), found=declared, evidence=evidence)


def _known_number(paper: MarkPaper) -> Entity[str]:
    name = "registration_number" if isinstance(paper.fields, TrademarkCertificate) else "application_number"
    return known(number_of(paper), name, of=paper.document)


def _bears(paper: MarkPaper, declared: str, office: Office | None) -> bool:
    """Whether a paper bears the declared number; a certificate's application number will do."""
    numbers = (number_of(paper), paper.fields.application_number)
    return any(number is not None and same_trademark_number(number.value, declared, office) for number in numbers)
