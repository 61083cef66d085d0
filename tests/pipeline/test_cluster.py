"""A batch on real Ray clusters of raylets on this machine: the same reports, whatever happens to a machine."""

import json
import os
import pickle
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipeline.cluster.node import Node
from pipeline.cluster.words import Duty, Word, version
from pipeline.errors import ConfigurationError, EngineUnavailable, UsageError
from pipeline.jobs import Job
from pipeline.model import FailureCode
from pipeline.order import Tally
from pipeline.remote.copying import COPIED
from pipeline.results import ErrorRecord
from pipeline.roster import Found
from pipeline.scratch import PREFIX
from pipeline.sealing import landlock_version
from pipeline.settings import Settings
from tests import s3
from tests.commands import AS_OF, alive, dossier, running, wait_until
from tests.pipeline.outputs import written
from tests.pipeline.parts import HANGS, SLOW, WHITE, build, run, write_distinct, write_dossier
from tests.raylets import Raylets, cluster

pytest.importorskip("ray", reason="the extra `cluster` is not installed")
pytest.importorskip("moto", reason="moto is not installed")
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module")
def _cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Raylets]:
    """A cluster whose machines see an S3 server."""
    with s3.server(), pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(tmp_path_factory.mktemp("scratch")))
        with cluster() as started:
            yield started


@pytest.fixture
def raylets(_cluster: Raylets) -> Iterator[Raylets]:
    """The cluster, which has no machine yet."""
    yield _cluster
    _cluster.clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six dossiers that take a while."""
    return write_distinct(tmp_path / "in", 6, SLOW, WHITE)


def run_on(raylets: Raylets, folder: Path, **order: Any) -> Tally:
    return run(folder, jobs=order.pop("jobs", 0), cluster=raylets.address, **order)


def workers_of_nodes() -> list[int]:
    """Return the worker processes of every node on this machine."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError, ValueError):
            parent = path.with_name("stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1]
            title = Path("/proc", parent, "cmdline").read_bytes()
            if b"pipeline.launch" in path.read_bytes() and title.startswith(b"ray::Node"):
                found.append(int(path.parent.name))
    return found


def hanging_workers() -> list[int]:
    """Return those that sleep in the middle of a page."""
    return [pid for pid in workers_of_nodes() if "nanosleep" in Path(f"/proc/{pid}/wchan").read_text(encoding="utf-8")]


def is_gone(pid: int) -> bool:
    return not alive([pid])


def no_worker_is_left() -> None:
    wait_until(lambda: not workers_of_nodes(), seconds=10)


def test_machines_that_are_killed_cost_no_report_and_no_dossier(raylets: Raylets, folder: Path, tmp_path: Path) -> None:
    run(folder, out=tmp_path / "here")
    name = f"b{uuid.uuid4().hex}"
    s3.bucket(name)
    s3.upload(folder, f"s3://{name}/in")
    places = {"url": f"s3://{name}/in", "copy_to": f"s3://{name}/out", "out": tmp_path / "work"}
    victims = {1: raylets.add(), 4: raylets.add()}

    def watch(tally: Tally) -> None:
        # Several dossiers may end together.
        for due in [number for number in victims if number <= tally.finished]:
            raylets.kill(victims.pop(due))

    with pytest.raises(UsageError, match="no machine of the cluster is left"):
        run_on(raylets, Path(), watch=watch, settings={"cluster_seconds": 0}, **places)
    done = len(list((tmp_path / "work" / "reports").iterdir()))
    assert 4 <= done < 6
    raylets.add()
    tally = run_on(raylets, Path(), **places)
    assert (tally.found, tally.finished, tally.errors, tally.unchanged) == (6, 6, 0, done)
    assert written(tmp_path / "work", but=(COPIED,)) == written(tmp_path / "here")
    there = s3.contents(f"s3://{name}/out")
    assert there == {name: (tmp_path / "work" / name).read_bytes() for name in there}
    assert set(written(tmp_path / "here")) < set(there)
    no_worker_is_left()


def test_a_dossier_that_takes_machines_down_is_known_for_it(raylets: Raylets, tmp_path: Path, whole: bool) -> None:
    if not whole:
        pytest.skip("with --faults")
    write_dossier(tmp_path / "in" / "ash", WHITE)
    write_dossier(tmp_path / "in" / "poison", HANGS)
    raylets.add()
    raylets.add()

    def kill_whoever_has_it() -> None:
        for _ in range(2):
            wait_until(hanging_workers)
            (victim,) = hanging_workers()
            status = Path(f"/proc/{victim}/status").read_text(encoding="utf-8")
            assert "NoNewPrivs:\t1" in status or not landlock_version(), "it is sealed there, too"
            raylets.kill_above(victim)
            wait_until(partial(is_gone, victim))

    with ThreadPoolExecutor(1) as pool:
        killing = pool.submit(kill_whoever_has_it)
        tally = run_on(raylets, tmp_path / "in", settings={"cluster_seconds": 0, "page_seconds": 90})
        killing.result()
    assert (tally.finished, tally.errors) == (2, 1)
    assert ["it was lost" in trouble for trouble in tally.troubles] == [True, True]
    record = ErrorRecord.model_validate_json((tmp_path / "out" / "errors" / "poison.json").read_bytes())
    assert (record.code, record.earlier) == (FailureCode.QUARANTINED, (FailureCode.CRASH, FailureCode.CRASH))
    no_worker_is_left()


def test_the_command_stops_in_good_order_and_goes_on(raylets: Raylets, folder: Path, tmp_path: Path) -> None:
    raylets.add(cores=2)
    command = ("batch", folder, "-o", tmp_path / "out", "--cluster", raylets.address, AS_OF)
    with running(*command) as process:
        wait_until(lambda: len(list((tmp_path / "out" / "reports").glob("*.json"))) > 1)
        process.terminate()
        started = time.monotonic()
        said, complaints = process.communicate(timeout=60)
        assert time.monotonic() - started < 10
    assert process.returncode == 130, complaints
    assert json.loads(said)["interrupted"]
    no_worker_is_left()
    assert not list(Path(os.environ["TMPDIR"]).glob(f"{PREFIX}*"))
    ended = dossier(*command)
    assert ended.returncode == 0, ended.stderr
    counts = json.loads(ended.stdout)
    assert (counts["found"], counts["errors"]) == (6, 0)
    assert counts["unchanged"] >= 1
    assert ended.stderr == ""
    no_worker_is_left()


def test_a_folder_is_read_by_whatever_path_it_was_given(
    raylets: Raylets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_dossier(tmp_path / "in" / "ash", WHITE)
    raylets.add()
    monkeypatch.chdir(tmp_path)
    tally = run_on(raylets, Path("in"), out=Path("out"))
    assert (tally.found, tally.finished, tally.errors) == (1, 1, 0)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        pytest.param("127.0.0.1:9", "no Ray cluster answers at 127.0.0.1:9", id="nobody listens"),
        pytest.param("somewhere", "'somewhere' is no address of a Ray cluster", id="no address"),
    ],
)
def test_an_address_without_a_cluster_is_said_in_one_line(address: str, said: str, folder: Path) -> None:
    with pytest.raises(UsageError, match=said):
        run(folder, jobs=0, cluster=address)


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(EngineUnavailable, match=r"pip install 'dossier-verify\[cluster\]'"):
        run(folder, jobs=0, cluster="127.0.0.1:6379")


