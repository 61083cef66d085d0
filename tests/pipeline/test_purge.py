"""What is older than it may be goes, whole and from everywhere; what is younger, or in hand, stays as it was."""

import json
import os
import shutil
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.results import open_results
from pipeline.review.database import open_engine
from pipeline.review.events import Noted
from pipeline.review.journal import Act, Journal
from pipeline.review.tables import CASES
from pipeline.review.tables import METADATA as DESK
from pipeline.store import open_store
from tests.commands import AS_OF, dossier
from tests.hostile.small import CANARY_NAME, SmallBatch, prepare
from tests.pipeline.outputs import listed

OLD = 100 * 86_400


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> SmallBatch:
    """Return a batch that has run."""
    batch = prepare(tmp_path_factory.mktemp("purge"), ("aldr", "birch"))
    assert dossier(*words(batch, batch.home / "out"), **batch.environment).returncode == 0
    return batch


@pytest.fixture
def out(done: SmallBatch, tmp_path: Path) -> Path:
    """Return a copy of its results, in which `aldr` is old."""
    shutil.copytree(done.home / "out", tmp_path / "out")
    age(tmp_path / "out" / "reports", "aldr.*")
    return tmp_path / "out"


def words(batch: SmallBatch, out: Path) -> tuple[object, ...]:
    return ("batch", batch.home / "in", "-o", out, "--jobs", "1", "--html", AS_OF)


def age(folder: Path, pattern: str) -> None:
    for path in [folder, *folder.rglob(pattern)]:
        os.utime(path, (time.time() - OLD,) * 2)


def purge(*arguments: object, **environment: str) -> Mapping[str, int]:
    said = dossier("purge", *arguments, "--older-than", "90d", **environment)
    assert (said.returncode, said.stderr) == (0, "")
    counts: Mapping[str, int] = json.loads(said.stdout)
    return {name: count for name, count in counts.items() if count}


def holds(folder: Path, *texts: str) -> list[str]:
    """Return the files below a folder that hold any of the texts, in UTF-8 or as JSON escapes them."""
    wanted = [text.encode() for text in texts] + [json.dumps(text)[1:-1].encode() for text in texts]
    return [path.name for path in folder.rglob("*") if path.is_file() and any(w in path.read_bytes() for w in wanted)]


def test_what_is_old_goes_from_everywhere_and_what_is_young_stays(out: Path) -> None:
    young = {path.name: path.read_bytes() for path in out.rglob("birch*")}
    assert len(holds(out, '"aldr"', "aldr.json")) >= 4
    assert purge(out) == {"reports": 1, "pages": 1}
    assert not holds(out, "aldr")
    assert {path.name: path.read_bytes() for path in out.rglob("birch*")} == young
    assert list(listed(out)) == ["birch"]
    with open_store(out) as store:
        assert [entry.dossier_id for entry, _ in store.entries()] == ["birch"]
        assert list(store.claims.names()) == ["birch"]
    assert purge(out) == {}


def test_a_dry_run_counts_and_touches_nothing(out: Path) -> None:
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert purge(out, "--dry-run") == {"reports": 1, "pages": 1, "dry_run": True}
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_what_was_purged_is_judged_again_if_it_is_still_handed_in(out: Path, done: SmallBatch) -> None:
    report = json.loads((out / "reports" / "aldr.json").read_bytes())
    purge(out)
    said = dossier(*words(done, out), **done.environment)
    assert json.loads(said.stdout)["unchanged"] == 1
    again = json.loads((out / "reports" / "aldr.json").read_bytes())
    assert (again["decision"], again["documents"]) == (report["decision"], report["documents"])


def test_what_another_batch_has_in_hand_is_left(out: Path) -> None:
    with (
        open_results(out, dossiers=2) as results,
        open_store(out, owner=results.owner, is_alive=results.is_alive) as store,
    ):
        store.claims.take(["aldr"])
        assert purge(out) == {"in_hand": 1}
        store.claims.release()
        assert purge(out) == {"reports": 1, "pages": 1}


def test_rows_on_a_server_go_too(out: Path, postgresql: str) -> None:
    with open_store(out) as here, open_store(out, database=postgresql) as there:
        for entry, digest in here.entries():
            there.put(entry, digest)
        there.claims.take(["aldr", "birch"])
        there.claims.release()
    assert purge(out, "--database", postgresql) == {"reports": 1, "pages": 1}
    with open_store(out, database=postgresql) as there:
        assert [entry.dossier_id for entry, _ in there.entries()] == ["birch"]
        assert list(there.claims.names()) == ["birch"]


def test_an_error_record_and_what_led_to_it_go(out: Path) -> None:
    (out / "errors").mkdir()
    record = {"schema_version": "1.0", "dossier_id": "cedar", "code": "crash", "attempts": 2,
              "message": {"en": "it died", "zh": "it died"}}  # fmt: skip
    (out / "errors" / "cedar.json").write_text(json.dumps(record))
    with open_store(out, owner="x") as store:
        store.claims.take(["cedar"])
        store.claims.settle("cedar", quarantined="{}")
    age(out / "errors", "*")
    assert purge(out) == {"reports": 1, "pages": 1, "errors": 1}
    assert not holds(out, "cedar")


