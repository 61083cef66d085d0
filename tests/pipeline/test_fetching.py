"""Dossiers fetched from a URL, on a real S3 server: as they would be on disk, whatever their files are called."""

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest

from pipeline.ingest import open_dossier
from pipeline.remote.fetching import NotFetched, fetch
from pipeline.remote.folder import RemoteFolder
from pipeline.remote.shelf import find_remote
from pipeline.settings import Settings
from tests import s3
from tests.pipeline.parts import WHITE, run, write_dossier

pytest.importorskip("s3fs", reason="the extra `cluster` is not installed")
pytest.importorskip("moto", reason="moto is not installed")


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"max_file_bytes": 400}, id="a file is too large"),
        pytest.param({"max_archive_bytes": 1_000}, id="all of them are too large together"),
        pytest.param({"max_files": 2}, id="there are too many"),
        pytest.param({"max_form_bytes": 10}, id="the form is too large"),
    ],
)
def test_limits_say_the_same_of_what_was_not_fetched(settings: dict[str, Any], bucket: str, tmp_path: Path) -> None:
    dossier = write_dossier(tmp_path / "in" / "ash", WHITE, WHITE, WHITE, WHITE)
    (dossier / "02.png").write_bytes((dossier / "02.png").read_bytes() + bytes(500))
    s3.upload(tmp_path / "in", bucket)
    limits = Settings(**settings)
    source = RemoteFolder(bucket)
    (found,), _ = find_remote(source, max_depth=20)
    fetched = open_dossier(fetch(found, source, tmp_path / "fetched", limits), limits)
    opened = open_dossier(dossier, limits)
    assert opened.failures or opened.form.problems
    assert (fetched.form, fetched.sources, fetched.failures) == (opened.form, opened.sources, opened.failures)


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(
            ("a", "a/b.png", "c//d.png", "c/../e.png", f"{'长' * 200}.png", "x\ty.png", "a b", "q%2F.png"), id="odd"
        ),
        pytest.param(("a", "./a", "a/x", "a~ca978112/y", "a~ca978112~ca978112"), id="its other name is taken"),
        pytest.param(("b" * 240, f"./{'b' * 240}", f"{'b' * 240}/x"), id="long"),
    ],
)
def test_names_that_no_file_can_have_lose_no_document(names: tuple[str, ...], bucket: str, tmp_path: Path) -> None:
    page = (write_dossier(tmp_path / "ash", WHITE) / "01.png").read_bytes()
    for at, name in enumerate(names):
        s3.put(f"{bucket}/ash/{name}", page + bytes(at))
    s3.put(f"{bucket}/../up.png", page)
    s3.put(f"{bucket}/ash", page)
    source = RemoteFolder(bucket)
    found, strays = find_remote(source, max_depth=20)
    assert [dossier.id for dossier in found] == ["ash"]
    intake = open_dossier(fetch(next(iter(found)), source, tmp_path / "fetched", Settings()), Settings())
    assert {len(source.content) - len(page) for source in intake.sources} == set(range(len(names)))
    assert strays == ("ash", "unnamed/up.png")
    assert [path.name for path in (tmp_path / "fetched").iterdir()] == ["dossier"], "nothing lies outside"


@pytest.mark.parametrize("marker", ["a/", "a/b/"])
def test_a_file_gives_way_to_an_empty_folder(marker: str, bucket: str, tmp_path: Path) -> None:
    page = (write_dossier(tmp_path / "ash", WHITE) / "01.png").read_bytes()
    for name, content in (("a", page), (marker, b"")):
        s3.put(f"{bucket}/ash/{name}", content)
    source = RemoteFolder(bucket)
    found, _ = find_remote(source, max_depth=20)
    folder = fetch(next(iter(found)), source, tmp_path / "fetched", Settings())
    assert [each.content for each in open_dossier(folder, Settings()).sources] == [page]
    assert (folder / marker).is_dir()


@pytest.mark.parametrize(
    ("code", "names"),
    [
        pytest.param("ENAMETOOLONG", [f"{'n' * 256}.png"], id="too long"),
        pytest.param("EEXIST", ["a.png", "./a.png"], id="twice the same"),
        pytest.param("EEXIST", ["a.png", "a.png/b.png"], id="below a file"),
    ],
)
def test_a_dossier_with_names_that_this_machine_refuses_ends_no_batch(
    code: str, names: list[str], bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for dossier in ("ash", "birch"):
        s3.upload(write_dossier(tmp_path / "in" / dossier, WHITE), f"{bucket}/{dossier}")
    for name in names:
        s3.put(f"{bucket}/ash/{name}", b"a page")
    # As on a system that gives names which are no others here, such as in either case.
    monkeypatch.setattr("pipeline.remote.fetching._places", lambda files: [each.name for each in files])
    tally = run(Path(), out=tmp_path / "out", url=bucket, jobs=1)
    assert (tally.found, tally.finished, tally.errors) == (2, 2, 1)
    record = json.loads((tmp_path / "out" / "errors" / "ash.json").read_text())
    assert os.strerror(getattr(errno, code)) in record["message"]["en"]


def test_a_dossier_that_goes_before_it_is_read_is_an_error_and_no_verdict(bucket: str, tmp_path: Path) -> None:
    s3.upload(write_dossier(tmp_path / "in" / "ash", WHITE), f"{bucket}/ash")
    source = RemoteFolder(bucket)
    found, _ = find_remote(source, max_depth=20)
    s3.remove(f"{bucket}/ash/01.png")
    s3.remove(f"{bucket}/ash/application.yaml")
    with pytest.raises(NotFetched):
        fetch(next(iter(found)), source, tmp_path / "fetched", Settings())
