"""A whole review in a real browser: from the queue to a decision, by mouse and by keys alone."""

from pathlib import Path

import pytest
from playwright.sync_api import FloatRect, Locator

from pipeline.review.desk import Desk
from pipeline.review.events import Outcome, Reason
from pipeline.review.seen import Choice
from tests.browser.conftest import serious_findings
from tests.browser.desk_in_browser import PASSWORD, Visitor, served, visit

__all__ = ["served", "visit"]
NAME = "legal-person-differs"
PLACE = f"/dossiers/{NAME}"


def test_review_from_signing_in_to_a_decision_in_three_clicks(visit: Visitor, served: tuple[Desk, str]) -> None:
    li = visit(who="")
    li.page.goto("/queue")
    li.page.fill("[name=name]", "li")
    li.page.fill("[name=password]", PASSWORD)
    li.click("button:has-text('Sign in')")
    li.click("text=Begin with the first")
    assert NAME in li.page.inner_text("h1 + p")
    li.click("button:has-text('Reject')")
    li.page.wait_for_selector("text=Take the decision back")
    assert li.clicks == 3
    assert served[0].see(NAME).case.outcome == "rejected"


def test_wrong_password_and_another_language(visit: Visitor) -> None:
    page = visit(who="").page
    page.goto("/sign-in")
    page.click("text=中文")
    page.wait_for_selector("h1:has-text('登录')")
    page.wait_for_load_state()
    assert page.evaluate("document.activeElement.name") == "name"
    page.keyboard.type("li")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong password")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=用户名与密码不符")
    assert serious_findings(page) == []


def test_keys_alone(visit: Visitor, served: tuple[Desk, str]) -> None:
    page = visit().page
    page.goto("/queue")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=To look at")
    page.keyboard.press("n")
    page.keyboard.type("seen")
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Take the decision back")
    page.wait_for_load_state()
    assert served[0].see(NAME).case.outcome == "documents"
    page.keyboard.press("u")
    page.keyboard.press("Enter")
    page.wait_for_selector("#decide")
    page.wait_for_load_state()
    assert served[0].see(NAME).case.state == "open"
    page.keyboard.press("j")
    page.wait_for_url("**/dossiers/starriver")
    page.keyboard.press("k")
    page.wait_for_url(f"**{PLACE}")
    page.keyboard.press("q")
    page.wait_for_url("**/queue*")


def test_fact_is_lit_up_on_its_page(visit: Visitor) -> None:
    page = visit().page
    page.goto(PLACE)
    page.click(".findings a[data-place]")
    lit = page.locator(".mark.lit")
    assert lit.count() == 1
    assert "Legal person" in (lit.locator("title").text_content() or "")
    frame, place = box_of(page.locator("#pages")), box_of(lit)
    assert frame["y"] <= place["y"] <= frame["y"] + frame["height"]
    sheet = page.locator(".sheet").first
    width = box_of(sheet)["width"]
    page.keyboard.press("+")
    assert box_of(sheet)["width"] > width * 1.5
    page.keyboard.press("-")
    assert box_of(sheet)["width"] == width


def box_of(found: Locator) -> FloatRect:
    box = found.bounding_box()
    assert box
    return box


def test_pictures_come_from_the_batchs_page(visit: Visitor) -> None:
    page = visit().page
    with page.expect_response("**/pictures/d1/1") as answer:
        page.goto(PLACE)
    assert answer.value.status == 200
    assert answer.value.headers["content-type"] == "image/jpeg"


def test_value_put_right_and_taken_back(visit: Visitor, served: tuple[Desk, str]) -> None:
    page = visit().page
    page.goto(PLACE)
    row = page.locator("#facts-d1 tr", has_text="Legal person").first
    row.locator("summary").press("Enter")
    row.locator("input[name=typed]").fill("欧阳泽楷")
    row.locator("input[name=typed]").press("Enter")
    page.wait_for_selector("#changes")
    changed = page.inner_text("#changes")
    assert "Rejected" in changed
    assert "Approved" in changed
    assert "XDC803" in changed
    assert page.evaluate("document.activeElement.id") == "changes"
    page.click("#facts-d1 button:has-text('Take back')")
    page.wait_for_selector("#changes")
    assert served[0].see(NAME).report.decision == "rejected"


