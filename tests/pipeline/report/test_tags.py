"""The names of boxes on a page hide as little as they can."""

import pytest

from pipeline.model import Box, PageRecord
from pipeline.report.marks import Mark, Tone
from pipeline.report.tags import Area, tags_on

PAGE = PageRecord(file="a.jpg", page=1, width=1000, height=700, turned=0)


def mark(left: float, top: float, right: float, bottom: float, *, label: str = "Name", tone: Tone = Tone.PLAIN) -> Mark:
    box = Box(left=left, top=top, right=right, bottom=bottom)
    return Mark(anchor="x", file="a.jpg", page=1, box=box, label=label, title="", tone=tone)


def area(shown: Mark) -> Area:
    box = shown.box
    return Area(box.left * 1000, box.top * 700, box.width * 1000, box.height * 700)


@pytest.mark.parametrize(
    ("marks", "side"),
    [
        pytest.param([mark(0.1, 0.5, 0.3, 0.55)], "right", id="room beside it"),
        pytest.param([mark(0.1, 0.5, 0.99, 0.55)], "above", id="full width"),
        pytest.param([mark(0.1, 0.5, 0.99, 0.55), mark(0, 0.4, 1, 0.499, label="")], "below", id="crowded above"),
        pytest.param([mark(0.1, 0, 0.99, 0.05)], "below", id="at the top edge"),
    ],
)
def test_a_name_stands_where_there_is_room(marks: list[Mark], side: str) -> None:
    (tag,) = tags_on(PAGE, marks)
    box = area(marks[0])
    assert all(tag.area.overlap(area(other)) == 0 for other in marks)
    assert {
        "right": tag.area.x > box.x + box.width,
        "above": tag.area.y + tag.area.height < box.y,
        "below": tag.area.y > box.y + box.height,
    }[side]


def test_names_stay_on_the_page() -> None:
    for tag in tags_on(PAGE, [mark(0, 0, 1, 1), mark(0.97, 0.97, 1, 1), mark(0, 0, 0.01, 0.01)]):
        assert 0 <= tag.area.x <= tag.area.x + tag.area.width <= 1000
        assert 0 <= tag.area.y <= tag.area.y + tag.area.height <= 700


def test_what_failed_chooses_its_place_first() -> None:
    first, second = (
        mark(0.1, 0.5, 0.99, 0.52, label="plain"),
        mark(0.1, 0.56, 0.99, 0.6, label="failed", tone=Tone.FAIL),
    )
    assert [tag.text for tag in tags_on(PAGE, [first, second])] == ["failed", "plain"]


def test_boxes_without_a_name_have_no_tag() -> None:
    assert tags_on(PAGE, [mark(0.1, 0.1, 0.2, 0.2, label="")]) == ()
