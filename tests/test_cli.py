import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import jsonschema
import pytest

import cli
from pipeline.console import run_command
from pipeline.report.json import load_report
from tests.commands import AS_OF, DOSSIER, SAMPLES, dossier, running

HEAVY = (
    "PIL",
    "cv2",
    "jinja2",
    "onnxruntime",
    "opencc",
    "openvino",
    "pypdf",
    "pypdfium2",
    "rich",
    "spacy",
)
NOWHERE = click.Context(cli.dossier)
SECRET = "440300198602132575"


def test_help_lists_every_command() -> None:
    text = dossier("--help").stdout
    assert all(f"\n  {name} " in text for name in cli.dossier.list_commands(NOWHERE))


@pytest.mark.parametrize("name", sorted(cli.dossier.list_commands(NOWHERE)))
def test_help_of_a_command_has_an_example_that_is_a_call_of_it(name: str) -> None:
    text = dossier(name, "--help").stdout
    assert f"\n    dossier {name}" in text
    assert "\b" not in text


def test_version_is_that_of_the_distribution() -> None:
    assert dossier("--version").stdout == "dossier, version 0.1.0\n"


@pytest.mark.parametrize(
    ("arguments", "environment", "code", "says"),
    [
        pytest.param(["frobnicate"], {}, 2, "No such command", id="no such command"),
        pytest.param(["verify", "--frobnicate", "."], {}, 2, "No such option", id="no such option"),
        pytest.param(["verify", "nowhere"], {}, 2, "does not exist", id="no such dossier"),
        pytest.param(["verify", ".", "--as-of", "yesterday"], {}, 2, "2026-11-24", id="no date"),
        pytest.param(["inspect", __file__, "nowhere.jpg"], {}, 2, "does not exist", id="no such file"),
        pytest.param(["batch", "nowhere", "-o", "out"], {}, 2, "does not exist", id="no such folder"),
        pytest.param(["batch", "."], {}, 2, "--output", id="no output folder"),
        pytest.param(["batch", ".", "-o", ""], {}, 2, "the path is empty", id="empty output folder"),
        pytest.param(["rules", "LIC2002"], {}, 2, "did you mean LIC202", id="no such rule"),
        pytest.param(["categories", "aparel"], {}, 2, "did you mean apparel", id="no such category"),
        pytest.param(["explain", __file__], {}, 2, "not a report", id="no report"),
        pytest.param(["verify", SAMPLES / "starriver", "--engine", "x"], {}, 3, "ppocr", id="no such engine"),
        pytest.param(["doctor", "--engine", "x"], {}, 3, "", id="chosen engine does not work"),
        pytest.param(["verify", SAMPLES / "starriver", "--rulebook", __file__], {}, 4, "", id="no rulebook"),
        pytest.param(["categories", "--rulebook", __file__], {}, 4, "", id="no rulebook for categories"),
        pytest.param(["doctor"], {"DOSSIER_MAX_PAGES": "many"}, 4, "DOSSIER_MAX_PAGES", id="no number in a setting"),
    ],
)
def test_wrong_use_has_its_exit_code_and_says_what_is_wrong(
    arguments: list[object], environment: dict[str, str], code: int, says: str
) -> None:
    done = dossier(*arguments, **environment)
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_defect_of_ours_is_70_and_repeats_nothing_that_a_document_says(capfd: pytest.CaptureFixture[str]) -> None:
    @click.command()
    def broken() -> None:
        raise KeyError(SECRET)

    assert run_command(broken, []) == 70
    said = capfd.readouterr().err
    assert "KeyError in tests/test_cli.py" in said
    assert "report it" in said
    assert SECRET not in said


@pytest.mark.parametrize(("number", "code"), [(errno.EIO, 2), (errno.EROFS, 2), (errno.ENOENT, 70)])
def test_a_disk_that_fails_is_no_defect_of_ours(capfd: pytest.CaptureFixture[str], number: int, code: int) -> None:
    @click.command()
    def failing() -> None:
        raise OSError(number, os.strerror(number), f"/some/{SECRET}/template")

    assert run_command(failing, []) == code
    said = capfd.readouterr().err
    assert ("cannot use /some/" in said) is (code == 2)
    assert SECRET not in said


def test_an_interrupted_command_is_130(capfd: pytest.CaptureFixture[str]) -> None:
    @click.command()
    def interrupted() -> None:
        raise KeyboardInterrupt

    assert run_command(interrupted, []) == 130
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [["rules"], ["rules", "lic202"], ["categories"], ["categories", "apparel"], ["schema", "report"],
     ["schema", "application"]],
    ids=" ".join,
)  # fmt: skip
def test_answers_to_programs_are_json_and_nothing_else(arguments: list[str]) -> None:
    done = dossier(*arguments)
    assert done.returncode == 0
    assert json.loads(done.stdout)
    assert not done.stderr


def test_tables_are_for_those_who_ask() -> None:
    assert "LIC202" in dossier("rules", "--format", "table").stdout
    assert "营业执照" in dossier("rules", "LIC201", "--format", "table", "--lang", "zh").stdout
    assert "apparel" in dossier("categories", "--format", "table").stdout


