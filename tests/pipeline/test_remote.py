"""Dossiers and results at URLs, on a real S3 server: the same dossiers, the same reports, nothing lost on the way."""

import hashlib
import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pipeline.discovery import find_dossiers, find_strays
from pipeline.errors import EngineUnavailable, UsageError
from pipeline.ingest import open_dossier
from pipeline.order import Tally
from pipeline.refusal import Refusal
from pipeline.remote.copying import COPIED
from pipeline.remote.fetching import fetch
from pipeline.remote.folder import Listed, RemoteFolder, Unreachable
from pipeline.remote.shelf import RemoteShelf, find_remote
from pipeline.settings import Settings
from pipeline.signatures import HEAD_BYTES
from tests import s3
from tests.pipeline.outputs import written
from tests.pipeline.parts import WHITE, build_with_a_broken_judge, run, write_dossier

pytest.importorskip("s3fs", reason="the extra `cluster` is not installed")
pytest.importorskip("moto", reason="moto is not installed")


pytestmark = pytest.mark.usefixtures("s3_server")


def run_at(url: str, out: Path, **order: Any) -> Tally:
    return run(Path(), out=out, url=url, jobs=1, **order)


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    for name in ("ash", "birch"):
        write_dossier(tmp_path / "in" / name, WHITE)
    return tmp_path / "in"


@pytest.fixture
def layout(tmp_path: Path) -> Path:
    """Every kind of child that a batch folder may have."""
    folder = tmp_path / "layout"
    write_dossier(folder / "ash", WHITE)
    write_dossier(folder / "group" / "birch", WHITE)
    write_dossier(folder / "group" / "cedar é", WHITE)
    shutil.make_archive(str(folder / "group" / "zipped"), "zip", write_dossier(tmp_path / "zipped", WHITE))
    shutil.make_archive(str(tmp_path / "nameless"), "zip", tmp_path / "zipped")
    (tmp_path / "nameless.zip").rename(folder / "without-suffix")
    (folder / "formless").mkdir()
    shutil.copy(folder / "ash" / "01.png", folder / "formless" / "page.png")
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 no zip")
    (folder / "notes.txt").write_text("nothing")
    (folder / ".DS_Store").write_bytes(b"junk")
    return folder


