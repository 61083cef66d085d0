import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.outputs import places
from pipeline.results import open_results
from tests.pipeline.parts import WHITE, build_with_a_broken_judge, run, snapshot, write_dossier


def test_a_batch_whose_journal_is_lost_is_done_again(folder: Path) -> None:
    out = folder.parent / "out"
    shutil.rmtree(folder / "ash")
    write_dossier(folder / "broken", WHITE)
    run(folder, html=True)
    (out / "state.jsonl").unlink()
    tally = run(folder, build_with_a_broken_judge)
    assert (tally.unchanged, tally.errors) == (0, 1)
    assert sorted(path.name for path in (out / "reports").iterdir()) == ["birch.json", "cedar.json", "yew.json"]


def test_results_may_be_written_to_a_folder_above_the_dossiers(folder: Path) -> None:
    out = folder.parent
    assert run(folder, out=out).found == 4
    assert len(list((out / "reports").iterdir())) == 4
    assert run(folder, out=out).unchanged == 4


def test_results_inside_the_batch_folder_are_no_dossiers(folder: Path) -> None:
    out = folder / "results"
    run(folder, out=out)
    assert run(folder, out=out).found == 4


def test_the_batch_folder_may_be_where_one_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    for _ in range(2):
        assert run(Path(), out=Path("results")).found == 4
    with pytest.raises(UsageError, match="lies inside the dossier ash"):
        run(Path(), out=Path("ash/results"))


def in_the_batch_folder(folder: Path) -> Path:
    return folder


def in_a_dossier(folder: Path) -> Path:
    return folder / "ash" / "results"


def where_others_keep_reports(folder: Path) -> Path:
    (folder.parent / "theirs" / "reports").mkdir(parents=True)
    return folder.parent / "theirs"


def where_others_keep_pages(folder: Path) -> Path:
    place = where_others_keep_reports(folder)
    (place / "reports" / "index.html").write_text("theirs", encoding="utf-8")
    return place


def where_others_keep_json(folder: Path) -> Path:
    place = where_others_keep_reports(folder)
    (place / "reports" / "ash.json").write_text('{"schema_version": 1}', encoding="utf-8")
    return place


def below_a_file(folder: Path) -> Path:
    (folder.parent / "file").write_bytes(b"")
    return folder.parent / "file" / "results"


def where_a_dossier_is_the_batch_folder(folder: Path) -> Path:
    (folder / "Application.YAML").write_text("", encoding="utf-8")
    return folder.parent / "out"


@pytest.mark.parametrize(
    "place",
    [
        in_the_batch_folder,
        in_a_dossier,
        where_others_keep_pages,
        where_others_keep_json,
        where_a_dossier_is_the_batch_folder,
        below_a_file,
    ],
)
def test_an_output_folder_that_will_not_do_is_refused_before_any_work(
    folder: Path, place: Callable[[Path], Path]
) -> None:
    out = place(folder)
    before = snapshot(folder.parent)
    with pytest.raises(UsageError):
        run(folder, out=out)
    assert snapshot(folder.parent) == before


@pytest.mark.parametrize("name", [None, "out/reports/ash.json"], ids=["descriptor", "path"])
def test_a_disk_that_fails_while_a_batch_runs_is_told_by_its_folder(tmp_path: Path, name: str | None) -> None:
    out = tmp_path / "out"
    with (
        pytest.raises(UsageError, match=r"cannot use .*/out: Input/output error\. What is done stays"),
        open_results(out, dossiers=1),
    ):
        raise OSError(errno.EIO, os.strerror(errno.EIO), name and str(tmp_path / name))


@pytest.mark.parametrize(("number", "name"), [(errno.EIO, "elsewhere"), (errno.ENOENT, "out/reports/ash.json")])
def test_another_disk_that_fails_and_a_file_that_should_be_there_stay_as_they_are(
    tmp_path: Path, number: int, name: str
) -> None:
    with pytest.raises(OSError, match=name), open_results(tmp_path / "out", dossiers=1):
        raise OSError(number, os.strerror(number), str(tmp_path / name))


def test_a_report_is_found_wherever_an_earlier_version_put_it(tmp_path: Path) -> None:
    where = places("reports", "ash", ".json")
    assert [len(place.split("/")) for place in where] == [2, 4, 4]
    with open_results(tmp_path, dossiers=1) as results:
        assert results.report_of("ash", None) is None
        for place in reversed(where):
            (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / place).touch()
            assert results.report_of("ash", None) == tmp_path / place
            (tmp_path / place).unlink()


def test_one_that_lies_elsewhere_goes_when_it_is_judged_again_even_if_no_journal_names_it(folder: Path) -> None:
    out = folder.parent / "out"
    run(folder)
    flat, *others = places("reports", "ash", ".json")
    for place in others:
        (out / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(out / flat, out / place)
    (out / "state.jsonl").unlink()
    run(folder)
    assert len(list((out / "reports").rglob("ash.json"))) == 1


def test_many_dossiers_share_some_thousands_of_folders() -> None:
    folders = {places("reports", f"d{number}", ".json")[1].rpartition("/")[0] for number in range(100_000)}
    assert len(folders) == 4_096
