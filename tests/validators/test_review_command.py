"""`dossier review`: the command itself, up to a server that answers."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner, Result

from pipeline.errors import ConfigurationError
from validators.commands.review import review

PASSWORD = "correct horse battery\n"
ROOT = Path(__file__).parents[2]


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(review, list(words), input=typed)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out" / "reports").mkdir(parents=True)
    return tmp_path / "out"


def test_users_come_and_go(out: Path) -> None:
    assert run("adduser", str(out), "li", "--role", "supervisor", "--password-stdin", typed=PASSWORD).exit_code == 0
    assert run("users", str(out)).stdout == "li\tsupervisor\n"
    assert run("lock", str(out), "li").exit_code == 0
    assert run("users", str(out)).stdout == "li\tsupervisor (locked)\n"
    assert run("lock", str(out), "li", "--unlock").exit_code == 0
    assert run("passwd", str(out), "li", "--password-stdin", typed="another password\n").exit_code == 0
    assert run("deluser", str(out), "li").exit_code == 0
    assert run("users", str(out)).stdout == ""


def test_password_is_asked_for_twice(out: Path) -> None:
    assert run("adduser", str(out), "li", typed=PASSWORD * 2).exit_code == 0
    assert run("adduser", str(out), "wang", typed=PASSWORD + "another\n").exit_code != 0
    assert run("users", str(out)).stdout == "li\treviewer\n"


def test_labels_need_something_that_was_read(out: Path, tmp_path: Path) -> None:
    answer = run("labels", str(out), "-o", str(tmp_path / "labelled"))
    assert "no reviewer" in str(answer.exception)


def test_a_slip_in_the_name_of_the_key_is_told_before_another_key_is_made(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOSSIER_SECRETKEY", "k")
    monkeypatch.setenv("DOSSIER_SECRET_KEY", "no key")  # so that nothing is served if the slip passes
    answer = run(str(out), "--webhooks")
    assert isinstance(answer.exception, ConfigurationError)
    assert "did you mean DOSSIER_SECRET_KEY" in str(answer.exception)
    assert [each.name for each in out.iterdir()] == ["reports"]


def test_desk_is_served_and_ends_when_it_is_told_to(out: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", "import cli; cli.main()", "review", str(out), "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8", env=environment) as server:
        try:
            assert _answer(f"http://127.0.0.1:{port}/health") == b'{"status":"ok"}'
        finally:
            server.send_signal(signal.SIGINT)
        _, told = server.communicate(timeout=20)
    assert "nobody can sign in yet" in told
    assert f"http://127.0.0.1:{port}" in told
    assert "Traceback" not in told


def _answer(address: str) -> bytes:
    for _ in range(200):
        try:
            with urlopen(address) as answer:
                return bytes(answer.read())
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)
