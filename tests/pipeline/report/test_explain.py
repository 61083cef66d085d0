"""Explanations in plain text."""

import pytest

from pipeline.errors import UsageError
from pipeline.model import Box
from pipeline.report.explain import explain
from pipeline.report.json import to_report
from pipeline.report.places import where
from tests.pipeline.report import build

REPORT = to_report(build.outcome())


def test_the_whole_report_names_facts_places_and_outcomes() -> None:
    text = explain(REPORT, None, "en")
    assert text.startswith("starriver: Rejected\n")
    assert "Company name: 深圳市星河跨境电子商务有限公司 (99.9%)\n" in text
    assert "资料/01.jpg, page 1, middle left, 19–47% across, 32–36% down" in text
    assert "corrected: I → L (17), the check character allows no other" in text
    assert "looked at again: without the red of seals, nothing read\n" in text
    assert "looked at again: whole page, finer, 李明华 (97%), taken\n" in text
    assert "Not read: The file is cut off; send it again. (corrupt)" in text
    assert "does not apply: LIC215" in text
    for finding in REPORT.findings:
        assert finding.rule in text


def test_one_rule_tells_everything_about_it_and_nothing_else() -> None:
    text = explain(REPORT, "lic206", "en")
    assert "LIC206  fails (blocker) · Business licence · 资料/01.jpg" in text
    assert "Expected: 2026-11-24 or later, or long-term" in text
    assert "Valid to: 2026-03-14 (97%)" in text
    assert "the page says: 2026年03月14日" in text
    assert "Valid from" not in text, "the line proves both dates, the finding quotes one"
    assert "Send again: Business licence" in text
    assert "XDC805" not in text


def test_chinese_is_spoken() -> None:
    text = explain(REPORT, "TMK403", "zh")
    assert "TMK403  无法判断 (重大) · 品牌 STARRIVER" in text
    assert "注册号：12345678 (61%)" in text
    assert "certificate.pdf，第 1 页，上方居中，横向 40–60%，纵向 18–20%" in text


def test_documents_without_an_application_are_explained_too() -> None:
    assert "Inspected" in explain(to_report(build.inspected()), None, "en")


def test_an_unknown_rule_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"LIC999 .*CAT609 .*XDC805"):
        explain(REPORT, "LIC999", "en")


@pytest.mark.parametrize(
    ("box", "words"),
    [
        pytest.param((0.21, 0.13, 0.27, 0.16), "upper left, 21–27% across, 13–16% down", id="corner"),
        pytest.param((0.4, 0.4, 0.6, 0.6), "centre, 40–60% across, 40–60% down", id="middle"),
        pytest.param((0.7, 0.9, 1, 1), "lower right, 70–100% across, 90–100% down", id="other corner"),
        pytest.param((0, 0, 1, 1), "whole page", id="everything"),
        pytest.param((0, 0.1, 1, 0.15), "top centre, 0–100% across, 10–15% down", id="a line across"),
    ],
)
def test_a_box_in_words(box: tuple[float, float, float, float], words: str) -> None:
    left, top, right, bottom = box
    assert where(Box(left=left, top=top, right=right, bottom=bottom), "en") == words
