"""Rules on every document: that it can be read, and is known."""

from collections.abc import Iterator

from pipeline.model import Document, FailureCode, Message
from pipeline.verdict import Severity
from validators.case import UNREADABLE, Case
from validators.engine import NotApplicable, Note, Objection, Undetermined, first_page, rule
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