@pytest.mark.parametrize("page", [pytest.param(1_000, id="at once"), pytest.param(2, id="page by page")])
def test_at_a_url_the_same_dossiers_are_found(
    page: int, layout: Path, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.remote.folder.PAGE", page)
    s3.upload(layout, f"{bucket}/in")
    found, strays = find_remote(RemoteFolder(f"{bucket}/in/"), max_depth=20)
    here = find_dossiers(layout)
    assert [dossier.id for dossier in found] == [dossier.id for dossier in here]
    assert [dossier.path for dossier in found] == [dossier.path.relative_to(layout) for dossier in here]
    assert strays == find_strays(layout) == ("notes.txt",)


def test_a_listing_from_anywhere_else_is_taken_as_it_comes(layout: Path) -> None:
    found, strays = find_remote(RemoteFolder(f"file://{layout}"), max_depth=20)
    here = find_dossiers(layout)
    # Such a listing has no empty folders.
    assert [dossier.id for dossier in found] == [dossier.id for dossier in here]
    assert strays == find_strays(layout)


def test_no_more_than_some_beginnings_of_files_are_held(layout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.remote.shelf.MOST_HEADS", 2)
    folder = RemoteFolder(f"file://{layout}")
    with closing(RemoteShelf(folder, folder.find())) as shelf:
        for name in ("notes.txt", "without-suffix", "broken.zip", "notes.txt"):
            assert shelf.head(name) == (layout / name).read_bytes()[:HEAD_BYTES]
            assert len(shelf._heads) <= 2
        with pytest.raises(Refusal):
            shelf.head("nowhere")


def test_the_mark_of_a_dossier_is_that_of_its_files_whatever_holds_the_listing() -> None:
    """The same as ever: by it what earlier versions did is seen at a glance."""
    listing = [Listed(name, 1, "v") for name in ("ash/b.png", "ash/a/z.png", "ash/c//d.png", "ash/é.png", "ash/a.png")]
    lines = ["a.png 1 v", "b.png 1 v", "é.png 1 v", "a/z.png 1 v", "c/unnamed//d.png 1 v"]
    with closing(RemoteShelf(RemoteFolder("memory://x"), listing)) as shelf:
        assert shelf.mark("ash") == hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_what_is_fetched_opens_as_it_does_here(layout: Path, bucket: str, tmp_path: Path) -> None:
    s3.upload(layout, f"{bucket}/in")
    source = RemoteFolder(f"{bucket}/in")
    found, _ = find_remote(source, max_depth=20)
    for at, (there, here) in enumerate(zip(found, find_dossiers(layout), strict=True)):
        fetched = open_dossier(fetch(there, source, tmp_path / str(at), Settings()), Settings())
        opened = open_dossier(here.path, Settings())
        assert (fetched.form, fetched.sources, fetched.failures) == (opened.form, opened.sources, opened.failures)


def test_a_form_that_no_path_leads_to_makes_a_dossier_all_the_same(bucket: str, tmp_path: Path) -> None:
    folder = write_dossier(tmp_path / "ash", WHITE)
    s3.put(f"{bucket}/ash//application.yaml", (folder / "application.yaml").read_bytes())
    s3.put(f"{bucket}/ash/pages/01.png", (folder / "01.png").read_bytes())
    found, strays = find_remote(RemoteFolder(bucket), max_depth=20)
    assert [dossier.id for dossier in found] == ["ash"]
    assert strays == ()


def test_a_batch_from_a_url_says_what_one_from_a_folder_says(pair: Path, bucket: str, tmp_path: Path) -> None:
    s3.upload(pair, f"{bucket}/in")
    run(pair, out=tmp_path / "here", html=True, jobs=1)
    tally = run_at(f"{bucket}/in", tmp_path / "there", html=True)
    assert (tally.found, tally.finished, tally.errors) == (2, 2, 0)
    assert written(tmp_path / "there") == written(tmp_path / "here")
    other = write_dossier(tmp_path / "other" / "elsewhere", WHITE)
    s3.put(f"{bucket}/in/ash/01.png", (other / "01.png").read_bytes())
    assert run_at(f"{bucket}/in", tmp_path / "there", html=True).unchanged == 1


@pytest.fixture
def results(bucket: str) -> str:
    return f"{bucket}/results"


def test_results_at_a_url_are_those_of_the_folder_whatever_is_lost(pair: Path, results: str, tmp_path: Path) -> None:
    work, other = tmp_path / "work", tmp_path / "other"
    run(pair, out=work, copy_to=results, html=True, jobs=1)
    there = s3.contents(results)
    assert there == {name: (work / name).read_bytes() for name in there}
    reports = {f"reports/{name}.{kind}" for name in ("ash", "birch") for kind in ("json", "html")}
    assert set(there) == {"index.html", "summary.csv", "state.jsonl", *reports}

    # As if the batch had been killed before two had arrived, one of which lies there in an earlier state.
    lines = (work / COPIED).read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if json.loads(line)[0] not in ("reports/ash.json", "reports/birch.json")]
    (work / COPIED).write_text("".join(kept) + '["reports/birch', encoding="utf-8")
    s3.remove(f"{results}/reports/ash.json")
    s3.put(f"{results}/reports/birch.json", b"{}")
    (work / "reports" / "birch.html").unlink()
    assert run(pair, out=work, copy_to=results, jobs=1).unchanged == 1
    assert there.keys() - s3.contents(results).keys() == {"reports/birch.html"}
    assert reports - {"reports/birch.html"} < {
        name for name, content in s3.contents(results).items() if content == (work / name).read_bytes()
    }

    # As if the machine with the folder had burnt down.
    assert run(pair, out=other, copy_to=results, jobs=1).unchanged == 2
    assert written(other / "reports") == written(work / "reports")


def test_an_error_record_at_a_url_gives_way_to_a_report(results: str, tmp_path: Path) -> None:
    write_dossier(tmp_path / "in" / "broken", WHITE)
    run(tmp_path / "in", build_with_a_broken_judge, out=tmp_path / "work", copy_to=results, jobs=1)
    assert "errors/broken.json" in s3.contents(results)
    run(tmp_path / "in", out=tmp_path / "work", copy_to=results, jobs=1)
    there = s3.contents(results)
    assert "reports/broken.json" in there
    assert not [name for name in there if name.startswith("errors/")]


def test_what_is_no_batchs_is_not_written_over(folder: Path, results: str, tmp_path: Path) -> None:
    s3.put(f"{results}/reports/mine.json", b'{"a": 1}')
    with pytest.raises(UsageError, match="not from a batch"):
        run(folder, out=tmp_path / "work", copy_to=results)
    assert s3.contents(results) == {"reports/mine.json": b'{"a": 1}'}


@pytest.mark.parametrize("end", ["url", "copy_to"])
def test_a_missing_bucket_is_said_in_one_line(end: str, folder: Path, tmp_path: Path) -> None:
    places: dict[str, Any] = {"out": tmp_path / "out", end: "s3://no-such-bucket/x"}
    with pytest.raises(UsageError, match="there is nothing at s3://no-such-bucket/x; see that bucket and path"):
        run(folder, **places)


def test_missing_credentials_are_said_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(Unreachable, match="credentials are missing"):
        run_at("s3://bucket/x", tmp_path / "out")


def test_a_store_that_does_not_answer_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with pytest.raises(Unreachable, match="cannot be used"):
        run_at("s3://user:word@bucket/x", tmp_path / "out")


@pytest.mark.parametrize(
    ("url", "error", "said"),
    [
        pytest.param("foo://x/y", UsageError, "nothing is known that serves foo://x/y", id="nobody knows it"),
        pytest.param("gs://x/y", EngineUnavailable, "pip install gcsfs", id="its package is not installed"),
        pytest.param("s3://me:word@x/y", None, "s3://x/y", id="a password is not shown"),
    ],
)
def test_urls(url: str, error: type[Exception] | None, said: str) -> None:
    if error is None:
        assert RemoteFolder(url).shown == said
        return
    with pytest.raises(error, match=said):
        RemoteFolder(url)
