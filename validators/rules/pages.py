"""Rules on what the pages of a document show: pictures that can be read, in a language that can be judged."""

from collections.abc import Iterator

from extractors import DOCUMENT_TYPES
from extractors.languages import LANGUAGES, calls_itself_a_translation, foreign_language
from pipeline.claims import ELSEWHERE
from pipeline.model import Document, Message
from pipeline.verdict import Evidence, Severity
from validators.case import UNREADABLE, Case
from validators.engine import NotApplicable, Note, Objection, Undetermined, first_page, rule
from validators.pictures import better, faults_of
from validators.policy import PictureLimits
from validators.remedies import resubmit, supplement
from validators.wording import ENTITY_NAMES

BETTER_PICTURE = resubmit(
    "other",
    "Send a clear colour scan of {subject} (300 dpi), the whole paper in the frame.",
    "请重新提交 {subject} 的清晰彩色扫描件（300 dpi），文件须完整入镜。",
)
TRANSLATION = supplement(
    "other",
    "Send a translation of {subject} into Chinese or English together with it.",
    "请随 {subject} 一并提交中文或英文译本。",
)
_ESSENTIAL = {kind.name: kind.essential for kind in DOCUMENT_TYPES}


@rule(
    "DOC102",
    on=Document,
    severity=Severity.MAJOR,
    cites="own measurements and a marketplace's guidance, docs/sources.md#picture-quality",
    zh="图像质量足以识别",
    remedy=BETTER_PICTURE,
)
def picture_can_be_read(document: Document, case: Case) -> Iterator[Objection]:
    """The picture is good enough to be read.

    A paper that was read all the same had a good enough picture, whatever its size or sharpness. Where something
    essential was not read for sure, what is wrong with the picture is named, so that the next one can be better. If
    nothing is wrong with it, the missing fact is for the rules that need it.
    """
    pictures = [
        (page, quality) for page, quality in zip(document.pages, document.quality, strict=False) if quality is not None
    ]
    if not pictures:
        raise NotApplicable(en="no picture of it was read", zh="未读取该文件的图像")
    if not _may_matter(document):
        raise NotApplicable(en="it is not taken for a paper that is asked for", zh="该文件不属于所需材料")
    limits = case.rulebook.policy.picture
    lacking = _lacking(document, limits, case.rulebook.policy.min_confidence)
    if lacking is None:
        return
    for page, quality in pictures:
        faults = faults_of(page, quality, limits)
        if faults:
            en, zh = ", ".join(fault.what.en for fault in faults), "、".join(fault.what.zh for fault in faults)
            yield Objection(
                Message(
                    en=f"page {page.page} is hard to read: {en}; not read for sure: {lacking.en}",
                    zh=f"第{page.page}页难以识别：{zh}；未能可靠识别：{lacking.zh}",
                ),
                evidence=[Evidence(document=document.id, file=page.file, page=page.page)],
                remedy=better(document.type, faults),
            )


@rule(
    "DOC107",
    on=Document,
    severity=Severity.MINOR,
    cites="papers that an application needs, docs/sources.md#documents-asked-for",
    zh="文件为中文或英文，或附有译本",
    remedy=TRANSLATION,
)
def language_can_be_judged(document: Document, case: Case) -> Iterator[Objection | Note]:
    """The document is in Chinese or English, or a translation comes with it."""
    if not document.lines:
        raise NotApplicable(en="there is no text on it", zh="文件上没有文字")
    if document.type == "other" and document.legibility < UNREADABLE:
        raise Undetermined(
            en="its text could not be read with confidence, so that its language is not known",
            zh="文字识别置信度不足，无法判断语言",
            evidence=[first_page(document)],
        )
    language = foreign_language(document.lines)
    if language is None:
        return
    name = LANGUAGES[language]
    translation = next((other for other in case.documents if _translates(other, document)), None)
    if translation is None:
        yield Objection(
            Message(
                en=f"it is in {name.en}, and no translation is among the documents",
                zh=f"文件为{name.zh}，材料中没有译本",
            ),
            found=name.en,
            evidence=[first_page(document)],
        )
    else:
        yield Note(
            Message(
                en=f"it is in {name.en}; {translation.file} translates it",
                zh=f"文件为{name.zh}，译本为 {translation.file}",
            ),
            evidence=[first_page(document), first_page(translation)],
        )


def _may_matter(document: Document) -> bool:
    """Whether a document is of a known type, or may be."""
    if document.type != "other" or document.candidates:
        return True
    if not document.lines:
        return not document.is_blank
    return document.type_confidence < ELSEWHERE or document.legibility < UNREADABLE


def _lacking(document: Document, limits: PictureLimits, floor: float) -> Message | None:
    """Return what of a document was not read for sure, or None if nothing that counts is missing."""
    groups = _ESSENTIAL.get(document.type, ())
    if groups:
        entities = document.fields.entities() if document.fields else {}
        sure = {name for name, entity in entities.items() if entity.confidence >= floor}
        names = [ENTITY_NAMES[group[0]] for group in groups if sure.isdisjoint(group)]
        if not names:
            return None
        return Message(en=", ".join(name.en for name in names), zh="、".join(name.zh for name in names))
    pictures = [quality for quality in document.quality if quality is not None and not quality.blank]
    unknown = document.type == "other"
    # What glare has swallowed is not among the characters that are counted.
    if all(
        each.legible is not None
        and each.legible >= limits.min_legible
        and not (unknown and each.glare > limits.max_glare)
        for each in pictures
    ):
        return None
    return Message(en="what kind of paper it is", zh="文件类型") if unknown else Message(en="its text", zh="文字")


def _translates(other: Document, document: Document) -> bool:
    return other is not document and foreign_language(other.lines) is None and calls_itself_a_translation(other.lines)
