"""Why something from outside was not read: raised deep down, turned into a `Failure` where a file is opened."""

from pipeline.model import Failure, FailureCode, Message


class Refusal(Exception):
    """A file, or a page of it, that is not read.

    Not a `DossierError`: it never stops work and never leaves the modules that open files and pages.
    """

    def __init__(self, code: FailureCode, *, en: str, zh: str) -> None:
        """Say what was found, what the limit is and what to do, in both languages, without naming the file."""
        super().__init__(en)
        self.code = code
        self.en = en
        self.zh = zh

    def failure(self, file: str, *, page: int | None = None) -> Failure:
        """Return the failure of `file`, or of one page of it, for reports."""
        place_en, place_zh = (f"{file}, page {page}", f"{file} 第 {page} 页") if page else (file, file)
        message = Message(en=f"{place_en}: {self.en}", zh=f"{place_zh}：{self.zh}")
        return Failure(code=self.code, file=file, page=page, message=message)


def megabytes(size: int) -> str:
    """Return a number of bytes for people, such as `12.5 MB`."""
    return f"{size / 1_000_000:.1f} MB"


def too_large(size: int | None, limit: int) -> Refusal:
    """Return the refusal of a file of `size` bytes; None if reading stopped at the limit."""
    # What differs by less than is shown is told to the byte.
    shown = megabytes if size is None or megabytes(size) != megabytes(limit) else _bytes
    found = shown(size) if size is not None else f"more than {shown(limit)}"
    found_zh = shown(size) if size is not None else f"超过 {shown(limit)}"
    return Refusal(
        FailureCode.TOO_LARGE,
        en=f"the file has {found}, the limit is {shown(limit)}; send a smaller file",
        zh=f"文件大小为 {found_zh}，上限为 {shown(limit)}；请提交较小的文件",
    )


def _bytes(size: int) -> str:
    return f"{size:,} B"
