"""The commands over finished results and rulebooks, run in this process: they read no page."""

import json
from pathlib import Path
from typing import Any

import pytest

import cli
from pipeline.console import run_command
from tests.validators import build
from tests.validators.reports import report_of, results

MINE = (
    'id: mine\nversion: "1"\nextends: aliexpress\npolicy:\n  - source: a contract\n    effective_from: 2020-01-01\n    '
)


@pytest.fixture(name="out")
def _out(tmp_path: Path) -> Path:
    return results(tmp_path / "out", report_of(build.dossier()))


@pytest.fixture(name="mine")
def _mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(MINE + "min_age: 21\n", encoding="utf-8")
    return path


def answer(capfdbinary: pytest.CaptureFixture[bytes], *arguments: object) -> Any:
    assert run_command(cli.dossier, [str(each) for each in arguments]) == 0
    return json.loads(capfdbinary.readouterr().out)


@pytest.mark.parametrize("name", ["aliexpress", "tmall"])
def test_check_says_what_a_good_rulebook_holds(name: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    found = answer(capfdbinary, "rulebook", "check", name)
    assert (found["id"], found["problems"]) == (name, [])


def test_check_exits_with_4_and_names_file_and_line(mine: Path, capfd: pytest.CaptureFixture[str]) -> None:
    mine.write_text(MINE + "min_remaining_days: 500\n", encoding="utf-8")
    assert run_command(cli.dossier, ["rulebook", "check", str(mine)]) == 4
    out, err = capfd.readouterr()
    assert not out
    assert "below min_remaining_days" in err
    assert ".yaml:" in err


def test_diff_lists_what_differs(mine: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    found = answer(capfdbinary, "rulebook", "diff", "aliexpress", mine)
    assert found == [{"field": "policy.min_age", "old": 18, "new": 21, "from": "2020-01-01", "to": None}]


def test_try_counts_reports_and_writes_nothing(
    mine: Path, out: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert answer(capfdbinary, "rulebook", "try", mine, out)["reports"] == 1
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_expiring_lists_entries(out: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    found = answer(capfdbinary, "expiring", out, "--within", "5000d", "--as-of", "2026-11-24")
    assert [each["type"] for each in found] == ["trademark_certificate"]


@pytest.mark.parametrize("shape", ["text", "html"])
def test_notice_is_written_where_it_is_told(out: Path, tmp_path: Path, shape: str) -> None:
    letter = tmp_path / "letter"
    arguments = ["notice", str(out / "reports" / "built.json"), "--format", shape, "-o", str(letter)]
    assert run_command(cli.dossier, arguments) == 0
    assert build.COMPANY in letter.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["rulebook", "check", "taobao"], 4, id="no such rulebook"),
        pytest.param(["rulebook", "check", "none.yaml"], 2, id="no such file"),
        pytest.param(["expiring", ".", "--within", "soon"], 2, id="no span"),
        pytest.param(["rulebook", "diff", "aliexpress", "tmall", "--as-of", "1999-01-01"], 4, id="before it holds"),
    ],
)
def test_wrong_use_has_its_exit_code(arguments: list[str], code: int, capfd: pytest.CaptureFixture[str]) -> None:
    assert run_command(cli.dossier, arguments) == code
    assert capfd.readouterr().err
