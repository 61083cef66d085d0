"""The foot of a licence: what was put right in its date is told; the registrar is read in its seal."""

from dataclasses import replace
from datetime import date

import pytest

from extractors.business_licence import read
from pipeline.model import Box, Document, Seal, SealShape
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
        pytest.param("2019年06F03日", [(7, "F", "-")], id="the sign of the month under a seal"),
        pytest.param("2019至06月03日", [(4, "至", "-")], id="the sign of the year"),
        pytest.param("2019年C6日C3日", [(5, "C", "0"), (7, "日", "-"), (8, "C", "0")], id="all of it"),
    ],
)
def test_what_was_put_right_is_told_by_its_place_in_the_value(printed: str, told: list[tuple[int, str, str]]) -> None:
    day = read(paper([line("登记机关", 0.5, 0.7), line(printed, 0.6, 0.78)])).issue_date
    assert day is not None
    assert day.value == date(2019, 6, 3)
    assert [(each.position, each.read, each.meant) for each in day.corrections] == told
    assert all(day.value.isoformat()[each.position] == each.meant for each in day.corrections)


@pytest.mark.parametrize("printed", [["20190603"], ["20190603", "年", "月", "日"]])
def test_figures_that_were_read_across_a_seal_are_a_date(printed: list[str]) -> None:
    signs = [line(sign, 0.66 + 0.05 * at, 0.79) for at, sign in enumerate(printed[1:])]
    day = read(paper([line("登记机关", 0.5, 0.7), line(printed[0], 0.6, 0.78), *signs])).issue_date
    assert day is not None
    assert day.value == date(2019, 6, 3)
    assert day.confidence < 0.9


def sealed(ring: str, *, probability: float = 0.9, printed: str = "") -> Document:
    box = Box(left=0.6, top=0.65, right=0.75, bottom=0.9)
    text = line(ring, 0.6, 0.65, probability=probability).model_copy(update={"box": box})
    lines = [line("登记机关", 0.5, 0.7), line("2019年06月03日", 0.6, 0.78)]
    lines += [line(printed, 0.6, 0.7)] if printed else []
    return replace(paper(lines), seals=(Seal(box=box, shape=SealShape.ROUND, file="a.jpg", text=text),))


@pytest.mark.parametrize(
    ("ring", "registrar"),
    [
        pytest.param("河间市市场监督管理局", "河间市市场监督管理局", id="whole"),
        pytest.param("2103河间市市场监督管理局>1", "河间市市场监督管理局", id="with a serial number"),
        pytest.param("河间市工商行政管理局东区分局", "河间市工商行政管理局东区分局", id="a branch"),
        pytest.param("沧州高新区行政審批局", "沧州高新区行政审批局", id="a variant of a character"),
        pytest.param("河间星河贸易有限公司", None, id="a company's"),
        pytest.param("出河间市市场监督管理局", "河间市市场监督管理局", id="after a character of the rim"),
        pytest.param("河间市市场监督管理厨", "河间市市场监督管理局", id="the last character misread"),
        pytest.param("市场监督管理局", None, id="of no place"),
        pytest.param("河涧市市场监督管理局", None, id="of a place that there is not"),
    ],
)
def test_the_registrar_is_read_in_the_ring_of_its_seal(ring: str, registrar: str | None) -> None:
    found = read(sealed(ring)).registration_authority
    assert (found and found.value) == registrar
    assert found is None or (found.raw in ring and found.confidence < 0.9 and found.evidence[0].text == ring)


@pytest.mark.parametrize(
    ("ring", "registrar"),
    [
        pytest.param("涧市市场监督管理局", None, id="another character than the address has"),
        pytest.param("间市市场监督管理局", "河间市市场监督管理局", id="lost"),
        pytest.param("洞间市市场监督管理局", "河间市市场监督管理局", id="misread"),
        pytest.param("阳市市场监督管理局", None, id="of another place"),
        pytest.param("间市市场监督管理", "河间市市场监督管理局", id="lost at both ends"),
    ],
)
def test_the_first_character_of_the_registrars_place_is_known_from_the_address(
    ring: str, registrar: str | None
) -> None:
    document = sealed(ring)
    address = [line("住所", 0.1, 0.4), line("河北省沧州市河间市试验路1号", 0.25, 0.4)]
    found = read(replace(document, lines=(*document.lines, *address))).registration_authority
    assert (found and found.value) == registrar
    assert found is None or (found.corrections[0].meant == "河" and found.confidence < 0.9)


def test_a_blurred_ring_names_no_registrar() -> None:
    assert read(sealed("河间市市场监督管理局", probability=0.7)).registration_authority is None


def test_print_and_seal_that_agree_both_prove_the_registrar() -> None:
    found = read(sealed("河间市市场监督管理局", printed="河间市市场监督管理局")).registration_authority
    assert found is not None
    assert len(found.evidence) == 2
    assert found.confidence > 0.9
