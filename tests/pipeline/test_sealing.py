import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import EngineUnavailable
from pipeline.sealing import Access, landlock_version, seal

LANDLOCK = landlock_version()
pytestmark = pytest.mark.skipif(LANDLOCK == 0, reason="this kernel has no Landlock")


def sealed(folder: Path, deed: str, what: object) -> str:
    (folder / "in").mkdir(exist_ok=True)
    (folder / "cache").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "tests.pipeline.sealed", folder / "in", folder / "cache", deed, what]
    return subprocess.run([str(part) for part in command], capture_output=True, check=True, text=True).stdout.strip()


@pytest.mark.parametrize(
    ("deed", "place", "outcome"),
    [
        ("read", "in/page", "done"),
        ("write", "in/page", "PermissionError"),
        ("read", "cache/kept", "done"),
        ("write", "cache/kept", "done"),
        ("write", "cache/new", "done"),
        ("read", "secret", "PermissionError"),
        ("write", "secret", "PermissionError"),
        ("write", "elsewhere", "PermissionError"),
    ],
)
def test_a_sealed_process_touches_what_it_may_and_nothing_else(
    tmp_path: Path, deed: str, place: str, outcome: str
) -> None:
    for name in ("in/page", "cache/kept", "secret"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert sealed(tmp_path, deed, tmp_path / place) == outcome


@pytest.mark.skipif(LANDLOCK < 4, reason="this kernel's Landlock does not know the network")
def test_a_sealed_process_reaches_no_server(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert sealed(tmp_path, "tcp", server.getsockname()[1]) in ("PermissionError", "OSError")


@pytest.mark.skipif(LANDLOCK < 6, reason="this kernel's Landlock does not know signals")
def test_a_sealed_process_cannot_signal_its_parent(tmp_path: Path) -> None:
    assert sealed(tmp_path, "signal", os.getpid()) == "PermissionError"


def test_where_it_cannot_be_sealed_it_does_not_start_if_that_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.sealing.landlock_version", lambda: 0)
    monkeypatch.setattr("pipeline.sealing._leave_network", lambda: False)
    monkeypatch.setattr("pipeline.sealing._limit", lambda: None)
    assert not seal(Access()).is_whole
    with pytest.raises(EngineUnavailable, match="Landlock missing"):
        seal(Access(required=True))
