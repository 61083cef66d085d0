"""Webhooks' secrets stand in no database as they are, and messages are signed by them all the same."""

import stat
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select, update

from pipeline.errors import ConfigurationError
from pipeline.review.database import DATABASE, writing
from pipeline.review.delivery import SECONDS_BETWEEN, Deliverer
from pipeline.review.desk import Desk
from pipeline.review.secret_key import KEY_FILE, SecretKey, Unreadable, secret_key
from pipeline.review.webhooks import WEBHOOKS, Webhooks
from tests.pipeline.review.conftest import KEY

ANOTHER = b64encode(b"a" * 32).decode()


def files_of(out: Path) -> bytes:
    return b"".join(path.read_bytes() for path in out.glob(f"{DATABASE}*"))


def stored(desk: Desk) -> str:
    with desk.engine.connect() as connection:
        return str(connection.execute(select(WEBHOOKS.c.secret)).scalar_one())


def test_a_secret_is_stored_sealed(desk: Desk) -> None:
    secret = Webhooks(desk.engine, now=desk.now, key=KEY).add("https://example.com/", by="boss")
    assert KEY.open(stored(desk)) == secret
    assert secret.removeprefix("whsec_").encode() not in files_of(desk.out)


def test_what_an_earlier_version_stored_is_sealed_and_leaves_no_trace(desk: Desk) -> None:
    secret = Webhooks(desk.engine, now=desk.now, key=KEY).add("https://example.com/", by="boss")
    with writing(desk.engine) as connection:
        connection.execute(update(WEBHOOKS).values(secret=secret))
    assert secret.encode() in files_of(desk.out)
    Webhooks(desk.engine, now=desk.now, key=KEY)
    assert KEY.open(stored(desk)) == secret
    assert secret.encode() not in files_of(desk.out)
    sealed = stored(desk)
    Webhooks(desk.engine, now=desk.now, key=KEY)
    assert stored(desk) == sealed


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = [each.result() for each in [pool.submit(secret_key, tmp_path / str(n // 2)) for n in range(8)]]
    for number in range(4):
        path = tmp_path / str(number) / KEY_FILE
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        one, other = keys[2 * number : 2 * number + 2]
        assert other.open(one.seal("text")) == "text"
        assert [each.name for each in path.parent.iterdir()] == [KEY_FILE]


def test_a_key_that_was_open_to_others_is_closed(tmp_path: Path) -> None:
    secret_key(tmp_path)
    (tmp_path / KEY_FILE).chmod(0o644)
    secret_key(tmp_path)
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600


def test_the_environments_key_goes_before_the_file(tmp_path: Path) -> None:
    sealed = secret_key(tmp_path, ANOTHER).seal("text")
    assert not (tmp_path / KEY_FILE).exists()
    assert SecretKey(ANOTHER.encode(), "here").open(sealed) == "text"


@pytest.mark.parametrize("given", ["too short", "x" * 44, "密钥"])
def test_what_is_no_key_is_refused_by_name(tmp_path: Path, given: str) -> None:
    with pytest.raises(ConfigurationError, match="DOSSIER_SECRET_KEY holds no key"):
        secret_key(tmp_path, given)


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        secret_key(tmp_path, ANOTHER).open(KEY.seal("text"))


def test_a_message_that_cannot_be_signed_is_told_of_and_tried_again(desk: Desk) -> None:
    webhooks = Webhooks(desk.engine, now=desk.now, key=KEY)
    webhooks.add("http://127.0.0.1:9/", by="boss")
    webhooks.upload_finished("some-dossier", "done")
    lost = Deliverer(desk.engine, now=desk.now, key=SecretKey(ANOTHER.encode(), "here"), to_private=True)
    assert lost.send_due() == 1
    (delivery,) = webhooks.latest(webhooks.all()[0].id)
    assert (delivery.answer or "").startswith("sealed by another key")
    assert delivery.due == desk.seconds() + SECONDS_BETWEEN[0]
