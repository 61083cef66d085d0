"""Dossiers that are uploaded: stored as they come, read by another process, and put on the desk."""

import hashlib
import io
import sys
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from pipeline.errors import UsageError
from pipeline.review import uploads as module
from pipeline.review.accounts import Accounts, Role
from pipeline.review.app import create_app
from pipeline.review.desk import Desk
from pipeline.review.events import Outcome, Reason
from pipeline.review.seen import Choice
from pipeline.review.uploads import Full, Given, Progress, Uploads
from tests.pipeline.review.conftest import uploads_of
from tests.pipeline.review.test_accounts import PASSWORD, sign_in, token_of

FORM = b"store: {category: apparel, type: other}\n"
AT = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[3]


def given(name: str, content: bytes = FORM) -> Given:
    return Given(name, io.BytesIO(content))


def zipped() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("application.yaml", FORM)
    return packed.getvalue()


@pytest.fixture
def client(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    accounts = Accounts(desk.engine)
    accounts.add("li", Role.REVIEWER, PASSWORD)
    accounts.add("guest", Role.READ_ONLY, PASSWORD)
    with TestClient(create_app(desk, accounts, uploads_of(desk)), follow_redirects=False) as made:
        yield made


def test_upload_is_read_by_another_process_and_put_on_the_desk(client: TestClient, desk: Desk) -> None:
    sign_in(client)
    files = [("files", ("my dossier.zip", zipped()))]
    assert client.post("/uploads", files=files, data={"csrf_token": token_of(client)}).status_code == 303
    (upload,) = uploads_of(desk).latest()
    assert (upload.by, upload.name) == ("li", "my dossier.zip")
    states = set()
    for _ in range(300):
        states.add(client.get(f"/uploads/{upload.dossier_id}").json()["progress"])
        if "done" in states or "failed" in states:
            break
        time.sleep(0.1)
    assert "done" in states
    assert "reading" in states
    desk.intake.refresh()
    assert desk.see(upload.dossier_id).report.decision == "rejected"
    assert f'href="/dossiers/{upload.dossier_id}"' in client.get("/uploads").text
    assert client.get(f"/dossiers/{upload.dossier_id}/page").status_code == 200
    stored = [*(desk.out / "uploads").rglob("*"), *(desk.out / "uploaded").rglob("*")]
    assert all(path.stat().st_mode & 0o077 == 0 for path in stored)


def test_names_of_strangers_lead_nowhere(desk: Desk) -> None:
    uploads = uploads_of(desk)
    names = ("../../evil.yaml", "/etc/application.yaml", "a/b/scan.jpg", "scan.jpg", ".DS_Store")
    upload = uploads.store([given(name) for name in names], by="li", at=AT)
    below = desk.out / "uploads" / upload.dossier_id / upload.dossier_id
    assert sorted(path.name for path in below.iterdir()) == ["application.yaml", "evil.yaml", "scan.jpg", "scan~2.jpg"]


def test_upload_of_nothing_is_refused(desk: Desk) -> None:
    for files in ([], [given("")], [given("Thumbs.db")]):
        with pytest.raises(UsageError, match="choose"):
            uploads_of(desk).store(files, by="li", at=AT)


def test_full_queue_lets_nobody_in(desk: Desk, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WAITING", 0)
    with pytest.raises(Full):
        uploads_of(desk).store([given("application.yaml")], by="li", at=AT)
    sign_in(client)
    files = [("files", ("application.yaml", FORM))]
    assert client.post("/uploads", files=files, data={"csrf_token": token_of(client)}).status_code == 429


def test_what_waited_is_read_after_the_next_start(desk: Desk) -> None:
    first = uploads_of(desk).store([given("application.yaml")], by="li", at=AT)
    again = Uploads(desk.out, ("false",))
    assert again.progress(first.dossier_id) is Progress.WAITING
    again.start()
    try:
        for _ in range(100):
            if again.progress(first.dossier_id) is Progress.FAILED:
                break
            time.sleep(0.05)
    finally:
        again.stop()
    assert again.progress(first.dossier_id) is Progress.FAILED


def test_process_that_reads_ends_with_the_desk(desk: Desk) -> None:
    uploads = Uploads(desk.out, ("sh", "-c", "exec sleep 60"))
    upload = uploads.store([given("application.yaml")], by="li", at=AT)
    uploads.start()
    while uploads.progress(upload.dossier_id) is not Progress.READING:
        time.sleep(0.02)
    begun = time.monotonic()
    uploads.stop()
    assert time.monotonic() - begun < 5
    assert uploads.progress(upload.dossier_id) is Progress.WAITING


def test_only_who_may_decide_may_send_much(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [("files", ("big.zip", b"x" * 2_000_000))]
    assert client.post("/uploads", files=files).status_code == 413
    sign_in(client, "guest")
    assert client.post("/uploads", files=files, data={"csrf_token": token_of(client)}).status_code == 413
    assert client.get("/uploads/../../etc").status_code in (404, 401)


@pytest.mark.parametrize("name", ["nobody", "..", ".hidden", "a/b"])
def test_unknown_upload(desk: Desk, name: str) -> None:
    assert uploads_of(desk).find(name) is None


def test_single_document_is_inspected_and_told(client: TestClient, desk: Desk) -> None:
    told: list[tuple[str, str]] = []
    uploads = Uploads(desk.out, (sys.executable, "-c", "import cli; cli.main()"))
    uploads.listeners.append(lambda dossier_id, progress: told.append((dossier_id, progress)))
    blank = io.BytesIO()
    Image.new("RGB", (600, 400), "white").save(blank, "PNG")
    upload = uploads.store([given("licence.png", blank.getvalue())], by="li", at=AT)
    uploads.start()
    for _ in range(400):
        if told:
            break
        time.sleep(0.1)
    uploads.stop()
    assert told == [(upload.dossier_id, "done")]
    desk.intake.refresh()
    seen = desk.see(upload.dossier_id)
    assert seen.report.decision is None
    assert seen.report.documents[0].sha256 == hashlib.sha256(blank.getvalue()).hexdigest()
    sign_in(client)
    page = client.get(f"/dossiers/{upload.dossier_id}")
    assert page.status_code == 200
    desk.decide(upload.dossier_id, 0, "li", Choice(Outcome.REJECTED, Reason.AS_JUDGED), gist=seen.gist)
    assert desk.see(upload.dossier_id).case.state == "decided"
