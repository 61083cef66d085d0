"""What was put right in the date at the registrar's seal is told."""

from datetime import date

import pytest

from extractors.business_licence import read
from tests.extractors.paper import line, paper


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        pytest.param("2019年06月03日", [], id="nothing"),
        pytest.param("2019年6月3日", [], id="no leading zeros"),
        pytest.param("二〇一九年六月三日", [], id="in words"),
        pytest.param("2019年06月C3日", [(8, "C", "0")], id="day"),
        pytest.param("2D19年O6月3日", [(1, "D", "0"), (5, "O", "0")], id="year and month"),
        pytest.param("二Q一九年六月三日", [(1, "Q", "0")], id="year in words"),
        pytest.param("2019年06日03日", [(7, "日", "-")], id="the sign of the month"),
        pytest.param("2019年C6日C3日", [(5, "C", "0"), (7, "日", "-"), (8, "C", "0")], id="all of it"),
    ],
)
def test_what_was_put_right_is_told_by_its_place_in_the_value(printed: str, told: list[tuple[int, str, str]]) -> None:
    day = read(paper([line("登记机关", 0.5, 0.7), line(printed, 0.6, 0.78)])).issue_date
    assert day is not None
    assert day.value == date(2019, 6, 3)
    assert [(each.position, each.read, each.meant) for each in day.corrections] == told
    assert all(day.value.isoformat()[each.position] == each.meant for each in day.corrections)
