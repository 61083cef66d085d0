"""DOC106: a paper stands for one paper, of one applicant."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from pipeline.belonging import number_of
from pipeline.model import Document, Message
from pipeline.verdict import Severity
from validators.case import Case
from validators.copies import Copies, Copy, Place, content_of
from validators.engine import NotApplicable, Note, Objection, rule
from validators.numbers_on_record import numbers_of_others
from validators.other_applicants import papers_of_others, reader_of
from validators.remedies import resubmit
from validators.wording import DOCUMENT_NAMES

EACH_PAPER_ONCE = resubmit(
    "other",
    "{subject} has the same content as another file: send each paper once, and the paper that was meant here.",
    "{subject} 与另一文件内容相同，请每份材料只提交一次，并补交此处应提交的文件。",
)


@rule(
    "DOC106",
    on=Document,
    severity=Severity.MAJOR,
    cites="marketplace practice, docs/sources.md#agreement-of-documents",
    zh="同一文件未被充作不同材料",
    remedy=EACH_PAPER_ONCE,
)
def file_serves_as_one_paper(document: Document, case: Case) -> Iterator[Objection | Note]:
    """The same file does not serve as two kinds of document, or for two applicants.

    Within a dossier, looked at is every file of a document: the same bytes, or the same pixels, as of a picture that
    was saved again without loss or put into a PDF. What they show is the same, so what tells a paper that is passed off
    as two is how it was handed in: under two names. A copy that keeps its name (`licence.jpg` twice, or `licence
    (1).jpg`) is an upload that was done twice and harms nobody; nor does a picture that is also one page of a larger
    file. Several documents in one file are not copies. One back of two identity cards fails, one sealed page of two
    letters is for a person. A paper that was compressed anew is told by its number, where its file is named as another
    kind of paper: that, too, is for a person. The finding is about the later file.

    Beside other dossiers: a file or picture that another company handed in earlier, by the decisions on record. Papers
    of a mark and qualifications of goods are rightly shared by all who sell them, and an identity card by the companies
    of one person (IDN306 compares the names); the licence of another company, and a letter or an invoice to one, by all
    who have one of their own besides. Companies are told apart by code, else by name, as the licence says or else the
    form; where they cannot be, it is for a person. So is a number that is given out once and stands on papers of two
    holders: one may have been altered, or have changed hands.
    """
    if not document.pages:
        raise NotApplicable(en="the file could not be read (DOC101)", zh="文件无法读取（见 DOC101）")
    yield from papers_of_others(document, case)
    yield from numbers_of_others(document, case)
    copies: Copies = case.once("copies", Copies, case.documents)
    answers = [_answer(copy, case) for copy in copies.before(document)]
    if answers:
        yield min(answers, key=_gravity)
    else:
        yield from _under_another_name(document, case)


def _gravity(answer: Objection | Note) -> int:
    return 2 if isinstance(answer, Note) else 0 if answer.certain else 1


def _answer(copy: Copy, case: Case) -> Objection | Note:
    message = _message(copy)
    evidence = [copy.later.evidence, copy.earlier.evidence]
    certain = _is_patched(copy, case)
    if certain is not None:
        return Objection(message, found=copy.earlier.file, evidence=evidence, certain=certain)
    if not copy.whole_files or _plain_name(copy.earlier.file) == _plain_name(copy.later.file):
        return Note(message, found=copy.earlier.file, evidence=evidence)
    return Objection(message, found=copy.earlier.file, evidence=evidence)


def _message(copy: Copy) -> Message:
    later, earlier = copy.later, copy.earlier
    if copy.same_bytes:
        return Message(
            en=f"{later.file} has the same content as {earlier.file}", zh=f"{later.file} 与 {earlier.file} 内容相同"
        )
    return Message(
        en=f"page {later.page} of {later.file} is the same picture as page {earlier.page} of {earlier.file}",
        zh=f"{later.file} 第{later.page}页与 {earlier.file} 第{earlier.page}页为同一图像",
    )


def _is_patched(copy: Copy, case: Case) -> bool | None:
    """Whether two papers share one side or page that each must have of its own: surely, perhaps, or None.

    One paper that was handed in twice shares all of it, or what tells which paper it is.
    """
    later, earlier = copy.later.document, copy.earlier.document
    if later.type != earlier.type or content_of(later) == content_of(earlier):
        return None
    if later.type == "identity_card":
        mine, theirs = (number_of(each.type, reader_of(each, case)) for each in (later, earlier))
        if mine is None or theirs is None:
            return False
        return None if mine.number == theirs.number else True
    is_further = not (copy.later.begins_the_document or copy.earlier.begins_the_document)
    return False if later.type == "authorization_letter" and is_further and copy.later.bears_a_seal else None


def _under_another_name(document: Document, case: Case) -> Iterator[Objection]:
    """Object to a paper that is in the dossier already, by its number, and whose file is named as another kind."""
    named = _kinds_named(document.file)
    found = number_of(document.type, reader_of(document, case))
    if found is None or len(named) != 1 or _kind(document.type) in named:
        return
    for other in case.documents:
        if other.id == document.id:
            return
        same = other.type == document.type and other.file != document.file
        if same and number_of(other.type, reader_of(other, case)) == found and not named & _kinds_named(other.file):
            name, fields = DOCUMENT_NAMES[document.type], document.fields
            number = fields.entities()[found.by] if fields else None
            yield Objection(
                Message(
                    en=f"{document.file} is the {name.en} that {other.file} is, by its number, and is named as another "
                    "kind of paper",
                    zh=f"按编号，{document.file} 与 {other.file} 为同一{name.zh}，但文件名称为另一种材料",
                ),
                found=other.file,
                evidence=[Place(document, document.file).evidence, Place(other, other.file).evidence]
                + ([number] if number else []),
                certain=False,
            )
            return


_NAMED = {
    "business_licence": re.compile(r"business[\s_-]*licen[cs]e|营业执照|执照"),
    "trademark": re.compile(r"trade[\s_-]*mark|商标"),
    "authorization_letter": re.compile(r"authori[sz]|授权"),
    "identity_card": re.compile(r"\bid[\s_-]*card|identity|身份证"),
    "qualification": re.compile(r"qualification|test[\s_-]*report|检测报告|资质|许可证"),
    "purchase_invoice": re.compile(r"invoice|发票"),
}
"""Words by which a file's name says what kind of paper it is."""


def _kinds_named(file: str) -> set[str]:
    name = PurePosixPath(file).stem.casefold()
    return {kind for kind, words in _NAMED.items() if words.search(name)}


def _kind(document_type: str) -> str:
    return "trademark" if document_type.startswith("trademark_") else document_type


_COPY = re.compile(
    r"(?:[\s_-]*(?:copy|副本|复件|拷贝))?[\s_-]*(?:[(（]\d+[)）])?$|^(?:copy of|复件|副本)[\s_-]*", re.IGNORECASE
)


def _plain_name(file: str) -> str:
    """Return a file's name without folder, suffix and what programs add to the name of a copy."""
    return _COPY.sub("", PurePosixPath(file).stem.casefold())