@pytest.mark.parametrize("what", ["report", "application"])
def test_schemas_are_json_schema_2020_12(what: str) -> None:
    schema = json.loads(dossier("schema", what).stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("arguments", [["rules"], ["rules", "LIC202"], ["--help"]], ids=" ".join)
def test_a_light_command_imports_nothing_heavy(arguments: list[str]) -> None:
    script = (
        "import sys\nfrom click.testing import CliRunner\nimport cli\n"
        f"assert CliRunner().invoke(cli.dossier, {arguments!r}).exit_code == 0\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "[]\n"


def test_a_reader_that_stops_early_is_no_error() -> None:
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"{DOSSIER} schema report | head -1"],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "{\n", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    "arguments",
    [["rules"], ["rules", "--format", "table"], ["schema", "report"], ["--help"], ["verify", "--help"], ["--version"]],
    ids=" ".join,
)
def test_a_full_standard_output_is_2_and_one_line(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([DOSSIER, *arguments], stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert done.stderr == "dossier: cannot write to standard output: No space left on device\n"


def test_a_closed_standard_output_is_2_and_one_line() -> None:
    done = subprocess.run(["sh", "-c", f"{DOSSIER} rules >&-"], stderr=subprocess.PIPE, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (2, "dossier: standard output is closed\n")


def test_completion_is_offered_for_bash() -> None:
    assert "_dossier_completion" in dossier(_DOSSIER_COMPLETE="bash_source").stdout


@pytest.mark.engine
@pytest.mark.parametrize("name", ["starriver", "no-licence", "branch-licence"])
def test_verify_exits_with_its_decision_and_prints_the_report_alone(name: str) -> None:
    done = dossier("verify", SAMPLES / name, AS_OF)
    report = json.loads(done.stdout)
    assert done.returncode == {"approved": 0, "rejected": 10, "needs_review": 11}[report["decision"]]
    assert report["dossier_id"] == name
    assert not done.stderr
    jsonschema.validate(report, json.loads(dossier("schema", "report").stdout))


@pytest.mark.engine
def test_verify_writes_files_where_it_is_told(tmp_path: Path) -> None:
    done = dossier("verify", SAMPLES / "starriver", AS_OF, "-o", tmp_path / "r.json", "--html", tmp_path / "r.html")
    assert not done.stdout
    report = load_report((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert "data:image/jpeg" in (tmp_path / "r.html").read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.html", "r.json"]
    explained = dossier("explain", tmp_path / "r.json")
    assert explained.returncode == 0
    rule = report.findings[0].rule
    assert rule in dossier("explain", tmp_path / "r.json", rule).stdout
    assert dossier("explain", tmp_path / "r.json", "XXX999").returncode == 2


@pytest.mark.engine
@pytest.mark.parametrize("named", ["01.jpg", ""], ids=["file", "folder"])
def test_inspect_reads_documents_without_deciding(tmp_path: Path, named: str) -> None:
    (tmp_path / "01.jpg").write_bytes((SAMPLES / "starriver" / "01.jpg").read_bytes())
    done = dossier("inspect", tmp_path / named, AS_OF)
    report = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert report["decision"] is None
    assert [document["type"] for document in report["documents"]] == ["business_licence"]


@pytest.mark.engine
def test_doctor_finds_the_default_engine_working() -> None:
    found = json.loads(dossier("doctor").stdout)
    assert found["works"] is True
    assert found["engines"]["ppocr"]["models"]
    assert found["machine"]["cores"] >= 1


@pytest.mark.engine
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("seconds", [0.9, 1.4, 1.9])
def test_an_interrupted_verify_ends_with_130_and_one_line(number: signal.Signals, seconds: float) -> None:
    with running("verify", SAMPLES / "sports-two-brands", AS_OF, DOSSIER_CACHE="false") as process:
        time.sleep(seconds)
        process.send_signal(number)
        stdout, stderr = process.communicate(timeout=20)
    if not stdout:
        assert (process.returncode, stderr) == (130, "dossier: interrupted\n")


@pytest.mark.parametrize(
    ("command", "outputs"),
    [
        pytest.param("verify", ["-o", "in/application.yaml"], id="the form"),
        pytest.param("verify", ["--html", "in/new/page.html"], id="inside the dossier"),
        pytest.param("inspect", ["-o", "in/licence.jpg"], id="a document"),
        pytest.param("inspect", ["-o", "in/report.json"], id="inside the folder"),
        pytest.param("verify", ["-o", "in/../in/report.json"], id="by a detour"),
        pytest.param("verify", ["-o", "link/report.json"], id="by a link"),
        pytest.param("verify", ["-o", "list.yaml", "--watchlist", "list.yaml"], id="the watch list"),
        pytest.param("verify", ["-o", "same", "--html", "./same"], id="both the same file"),
    ],
)
def test_an_output_never_touches_an_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, outputs: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("link").symlink_to("in")
    for name in ("in/application.yaml", "in/licence.jpg", "list.yaml"):
        Path(name).write_text("x", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    done = dossier(command, "in", *outputs)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert sorted(tmp_path.rglob("*")) == before
