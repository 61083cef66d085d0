"""The batch's page."""

from pipeline.report.index import to_html_index
from pipeline.report.json import to_report
from pipeline.report.row import Row, error_row, row_of
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
    page = to_html_index(iter(ROWS), lang="en", total=10_004)
    assert "<b>10004</b>dossiers" in page
    assert "10000 more are in summary.csv" in page
    assert "more are in" not in to_html_index(iter(ROWS), lang="en")
