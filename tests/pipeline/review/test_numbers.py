"""Identity numbers at the desk: masked everywhere but in the one view that goes on record."""

import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from pipeline.errors import UsageError
from pipeline.report.html import to_html
from pipeline.review.desk import Desk
from pipeline.review.events import Valued
from pipeline.review.journal import JOURNAL, Overtaken
from pipeline.review.labelled import labels_of
from pipeline.review.shelf import gist_of
from tests.pipeline.review.conftest import Opener, put_reports, put_revealed
from tests.pipeline.review.serving import TOKEN, serve

NAME = "id-card-expired"
NUMBER = "510100197203027105"
"""The sample's own, as it was drawn."""
PLACE = f"/dossiers/{NAME}"


@pytest.fixture
def revealing(tmp_path: Path) -> Iterator[Desk]:
    put_revealed(tmp_path / "out", NAME, NUMBER)
    desk = Opener(tmp_path / "out")()
    whole = desk.shelf.whole(NAME)
    (desk.out / "reports" / f"{NAME}.html").write_text(to_html(whole, {}, lang="en"), encoding="utf-8")
    yield desk
    desk.engine.dispose()


def client_of(desk: Desk, who: str = "li") -> TestClient:
    return TestClient(serve(desk), cookies={"who": who}, follow_redirects=False)


def version_on(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


def test_a_batch_that_reveals_is_masked_on_every_page(revealing: Desk) -> None:
    assert NUMBER in revealing.shelf.whole(NAME).model_dump_json()
    li = client_of(revealing)
    for path in ("/queue", PLACE, f"{PLACE}/page", f"{PLACE}/report.json", "/statistics", "/statistics/truth.json"):
        answer = li.get(path)
        assert answer.status_code == 200
        assert NUMBER not in answer.text, path
    assert "510100***********5" in li.get(PLACE).text


def test_the_page_for_people_says_where_its_masked_numbers_can_be_seen(revealing: Desk, with_pictures: Desk) -> None:
    page = client_of(revealing).get(f"{PLACE}/page").text
    assert "press “Show them whole” on the dossier&#39;s page at the desk" in page
    assert "Only a run with --reveal" not in page
    masked = client_of(with_pictures).get(f"{PLACE}/page").text
    assert "Show them whole" not in masked
    assert "Only a run with --reveal writes it." in masked


def test_one_view_shows_them_and_tells_who_looked(revealing: Desk) -> None:
    li = client_of(revealing)
    version = version_on(li.get(PLACE).text)
    shown = li.post(f"{PLACE}/numbers", data={"csrf_token": TOKEN, "version": version})
    assert (shown.status_code, NUMBER in shown.text) == (200, True)
    again = li.get(PLACE).text
    assert NUMBER not in again
    assert "Looked at the identity numbers whole" in again
    (event,) = revealing.see(NAME).events
    assert (event.by, event.body.kind) == ("li", "looked")
    assert NUMBER not in (revealing.out / JOURNAL).read_text(encoding="utf-8")
    # The page that shows them can decide at once: it bears the version of after the look.
    decided = {"csrf_token": TOKEN, "version": version_on(shown.text), "outcome": "rejected"}
    decided["gist"] = revealing.see(NAME).gist
    assert li.post(f"{PLACE}/decision", data=decided).status_code == 303


def test_looking_is_for_those_who_decide_and_hold_the_dossier(revealing: Desk) -> None:
    form = {"csrf_token": TOKEN, "version": "0"}
    assert client_of(revealing, "guest").post(f"{PLACE}/numbers", data=form).status_code == 403
    assert "Show them whole" not in client_of(revealing, "guest").get(PLACE).text
    client_of(revealing).get(PLACE)
    held = client_of(revealing, "wang").post(f"{PLACE}/numbers", data=form)
    assert (held.status_code, NUMBER in held.text) == (409, False)
    assert revealing.see(NAME).events == ()


def test_a_look_is_not_taken_back_and_overtakes_nobody_who_saw_it(revealing: Desk) -> None:
    revealing.look(NAME, 0, "li")
    with pytest.raises(UsageError, match="nothing to take back"):
        revealing.undo(NAME, 1, "li", number=1)
    with pytest.raises(Overtaken):
        revealing.look(NAME, 0, "li")


def test_without_reveal_the_page_says_why_there_is_nothing_to_show(tmp_path: Path) -> None:
    put_reports(tmp_path / "out", NAME)
    desk = Opener(tmp_path / "out")()
    li = client_of(desk)
    assert "the batch was run without --reveal" in li.get(PLACE).text
    refused = li.post(f"{PLACE}/numbers", data={"csrf_token": TOKEN, "version": "0"})
    assert refused.status_code == 422
    assert desk.see(NAME).events == ()
    desk.engine.dispose()


@pytest.fixture
def with_pictures(tmp_path: Path) -> Iterator[Desk]:
    put_reports(tmp_path / "pictures", NAME)
    desk = Opener(tmp_path / "pictures")()
    report = desk.see(NAME).recorded
    places = {(page.file, page.page) for document in report.documents for page in document.pages}
    page = to_html(report, {place: f"picture of {place[0]}".encode() for place in places}, lang="en")
    (desk.out / "reports" / f"{NAME}.html").write_text(page, encoding="utf-8")
    yield desk
    desk.engine.dispose()


def test_pages_with_a_number_that_an_earlier_version_drew_are_not_shown(with_pictures: Desk) -> None:
    li, path = client_of(with_pictures), with_pictures.out / "reports" / f"{NAME}.html"
    documents = with_pictures.see(NAME).recorded.documents
    assert "identity_card" in [each.type for each in documents]
    pictures = [f"{PLACE}/pictures/{each.id}/1" for each in documents]
    assert [li.get(picture).status_code for picture in pictures] == [200] * len(documents)
    assert "an earlier version drew it" not in li.get(PLACE).text
    path.write_text(path.read_text(encoding="utf-8").replace(" data-covered", ""), encoding="utf-8")
    page = li.get(PLACE).text
    for each, picture in zip(documents, pictures, strict=True):
        is_shown = each.type != "identity_card"
        assert li.get(picture).status_code == (200 if is_shown else 404)
        assert (f'href="{picture}"' in page) is is_shown
        drawn = b64encode(f"picture of {each.pages[0].file}".encode()).decode()
        assert (drawn in li.get(f"{PLACE}/page").text) is is_shown
    assert page.count("an earlier version drew it") == 1
    assert "painted over" not in page[page.index('id="numbers"') :].partition("</div>")[0]


def test_revealing_does_not_open_a_decided_dossier_again(revealing: Desk, tmp_path: Path) -> None:
    put_reports(tmp_path / "masked", NAME)
    masked = Opener(tmp_path / "masked")()
    assert masked.see(NAME).gist == revealing.see(NAME).gist != gist_of(revealing.shelf.whole(NAME))
    masked.engine.dispose()


def test_a_confirmed_number_is_masked_on_record_and_is_no_label(revealing: Desk) -> None:
    card = next(each for each in revealing.see(NAME).recorded.documents if "id_number" in each.entities)
    event = revealing.put_value(NAME, 0, "li", document=card.id, entity="id_number", typed=None)
    assert isinstance(event.body, Valued)
    assert event.body.value == "510100***********5"
    revealing.put_value(NAME, 1, "li", document=card.id, entity="name", typed=None)
    (label,) = labels_of(revealing)
    assert list(label.entities) == ["name"]
