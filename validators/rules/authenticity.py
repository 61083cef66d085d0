"""Rules on how a file came about: a text layer that lies, traces of editing."""

from collections.abc import Iterator, Sequence
from enum import Enum

from pipeline.model import Document, Editing, EvidenceSource, Message
from pipeline.traces import Change, LastRevision, Unchecked, VisibleChange
from pipeline.verdict import Evidence, Severity
from validators.case import Case
from validators.engine import Answer, NotApplicable, Note, Objection, first_page, rule
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
def file_shows_no_traces_of_editing(document: Document, case: Case) -> Iterator[Answer]:
    """The file shows no traces of editing: picture editor, change after signing, a scan saved again and again.

    A scan fails that was changed itself after it had been saved. Where a note, a stamp or a form's field was laid over
    it, where a page that was no scan was changed itself, and where a note, a new field or a signature hides print that
    stood there, a person looks. A seal through which the print is still to be seen hides nothing. Such signatures, if
    they hold, filled-in forms and added pages are told and harm nothing, and from the first signature that holds on,
    saves do not count. What only looks signed is a note, and so is a signature that was not checked; that is for a
    person, too, where something was appended to the file after it.
    """
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
    # Each signature, time stamp and proof of a certificate is a save, and often the empty field for it as well.
    saves = editing.signed_revision - 1 if editing.signed_revision else editing.revisions
    if editing.is_scan and saves >= policy.scan_revisions:
        yield Objection(
            Message(
                en=f"the scan was saved {saves} times; a scanner saves once",
                zh=f"扫描件被保存 {saves} 次，扫描仪只保存一次",
            ),
            expected="1",
            found=str(saves),
            evidence=evidence,
        )
    yield from _of_signatures(editing, evidence)
    if editing.last_revision:
        yield from _of_last_revision(document, editing, editing.last_revision)


def _of_signatures(editing: Editing, evidence: Sequence[Evidence]) -> Iterator[Answer]:
    """Yield what is to be said of a PDF's signatures; reports of earlier versions tell of none of them alone."""
    signatures = editing.signatures or ()
    if any(signature.valid is False for signature in signatures):
        yield Objection(
            Message(
                en="a digital signature on it was not made with the key of the certificate that it comes with",
                zh="文件的数字签名与其所附证书的密钥不符",
            ),
            evidence=evidence,
        )
    elif editing.changed_after_signing:
        yield Objection(
            Message(en="it was changed after it had been signed", zh="文件在数字签名后被修改"), evidence=evidence
        )
    for why in sorted({signature.unchecked for signature in signatures if signature.unchecked}):
        told = _UNCHECKED[why]
        # Without pyHanko, or with an algorithm that it lacks, a signature that ends with the file is left at that.
        is_plain = why in (Unchecked.NO_CHECKER, Unchecked.UNSUPPORTED)
        if is_plain and all(each.covers_whole_file for each in signatures if each.unchecked is why):
            yield Note(told, evidence=evidence)
        else:
            yield Objection(told, evidence=evidence, certain=False)
    if signatures and editing.changed_after_signing is False:
        is_last = any(signature.covers_whole_file for signature in signatures)
        yield Note(_COVERED if is_last else _APPENDED, evidence=evidence)


def _of_last_revision(document: Document, editing: Editing, last: LastRevision) -> Iterator[Answer]:
    """Yield what is to be said of what the last save made visible on the document's own pages."""
    own = {page.page for page in document.pages if page.file == document.file}
    is_signed = editing.changed_after_signing is False
    seen: dict[tuple[Weight, Change], list[VisibleChange]] = {}
    for change in last.changes:
        if change.page in own:
            seen.setdefault((_weight(change, is_signed=is_signed), change.kind), []).append(change)
    for (weight, kind), changes in seen.items():
        message = _became_visible(kind, changes)
        evidence = [_place(document, change) for change in changes]
        if weight is Weight.TOLD:
            yield Note(message, evidence=evidence)
        else:
            yield Objection(message, evidence=evidence, certain=weight is Weight.FAILS)
    if last.unreadable:
        yield Note(_UNREADABLE, evidence=[first_page(document)])
    elif last.pages_left_out:
        yield Note(
            Message(
                en=f"{last.pages_left_out} pages of the file were not compared with the save before",
                zh=f"文件有 {last.pages_left_out} 页未与前一次保存的版本比对",
            ),
            evidence=[first_page(document)],
        )


