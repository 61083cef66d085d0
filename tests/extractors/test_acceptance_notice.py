"""CNIPA's acceptance notices are read."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from extractors.acceptance_notice import read
from extractors.base import Office
from pipeline.model import TextLine
from tests.extractors.paper import column, line, paper

APPLICANT = "深圳市试星贸易有限公司"


def notice(*, number: str = "91234567", classes: str = "第25类", mark: str = "TESTRIVER") -> list[TextLine]:
    pairs = [
        ("申请号：", number),
        ("申请日期：", "2026年7月6日"),
        ("类别：", classes),
        ("商标：", mark),
        ("申请人：", APPLICANT),
        ("代理机构：", "试验知识产权代理有限公司"),
    ]
    return [
        line("国家知识产权局", 0.4, 0.05, height=0.05),
        line("商标注册申请受理通知书", 0.3, 0.12, height=0.05),
        line(f"发文编号：TMZC{number}ZCSL01", 0.6, 0.2),
        *column(pairs, step=0.045),
        line("根据《商标法》及《商标法实施条例》的有关规定，我局已受理。", 0.1, 0.7),
        line("2026年7月28日", 0.6, 0.85),
    ]


def values(lines: Sequence[TextLine]) -> dict[str, Any]:
    fields = read(paper(lines, kind="trademark_acceptance_notice"))
    return {name: entity.value for name, entity in fields.entities().items()}


def test_notice() -> None:
    assert values(notice()) == {
        "office": Office.CNIPA,
        "application_number": "91234567",
        "mark_text": "TESTRIVER",
        "applicant": APPLICANT,
        "nice_classes": (25,),
        "filing_date": date(2026, 7, 6),
        "notice_date": date(2026, 7, 28),
    }


def test_the_number_is_found_in_the_dispatch_number_too() -> None:
    lines = [each for each in notice() if not each.text.startswith("申请号") and each.text != "91234567"]
    assert values(lines)["application_number"] == "91234567"


@pytest.mark.parametrize(("text", "classes"), [("25", (25,)), ("第9类、第25类", (9, 25)), ("第25类", (25,))])
def test_classes(text: str, classes: tuple[int, ...]) -> None:
    assert values(notice(classes=text))["nice_classes"] == classes


def test_a_device_has_no_text() -> None:
    assert "mark_text" not in values(notice(mark="图形"))


def test_an_empty_page_has_no_fields() -> None:
    assert values([]) == {}


def test_a_mark_much_larger_than_its_label_is_read() -> None:
    lines = [each for each in notice() if each.text != "TESTRIVER"]
    label = next(each for each in lines if each.text.startswith("商标："))
    mark = line("TESTRIVER", 0.25, label.box.top - 0.015, height=0.06)
    assert values([*lines, mark])["mark_text"] == "TESTRIVER"
