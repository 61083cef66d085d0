"""Rules on how a file came about: a text layer that lies, traces of editing."""

from collections.abc import Iterator

from pipeline.model import Document, EvidenceSource, Message
from pipeline.verdict import Evidence, Severity
from validators.case import Case
from validators.engine import NotApplicable, Objection, first_page, rule
from validators.remedies import resubmit
from validators.wording import NONE

PLAIN_SCAN = resubmit(
    "other",
    "Send {subject} again as a scan or photo of the original paper, as it comes from the scanner or camera.",
    "请重新提交 {subject} 原件的扫描件或照片，文件须由扫描仪或相机直接生成。",
)


@rule(
    "DOC104",
    on=Document,
    severity=Severity.BLOCKER,
    cites="a text layer is a claim, not evidence; docs/sources.md#limits-of-what-comes-in",
    zh="PDF 文字层与页面所示一致",
    remedy=PLAIN_SCAN,
)
def text_layer_says_what_the_page_shows(document: Document, case: Case) -> Iterator[Objection]:
    """The text layer of a PDF says what the page shows.

    Invisible text alone is ordinary in scans with recognised text: it is the disagreement that counts, and one that is
    not sure is shown to a person. A layer that could not be compared accuses nobody, and is not relied on.
    """
    if document.text_layer_disagreements is None:
        raise NotApplicable(en="no text layer was examined", zh="未检查文字层")
    floor = case.rulebook.policy.min_confidence
    for found in document.text_layer_disagreements:
        yield Objection(
            Message(
                en=f"the text layer says “{found.claimed}” where page {found.page} shows “{found.seen}”",
                zh=f"文字层为“{found.claimed}”，而第 {found.page} 页显示“{found.seen}”",
            ),
            expected=found.seen or NONE,
            found=found.claimed or NONE,
            evidence=[
                Evidence(
                    document=document.id, file=found.file, page=found.page, box=found.box, text=found.claimed,
                    source=EvidenceSource.TEXT_LAYER,
                )
            ],
            certain=found.confidence >= floor,
        )  # fmt: skip
    if document.text_layers_not_compared and not document.text_layer_disagreements:
        pages = ", ".join(map(str, document.text_layers_not_compared))
        raise NotApplicable(
            en=f"the text layer could not be compared with what is shown and was not relied on (page {pages})",
            zh=f"文字层无法与页面所示内容核对，未予采信（第 {pages} 页）",
        )


@rule(
    "DOC105",
    on=Document,
    severity=Severity.MAJOR,
    cites="marketplace practice, docs/sources.md#own-decisions",
    zh="文件无编辑痕迹",
    remedy=PLAIN_SCAN,
)
def file_shows_no_traces_of_editing(document: Document, case: Case) -> Iterator[Objection]:
    """The file shows no traces of editing: picture editor, change after signing, a scan saved again and again."""
    editing = document.editing
    if editing is None:
        raise NotApplicable(en="the file's structure was not examined", zh="未检查文件结构")
    policy, evidence = case.rulebook.policy, [first_page(document)]
    named = [word for word in policy.image_editors if word.casefold() in editing.producer.casefold()]
    if named:
        yield Objection(
            Message(
                en=f"it was written by a program for editing pictures: {editing.producer}",
                zh=f"文件由图像编辑软件生成：{editing.producer}",
            ),
            found=editing.producer,
            evidence=evidence,
        )
    if editing.changed_after_signing:
        yield Objection(
            Message(en="it was changed after it had been signed", zh="文件在数字签名后被修改"), evidence=evidence
        )
    if editing.is_scan and editing.revisions >= policy.scan_revisions:
        yield Objection(
            Message(
                en=f"the scan was saved {editing.revisions} times; a scanner saves once",
                zh=f"扫描件被保存 {editing.revisions} 次，扫描仪只保存一次",
            ),
            expected="1",
            found=str(editing.revisions),
            evidence=evidence,
        )
