"""The report's and the batch's page in a real browser."""

from typing import Any

import pytest

from pipeline.report.html import to_html
from pipeline.report.index import to_html_index
from pipeline.report.json import to_report
from pipeline.report.record import Report, SecondsRecord
from pipeline.report.row import Row, error_row, row_of
from pipeline.verdict import Decision
from tests.browser.conftest import NARROW, WIDE, Opener, Scheme, serious_findings
from tests.pipeline.report import build, papers

EVIL = (
    "</title></script><script>window.caught=1</script>"
    '<img src=x onerror="window.caught=1"><a href="javascript:caught=1">'
)
LOOKS = [("light", WIDE), ("dark", WIDE), ("light", NARROW), ("dark", NARROW)]
# Keys of a report below which free text stands.
FREE = ("text", "raw", "value", "en", "zh", "found", "expected", "name", "company_name")


def report_page(lang: str = "en") -> str:
    outcome = build.outcome(pictures=True)
    return to_html(to_report(outcome), outcome.pictures, lang=lang)


def batch_page(count: int = 300) -> str:
    decisions = list(Decision)
    rows = [
        Row(
            dossier_id=f"dossier-{number:05}",
            decision=decisions[number % 3],
            company_name=f"星河{number}公司",
            category="apparel" if number % 2 else "toys",
            undetermined=number % 7,
            failed_rules=("LIC206", "APP101")[: number % 3],
            confidence=(number % 100) / 100,
            seconds=SecondsRecord(ingest=0.1, read=number % 40, extract=0.1, validate=0.1),
            file=f"reports/{number}.json",
        )
        for number in range(count)
    ]
    return to_html_index([*rows, error_row("lost", "memory: stopped")], lang="en")


def poisoned(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: poisoned(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [poisoned(each, key) for each in value]
    return value + EVIL if isinstance(value, str) and key in FREE else value


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
@pytest.mark.parametrize("make", [report_page, batch_page])
def test_pages_are_accessible_and_fit(opened: Opener, make: Any, scheme: Scheme, width: int) -> None:
    page = opened(make(), width=width, scheme=scheme).page
    assert serious_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_fact_lights_its_place_and_a_place_its_fact(opened: Opener) -> None:
    page = opened(report_page()).page
    page.locator("a.fact").first.focus()
    assert page.locator(".mark.lit").count() == 1
    page.keyboard.press("Enter")
    assert page.locator(".sheet.zoomed").count() == 1
    page.locator("a.fact").nth(1).hover()
    assert page.locator("tr.lit").count() == 2
    anchor = page.locator("a.fact").nth(2).get_attribute("href") or ""
    page.locator(anchor).dispatch_event("click")
    assert page.evaluate("document.activeElement.getAttribute('href')") == anchor


def test_a_page_is_zoomed_and_moved_by_keys(opened: Opener) -> None:
    page = opened(report_page()).page
    sheet = page.locator(".sheet").first
    whole = sheet.get_attribute("viewBox")
    page.locator("figure").first.focus()
    page.keyboard.press("+")
    closer = sheet.get_attribute("viewBox")
    page.keyboard.press("ArrowRight")
    assert len({whole, closer, sheet.get_attribute("viewBox")}) == 3
    page.keyboard.press("0")
    assert [float(n) for n in (sheet.get_attribute("viewBox") or "").split()] == [
        float(n) for n in (whole or "").split()
    ]


def test_the_toggle_turns_the_page_dark_and_back(opened: Opener) -> None:
    page = opened(report_page()).page
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.click("[data-act=theme]")
    assert page.evaluate(ground) != light
    page.click("[data-act=theme]")
    assert page.evaluate(ground) == light


def test_identity_numbers_are_shown_by_a_button_and_hidden_again(opened: Opener) -> None:
    revealing = to_report(build.outcome(), reveal=True)
    page = opened(to_html(revealing, {}, lang="en")).page
    assert papers.ID_NUMBER not in page.inner_text("body")
    button = page.locator("[data-act=numbers]")
    button.focus()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-pressed") == "true"
    assert papers.ID_NUMBER in page.inner_text("#facts")
    assert serious_findings(page) == []
    page.keyboard.press("Space")
    assert button.get_attribute("aria-pressed") == "false"
    assert papers.ID_NUMBER not in page.inner_text("body")


def test_a_page_that_holds_no_whole_number_offers_no_button(opened: Opener) -> None:
    page = opened(report_page()).page
    assert page.locator("[data-act=numbers]").count() == 0
    assert "Only a run with --reveal writes it." in page.inner_text("#made")


def test_a_page_without_scripts_offers_no_dead_buttons(opened: Opener) -> None:
    for made in (report_page(), batch_page()):
        page = opened(made, script=False).page
        assert page.locator("button:visible, select:visible").count() == 0
    assert page.locator(".batch tbody tr").count() == 50


def test_the_batch_is_filtered_and_sorted_by_keys(opened: Opener) -> None:
    page = opened(batch_page()).page
    first = page.locator(".batch tbody th").first
    assert first.inner_text() == "lost"
    page.locator(".batch thead button").first.focus()
    page.keyboard.press("Enter")
    assert first.inner_text() == "dossier-00000"
    page.keyboard.press("Enter")
    assert (first.inner_text(), page.locator("[aria-sort=descending]").count()) == ("lost", 1)
    page.locator("#search").focus()
    page.keyboard.type("星河29公司")
    assert (page.locator(".batch tbody tr").count(), page.locator("#count").inner_text()) == (1, "1–1 of 1")
    page.fill("#search", "")
    page.locator("select[data-field='3']").select_option("toys")
    assert page.locator("#count").inner_text() == "1–50 of 150"
    page.click("#after")
    assert page.locator("#count").inner_text() == "51–100 of 150"


def test_markup_from_dossiers_runs_nothing(opened: Opener) -> None:
    report = Report.model_validate(poisoned(to_report(build.outcome()).model_dump(mode="json", by_alias=True)))
    rows = [
        row_of(report, file="javascript:caught=1"),
        Row(dossier_id=EVIL, company_name=EVIL, category=EVIL),
        error_row(EVIL, EVIL),
    ]
    for made in (to_html(report, {}, lang="en"), to_html_index(rows, lang="zh")):
        page = opened(made).page
        assert "<img src=x" in page.inner_text("body")
        assert page.evaluate("window.caught") is None
        assert page.locator("[href^='javascript:'], img").count() == 0
