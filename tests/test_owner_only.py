"""Whatever is written about people is open to its owner alone, whatever the umask says and whoever writes it."""

import io
import json
import os
import shutil
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.review.database import open_engine
from pipeline.review.desk import Desk
from pipeline.review.journal import JOURNAL
from pipeline.review.labelled import write_labelled
from pipeline.review.secret_key import secret_key
from pipeline.review.uploads import Given
from pipeline.store import DATABASE, open_store
from tests.commands import AS_OF, dossier
from tests.hostile.small import SmallBatch, prepare
from tests.pipeline.review.conftest import JUDGE, uploads_of

NAME = "ash"
OLD = time.time() - 400 * 86_400


@pytest.fixture(autouse=True)
def _umask_of_nobody_s_concern() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def open_desk(out: Path) -> Desk:
    desk = Desk(open_engine(out), out, JUDGE, now=lambda: datetime(2026, 11, 26, tzinfo=UTC))
    desk.intake.refresh()
    while desk.intake.read_some():
        pass
    return desk


def zipped(form: bytes = b"store: {category: apparel, type: other}\n") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("application.yaml", form)
    return packed.getvalue()


def review(out: Path, dossiers: Path, zips: Path, labelled: Path) -> None:
    """Do whatever reviewers do, damage what they left, and open it again."""
    desk = open_desk(out)
    desk.put_value(NAME, 0, "li", document="d1", entity="name", typed="欧阳泽楷")
    uploads = uploads_of(desk)
    when = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
    uploads.store([Given("a.zip", io.BytesIO(zipped()))], by="li", at=when)
    files = [Given("a/application.yaml", io.BytesIO(b"store: {}")), Given("b.png", io.BytesIO(b"b"))]
    uploads.store(files, by="li", at=when)
    secret_key(out)
    zips.mkdir()
    (zips / f"{NAME}.zip").write_bytes(zipped())
    write_labelled(desk, labelled / "zip", zips)
    write_labelled(desk, labelled / "folder", dossiers)
    desk.engine.dispose()
    (out / JOURNAL).write_text((out / JOURNAL).read_text(encoding="utf-8").replace("li", "wu"), encoding="utf-8")
    with (out / "desk.sqlite").open("r+b") as file:
        file.write(b"garbage" * 100)
    open_desk(out).engine.dispose()
    with (out / DATABASE).open("r+b") as file:
        file.write(b"garbage" * 100)
    with open_store(out):
        pass


def open_to_others(*tops: Path) -> list[str]:
    written = [path for top in tops for path in (top, *top.rglob("*")) if not path.is_symlink()]
    wanted = {path: 0o700 if path.is_dir() else 0o600 for path in written}
    return [f"{path} {mode:o}" for path in written if (mode := path.stat().st_mode & 0o777) != wanted[path]]


def batch_words(batch: SmallBatch, out: Path) -> tuple[object, ...]:
    return ("batch", batch.home / "in", "-o", out, "--html", AS_OF)


def test_batch_review_and_purge_write_for_the_owner_alone(tmp_path: Path) -> None:
    batch = prepare(tmp_path)
    out, cache, labelled = tmp_path / "new" / "out", tmp_path / "kept" / "deep", tmp_path / "labels" / "of"
    environment = {**batch.environment, "DOSSIER_CACHE": "true", "DOSSIER_CACHE_FOLDER": str(cache / "ocr")}
    done = dossier(*batch_words(batch, out), **environment)
    assert done.returncode == 0, done.stderr
    review(out, batch.home / "in", tmp_path / "zips", labelled)
    tops = (out.parent, cache.parent, labelled.parent)
    names = {path.relative_to(top).as_posix() for top in tops for path in top.rglob("*")}
    kinds = {".json", ".html", ".csv", ".sqlite", ".gz", ".jsonl", ".key", ".zip", ".yaml", ".set-aside-1"}
    assert {Path(name).suffix for name in names} >= kinds
    assert len([name for name in names if name.endswith(".set-aside-1")]) == 3
    assert {f"out/reviewed/{NAME}/v1.json", f"of/zip/dossiers/{NAME}.zip", f"of/folder/dossiers/{NAME}/01.png"} <= names
    assert open_to_others(*tops) == []

    os.utime(out / "reports" / "ash.json", (OLD, OLD))
    os.utime(out / "reports" / "ash.html", (OLD, OLD))
    purged = dossier("purge", out, "--older-than", "90d", **environment)
    assert json.loads(purged.stdout)["reports"] == 1, purged.stderr
    again = dossier(*batch_words(batch, out), **environment)
    assert again.returncode == 0, again.stderr
    assert open_to_others(*tops) == []


def test_single_reports_and_evaluations_are_written_for_the_owner_alone(tmp_path: Path) -> None:
    batch = prepare(tmp_path)
    made = tmp_path / "made"
    report, page = made / "a" / "ash.json", made / "b" / "ash.html"
    words = ("verify", batch.home / "in" / "ash", "-o", report, "--html", page, AS_OF)
    assert dossier(*words, **batch.environment).returncode == 10
    (tmp_path / "set").mkdir()
    shutil.copy(batch.home / "in" / "ash" / "01.png", tmp_path / "set")
    label = {"id": "l", "file": "01.png", "type": "identity_card", "entities": {"sex": "female"}}
    (tmp_path / "set" / "truth.json").write_text(json.dumps([label]), encoding="utf-8")
    done = dossier("evaluate", tmp_path / "set", "--html", made / "c" / "page.html", **batch.environment)
    assert done.returncode == 0, done.stderr
    assert {path.suffix for path in made.rglob("*.*")} == {".json", ".html"}
    assert open_to_others(made) == []
