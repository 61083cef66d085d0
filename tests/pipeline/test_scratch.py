"""Folders for temporary files are removed, whatever a reader that was taken over has put into them."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.scratch import PREFIX, scratch_folder, sweep


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the system's folder for temporary ones."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def deep(folder: Path) -> None:
    """Put folders into folders, further than Python calls itself and than a name of the system is long."""
    within = os.open(folder, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("deeper", dir_fd=within)
        child = os.open("deeper", os.O_RDONLY, dir_fd=within)
        os.close(os.open("page", os.O_CREAT | os.O_WRONLY, dir_fd=child))
        os.close(within)
        within = child
    os.close(within)


def wide(folder: Path) -> None:
    """Put some folders beside each other, at several depths."""
    for place in ("a/b", "a/c/d", "e", "f/g", "f/h"):
        (folder / place).mkdir(parents=True)
        (folder / place / "page").write_bytes(b"x")
        (folder / place / "link").symlink_to("page")


def closed(folder: Path) -> None:
    """Put in folders that their owner can neither list nor enter."""
    for mode in (0, 0o100, 0o300, 0o500):
        (folder / f"{mode}").mkdir(mode=mode)
        (folder / "open" / f"{mode}").mkdir(parents=True, mode=mode)
    (folder / "192" / "page").write_bytes(b"x")


@pytest.mark.parametrize("fill", [deep, wide, closed])
def test_it_goes_with_its_process_and_by_the_next_if_that_was_killed(
    temporary: Path, fill: Callable[[Path], None]
) -> None:
    with scratch_folder() as folder:
        fill(folder)
    assert not list(temporary.iterdir())
    left = temporary / f"{PREFIX}left"
    left.mkdir(mode=0o700)
    fill(left)
    sweep()
    assert not list(temporary.iterdir())


def test_no_link_in_it_is_followed(temporary: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere" / "below").mkdir(parents=True)
    (tmp_path / "elsewhere" / "page").write_bytes(b"x")
    with scratch_folder() as folder:
        (folder / "a").mkdir()
        (folder / "link").symlink_to(tmp_path / "elsewhere")
        (folder / "a" / "link").symlink_to(tmp_path / "elsewhere")
    assert not list(temporary.iterdir())
    assert {path.name for path in (tmp_path / "elsewhere").iterdir()} == {"below", "page"}


def test_what_cannot_be_removed_stops_nobody(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    with monkeypatch.context() as patched:
        patched.setattr(os, "unlink", refuse)
        with scratch_folder() as first:
            wide(first)
        with scratch_folder():
            assert first.is_dir()
    sweep()
    assert not list(temporary.iterdir())


def test_one_that_another_command_sweeps_before_it_is_locked_is_made_again(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    make = tempfile.mkdtemp

    def make_and_sweep(**named: Any) -> str:
        made.append(make(**named))
        if len(made) == 1:
            sweep()
        return made[-1]

    monkeypatch.setattr(tempfile, "mkdtemp", make_and_sweep)
    with scratch_folder() as folder:
        assert [str(folder)] == made[1:]
        assert list(temporary.iterdir()) == [folder]