def test_a_machine_that_cannot_do_any_job_is_done_without_and_says_why(raylets: Raylets, folder: Path) -> None:
    raylets.add()
    with pytest.raises(ConfigurationError, match=r"machine \d.*the cache of readings cannot be made there"):
        run_on(raylets, folder, settings={"cache_folder": "/proc/nowhere/cache"})


def duty(folder: Path, **changes: Any) -> Duty:
    made = Duty(build, Settings(cache=False), 1, False, False, None, folder, folder, ())
    return replace(made, **changes)


@pytest.mark.parametrize(
    ("driver", "changes", "code", "said"),
    [
        pytest.param("0.0 abc", {}, 3, "another version of dossier", id="another version"),
        pytest.param(None, {"example": Path("/nowhere")}, 2, "is not there; put dossiers where every", id="no dossier"),
        pytest.param(None, {"judged_by": ((Path("/nowhere.yaml"), "00"),)}, 4, "is missing there, or", id="rulebook"),
        pytest.param(None, {"url": "foo://x"}, 2, "nothing is known that serves foo://x", id="a store nobody knows"),
    ],
)
def test_a_machine_that_differs_from_the_drivers_says_in_what(
    driver: str | None, changes: dict[str, Any], code: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = Node()
    word = Word.model_validate_json(node.begin(driver or version(), pickle.dumps(duty(tmp_path, **changes))))
    assert word.broken is not None
    assert word.broken.exit_code == code
    assert said in word.broken.reason
    again, answer = node.do(Job(Found("ash", str(tmp_path))))
    assert (Word.model_validate_json(again), answer) == (word, b""), "nobody waits for ever"
