"""A system call that fails, or before which the process is killed: nothing torn, lost, left or approved by it."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.hostile.small import SmallBatch, complaints, is_like, left_behind, prepare
from tests.hostile.test_faults import needs_strace
from tests.hostile.traced import (
    Point,
    Struck,
    broken_at,
    first_answer,
    inputs_points,
    parents_points,
    temporary_calls,
    unwritable_pipes,
    without_room,
)
from tests.pipeline.parts import snapshot

pytestmark = [needs_strace, pytest.mark.engine]

ENDS = (0, 2)
"""What matters ends the batch with one line; what does not matter is passed over."""
KILLED = -9
TRIES = 4
MOST_MISSED = 0.02
"""Of all points: a thread that did more of its pool's work in the run that was watched than in any of the tries."""


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory, recorded: Path) -> SmallBatch:
    """Four dossiers of which two are approved, with pages for people, in groups, floors lowered."""
    made = prepare(tmp_path_factory.mktemp("calls"), recorded=recorded)
    made = SmallBatch(made.home, jobs=2, html=True, is_named=True)
    done = made.run(made.quiet)
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture(scope="module")
def before(batch: SmallBatch) -> dict[str, tuple[str, int]]:
    return snapshot(batch.home / "in")


def goes_on(
    batch: SmallBatch, out: Path, before: dict[str, tuple[str, int]], struck: Struck, where: str, *options: str
) -> None:
    """Check what is there after a fault, and that the next run makes good."""
    assert list(complaints(batch, out, before, struck.done)) == [], where
    again = batch.run(out, *options)
    assert again.returncode == 0, f"{where} then {again.stderr}"
    assert [*complaints(batch, out, before, again), *left_behind(batch)] == [], where
    assert is_like(out, batch.quiet), where
    shutil.rmtree(out)


def until_struck(run: Callable[[], Struck], out: Path) -> Struck:
    """Run a batch until a fault strikes: which thread of a pool writes a file is decided anew each time."""
    for _ in range(TRIES):
        struck = run()
        if struck.hits:
            break
        assert struck.done.returncode == 0, struck.done.stderr
        shutil.rmtree(out)
    return struck


def chosen(points: list[Point], *, whole: bool) -> list[tuple[Point, str]]:
    """Return what to try now: each way at each point, or one way at a point of some kinds, files of pools too."""
    if whole:
        return [(point, way) for point in points for way in point.ways()]
    # The first call that a thread makes there: how many follow it is another matter in each run.
    last = {(point.call, "/.unfinished/" in point.path): point for point in points if point.number == 1}
    wanted = {("write", True): "error=ENOSPC", ("rename", True): "signal=SIGKILL", ("mkdir", False): "error=EROFS"}
    return [(point, wanted[kind]) for kind, point in last.items() if kind in wanted]


def test_a_call_at_an_output_that_fails_costs_no_result(
    batch: SmallBatch, before: dict[str, tuple[str, int]], whole: bool
) -> None:
    out = batch.home / "broken"
    points = parents_points(batch, out)
    shutil.rmtree(out)
    assert {"openat", "write", "rename", "fsync", "mkdir"} <= {point.call for point in points}
    assert any("/.unfinished/" in point.path and point.call == "write" for point in points), "by the pool of threads"
    tried, missed = chosen(points, whole=whole), []
    assert len(tried) >= 3
    for point, way in tried:
        struck = until_struck(partial(broken_at, batch, out, point, way), out)
        where = f"{point} {way}: {struck.done.returncode} {struck.done.stderr}"
        if not struck.hits:
            missed.append(where)
            continue
        assert struck.done.returncode in ((KILLED,) if "SIGKILL" in way else ENDS), where
        assert "Traceback" not in struck.done.stderr, where
        assert len(struck.done.stderr.splitlines()) <= 1, where
        if "SIGKILL" not in way:
            assert list(left_behind(batch)) == [], where
        goes_on(batch, out, before, struck, where)
    assert len(missed) <= MOST_MISSED * len(tried), missed


def test_a_dossier_that_cannot_be_read_is_not_approved_and_is_once_it_can(
    batch: SmallBatch, before: dict[str, tuple[str, int]], whole: bool
) -> None:
    out = batch.home / "unread"
    points = inputs_points(batch, out)
    shutil.rmtree(out)
    files = [point for point in points if Path(point.path).suffix in (".jpg", ".pdf", ".webp", ".json", ".yaml")]
    assert {"openat", "read"} <= {point.call for point in files}
    first = [point for point in files if Path(point.path).suffix in (".jpg", ".webp") and point.call == "read"]
    tried, missed = points if whole else first[:1], []
    for point in tried:
        struck = until_struck(partial(broken_at, batch, out, point, "error=EIO", everybody=True), out)
        where = f"{point}: {struck.done.returncode} {struck.done.stderr}"
        if not struck.hits:
            missed.append(where)
            continue
        assert struck.done.returncode in (0, 1, 2), where
        assert "Traceback" not in struck.done.stderr, where
        if point in files and struck.done.returncode == 0 and point.number == 1:
            name = Path(point.path).relative_to(batch.home / "in").parts[0]
            report = (out / "reports" / f"{name}.json").read_text(encoding="utf-8")
            assert '"decision": "approved"' not in report, where
        goes_on(batch, out, before, struck, where)
    assert len(missed) <= MOST_MISSED * len(tried), missed


def test_an_answer_that_cannot_be_sent_costs_no_dossier(
    batch: SmallBatch, before: dict[str, tuple[str, int]], whole: bool
) -> None:
    """Each process's so-manieth write fails: what workers say when they start, that they live, and what they answer."""
    out = batch.home / "mute"
    answer = first_answer(batch, out)
    shutil.rmtree(out)
    for number in range(1, answer + 5) if whole else (answer,):
        struck = unwritable_pipes(batch, out, number)
        where = f"write {number}: {struck.done.returncode} {struck.done.stderr}"
        assert struck.hits, where
        assert struck.done.returncode in (0, 1, 2, 3), where
        # Files that took two workers along are left out, and said to be, until somebody wants them judged anew.
        goes_on(batch, out, before, struck, where, "--no-resume")


def test_no_room_for_temporary_files_costs_no_result(
    batch: SmallBatch, before: dict[str, tuple[str, int]], whole: bool
) -> None:
    out = batch.home / "temporary"
    calls = temporary_calls(batch, out)
    shutil.rmtree(out)
    assert "mkdir" in {call for call, _ in calls}
    for call, number in calls if whole else calls[:1]:
        struck = without_room(batch, out, call, number)
        where = f"{call} {number}: {struck.done.returncode} {struck.done.stderr}"
        assert struck.hits, where
        assert struck.done.returncode in ENDS, where
        assert "Traceback" not in struck.done.stderr, where
        goes_on(batch, out, before, struck, where)
