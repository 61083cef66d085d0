"""Lines are levelled, put into rows, and found beside and below each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.layout import PAGE_STEP, below, in_order, lay_out, right_of, rows
from pipeline.model import Box, PageRecord, TextLine

SQUARE = PageRecord(file="a.png", page=1, width=1000, height=1000, turned=0)


def line(
    text: str, left: float, top: float, right: float, *, high: float = 0.03, slope: float = 0.0, page: int = 1
) -> TextLine:
    box = Box(left=left, top=top, right=right, bottom=top + high + abs(slope) * (right - left))
    return TextLine(text=text, box=box, confidence=0.9, file="a.png", slope=slope, page=page)


def tilted(text: str, left: float, right: float, level: float, slope: float) -> TextLine:
    """Return a line of a page that leans by `slope` and would stand at `level` if it did not."""
    middle = level + slope * ((left + right) / 2 - 0.5)
    half = 0.015 + abs(slope) * (right - left) / 2
    box = Box(left=left, top=middle - half, right=right, bottom=middle + half)
    return TextLine(text=text, box=box, confidence=0.9, file="a.png", slope=slope if right - left > 0.05 else 0.0)


@pytest.mark.parametrize("slope", [-0.08, -0.02, 0.0, 0.02, 0.08])
def test_rows_of_a_leaning_page_are_found(slope: float) -> None:
    levels = (0.3, 0.34, 0.38, 0.42)
    lines = [tilted(f"left {n}", 0.05, 0.25, level, slope) for n, level in enumerate(levels)]
    lines += [tilted(f"right {n}", 0.7, 0.95, level, slope) for n, level in enumerate(levels)]
    found = rows(lay_out(lines, [SQUARE]).pieces)
    assert [[piece.text for piece in row] for row in found] == [[f"left {n}", f"right {n}"] for n in range(4)]


def test_lines_that_fan_out_are_levelled_each_by_its_own_slope() -> None:
    levels = [0.1 + 0.05 * n for n in range(16)]
    lines = [tilted(f"l{n}", 0.0, 0.3, level, 0.1 * (level - 0.5)) for n, level in enumerate(levels)]
    lines += [tilted(f"r{n}", 0.7, 1.0, level, 0.1 * (level - 0.5)) for n, level in enumerate(levels)]
    found = rows(lay_out(lines, [SQUARE]).pieces)
    assert [[piece.text for piece in row] for row in found] == [[f"l{n}", f"r{n}"] for n in range(16)]


def test_a_text_across_the_page_is_no_text_of_the_page() -> None:
    assert not lay_out([line("仅供参考", 0.1, 0.1, 0.6, slope=0.7)], [SQUARE]).pieces


def test_characters_under_each_other_are_pieces_of_their_own() -> None:
    pieces = lay_out([line("名类住", 0.1, 0.3, 0.13, high=0.12)], [SQUARE]).pieces
    assert [(piece.text, round(piece.level, 3)) for piece in pieces] == [("名", 0.32), ("类", 0.36), ("住", 0.4)]


def test_pages_follow_each_other() -> None:
    second = SQUARE.model_copy(update={"page": 2})
    sheet = lay_out([line("b", 0.1, 0.1, 0.2, page=2), line("a", 0.1, 0.8, 0.2)], [SQUARE, second])
    assert [piece.text for piece in sheet.pieces] == ["a", "b"]
    assert sheet.pieces[1].level > PAGE_STEP


def test_what_stands_right_is_given_nearest_first() -> None:
    label, near, far, lower = (
        line("label", 0.1, 0.1, 0.2),
        line("near", 0.25, 0.105, 0.3),
        line("far", 0.5, 0.1, 0.6),
        line("lower", 0.25, 0.2, 0.3),
    )
    sheet = lay_out([lower, far, near, label], [SQUARE])
    piece = next(piece for piece in sheet.pieces if piece.text == "label")
    assert [other.text for other in right_of(piece, sheet.pieces)] == ["near", "far"]


def test_what_stands_below_shares_some_of_the_width() -> None:
    sheet = lay_out(
        [line("label", 0.1, 0.1, 0.2), line("under", 0.15, 0.14, 0.4), line("aside", 0.3, 0.14, 0.4)], [SQUARE]
    )
    assert [other.text for other in below(sheet.pieces[0], sheet.pieces)] == ["under"]


def test_a_part_of_a_piece_has_the_edges_of_its_characters() -> None:
    (piece,) = lay_out([line("名称AB", 0.1, 0.1, 0.4)], [SQUARE]).pieces
    part = piece.part(2)
    assert (part.text, round(part.left, 3), round(part.right, 3)) == ("AB", 0.3, 0.4)
    assert part.part(1).text == "B"


def test_a_page_without_a_record_is_laid_out_too() -> None:
    assert [piece.text for piece in lay_out([line("a", 0.1, 0.1, 0.2)]).pieces] == ["a"]


boxes = st.builds(
    lambda left, top, width, height: Box(left=left, top=top, right=left + width, bottom=top + height),
    st.floats(0, 0.5),
    st.floats(0, 0.5),
    st.floats(0, 0.5),
    st.floats(0, 0.5),
)


@given(
    st.lists(st.builds(TextLine, text=st.text(min_size=1, max_size=4), box=boxes, confidence=st.just(0.5)), max_size=20)
)
def test_no_piece_is_lost_or_doubled_by_ordering(lines: list[TextLine]) -> None:
    pieces = lay_out(lines).pieces
    assert sorted(map(id, in_order(pieces))) == sorted(map(id, pieces))
    assert "".join(sorted("".join(piece.text for piece in pieces))) == "".join(
        sorted("".join(line.text for line in lines if line.text.strip()))
    )
