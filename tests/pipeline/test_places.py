"""What a batch's command line says of folders and URLs, and that nothing is imported for URLs unless there are any."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from pipeline.errors import UsageError
from pipeline.options import FOLDER_OR_URL, NEW_FOLDER_OR_URL
from pipeline.places import Places, places_of

HERE = Path("/data/in")


def test_folders_stay_folders_and_a_file_url_is_one(tmp_path: Path) -> None:
    assert FOLDER_OR_URL.convert(f"file://{tmp_path}", None, None) == tmp_path
    assert NEW_FOLDER_OR_URL.convert("s3://bucket/out", None, None) == "s3://bucket/out"
    assert places_of(HERE, tmp_path, None) == Places(HERE, tmp_path, None, None)


@pytest.mark.parametrize("value", ["", "file:///nowhere/at/all"])
def test_a_folder_that_is_not_there_is_refused(value: str) -> None:
    with pytest.raises(click.BadParameter):
        FOLDER_OR_URL.convert(value, None, None)


def test_results_for_a_url_are_kept_in_a_folder_of_its_own(tmp_path: Path) -> None:
    one, again = (places_of("s3://b/in", url, None) for url in ("s3://b/out", "s3://b/out/"))
    assert (one.url, one.copy_to) == ("s3://b/in", "s3://b/out")
    assert one.out == again.out
    assert one.out != places_of("s3://b/in", "s3://b/other", None).out
    assert places_of(HERE, "s3://b/out", tmp_path).out == tmp_path


@pytest.mark.parametrize(
    ("dossiers", "output", "work", "said"),
    [
        pytest.param(HERE, Path("/data/out"), Path("/work"), "--work is for results that go to a URL", id="no URL"),
        pytest.param("s3://b/in", "s3://b/in/out", None, "lie in each other", id="results among dossiers"),
        pytest.param("s3://b/in/july", "s3://b/in/", None, "lie in each other", id="dossiers among results"),
    ],
)
def test_what_contradicts_itself_is_refused(
    dossiers: Path | str, output: Path | str, work: Path | None, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        places_of(dossiers, output, work)


def test_a_batch_of_folders_imports_nothing_that_could_reach_a_network() -> None:
    program = "import sys, pipeline.progress; print({'ray', 'fsspec', 's3fs', 'botocore'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert said.stdout == "set()\n"
