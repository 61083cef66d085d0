"""The API: tokens, dossiers handed in and asked for, errors that programs can read."""

import pytest
from fastapi.testclient import TestClient

from pipeline.errors import UsageError
from pipeline.review.accounts import Accounts, Role
from pipeline.review.app import create_app
from pipeline.review.desk import Desk
from pipeline.review.tokens import Tokens
from pipeline.review.uploads import Uploads
from tests.pipeline.review.test_accounts import PASSWORD
from tests.pipeline.review.test_uploads import FORM


@pytest.fixture
def client(desk: Desk) -> TestClient:
    accounts = Accounts(desk.engine)
    accounts.add("program", Role.REVIEWER, PASSWORD)
    accounts.add("reader", Role.READ_ONLY, PASSWORD)
    return TestClient(create_app(desk, accounts, Uploads(desk.out, ("false",))))


def bearer(desk: Desk, name: str = "program") -> dict[str, str]:
    return {"Authorization": f"Bearer {Tokens(desk.engine).make(name)}"}


def test_dossier_is_handed_in_and_asked_for(client: TestClient, desk: Desk) -> None:
    headers = bearer(desk)
    answer = client.post("/api/dossiers", files=[("files", ("application.yaml", FORM))], headers=headers)
    assert answer.status_code == 202
    place = answer.headers["location"]
    assert place == answer.json()["location"]
    assert client.get(place, headers=headers).json() == {"id": answer.json()["id"], "progress": "waiting"}


def test_what_was_decided_can_be_asked_for(client: TestClient, desk: Desk) -> None:
    headers = bearer(desk, "reader")
    told = client.get("/api/dossiers/starriver", headers=headers).json()
    assert (told["rules"], told["state"], told["outcome"]) == ("approved", "open", None)
    assert client.get(told["report"], headers=headers).json()["dossier_id"] == "starriver"
    listed = client.get("/api/dossiers?state=open", headers=headers).json()
    assert listed["total"] == len(listed["dossiers"]) == 4


@pytest.mark.parametrize("path", ["dossiers", "dossiers/starriver", "dossiers/starriver/report", "openapi.json"])
@pytest.mark.parametrize("sent", ["", "Bearer nonsense", "Basic bGk6bGk="])
def test_nothing_without_a_token(client: TestClient, path: str, sent: str) -> None:
    answer = client.get(f"/api/{path}", headers={"Authorization": sent} if sent else {})
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 401


def test_token_may_do_what_its_user_may(client: TestClient, desk: Desk) -> None:
    files = [("files", ("application.yaml", FORM))]
    assert client.post("/api/dossiers", files=files, headers=bearer(desk, "reader")).status_code == 403
    headers = bearer(desk)
    Accounts(desk.engine).lock("program", locked=True)
    assert client.get("/api/dossiers", headers=headers).status_code == 401


def test_revoked_token_is_worthless(client: TestClient, desk: Desk) -> None:
    headers = bearer(desk)
    assert client.get("/api/dossiers", headers=headers).status_code == 200
    assert Tokens(desk.engine).revoke("program") == 1
    assert client.get("/api/dossiers", headers=headers).status_code == 401
    with pytest.raises(UsageError, match="no user"):
        Tokens(desk.engine).make("nobody")


def test_errors_are_problems(client: TestClient, desk: Desk) -> None:
    headers = bearer(desk)
    for path, status in (("/api/dossiers/nobody", 404), ("/api/dossiers/nobody/report", 404)):
        answer = client.get(path, headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    refused = client.post("/api/dossiers", files=[("files", ("Thumbs.db", b"x"))], headers=headers)
    assert (refused.status_code, "choose" in refused.json()["detail"]) == (422, True)


def test_api_describes_itself_and_nothing_else(client: TestClient, desk: Desk) -> None:
    described = client.get("/api/openapi.json", headers=bearer(desk)).json()
    assert set(described["paths"]) == {
        "/api/dossiers",
        "/api/dossiers/{dossier_id}",
        "/api/dossiers/{dossier_id}/report",
    }


def test_session_is_no_token(client: TestClient) -> None:
    client.post("/sign-in", data={"name": "program", "password": PASSWORD})
    assert client.get("/api/dossiers").status_code == 401
