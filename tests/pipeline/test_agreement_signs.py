"""Signs within numbers: what OCR loses of them accuses nobody, and what stands elsewhere is no slip."""

import pytest

from tests.pipeline.test_agreement import NAME, PERSON, found, line, page
from tests.pipeline.test_agreement_believed import believed

LOST = [
    pytest.param("联系电话0592-8888-6666", "联系电话059288886666", id="dashes of a telephone number"),
    pytest.param("第9、25、35、41、42类", "第9、25、354142类", id="two Chinese commas"),
    pytest.param("第1、2、3、5、9类", "第12359类", id="all Chinese commas"),
    pytest.param("第3、25、35类", "第3、2535类", id="one Chinese comma"),
    pytest.param("2-5-8", "258", id="two dashes"),
    pytest.param("1,2,3,4,5", "12345", id="commas between figures"),
    pytest.param("2026/11/12至2031/11/12", "20261112至20311112", id="strokes of two dates"),
    pytest.param("2020-01-01-2030-01-01", "2020 01 01 2030 01 01", id="dashes taken for gaps"),
]


@pytest.mark.parametrize("visible", [True, False])
@pytest.mark.parametrize(("claimed", "seen"), LOST)
def test_signs_that_ocr_only_lost_accuse_nobody(claimed: str, seen: str, visible: bool) -> None:
    assert found(page(line(claimed), visible=visible), line(seen)) == ()


@pytest.mark.parametrize("visible", [True, False])
@pytest.mark.parametrize(
    ("claimed", "seen"),
    [
        pytest.param("2026-01-11-2027-12-1", "2026-0-111-202-71-21", id="dashes moved"),
        pytest.param("第1、12、3、5、9类", "第11、2、35、9、类", id="Chinese commas moved"),
        pytest.param("12345", "1,2,3,4,5", id="put in"),
    ],
)
def test_signs_that_stand_elsewhere_are_for_a_person_however_many(claimed: str, seen: str, visible: bool) -> None:
    lies = [lie.confidence for lie in found(page(line(claimed), visible=visible), line(seen))]
    # Under a picture, only changed characters count.
    assert lies == [PERSON] or (not visible and not lies)


@pytest.mark.parametrize(
    ("claimed", "seen"),
    [
        pytest.param("注册资本 5.00万元", "注册资本 500万元", id="a point lost"),
        pytest.param("1.2.3.4.5", "12345", id="many points lost"),
        pytest.param("2016/05/07-2026/05/06", "2016105107-2026105106", id="strokes taken for figures"),
    ],
)
def test_a_lost_point_and_a_stroke_read_as_a_figure_are_for_a_person(claimed: str, seen: str) -> None:
    assert [lie.confidence for lie in found(page(line(claimed)), line(seen))] == [PERSON]


@pytest.mark.parametrize("visible", [True, False])
def test_figures_that_are_other_ones_are_told_whatever_signs_are_lost(visible: bool) -> None:
    several = found(page(line("联系电话0592-8888-6666"), visible=visible), line("联系电话059212346666"))
    assert [lie.confidence for lie in several] == [0.95]
    one = found(page(line("第31、13、29类"), visible=visible), line("第31、1321类"))
    assert [lie.confidence for lie in one] == [PERSON]


@pytest.mark.parametrize(("claimed", "seen"), LOST)
def test_a_line_of_which_ocr_lost_signs_is_ocr_s(claimed: str, seen: str) -> None:
    names = [line(NAME, row=row) for row in (1, 2)]
    assert believed(page(line(claimed), *names), line(seen), *names) == [NAME, NAME, seen]
