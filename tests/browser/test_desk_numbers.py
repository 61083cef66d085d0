"""Identity numbers at the desk, and pages that come up on the way, in a real browser."""

from pathlib import Path

import pytest

from pipeline.model import Box
from pipeline.report.covering import Patch
from pipeline.report.html import to_html
from pipeline.review.desk import Desk
from tests.browser.conftest import serious_findings
from tests.browser.desk_in_browser import Visitor, draw, served, visit
from tests.pipeline.review.conftest import EXPECTED, put_revealed

__all__ = ["served", "visit"]
NAME = "id-card-expired"
NUMBER = "510100197203027105"
PLACE = f"/dossiers/{NAME}"
OTHER = "legal-person-differs"


@pytest.fixture
def revealing(served: tuple[Desk, str], tmp_path: Path) -> Desk:
    desk, _ = served
    put_revealed(desk.out, NAME, NUMBER)
    desk.intake.refresh()
    whole = desk.shelf.whole(NAME)
    places = [(page.file, page.page) for document in whole.documents for page in document.pages]
    pictures = {place: draw(tmp_path / "page.jpg", number) for number, place in enumerate(places)}
    patch = Patch(Box(left=0.1, top=0.1, right=0.4, bottom=0.2), draw(tmp_path / "patch.jpg", 9))
    page = to_html(whole, pictures, lang="en", patches={places[-1]: [patch]})
    (desk.out / "reports" / f"{NAME}.html").write_text(page, encoding="utf-8")
    return desk


def test_numbers_are_shown_by_keys_in_one_view(visit: Visitor, revealing: Desk) -> None:
    page = visit().page
    page.goto(PLACE)
    assert NUMBER not in page.content()
    page.keyboard.press("i")
    page.keyboard.press("Enter")
    page.wait_for_selector("#numbers td")
    assert NUMBER in page.inner_text("#numbers")
    assert page.locator("#numbers img").evaluate("each => each.naturalWidth") > 0
    assert serious_findings(page) == []
    page.goto(PLACE)
    assert NUMBER not in page.content()
    assert "li" in page.inner_text(".history")
    assert [event.body.kind for event in revealing.see(NAME).events] == ["looked"]


def test_the_batchs_page_at_the_desk_has_no_button_for_numbers(visit: Visitor, revealing: Desk) -> None:
    page = visit().page
    page.goto(f"{PLACE}/page")
    assert page.locator("svg image").count() >= 1
    assert page.locator("[data-act=numbers]").count() == 0
    assert NUMBER not in page.content()
    assert revealing.see(NAME).events == ()


@pytest.mark.parametrize(("lang", "dark", "width"), [("zh", True, 390), ("en", False, 1400)])
def test_an_earlier_attempt_is_found_and_compared(
    visit: Visitor, served: tuple[Desk, str], lang: str, dark: bool, width: int
) -> None:
    desk, _ = served
    text = (EXPECTED / f"{OTHER}.json").read_text(encoding="utf-8")
    first = text.replace(f'"{OTHER}"', '"first-try"').replace('"as_of": "2026-11-24"', '"as_of": "2026-10-01"')
    first = first.replace("苏州市浅溪服饰有限公司", "苏州市深溪服饰有限公司")
    (desk.out / "reports" / "first-try.json").write_text(first, encoding="utf-8")
    desk.intake.refresh()
    page = visit(lang=lang, dark=dark, width=width).page
    page.goto(f"/dossiers/{OTHER}")
    page.click("a:has-text('first-try')")
    page.wait_for_selector("td:has-text('深溪')")
    assert ("1 Oct 2026" if lang == "en" else "2026年10月1日") in page.inner_text("header.line")
    assert serious_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_collision_and_a_refusal_can_be_read_by_everybody(visit: Visitor) -> None:
    li, wang = visit("li", dark=True, width=390).page, visit("wang").page
    li.goto(f"/dossiers/{OTHER}")
    wang.goto(f"/dossiers/{OTHER}")
    wang.click("button:has-text('Take it over')")
    wang.wait_for_selector("#decide")
    li.click("button:has-text('Reject')")
    li.wait_for_selector("text=Somebody else works on this dossier")
    assert serious_findings(li) == []
    wang.click("button:has-text('Approve')")
    wang.wait_for_selector("text=choose why you do")
    assert serious_findings(wang) == []
