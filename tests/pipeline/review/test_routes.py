"""The desk's pages over HTTP, without a browser."""

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from pipeline.report.html import to_html
from pipeline.report.json import to_json
from pipeline.review.desk import Desk
from pipeline.review.journal import JOURNAL
from tests.pipeline.review.conftest import Opener
from tests.pipeline.review.serving import TOKEN, serve

NAME = "legal-person-differs"
PLACE = f"/dossiers/{NAME}"
FILLED = {"dossier_id": NAME, "document": "d1", "number": 1, "other": "starriver"}
JPEG = b"\xff\xd8\xff\xe0picture of %d"


def client_of(desk: Desk, who: str = "li") -> TestClient:
    return TestClient(serve(desk), cookies={"who": who}, follow_redirects=False)


@pytest.fixture
def li(desk: Desk) -> Iterator[TestClient]:
    with client_of(desk) as client:
        yield client


def hidden(page: Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found
    return found[1]


def send(client: TestClient, what: str, page: Response | None = None, **values: object) -> Response:
    shown = page or client.get(PLACE)
    form = {"csrf_token": TOKEN, "version": hidden(shown, "version"), **values}
    if what == "decision":
        form = {"gist": hidden(shown, "gist"), **form}
    answer = client.post(f"{PLACE}/{what}", data=form)
    assert isinstance(answer, Response)
    return answer


def test_queue_leads_to_a_dossier_and_the_dossier_to_a_decision(li: TestClient, desk: Desk) -> None:
    queue = li.get("/queue")
    assert f'href="{PLACE}"' in queue.text
    assert send(li, "decision", outcome="rejected").status_code == 303
    page = li.get(PLACE)
    assert "Take the decision back" in page.text
    assert desk.see(NAME).case.state == "decided"
    assert f'href="{PLACE}"' not in li.get("/queue").text
    assert f'href="{PLACE}?state=decided"' in li.get("/queue?state=decided").text


def test_value_put_right_shows_what_has_changed(li: TestClient) -> None:
    answer = send(li, "value", document="d1", entity="legal_person", typed="欧阳泽楷")
    assert answer.headers["location"] == f"{PLACE}#changes"
    page = li.get(PLACE).text
    assert "What has changed" in page
    assert "failed (blocker)" in page
    assert "put right by li" in " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_of_two_reviewers_the_second_is_told_who_was_quicker(desk: Desk) -> None:
    li, wang = client_of(desk), client_of(desk, "wang")
    seen_by_li = li.get(PLACE)
    assert "works on this dossier" in wang.get(PLACE).text
    assert wang.post(f"{PLACE}/take-over", data={"csrf_token": TOKEN}).status_code == 303
    held = send(li, "decision", seen_by_li, outcome="rejected")
    assert (held.status_code, "wang" in held.text) == (409, True)
    assert send(wang, "decision", outcome="documents", reason="incomplete", note="page 2 is missing").status_code == 303
    late = send(li, "decision", seen_by_li, outcome="approved", reason="harmless")
    assert late.status_code == 409
    assert "Documents asked for" in late.text
    assert "page 2 is missing" in late.text
    assert desk.see(NAME).case.decided_by == "wang"


def test_lease_is_renewed_and_given_back(desk: Desk) -> None:
    li, wang = client_of(desk), client_of(desk, "wang")
    li.get(PLACE)
    token = {"csrf_token": TOKEN}
    assert wang.post(f"{PLACE}/lease", data=token).status_code == 409
    assert li.post(f"{PLACE}/lease", data=token).status_code == 204
    assert li.post(f"{PLACE}/leave", data=token).status_code == 204
    assert wang.post(f"{PLACE}/lease", data=token).status_code == 204


def test_guest_reads_and_holds_nothing(desk: Desk) -> None:
    guest = client_of(desk, "guest")
    page = guest.get(PLACE)
    assert 'action="/dossiers/' not in page.text
    assert guest.post(f"{PLACE}/decision", data={"csrf_token": TOKEN}).status_code == 403
    assert "works on this dossier" not in client_of(desk, "wang").get(PLACE).text


def addresses(app: FastAPI) -> list[tuple[str, str]]:
    return [(method, path) for path, methods in app.openapi()["paths"].items() for method in methods]


def test_every_address_asks_who_is_there(desk: Desk) -> None:
    app = serve(desk)
    client = TestClient(app, follow_redirects=False)
    assert len(addresses(app)) >= 15
    for method, path in addresses(app):
        filled = path.format_map(FILLED)
        assert client.request(method, filled).status_code in (401, 403), (method, path)


def test_every_post_asks_for_the_token(desk: Desk) -> None:
    app = serve(desk)
    client = TestClient(app, cookies={"who": "li"})
    posts = [path for method, path in addresses(app) if method == "post"]
    assert len(posts) >= 8
    values = {"version": 0, "gist": "x", "outcome": "approved", "number": 1, "agrees": True, "document": "d"}
    for path in posts:
        answer = client.post(path.format_map(FILLED), data={**values, "entity": "e"})
        assert answer.status_code == 403, path
    assert not desk.see(NAME).events


def test_refusals_say_why(li: TestClient) -> None:
    answer = send(li, "decision", outcome="approved")
    assert (answer.status_code, "choose why you do" in answer.text) == (422, True)
    answer = send(li, "value", document="d1", entity="issue_date", typed="soon")
    assert (answer.status_code, "a date such as" in answer.text) == (422, True)


@pytest.mark.parametrize("path", ["/dossiers/nobody", "/dossiers/..%2F..%2Fetc", "/dossiers/nobody/page"])
def test_what_is_not_there(li: TestClient, path: str) -> None:
    assert li.get(path).status_code == 404


def test_next_and_previous_keep_the_filters(li: TestClient) -> None:
    first = li.get("/queue/first?state=all").headers["location"]
    second = li.get(first.replace("?", "/next?")).headers["location"]
    assert second.endswith("?state=all")
    assert li.get(second.replace("?", "/previous?")).headers["location"] == first
    assert li.get("/queue/first?text=nothing+like+it").headers["location"] == "/queue?text=nothing+like+it"


def test_history_keeps_what_was_taken_back(li: TestClient, desk: Desk) -> None:
    send(li, "note", text="<script>alert(1)</script>")
    send(li, "assign", to="wang")
    send(li, "assign", to="somebody-else")
    send(li, "undo", number=2)
    page = li.get(PLACE).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "taken back" in page
    assert [event.body.kind for event in desk.see(NAME).events] == ["noted", "assigned", "assigned", "undone"]
    assert desk.see(NAME).standing.assignee is None


def test_letter_is_there_in_both_languages_and_names_no_reviewer(li: TestClient) -> None:
    send(li, "note", text="canary-note")
    page = li.get(PLACE).text
    letters = re.findall(r'<textarea class="letter".*?</textarea>', page, re.DOTALL)
    assert len(letters) == 2
    assert all("canary-note" not in letter and NAME in letter for letter in letters)


def test_second_reviewer(open_desk: Opener) -> None:
    desk = open_desk(four_eyes=True)
    li, wang = client_of(desk), client_of(desk, "wang")
    send(li, "decision", outcome="approved", reason="original_seen")
    assert "must be somebody else" in li.get(PLACE).text
    li.post(f"{PLACE}/leave", data={"csrf_token": TOKEN})
    assert send(wang, "second", agrees="true").status_code == 303
    assert desk.see(NAME).case.state == "decided"


@pytest.fixture
def with_page(desk: Desk) -> Desk:
    """Write the page for people, with a picture that can be told for each page."""
    report = desk.see(NAME).recorded
    pages = dict.fromkeys((page.file, page.page) for document in report.documents for page in document.pages)
    pictures = {place: JPEG % number for number, place in enumerate(pages, start=1)}
    (desk.out / "reports" / f"{NAME}.html").write_text(to_html(report, pictures, lang="en"), encoding="utf-8")
    return desk


def test_pictures_are_those_that_the_batch_drew(with_page: Desk) -> None:
    client = client_of(with_page)
    documents = with_page.see(NAME).recorded.documents
    assert len(documents) > 1
    for number, document in enumerate(documents, start=1):
        answer = client.get(f"{PLACE}/pictures/{document.id}/1")
        assert (answer.content, answer.headers["content-type"]) == (JPEG % number, "image/jpeg")
        assert f'href="{PLACE}/pictures/{document.id}/1"' in client.get(PLACE).text
    assert client.get(f"{PLACE}/pictures/d1/99").status_code == 404
    assert client.get(f"{PLACE}/pictures/d99/1").status_code == 404


def test_page_for_people_runs_apart_from_the_desk(with_page: Desk) -> None:
    answer = client_of(with_page).get(f"{PLACE}/page")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "allow-same-origin" not in answer.headers["content-security-policy"]
    assert b64encode(JPEG % 1).decode() in answer.text


def test_no_picture_without_a_page(li: TestClient) -> None:
    assert li.get(f"{PLACE}/pictures/d1/1").status_code == 404
    assert li.get(f"{PLACE}/page").status_code == 404
    assert "without --html" in li.get(PLACE).text


def test_report_is_the_one_with_what_reviewers_read(li: TestClient) -> None:
    send(li, "value", document="d1", entity="legal_person", typed="欧阳泽楷")
    assert li.get(f"{PLACE}/report.json").json()["decision"] == "approved"


def test_earlier_attempt_is_compared(li: TestClient, desk: Desk) -> None:
    report = desk.see(NAME).recorded
    first = report.model_copy(update={"dossier_id": "first-attempt", "as_of": report.as_of.replace(day=1)})
    written = to_json(first).replace("程国春", "程国秋")
    (desk.out / "reports" / "first-attempt.json").write_text(written, encoding="utf-8")
    desk.intake.refresh()
    assert f"{PLACE}/earlier/first-attempt" in li.get(PLACE).text
    page = li.get(f"{PLACE}/earlier/first-attempt").text
    assert "程国秋" in page
    assert "程国春" in page
    assert li.get(f"{PLACE}/earlier/starriver").status_code == 404


def test_statistics_and_labelled_set(li: TestClient) -> None:
    send(li, "value", document="d1", entity="legal_person", typed="欧阳泽楷")
    send(li, "value", document="d1", entity="company_name")
    send(li, "decision", outcome="approved")
    page = li.get("/statistics").text
    assert "1 decisions stand" in page
    (label,) = json.loads(li.get("/statistics/truth.json").text)
    assert label["entities"].keys() == {"legal_person", "company_name"}


def test_expiring_papers(li: TestClient) -> None:
    assert "starriver" in li.get("/expiring?within=3650").text
    assert "Nothing runs out" in li.get("/expiring?within=0").text


def test_no_page_holds_an_identity_number_or_an_inline_handler(li: TestClient) -> None:
    for path in ("/queue", PLACE, "/statistics", "/expiring"):
        page = li.get(path).text
        assert not re.search(r"\d{17}[\dX]", page)
        assert not re.search(r"\son\w+=|\sstyle=|javascript:", page)


def test_journal_is_all_that_a_new_database_needs(open_desk: Opener, tmp_path: Path) -> None:
    desk = open_desk()
    send(client_of(desk), "decision", outcome="rejected")
    desk.engine.dispose()
    for path in desk.out.glob("desk.sqlite*"):
        path.unlink()
    assert (desk.out / JOURNAL).exists()
    assert "Take the decision back" in client_of(open_desk()).get(PLACE).text


def test_pages_speak_chinese(li: TestClient) -> None:
    li.cookies.set("lang", "zh")
    for path, text in ((PLACE, "待查看"), ("/queue", "审核队列"), ("/statistics", "统计"), ("/expiring", "到期")):
        assert text in li.get(path).text
    assert "规则未予通过" in send(li, "decision", outcome="approved").text
