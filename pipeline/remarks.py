"""What is worth telling of a file that was read all the same: its name, its lock, how many pages it says it has."""

import logging
from io import BytesIO

from pipeline.model import Failure, FailureCode, Message, Remark, Source
from pipeline.refusal import Refusal
from pipeline.signatures import KINDS, claimed_suffix

_log = logging.getLogger(__name__)


def misnamed(source: Source) -> tuple[Remark, ...]:
    """Return the remark that a file's name claims another kind than its signature tells, if it does."""
    suffix = claimed_suffix(source.file, source.media_type)
    if suffix is None:
        return ()
    kind = KINDS[source.media_type]
    message = Message(
        en=f"its name ends in .{suffix}, but its content is {kind.en}, and it was read as that; "
        f"name it .{kind.suffixes[0]}",
        zh=f"文件名以 .{suffix} 结尾，但内容为{kind.zh}，已按内容读取；请将扩展名改为 .{kind.suffixes[0]}",
    )
    return (Remark(code=FailureCode.TYPE_MISMATCH, file=source.file, message=message),)


def locked_by_nothing(source: Source) -> Remark:
    """Return the remark that a PDF is encrypted, but opens without a password."""
    message = Message(
        en="the PDF is encrypted with an empty password, and was read; nothing need be done",
        zh="PDF 已加密但密码为空，已正常读取；无需处理",
    )
    return Remark(code=FailureCode.ENCRYPTED, file=source.file, message=message)


def recount(source: Source, shown: int) -> Failure | Remark | None:
    """Return what is wrong if another reader counts other pages than were shown: some may be hidden from one of them.

    pdfium believes the number that the page tree states, pypdf walks it.

    Args:
        source: A PDF.
        shown: Pages by pdfium.

    Returns:
        A remark if the other reader cannot count them, which speaks against none of the pages.
    """
    from pypdf import PdfReader

    try:
        listed = len(PdfReader(BytesIO(source.content)).pages)
    except MemoryError:  # says nothing of the file
        raise
    except Exception as error:  # parsers raise anything on damaged files, and pdfium reads many of these
        _log.debug("a PDF's pages cannot be counted a second time: %s", type(error).__name__)
        message = Message(
            en=f"{shown} pages were read, but a second reader cannot make out how many there are; "
            "see whether all of its pages are here",
            zh=f"已读取 {shown} 页，但另一读取程序无法确定页数；请核对页面是否齐全",
        )
        return Remark(code=FailureCode.CORRUPT, file=source.file, message=message)
    if listed == shown:
        return None
    return Refusal(
        FailureCode.CORRUPT,
        en=f"one reader counts {shown} pages in the PDF and another one {listed}, so that some may be hidden; "
        "print it into a new PDF, or scan the paper, and send that",
        zh=f"两种读取程序得到的 PDF 页数不同（{shown} 页与 {listed} 页），可能有页面被隐藏；"
        "请重新打印为 PDF 或扫描后提交",
    ).failure(source.file)
