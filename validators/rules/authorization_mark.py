"""AUT: the mark that a letter is about (docs/sources.md#authorization)."""

from collections.abc import Callable, Iterator

from extractors.trademark_fields import TrademarkCertificate
from pipeline.form import Brand
from pipeline.model import LONG_TERM, Entity, Message
from pipeline.verdict import Severity
from validators.case import Case, MarkPaper, Paper
from validators.chain.letters import (
    LETTER,
    Letter,
    bears_a_number,
    bears_the_mark,
    each_of,
    marks_of,
    may_bear_the_mark,
    numbers_of,
)
from validators.chain.subjects import LETTERS, UsedLetter
from validators.differences import difference_in_brackets, differs_in_doubt
from validators.engine import NotApplicable, Objection, Undetermined, first_page, if_known, known, rule
from validators.equality import canonical_mark
from validators.identifiers import compact_trademark_number
from validators.registration import expiry_of
from validators.remedies import resubmit
from validators.rules.trademark import certificates_of
from validators.wording import or_earlier

FOR_THIS_MARK = resubmit(
    LETTER,
    "Send a letter that names the mark and its number exactly as they stand on the trademark certificate ({subject}).",
    "请提供商标名称及商标号与商标注册证完全一致的授权书（{subject}）。",
)
WITHIN_THE_TERM = resubmit(
    LETTER,
    "The authorization runs longer than the trademark's registration: send proof of its renewal in time ({subject}).",
    "授权期限超过商标注册有效期，请届时提交续展证明（{subject}）。",
)


@rule(
    "AUT505",
    on=LETTERS,
    severity=Severity.BLOCKER,
    cites="mark and number letter by letter (ysznh pxaelbrkpa, Tmall); docs/sources.md#authorization",
    zh="授权书所载商标及商标号与商标文件一致",
    remedy=FOR_THIS_MARK,
)
def letter_is_about_the_mark(letter: UsedLetter, case: Case) -> Iterator[Objection]:
    """The letter names the mark and trademark number of the certificate.

    A letter may name several marks, and either the mark or its number; what it does name must be right.
    """
    for link in letter.links:
        papers = case.papers_of(link.brand)
        if if_known(letter.fields.marks) is None and if_known(letter.fields.trademark_numbers) is None:
            raise Undetermined(
                en=f"which mark {letter.document.file} is about could not be read with confidence",
                zh=f"{letter.document.file} 所授权的商标未能可靠识别",
                evidence=[letter.fields.marks or letter.fields.trademark_numbers or first_page(letter.document)],
            )
        yield from _another_mark(link.letter, link.brand, papers, case)
        yield from _another_number(link.letter, link.brand, papers, case)


def _another_mark(letter: Letter, brand: Brand, papers: tuple[MarkPaper, ...], case: Case) -> Iterator[Objection]:
    if letter.fields.marks is None or bears_the_mark(letter, brand, papers):
        return
    marks = known(letter.fields.marks, "marks", of=letter.document)
    named, own = ", ".join(marks.value), marks_of(brand, papers)
    on_papers = [mark for paper in papers if (mark := if_known(paper.fields.mark_text))]
    difference = difference_in_brackets(own[0], marks.value[0])
    yield Objection(
        Message(
            en=f"{letter.document.file} is about the mark {named}, "
            f"the certificate about {', '.join(own)}{difference.en}",
            zh=f"{letter.document.file} 授权的商标为 {named}，商标文件为 {'、'.join(own)}{difference.zh}",
        ),
        expected=", ".join(own),
        found=named,
        evidence=[marks, *on_papers],
        certain=not may_bear_the_mark(letter, brand, papers) and not _in_doubt(marks, own, canonical_mark, case),
    )


def _another_number(letter: Letter, brand: Brand, papers: tuple[MarkPaper, ...], case: Case) -> Iterator[Objection]:
    own = [number for number, _ in numbers_of(brand, papers)]
    if letter.fields.trademark_numbers is None or not own or bears_a_number(letter, brand, papers):
        return
    numbers = known(letter.fields.trademark_numbers, "trademark_numbers", of=letter.document)
    difference = difference_in_brackets(own[-1], numbers.value[0])
    yield Objection(
        Message(
            en=f"{letter.document.file} bears trademark number {', '.join(numbers.value)}, "
            f"the certificate {', '.join(own)}{difference.en}",
            zh=f"{letter.document.file} 所载商标号为 {'、'.join(numbers.value)}，"
            f"商标文件为 {'、'.join(own)}{difference.zh}",
        ),
        expected=", ".join(own),
        found=", ".join(numbers.value),
        evidence=[numbers, *_numbers_on(papers)],
        certain=not _in_doubt(numbers, own, compact_trademark_number, case),
    )


def _in_doubt(named: Entity[tuple[str, ...]], own: list[str], form: Callable[[str], str], case: Case) -> bool:
    """Whether what a letter names may be one of the brand's own, but for characters that were read with doubt."""
    floor = case.rulebook.policy.min_confidence
    return any(differs_in_doubt(each, right, below=floor, form=form) for each in each_of(named) for right in own)


def _numbers_on(papers: tuple[MarkPaper, ...]) -> list[Entity[str]]:
    found = [
        paper.fields.registration_number if isinstance(paper.fields, TrademarkCertificate) else None for paper in papers
    ] + [paper.fields.application_number for paper in papers]
    return [number for number in found if number is not None]


@rule(
    "AUT509",
    on=LETTERS,
    severity=Severity.MINOR,
    cites="no right outlives the registration (Trademark Law, article 39); docs/sources.md#authorization",
    zh="授权期限不超过商标有效期",
    remedy=WITHIN_THE_TERM,
)
def letter_ends_with_the_mark(letter: UsedLetter, case: Case) -> Iterator[Objection]:
    """The letter does not outlive the trademark's term."""
    papers = [paper for link in letter.links for paper in certificates_of(link.brand, case)]
    if not papers:
        raise NotApplicable(en="the mark has no registration certificate", zh="商标无注册证")
    for paper in papers:
        yield from _outlives(letter, paper, case)


def _outlives(letter: UsedLetter, paper: Paper[TrademarkCertificate], case: Case) -> Iterator[Objection]:
    ends, expiry = known(letter.fields.valid_to, "valid_to"), expiry_of(paper, case)
    mark_ends = expiry.end.value
    if mark_ends == LONG_TERM:
        return
    if mark_ends < case.as_of:
        raise NotApplicable(en="the registration has expired (TMK404)", zh="商标注册已到期（见 TMK404）")
    if ends.value == LONG_TERM or ends.value > mark_ends:
        until = "without end" if ends.value == LONG_TERM else f"until {ends.value}"
        until_zh = "长期有效" if ends.value == LONG_TERM else f"至 {ends.value}"
        yield Objection(
            Message(
                en=f"{letter.document.file} authorizes {until}, the trademark is registered until {mark_ends}",
                zh=f"{letter.document.file} 授权{until_zh}，商标有效期至 {mark_ends}",
            ),
            expected=or_earlier(mark_ends),
            found=str(ends.value),
            evidence=[ends, expiry.end],
            certain=not expiry.unclear,
        )
