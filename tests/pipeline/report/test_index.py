"""The batch's page."""

import pytest

from pipeline.report.index import to_html_index
from pipeline.report.json import to_report
from pipeline.report.record import SecondsRecord
from pipeline.report.row import Row, error_row, row_of
from pipeline.report.titles import rule_titles, spoken
from pipeline.verdict import Decision
from tests.pipeline.report import build
from tests.pipeline.report.test_html import EVIL, Page

OURS = [{"type": "application/json", "id": "rows"}, {}, {}]
"""Attributes of the page's own scripts."""
ROWS = [
    Row(dossier_id="fine", decision=Decision.APPROVED, file="reports/fine.json"),
    Row(dossier_id="unsure", decision=Decision.NEEDS_REVIEW, undetermined=2, file="reports/unsure.json"),
    row_of(to_report(build.outcome()), file="reports/starriver.json", page="reports/starriver.html"),
    error_row("lost", "memory: the worker was stopped"),
]


def test_what_needs_a_person_comes_first() -> None:
    text = to_html_index(ROWS, lang="en")
    assert sorted(("fine", "unsure", "starriver", "lost"), key=lambda id_: text.index(f">{id_}<")) == [
        "lost", "starriver", "unsure", "fine",
    ]  # fmt: skip


def test_reports_are_linked_and_errors_shown() -> None:
    page = Page(to_html_index(ROWS, lang="en"))
    assert set(page.all("href")) == {
        "reports/fine.json", "reports/unsure.json", "reports/starriver.json", "reports/starriver.html",
    }  # fmt: skip
    assert "memory: the worker was stopped" in page.text
    assert "LIC206" in page.text


def test_names_come_out_as_text_and_addresses_stay_below_the_folder() -> None:
    row = Row(dossier_id=EVIL, company_name=EVIL, file="javascript:alert(1)", page=None)
    page = Page(to_html_index([row, error_row("中文", EVIL)], lang="zh"))
    assert page.all("href") == ["javascript%3Aalert%281%29"] * 2
    assert [values for tag, values in page.elements if tag == "script"] == OURS


def test_an_empty_batch_says_so() -> None:
    assert "No dossier was found." in Page(to_html_index([], lang="en")).text


def test_a_part_of_the_rows_says_how_many_there_are_besides() -> None:
    page = to_html_index(iter(ROWS * 2_501), lang="en", most=4)
    assert "<b>10,004</b>dossiers" in page
    assert "10,000 more are in summary.csv" in page
    assert page.count('"outcome": "error"') == 4, "those that need a person most"
    assert "more are in" not in to_html_index(iter(ROWS), lang="en")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_commonest_failures_are_named_in_the_pages_language(lang: str) -> None:
    rows = [Row(dossier_id=str(number), failed_rules=("LIC206", "NEW999")[: number % 2 + 1]) for number in range(3)]
    text = Page(to_html_index(rows, lang=lang)).text
    assert spoken(rule_titles()["LIC206"], lang) in text
    assert "NEW999" in text


def test_times_are_charted_where_reports_tell_them() -> None:
    spent = [SecondsRecord(ingest=0.2, read=read, extract=0.1, validate=0.1) for read in (0.1, 0.6, 4.0, 90.0)]
    rows = [Row(dossier_id=str(number), seconds=each) for number, each in enumerate(spent)]
    page = Page(to_html_index(rows, lang="en"))
    charts = [values["aria-label"] for tag, values in page.elements if tag == "svg" and "aria-label" in values]
    assert "Time a dossier took: 0–1 s 1, 1–2 s 1, 2–5 s 1, 5–10 s 0, 10–30 s 0, 30–60 s 0, ≥ 60 s 1" in charts
    assert "Where the seconds went: Opening 1, Reading 95, Facts 0, Judging 0" in charts
    assert "Time a dossier took" not in to_html_index([Row(dossier_id="a", confidence=1.0)], lang="en")


def test_a_confidence_of_one_is_in_the_last_band() -> None:
    rows = [Row(dossier_id=str(number), confidence=sure) for number, sure in enumerate((0.0, 0.5, 0.989, 0.99, 1.0))]
    assert "0.00–0.50 1, 0.50–0.80 1, 0.80–0.90 0, 0.90–0.95 0, 0.95–0.99 1, 0.99–1.00 2" in to_html_index(
        rows, lang="en"
    )