class Weight(Enum):
    """What a visible change does to the finding."""

    FAILS = "fails"
    DOUBTED = "doubted"
    TOLD = "told"


def _weight(change: VisibleChange, *, is_signed: bool) -> Weight:
    if change.kind is Change.NEW_PAGE:
        return Weight.TOLD
    if change.kind is Change.CONTENT:
        return Weight.FAILS if change.on_scan else Weight.DOUBTED
    if change.kind is Change.SIZE:
        return Weight.DOUBTED
    if change.kind is Change.SIGNATURE and is_signed:
        # It may be a forger's own: it excuses itself, not that print is gone under it.
        return Weight.DOUBTED if change.hides else Weight.TOLD
    # A field that was there before is filled in; all else that hides what stood there may stand for something else.
    is_cover = change.kind in (Change.ANNOTATION, Change.SIGNATURE) and change.hides
    return Weight.DOUBTED if change.on_scan or is_cover else Weight.TOLD


def _became_visible(kind: Change, changes: Sequence[VisibleChange]) -> Message:
    pages = sorted({change.page for change in changes})
    what, on_scan = _BECAME_VISIBLE[kind], any(change.on_scan for change in changes)
    is_gone = any(change.hides for change in changes)
    en = f"after the file had been saved, {what.en} page {', '.join(map(str, pages))}"
    zh = f"文件保存之后，第 {'、'.join(map(str, pages))} 页{what.zh}"
    return Message(
        en=en
        + (" of the scan" if on_scan else "")
        + (", and something can no longer be seen there" if is_gone else ""),
        zh=zh + ("（扫描件）" if on_scan else "") + ("，原有内容被遮盖或移除" if is_gone else ""),
    )


def _place(document: Document, change: VisibleChange) -> Evidence:
    return Evidence(document=document.id, file=document.file, page=change.page, box=change.box)


_BECAME_VISIBLE = {
    Change.CONTENT: Message(en="something was changed on", zh="的内容被改动"),
    Change.ANNOTATION: Message(
        en="a note, stamp, mark or new field was laid over", zh="被加上批注、图章、标记或新表单域"
    ),
    Change.FORM_FIELD: Message(en="a form's field was filled in on", zh="的表单域被填写"),
    Change.SIGNATURE: Message(en="a digital signature was shown on", zh="显示了数字签名"),
    Change.SIZE: Message(en="another size was given to", zh="的页面尺寸被改变"),
    Change.NEW_PAGE: Message(en="there was added", zh="为新增页面"),
}
_UNCHECKED = {
    Unchecked.NO_CHECKER: Message(
        en="it is signed digitally, and the signature was not checked: pyHanko is not installed",
        zh="文件有数字签名，未予核验：未安装 pyHanko",
    ),
    Unchecked.UNREADABLE: Message(
        en="it is signed digitally, and the signature was not checked: its structure is damaged or odd",
        zh="文件有数字签名，未予核验：签名结构损坏或异常",
    ),
    Unchecked.UNSUPPORTED: Message(
        en="it is signed digitally, and the signature was not checked: its kind or its algorithm is not known",
        zh="文件有数字签名，未予核验：签名类型或算法不受支持",
    ),
    Unchecked.TOO_MANY: Message(
        en="it bears more digital signatures than are checked",
        zh="文件的数字签名过多，未全部核验",
    ),
    Unchecked.HYBRID: Message(
        en="it is signed digitally, and what was added after a signature was not checked: the file has two tables of "
        "what is in it",
        zh="文件有数字签名，其后增补的内容未予核验：文件含混合交叉引用表",
    ),
}
_COVERED = Message(
    en="it is signed digitally as a whole; whose signature it is was not asked", zh="数字签名覆盖整个文件；未核实签名人"
)
_APPENDED = Message(
    en="it is signed digitally, and nothing but what the signature allows was added; whose it is was not asked",
    zh="文件有数字签名，其后仅作了签名允许的增补；未核实签名人",
)
_UNREADABLE = Message(
    en="the file was saved more than once, and what it showed before the last time cannot be opened",
    zh="文件被多次保存，最后一次保存前的版本无法打开",
)
