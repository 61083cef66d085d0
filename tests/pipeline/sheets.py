"""Pages and files that were read, made by hand: a title in large type and labels below it."""

from collections.abc import Sequence

from pipeline.model import Box, Failure, PageQuality, PageRecord, ReadPage, ReadSource, Source, TextLine


def page(
    title: str,
    labels: Sequence[str] = (),
    *,
    number: int = 1,
    size: float = 0.045,
    quality: PageQuality | None = None,
) -> ReadPage:
    """Return a page whose lines stand one below the other, a title first if there is one."""
    texts = ([(title, size)] if title else []) + [(label, 0.025) for label in labels]
    lines = tuple(
        TextLine(
            text=text,
            box=Box(left=0.3, top=0.05 * row, right=0.7, bottom=0.05 * row + high),
            confidence=0.99,
            file="a.pdf",
            page=number,
        )
        for row, (text, high) in enumerate(texts)
    )
    record = PageRecord(file="a.pdf", page=number, width=1000, height=1000, turned=0)
    return ReadPage(record=record, lines=lines, quality=quality)


def source(*pages: ReadPage, failures: Sequence[Failure] = (), file: str = "a.pdf") -> ReadSource:
    """Return a file of these pages, under its own name and hash."""
    made = Source(file=file, sha256=f"sha256 of {file}", content=b"", media_type="application/pdf")
    named = tuple(
        ReadPage(
            record=each.record.model_copy(update={"file": file}),
            lines=tuple(line.model_copy(update={"file": file}) for line in each.lines),
            quality=each.quality,
        )
        for each in pages
    )
    return ReadSource(source=made, pages=named, pages_total=max(len(pages), 1), failures=tuple(failures))