def test_of_two_reviewers_one_wins_and_the_other_sees_who(visit: Visitor, served: tuple[Desk, str]) -> None:
    li, wang = visit("li").page, visit("wang").page
    li.goto(PLACE)
    wang.goto(PLACE)
    assert "li works on this dossier" in wang.inner_text(".banner")
    assert wang.locator("#decide").count() == 0
    wang.click("button:has-text('Take it over')")
    wang.wait_for_selector("#decide")
    wang.click("button:has-text('Ask for documents')")
    wang.wait_for_selector("text=Take the decision back")
    with li.expect_navigation() as answer:
        li.click("button:has-text('Reject')")
    assert answer.value.status == 409
    told = li.inner_text("main")
    assert "Somebody else was quicker" in told
    assert "wang" in told
    assert "Documents asked for" in told
    assert served[0].see(NAME).case.decided_by == "wang"


def test_letter_is_copied(visit: Visitor, served: tuple[Desk, str]) -> None:
    page = visit().page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=served[1])
    page.goto(PLACE)
    page.click("#notice summary >> nth=1")
    page.click("#notice [data-copy=letter-zh]")
    page.wait_for_selector("text=Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.input_value("#letter-zh")


def test_leaving_gives_the_dossier_back(visit: Visitor, served: tuple[Desk, str]) -> None:
    li, wang = visit("li").page, visit("wang").page
    li.goto(PLACE)
    li.goto("/statistics")
    for _ in range(50):
        wang.goto(PLACE)
        if wang.locator("#decide").count():
            break
        wang.wait_for_timeout(100)
    assert wang.locator("#decide").count() == 1


@pytest.mark.parametrize(
    ("path", "dark", "width", "lang"),
    [
        pytest.param("/queue", False, 1400, "en", id="queue, light and wide"),
        pytest.param(PLACE, False, 1400, "zh", id="dossier, light and wide"),
        pytest.param("/queue", True, 390, "zh", id="queue, dark and narrow"),
        pytest.param(PLACE, True, 390, "en", id="dossier, dark and narrow"),
        pytest.param("/statistics", True, 390, "en", id="statistics"),
        pytest.param("/expiring?within=3650", True, 390, "zh", id="expiring"),
    ],
)
def test_nothing_serious_for_those_who_see_badly(visit: Visitor, path: str, dark: bool, width: int, lang: str) -> None:
    page = visit(dark=dark, width=width, lang=lang).page
    page.goto(path)
    if path == PLACE:
        page.click("#facts-d1 summary >> nth=0")
    assert serious_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_dossier_is_dropped_and_shows_up(
    visit: Visitor, served: tuple[Desk, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    page = visit().page
    page.goto("/uploads")
    assert serious_findings(page) == []
    dropped = page.evaluate_handle(
        """() => {
            const files = new DataTransfer();
            files.items.add(new File(["store: {category: apparel, type: other}"], "application.yaml"));
            return files;
        }"""
    )
    page.dispatch_event(".drop", "drop", {"dataTransfer": dropped})
    page.wait_for_selector("[data-progress]")
    page.wait_for_selector("text=Done", timeout=30_000)
    served[0].intake.refresh()
    page.click("tbody a")
    page.wait_for_selector("text=To look at")


def test_supervisor_adds_a_user_and_a_webhook(visit: Visitor, served: tuple[Desk, str]) -> None:
    page = visit("boss").page
    page.goto("/queue")
    page.click("text=Administration")
    adding = page.locator("form[action='/admin/users/add']")
    adding.locator("[name=name]").fill("zhao")
    adding.locator("[name=password]").fill(PASSWORD)
    adding.locator("[name=password]").press("Enter")
    page.wait_for_selector("th:has-text('zhao')")
    page.fill("[name=url]", "http://127.0.0.1:9/told")
    page.press("[name=url]", "Enter")
    assert page.inner_text("#secret").startswith("whsec_")
    assert serious_findings(page) == []
    gist = served[0].see(NAME).gist
    served[0].decide(NAME, 0, "li", Choice(Outcome.REJECTED, Reason.AS_JUDGED), gist=gist)
    page.goto("/admin")
    assert "http://127.0.0.1:9/told" in page.inner_text("#main")
    assert page.locator("td:has-text('decided')").count() == 1


@pytest.mark.parametrize(
    ("path", "dark", "width", "lang"),
    [
        pytest.param("/admin", True, 390, "zh", id="administration, dark and narrow"),
        pytest.param("/account", True, 390, "en", id="account"),
        pytest.param("/programs", False, 390, "zh", id="programs"),
    ],
)
def test_nothing_serious_for_supervisors_who_see_badly(
    visit: Visitor, path: str, dark: bool, width: int, lang: str
) -> None:
    page = visit("boss", dark=dark, width=width, lang=lang).page
    page.goto(path)
    assert serious_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_password_is_changed_by_keys_alone(visit: Visitor) -> None:
    page = visit("wang").page
    page.goto("/account")
    page.focus("[name=old]")
    for typed in (PASSWORD, "another password", "another password"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in")
