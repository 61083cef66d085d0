import os
import resource
import socket
import subprocess
import sys
from contextlib import closing
from functools import partial
from itertools import chain, repeat
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from pipeline import entrance
from pipeline.answers import read_answer
from pipeline.entrance import check_in
from pipeline.errors import EngineUnavailable
from pipeline.ingest import open_dossier
from pipeline.jobs import Desk, Job, limits_of
from pipeline.launch import launch
from pipeline.roster import Found
from pipeline.sealing import OPEN, Access, Seal, landlock_version, seal, seal_of
from pipeline.settings import Settings
from pipeline.supervisor import Supervisor
from pipeline.worker import Serve
from tests.pipeline import crew
from tests.pipeline.parts import WHITE, build, write_dossier

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


@pytest.mark.parametrize("deed", ["tcp", "udp"])
def test_a_sealed_process_reaches_no_server(tmp_path: Path, deed: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert sealed(tmp_path, deed, server.getsockname()[1]) == "PermissionError"


@pytest.mark.parametrize("deed", ["unix", "pair"])
def test_nor_one_whose_socket_has_a_path(tmp_path: Path, deed: str) -> None:
    kind = socket.SOCK_STREAM if deed == "unix" else socket.SOCK_DGRAM
    with socket.socket(socket.AF_UNIX, kind) as server:
        server.bind(str(tmp_path / "socket"))
        assert sealed(tmp_path, deed, tmp_path / "socket") == "PermissionError"


@pytest.mark.parametrize("place", ["/etc/shadow", "/dev/vda", "/root/.bash_history", "/proc/1/environ"])
def test_root_reads_no_secret_of_the_machine(tmp_path: Path, place: str) -> None:
    if not Path(place).exists():
        pytest.skip(f"there is no {place}")
    assert sealed(tmp_path, "read", place) == "PermissionError"


@pytest.mark.parametrize(
    "deed",
    ["chmod", "fchmod", "chown", "lchown", "fchown", "setflags", "utime", "setxattr", "fsetxattr", "removexattr"],
)
def test_a_sealed_process_changes_nothing_about_a_file_that_it_may_only_read(tmp_path: Path, deed: str) -> None:
    page = tmp_path / "in" / "page"
    page.parent.mkdir()
    page.write_bytes(b"x")
    page.chmod(0o600)
    before = page.stat()
    assert sealed(tmp_path, deed, page) == "PermissionError"
    assert page.stat() == before
    if deed not in ("fchmod", "fchown", "setflags", "fsetxattr"):  # nor about one that it may not even open
        secret = tmp_path / "secret"
        secret.write_bytes(b"x")
        assert sealed(tmp_path, deed, secret) == "PermissionError"


@pytest.mark.parametrize(
    "deed", ["limit", "limits", "unshare", "setns", "clone", "setsid", "setpgid", "memfd", "shmget"]
)
def test_a_sealed_process_reaches_no_other_and_leaves_neither_its_group_nor_its_bounds(
    tmp_path: Path, deed: str
) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        # What is of no namespace is entered by nobody, but for another reason.
        assert sealed(tmp_path, deed, os.devnull if deed == "setns" else other.pid) == "PermissionError"
        if deed == "limit":
            assert resource.prlimit(other.pid, resource.RLIMIT_NOFILE) == resource.getrlimit(resource.RLIMIT_NOFILE)
        other.communicate(b"\n")


@pytest.mark.parametrize("deed", ["type", "paste"])
def test_a_sealed_process_presses_no_key_of_a_terminal(tmp_path: Path, deed: str) -> None:
    """Another error would be the kernel's own: here there is none to be typed into."""
    assert sealed(tmp_path, deed, "") == "PermissionError"


def test_a_sealed_process_starts_threads_and_processes_and_minds_its_own_limits(tmp_path: Path) -> None:
    assert sealed(tmp_path, "start", "") == "done"


@pytest.mark.skipif(LANDLOCK < 6, reason="this kernel's Landlock does not know signals")
def test_a_sealed_process_cannot_signal_its_parent(tmp_path: Path) -> None:
    assert sealed(tmp_path, "signal", os.getpid()) == "PermissionError"


def test_a_seal_is_for_a_process_with_one_thread() -> None:
    start = "import threading, time; threading.Thread(target=time.sleep, args=[1]).start()"
    program = f"{start}; from pipeline.sealing import *; seal(Access())"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert b"binds no thread" in ended.stderr


def statuses(process: int) -> list[dict[str, str]]:
    """Return what the system says of each thread of a process."""
    told = [task.joinpath("status").read_text(encoding="ascii") for task in Path(f"/proc/{process}/task").iterdir()]
    return [dict(line.split(":\t", 1) for line in each.splitlines() if ":\t" in line) for each in told]


def test_every_thread_of_a_worker_is_sealed(tmp_path: Path) -> None:
    readers = Supervisor(
        Serve(Desk(build, html=True)),
        workers=1,
        limits=limits_of(Settings()),
        read=read_answer,
        access=Access(scratch=tmp_path),
    )
    folder = write_dossier(tmp_path / "ash", WHITE)
    job = Job(Found("ash", str(folder)), intake=open_dossier(folder, Settings()))
    with closing(readers), closing(readers.groups(chain([job], repeat(None)))) as groups:
        next(groups)
        (worker,) = readers.processes
        threads = statuses(worker)
        assert len(threads) > 1  # of libraries for arithmetic, which start theirs when they are imported
        assert {each["NoNewPrivs"] for each in threads} == {"1"}
        assert {each["Seccomp"] for each in threads} == {"2"}
        assert {int(each["CapEff"], 16) & ~2 for each in threads} == {0}


def test_a_worker_is_given_no_secret_of_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_SECRET_KEY", "canary")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "canary")
    monkeypatch.setenv("DOSSIER_PAGE_SECONDS", "7")
    process, connection = launch(tell_environment, partial(seal, Access()))
    with process, connection:
        told = connection.recv()
    assert "canary" not in told.values()
    assert told["DOSSIER_PAGE_SECONDS"] == "7"


def tell_environment(connection: Connection) -> None:
    connection.send(dict(os.environ))


WHOLE, PART = Seal(landlock=6, network="none"), Seal(landlock=0, network="no tcp")


def test_who_is_not_sealed_does_not_come_in_if_that_is_required(capsys: pytest.CaptureFixture[str]) -> None:
    unfiltered = Seal(landlock=6, network="none", is_filtered=False)
    for seal_said in (PART, None, Seal(landlock=6, network="no tcp"), Seal(landlock=0, network="none"), unfiltered):
        with pytest.raises(EngineUnavailable, match="DOSSIER_REQUIRE_SANDBOX"):
            check_in(seal_said, Access(required=True))
    check_in(WHOLE, Access(required=True))
    check_in(PART, None)
    assert not capsys.readouterr().err


def test_who_is_not_sealed_is_told_of_once(capsys: pytest.CaptureFixture[str]) -> None:
    entrance._warn.cache_clear()
    for _ in range(2):
        check_in(OPEN, Access())
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "not kept from other files" in told
    assert "not filtered" in told


@pytest.mark.parametrize("seal_said", [WHOLE, PART, OPEN, Seal(landlock=6, network="none", is_filtered=False)])
def test_what_a_worker_says_of_its_seal_is_read_as_it_was_meant(seal_said: Seal) -> None:
    assert seal_of(seal_said.told()) == seal_said
    with pytest.raises(ValueError, match="none"):
        seal_of(seal_said.told() + b" ")


def test_a_worker_that_comes_without_its_seal_gets_no_job() -> None:
    readers = Supervisor(
        partial(crew.gabble, b"x"),
        workers=1,
        limits=limits_of(Settings()),
        read=read_answer,
        access=Access(required=True),
    )
    with pytest.raises(EngineUnavailable, match="cannot seal"):
        list(readers.run([Job(Found("ash", ""))]))


def test_memory_that_is_not_touched_is_bounded_too() -> None:
    program = "from pipeline.sealing import *; seal(Access(max_bytes=500_000_000)); bytearray(600_000_000)"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert b"MemoryError" in ended.stderr
