"""Who may use the desk, and that nobody else does."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from pipeline.errors import UsageError
from pipeline.review.accounts import FAILURES_OF_A_NAME, Accounts, Refused, Role, TooMany
from pipeline.review.app import create_app
from pipeline.review.desk import Desk
from pipeline.review.security import COOKIE
from tests.pipeline.review.conftest import Opener, uploads_of

PASSWORD = "correct horse battery"
PLACE = "/dossiers/legal-person-differs"
HTML = {"accept": "text/html"}


@pytest.fixture
def accounts(desk: Desk) -> Accounts:
    made = Accounts(desk.engine)
    made.add("li", Role.REVIEWER, PASSWORD)
    return made


@pytest.fixture
def client(desk: Desk, accounts: Accounts) -> Iterator[TestClient]:
    with TestClient(create_app(desk, accounts, uploads_of(desk)), follow_redirects=False) as made:
        yield made


def sign_in(client: TestClient, name: str = "li", password: str = PASSWORD, **more: str) -> int:
    return int(client.post("/sign-in", data={"name": name, "password": password, **more}).status_code)


def token_of(client: TestClient, path: str = "/queue") -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).text)
    assert found
    return found[1]


def test_password_signs_in_and_nothing_else_does(accounts: Accounts) -> None:
    token = accounts.sign_in("li", PASSWORD, address="a", now=0)
    session = accounts.session(token, now=1)
    assert session
    assert (session.user.name, session.user.role) == ("li", Role.REVIEWER)
    assert accounts.session(token[:-1] + "?", now=1) is None
    for name, password in (("li", "wrong password"), ("nobody", PASSWORD), ("li", "")):
        with pytest.raises(Refused):
            accounts.sign_in(name, password, address="a", now=0)


def test_neither_password_nor_token_is_in_the_database(desk: Desk, accounts: Accounts) -> None:
    token = accounts.sign_in("li", PASSWORD, address="a", now=0)
    desk.engine.dispose()
    content = b"".join(path.read_bytes() for path in desk.out.glob("desk.sqlite*"))
    assert PASSWORD.encode() not in content
    assert token.encode() not in content
    assert b"$argon2id$" in content


def test_session_ends_when_it_is_idle_and_after_half_a_day(accounts: Accounts) -> None:
    idle = accounts.sign_in("li", PASSWORD, address="a", now=0)
    assert accounts.session(idle, now=3601) is None
    busy = accounts.sign_in("li", PASSWORD, address="a", now=0)
    seen = [accounts.session(busy, now=hour * 3500.0) is not None for hour in range(1, 15)]
    assert seen == [hour * 3500 <= 12 * 3600 for hour in range(1, 15)]


@pytest.mark.parametrize("act", ["password", "lock", "remove"])
def test_session_ends_with_what_it_rests_on(accounts: Accounts, act: str) -> None:
    token = accounts.sign_in("li", PASSWORD, address="a", now=0)
    if act == "password":
        accounts.set_password("li", "another password")
    elif act == "lock":
        accounts.lock("li", locked=True)
    else:
        accounts.remove("li")
    assert accounts.session(token, now=1) is None
    with pytest.raises(Refused):
        accounts.sign_in("li", PASSWORD, address="a", now=2)


def test_guessing_is_stopped_by_name_and_by_address(accounts: Accounts) -> None:
    for _ in range(FAILURES_OF_A_NAME):
        with pytest.raises(Refused):
            accounts.sign_in("li", "wrong password", address="a", now=0)
    with pytest.raises(TooMany):
        accounts.sign_in("li", PASSWORD, address="b", now=1)
    assert accounts.sign_in("li", PASSWORD, address="b", now=1000)


def test_what_no_account_can_be(accounts: Accounts) -> None:
    for name, password in (("li", PASSWORD), ("a b", PASSWORD), ("", PASSWORD), ("wang", "short")):
        with pytest.raises(UsageError):
            accounts.add(name, Role.REVIEWER, password)
    with pytest.raises(UsageError, match="no user"):
        accounts.set_password("nobody", PASSWORD)


def test_only_a_session_opens_the_desk(client: TestClient) -> None:
    paths = client.app.openapi()["paths"] if hasattr(client.app, "openapi") else {}
    open_to_all = {"/", "/sign-in", "/language", "/health"}
    assert len(paths) > 15
    for path, methods in paths.items():
        for method in methods if path not in open_to_all else ():
            filled = re.sub(r"\{\w+\}", "1", path.replace("{dossier_id}", "starriver"))
            assert client.request(method, filled).status_code in (401, 403), path
    assert client.get("/queue", headers=HTML).headers["location"] == "/sign-in?to=%2Fqueue"


def test_sign_in_leads_to_where_one_wanted_and_never_elsewhere(client: TestClient) -> None:
    for wanted, led in (
        (PLACE, PLACE),
        ("//evil.example", "/queue"),
        ("https://evil.example", "/queue"),
        ("/\\e", "/queue"),
    ):
        answer = client.post("/sign-in", data={"name": "li", "password": PASSWORD, "to": wanted})
        assert (answer.status_code, answer.headers["location"]) == (303, led)


def test_cookie_is_for_the_browser_alone(client: TestClient, desk: Desk, accounts: Accounts) -> None:
    answer = client.post("/sign-in", data={"name": "li", "password": PASSWORD})
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith(COOKIE)
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "secure" not in cookie
    behind_tls = TestClient(create_app(desk, accounts, uploads_of(desk), secure=True), follow_redirects=False)
    assert (
        "secure" in behind_tls.post("/sign-in", data={"name": "li", "password": PASSWORD}).headers["set-cookie"].lower()
    )


def test_form_of_another_site_does_nothing(client: TestClient, desk: Desk) -> None:
    assert sign_in(client) == 303
    form = {"version": "0", "text": "a note"}
    assert client.post(f"{PLACE}/note", data=form).status_code == 403
    assert client.post(f"{PLACE}/note", data={**form, "csrf_token": "x" * 43}).status_code == 403
    assert client.post(f"{PLACE}/note", data={**form, "csrf_token": token_of(client)}).status_code == 303
    assert len(desk.journal.of("legal-person-differs")) == 1


def test_reader_reads_and_changes_nothing(client: TestClient, accounts: Accounts, desk: Desk) -> None:
    accounts.add("guest", Role.READ_ONLY, PASSWORD)
    assert sign_in(client, "guest") == 303
    form = {"version": "0", "text": "a note", "csrf_token": token_of(client)}
    assert client.get(PLACE).status_code == 200
    assert client.post(f"{PLACE}/note", data=form).status_code == 403
    assert not desk.journal.of("legal-person-differs")


def test_every_answer_bears_the_headers(client: TestClient) -> None:
    sign_in(client)
    for path in ("/queue", PLACE, "/sign-in", "/static/desk.js", "/nowhere"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == ("no-cache" if path.startswith("/static/") else "no-store")


def test_sign_out_ends_the_session(client: TestClient) -> None:
    sign_in(client)
    token = client.cookies[COOKIE]
    assert client.post("/sign-out", data={"csrf_token": token_of(client)}).status_code == 303
    assert client.get("/queue", cookies={COOKIE: token}).status_code == 401


def test_wrong_password_says_so_in_the_chosen_language(client: TestClient) -> None:
    client.post("/language", data={"lang": "zh"})
    answer = client.post("/sign-in", data={"name": "li", "password": "wrong password"})
    assert answer.status_code == 401
    assert "用户名与密码不符" in answer.text


def test_accounts_of_a_lost_database_are_gone_and_decisions_are_not(open_desk: Opener) -> None:
    desk = open_desk()
    Accounts(desk.engine).add("li", Role.REVIEWER, PASSWORD)
    desk.note("starriver", 0, "li", "seen")
    desk.engine.dispose()
    for path in desk.out.glob("desk.sqlite*"):
        path.unlink()
    again = open_desk()
    assert Accounts(again.engine).users() == ()
    assert len(again.journal.of("starriver")) == 1
    with again.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM sessions")).scalar() == 0


def test_body_that_is_too_long_is_not_taken_in(client: TestClient) -> None:
    long = "x" * 2_000_000
    assert client.post("/sign-in", data={"name": "li", "password": long}).status_code == 413

    def without_length() -> Iterator[bytes]:
        yield b"name=li&password="
        yield from (long[:100_000].encode() for _ in range(30))

    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/sign-in", content=without_length(), headers=headers).status_code == 413
