"""`make test-faults` leaves no test of faults out."""

import subprocess
import sys
from pathlib import Path

from tests.hostile.__main__ import TESTS

FOLDER = Path(__file__).parent


def test_every_file_that_is_named_is_there_and_every_one_beside_this_is_named() -> None:
    named = {file for files in TESTS.values() for file in files}
    assert [file for file in named if not (FOLDER.parent / file).exists()] == []
    beside = {f"hostile/{path.name}" for path in FOLDER.glob("test_*.py")}
    assert beside - named == {"hostile/test_everything.py"}


def test_the_loops_are_asked_for_by_number() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "tests.hostile", "--help"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    assert all(option in said for option in ("--kills", "--workers", "--ends", "--dossiers"))
