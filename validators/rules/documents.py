"""Rules on every document: that it can be read, is known, and stands for one paper only."""

import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import PurePosixPath

from pipeline.model import Document, FailureCode, Message
from pipeline.verdict import Severity
from validators.case import UNREADABLE, Case
from validators.engine import NotApplicable, Note, Objection, Undetermined, first_page, if_known, rule
from validators.remedies import resubmit
from validators.wording import DOCUMENT_NAMES

READABLE_FILE = resubmit(
    "other",
    "{subject} could not be read: send the paper again as a PDF, JPEG or PNG file that opens without a password.",
    "{subject} 无法读取，请重新提交可直接打开、无密码的 PDF、JPEG 或 PNG 文件。",
)
KNOWN_PAPER = resubmit(
    "other",
    "It is not clear what {subject} is: send a clear scan of the whole paper, or leave it out if it is not asked for.",
    "无法判断 {subject} 为何种文件，请提交完整清晰的扫描件；如非所需材料，请勿提交。",
)
EACH_PAPER_ONCE = resubmit(
    "other",
    "{subject} has the same content as another file: send each paper once, and the paper that was meant here.",
    "{subject} 与另一文件内容相同，请每份材料只提交一次，并补交此处应提交的文件。",
)
_OURS = (FailureCode.INTERNAL, FailureCode.PROTOCOL)


@rule(
    "DOC101",
    on=Document,
    severity=Severity.MAJOR,
    cites="limits and codes of failure, docs/sources.md#limits-of-what-comes-in",
    zh="文件可以完整读取",
    remedy=READABLE_FILE,
)
def document_can_be_read(document: Document, _case: Case) -> Iterator[Objection | Note]:
    """The document can be read, all pages of it.

    Where the program itself failed, nothing is known of the file, and the seller need not do anything. A name that
    claims another kind of file, or an empty password, is told and changes nothing: files are read by their content.
    """
    for failure in document.failures:
        if failure.code in _OURS:
            raise Undetermined(
                en=f"{failure.message.en.rstrip('. ')} ({failure.code})",
                zh=f"{failure.message.zh.rstrip('。 ')}（{failure.code}）",
                evidence=[first_page(document)],
                remedy=None,
            )
        en, zh = failure.message.en.rstrip(". "), failure.message.zh.rstrip("。 ")
        page, page_zh = (f"page {failure.page}: ", f"第{failure.page}页：") if failure.page else ("", "")
        yield Objection(
            Message(en=f"{page}{en} ({failure.code})", zh=f"{page_zh}{zh}（{failure.code}）"),
            found=failure.code,
            evidence=[first_page(document)],
        )
    read = len(document.pages)
    if not document.failures and read < document.pages_total:
        yield Objection(
            Message(
                en=f"only {read} of {document.pages_total} pages were read",
                zh=f"共{document.pages_total}页，仅读取{read}页",
            ),
            expected=str(document.pages_total),
            found=str(read),
            evidence=[first_page(document)],
        )
    yield from _remarks(document)


def _remarks(document: Document) -> Iterator[Note]:
    """Note what is worth telling of the files, and stop where it is not sure that all pages are here."""
    said = [
        (
            remark,
            Message(
                en=f"{remark.file}: {remark.message.en.rstrip('. ')} ({remark.code})",
                zh=f"{remark.file}：{remark.message.zh.rstrip('。 ')}（{remark.code}）",
            ),
        )
        for remark in document.remarks
    ]
    for remark, message in said:
        if remark.code is not FailureCode.CORRUPT:
            yield Note(message, found=remark.code, evidence=[first_page(document)])
    for remark, message in said:
        if remark.code is FailureCode.CORRUPT:
            raise Undetermined(en=message.en, zh=message.zh, evidence=[first_page(document)], remedy=None)


@rule(
    "DOC103",
    on=Document,
    severity=Severity.MINOR,
    cites="papers that an application needs, docs/sources.md#documents-asked-for",
    zh="文件类型已识别",
    remedy=KNOWN_PAPER,
)
def type_is_recognised(document: Document, _case: Case) -> Iterator[Objection]:
    """The document's type was recognised."""
    if document.type != "other":
        return
    if document.failures:
        raise NotApplicable(en="the file could not be read (DOC101)", zh="文件无法读取（见 DOC101）")
    if document.is_blank:
        raise NotApplicable(en="it is a blank page", zh="该文件为空白页")
    names = [DOCUMENT_NAMES[candidate] for candidate in document.candidates]
    if names:
        message = Message(
            en="it may be " + " or ".join(f"{'an' if name.en[0] in 'aeiou' else 'a'} {name.en}" for name in names),
            zh="可能为" + "或".join(name.zh for name in names),
        )
    else:
        message = Message(en=f"its type was not recognised: {document.type_reason}", zh="未能识别文件类型")
    yield Objection(
        message,
        evidence=[first_page(document)],
        # What is hardly legible may be of a known type, and what several types claim is of one of them.
        certain=not names and document.legibility >= UNREADABLE,
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

    Within a dossier, looked at are files with the same bytes. What they show is the same, so what tells a paper that is
    passed off as two is how it was handed in: under two names. A copy that keeps its name (`licence.jpg` twice, or
    `licence (1).jpg`) is an upload that was done twice and harms nobody. Several documents in one file are not copies.
    The finding is about the later file.

    Beside other dossiers: a file with the same bytes that another company handed in earlier, by the decisions on
    record. Papers of a mark and qualifications of goods are rightly shared by all who sell them, and an identity card
    by the companies of one person (IDN306 compares the names).
    """
    if not document.pages:
        raise NotApplicable(en="the file could not be read (DOC101)", zh="文件无法读取（见 DOC101）")
    before = takewhile(lambda each: each.id != document.id, case.documents)
    first = next((each for each in before if each.sha256 == document.sha256), None)
    yield from _of_another(document, case)
    if first is None or first.file == document.file:
        return
    message = Message(
        en=f"{document.file} has the same content as {first.file}", zh=f"{document.file} 与 {first.file} 内容相同"
    )
    evidence = [first_page(document), first_page(first)]
    if _plain_name(first.file) == _plain_name(document.file):
        yield Note(message, found=first.file, evidence=evidence)
    else:
        yield Objection(message, found=first.file, evidence=evidence)


def _of_another(document: Document, case: Case) -> Iterator[Objection]:
    """Object to a file that another company handed in earlier."""
    records = case.dossier.records
    licence = case.licence.fields if case.licence else None
    code = if_known(licence.unified_social_credit_code) if licence else None
    is_shared = document.type.startswith("trademark_") or document.type in _SHARED
    if records is None or code is None or is_shared:
        return
    for other, _ in records.holders_of(document.sha256):
        if other.company_code and other.company_code != code.value:
            yield Objection(
                Message(
                    en=f"{document.file} is also among the papers of another company (dossier {other.dossier_id})",
                    zh=f"{document.file} 与另一企业提交的文件相同（材料 {other.dossier_id}）",
                ),
                found=other.dossier_id,
                evidence=[first_page(document), code],
            )


_SHARED = ("qualification", "identity_card")

_COPY = re.compile(
    r"(?:[\s_-]*(?:copy|副本|复件|拷贝))?[\s_-]*(?:[(（]\d+[)）])?$|^(?:copy of|复件|副本)[\s_-]*", re.IGNORECASE
)


def _plain_name(file: str) -> str:
    """Return a file's name without folder, suffix and what programs add to the name of a copy."""
    return _COPY.sub("", PurePosixPath(file).stem.casefold())
