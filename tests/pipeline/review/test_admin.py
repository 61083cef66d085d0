"""What supervisors see to, and nobody else."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from pipeline.review.accounts import Accounts, Role
from pipeline.review.app import Sending, create_app
from pipeline.review.delivery import Deliverer
from pipeline.review.desk import Desk
from pipeline.review.events import Outcome, Reason
from pipeline.review.seen import Choice
from pipeline.review.tokens import Tokens
from pipeline.review.webhooks import Webhooks
from tests.pipeline.review.conftest import KEY, Opener, uploads_of
from tests.pipeline.review.test_accounts import PASSWORD, sign_in, token_of

NAME = "legal-person-differs"


@pytest.fixture
def accounts(desk: Desk) -> Accounts:
    made = Accounts(desk.engine)
    made.add("boss", Role.SUPERVISOR, PASSWORD)
    made.add("li", Role.REVIEWER, PASSWORD)
    return made


@pytest.fixture
def client(desk: Desk, accounts: Accounts) -> Iterator[TestClient]:
    sending = Sending(Webhooks(desk.engine, now=desk.now, key=KEY), Deliverer(desk.engine, now=desk.now, key=KEY))
    app = create_app(desk, accounts, uploads_of(desk), sending=sending)
    with TestClient(app, follow_redirects=False) as made:
        yield made


def post(client: TestClient, path: str, token: str | None = None, **form: str) -> int:
    sent = {"csrf_token": token or token_of(client), **form}
    return int(client.post(path, data=sent).status_code)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.READ_ONLY])
def test_administration_is_for_supervisors(client: TestClient, accounts: Accounts, role: Role) -> None:
    accounts.add("wang", role, PASSWORD)
    sign_in(client, "wang")
    token = token_of(client)
    assert client.get("/admin").status_code == 403
    assert 'href="/admin"' not in client.get("/queue").text
    for path in [path for path in client.app.openapi()["paths"] if path.startswith("/admin/")]:  # type: ignore[attr-defined]
        form = {"name": "li", "role": "supervisor", "password": "another password", "locked": "true"}
        assert post(client, path, token, **form, url="https://example.com", webhook="1") == 403, path
    assert [user.role for user in accounts.users()] == [Role.SUPERVISOR, Role.REVIEWER, role]


def test_form_of_another_site_adds_no_user(client: TestClient, accounts: Accounts) -> None:
    sign_in(client, "boss")
    form = {"name": "wang", "role": "supervisor", "password": PASSWORD}
    assert post(client, "/admin/users/add", "x" * 43, **form) == 403
    assert len(accounts.users()) == 2


def test_user_is_added_and_may_sign_in(client: TestClient) -> None:
    sign_in(client, "boss")
    assert 'href="/admin"' in client.get("/queue").text
    assert post(client, "/admin/users/add", name="wang", role="reviewer", password=PASSWORD) == 303
    assert "wang" in client.get("/admin").text
    assert sign_in(client, "wang") == 303


def test_what_no_user_can_be_is_told(client: TestClient) -> None:
    sign_in(client, "boss")
    for form, told in (
        ({"name": "wang", "password": "short"}, "at least 10 characters"),
        ({"name": "a b", "password": PASSWORD}, "up to 64 letters"),
        ({"name": "li", "password": PASSWORD}, "there is a user li already"),
    ):
        answer = client.post("/admin/users/add", data={"csrf_token": token_of(client), "role": "reviewer", **form})
        assert answer.status_code == 422
        assert told in answer.text


@pytest.mark.parametrize("act", ["role", "password", "lock", "sign-out"])
def test_session_of_another_ends(client: TestClient, accounts: Accounts, desk: Desk, act: str) -> None:
    theirs = accounts.sign_in("li", PASSWORD, address="", now=desk.seconds())
    sign_in(client, "boss")
    form = {"role": "read-only", "password": "another password", "locked": "true"}
    assert post(client, f"/admin/users/{act}", name="li", **form) == 303
    assert accounts.session(theirs, now=desk.seconds()) is None
    (_, li) = accounts.users()
    assert (li.role, li.locked) == (Role.READ_ONLY if act == "role" else Role.REVIEWER, act == "lock")


@pytest.mark.parametrize("act", ["role", "password", "lock"])
def test_nobody_shuts_themselves_out(client: TestClient, accounts: Accounts, act: str) -> None:
    sign_in(client, "boss")
    form = {"name": "boss", "role": "reviewer", "password": "another password", "locked": "true"}
    assert post(client, f"/admin/users/{act}", **form) == 422
    assert accounts.users()[0].supervises
    assert not accounts.users()[0].locked


def test_token_is_shown_once_and_can_be_made_worthless(client: TestClient, desk: Desk) -> None:
    sign_in(client, "boss")
    shown = client.post("/admin/tokens/make", data={"csrf_token": token_of(client), "name": "li"}).text
    found = re.search(r"dossier_[\w-]{40,}", shown)
    assert found
    user = Tokens(desk.engine).user_of(found[0])
    assert user
    assert user.name == "li"
    assert found[0] not in client.get("/admin").text
    assert post(client, "/admin/tokens/revoke", name="li") == 303
    assert Tokens(desk.engine).user_of(found[0]) is None


def test_webhook_is_added_shown_with_its_deliveries_and_removed(client: TestClient, desk: Desk) -> None:
    sign_in(client, "boss")
    form = {"csrf_token": token_of(client), "url": "http://127.0.0.1:9/told"}
    shown = client.post("/admin/webhooks/add", data=form).text
    assert re.search(r"whsec_[\w+/=]{40,}", shown)
    seen = desk.see(NAME)
    desk.decide(NAME, 0, "li", Choice(Outcome.REJECTED, Reason.AS_JUDGED), gist=seen.gist)
    page = client.get("/admin").text
    assert "http://127.0.0.1:9/told" in page
    assert "decided" in page
    assert "whsec_" not in page
    found = re.search(r'name="webhook" value="(\w+)"', page)
    assert found
    assert post(client, "/admin/webhooks/remove", webhook=found[1]) == 303
    assert "http://127.0.0.1:9/told" not in client.get("/admin").text


def test_webhooks_are_off_unless_the_operator_turns_them_on(desk: Desk, accounts: Accounts) -> None:
    with TestClient(create_app(desk, accounts, uploads_of(desk)), follow_redirects=False) as client:
        sign_in(client, "boss")
        assert "nothing is sent anywhere" in client.get("/admin").text
        assert post(client, "/admin/webhooks/add", url="https://example.com") == 404


def test_own_password_needs_the_old_one(client: TestClient, accounts: Accounts) -> None:
    sign_in(client, "li")
    new = "another password"
    assert post(client, "/account/password", old="wrong password", new=new, again=new) == 422
    assert post(client, "/account/password", old=PASSWORD, new=new, again=f"{new}s") == 422
    assert post(client, "/account/password", old=PASSWORD, new=new, again=new) == 303
    assert client.get("/queue").status_code == 401
    assert (sign_in(client, "li"), sign_in(client, "li", new)) == (401, 303)


def test_signing_out_everywhere_ends_every_session(client: TestClient, accounts: Accounts, desk: Desk) -> None:
    elsewhere = accounts.sign_in("li", PASSWORD, address="", now=desk.seconds())
    sign_in(client, "li")
    assert post(client, "/account/sign-out") == 303
    assert accounts.session(elsewhere, now=desk.seconds()) is None
    assert client.get("/queue").status_code == 401


def test_page_of_the_api_names_what_the_api_has(client: TestClient) -> None:
    sign_in(client, "li")
    described = client.get("/programs/openapi.json").json()
    page = client.get("/programs").text
    assert len(described["paths"]) >= 3
    for path in described["paths"]:
        assert path in page
    assert described["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert re.findall(r'(?:src|href)="(?:https?:)?//', page) == []


def test_second_one_must_be_a_supervisor_where_the_operator_says_so(open_desk: Opener) -> None:
    desk = open_desk(four_eyes=True)
    desk.supervisor_seconds = True
    accounts = Accounts(desk.engine)
    for name, role in (("boss", Role.SUPERVISOR), ("wang", Role.REVIEWER)):
        accounts.add(name, role, PASSWORD)
    seen = desk.see(NAME)
    desk.decide(NAME, 0, "li", Choice(Outcome.APPROVED, Reason.ORIGINAL_SEEN), gist=seen.gist)
    with TestClient(create_app(desk, accounts, uploads_of(desk)), follow_redirects=False) as client:
        sign_in(client, "wang")
        assert "must be a supervisor" in client.get(f"/dossiers/{NAME}").text
        assert post(client, f"/dossiers/{NAME}/second", version="1", agrees="true") == 403
        client.post(f"/dossiers/{NAME}/leave", data={"csrf_token": token_of(client)})
        sign_in(client, "boss")
        assert post(client, f"/dossiers/{NAME}/second", version="1", agrees="true") == 303
    assert desk.see(NAME).case.state == "decided"