def test_uploads_go_with_their_reports_and_the_desk_forgets_them(out: Path) -> None:
    upload = out / "uploads" / "upload-1"
    (upload / "upload-1").mkdir(parents=True)
    (upload / "upload.json").write_text(CANARY_NAME)
    (out / "uploaded" / "reports").mkdir(parents=True)
    shutil.copy(out / "reports" / "birch.json", out / "uploaded" / "reports" / "upload-1.json")
    engine = open_engine(out)
    DESK.create_all(engine)
    case = {column.name: 0 if column.type.python_type in (int, float) else "y" for column in CASES.c}
    with engine.begin() as connection:
        for name in ("upload-1", "aldr", "birch"):
            connection.execute(CASES.insert(), {**case, "dossier_id": name, "company_name": f"company of {name}"})
    engine.dispose()
    age(out / "uploads", "*")
    age(out / "uploaded", "*")
    assert purge(out) == {"reports": 1, "pages": 1, "uploads": 1}
    assert not holds(out, "upload-1", "aldr", "company of aldr")
    with closing(sqlite3.connect(out / "desk.sqlite")) as database:
        assert database.execute("SELECT dossier_id FROM desk_cases").fetchall() == [("birch",)]


def test_the_reviewers_journal_stays_and_is_whole(out: Path) -> None:
    engine = open_engine(out)
    DESK.create_all(engine)
    journal = Journal(engine, out)
    for name in ("aldr", "birch"):
        act = Act(name, 0, by="wang", at=datetime(2026, 8, 1, tzinfo=UTC), body=Noted(text="seen"))
        journal.append(act, then=lambda *_: None)
    before = (out / "desk.jsonl").read_bytes()
    age(out, "desk.jsonl")
    assert purge(out)["journal_kept"] == 2
    assert (out / "desk.jsonl").read_bytes() == before
    assert journal.restore() == 0
    engine.dispose()


def test_what_was_set_aside_goes_by_age(out: Path, tmp_path: Path) -> None:
    kept = ["desk.jsonl", *(f"{name}.set-aside-2" for name in ("results.sqlite", "desk.sqlite", "desk.jsonl"))]
    gone = [f"{name}.set-aside-1" for name in ("results.sqlite", "desk.sqlite", "desk.jsonl", "else.sqlite")]
    for name in (*kept, *gone, "desk.sqlite.set-aside-1-wal", ".desk.jsonl.set-aside-1-7"):
        place = (tmp_path if name.startswith("else") else out) / name
        place.write_text("{}\n")
        age(place.parent, "*set-aside-1*")
    database = f"sqlite:///{tmp_path / 'else.sqlite'}"
    assert purge(out, "--database", database, "--dry-run")["set_aside"] == 5
    assert purge(out, "--database", database)["set_aside"] == 5
    assert purge(out)["set_aside"] == 1
    assert sorted(path.name for path in tmp_path.rglob("*set-aside*")) == sorted(kept[1:])
    assert (out / "desk.jsonl").exists()


def test_corrected_reports_go_by_age(out: Path) -> None:
    for name in ("aldr/v1.json", "birch/v1.json", "birch/v2.json"):
        place = out / "reviewed" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(CANARY_NAME)
    age(out / "reviewed", "v1.json")
    assert purge(out, "--dry-run")["reviewed"] == 2
    assert purge(out)["reviewed"] == 2
    assert [path.relative_to(out / "reviewed").as_posix() for path in (out / "reviewed").rglob("*")] == [
        "birch", "birch/v2.json",
    ]  # fmt: skip


def test_the_cache_can_be_purged_alone(tmp_path: Path) -> None:
    cache = tmp_path / "ocr"
    for name in ("ab/abc.json.gz", "cd/cde.json.gz", "other/kept.txt"):
        (cache / name).parent.mkdir(parents=True)
        (cache / name).write_bytes(b"")
    age(cache, "abc*")
    age(cache, "kept*")
    assert purge("--cache", "--dry-run", DOSSIER_CACHE_FOLDER=str(cache)) == {"cached": 1, "dry_run": True}
    assert purge("--cache", DOSSIER_CACHE_FOLDER=str(cache)) == {"cached": 1}
    assert sorted(path.name for path in cache.rglob("*.*")) == ["cde.json.gz", "kept.txt"]


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["--older-than", "90d"], id="nothing named"),
        pytest.param([".", "--cache", "--older-than", "90d"], id="both"),
        pytest.param([".", "--older-than", "90d"], id="no results"),
        pytest.param(["--cache", "--older-than", "0d"], id="everything"),
        pytest.param(["--cache", "--older-than", "-3d"], id="the future"),
        pytest.param(["--cache", "--older-than", "90"], id="no unit"),
        pytest.param(["--cache", "--older-than", "99999w"], id="before the calendar"),
    ],
)
def test_nonsense_is_refused(arguments: list[str], tmp_path: Path) -> None:
    arguments = [str(tmp_path) if argument == "." else argument for argument in arguments]
    said = dossier("purge", *arguments, DOSSIER_CACHE_FOLDER=str(tmp_path))
    assert said.returncode == 2
    assert not list(tmp_path.iterdir())
