"""A worker that a file took over can make its parent refuse an answer, and nothing more."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipeline.answers import read_answer
from pipeline.crew import Limits, resident_bytes
from pipeline.errors import DossierError
from pipeline.ingest import open_dossier
from pipeline.jobs import Desk, Job, leave_out
from pipeline.journal import Done
from pipeline.model import FailureCode
from pipeline.retrying import Lost
from pipeline.settings import Settings
from pipeline.single import Where, report_on
from pipeline.supervisor import Supervisor
from tests.pipeline import crew
from tests.pipeline.parts import WHITE, build, run, write_dossier

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def job(tmp_path: Path) -> Job:
    intake = open_dossier(write_dossier(tmp_path / "in" / "ash", WHITE), Settings())
    return Job(_found(tmp_path), intake=intake)


def _found(tmp_path: Path) -> Any:
    from pipeline.roster import Found

    return Found("ash", str(tmp_path / "in" / "ash"))


def answer_to(job: Job, *, html: bool = True) -> dict[str, Any]:
    """Return an honest answer, as a worker makes it."""
    answer: dict[str, Any] = json.loads(Desk(build, html=html)()(job, lambda part: None))
    return answer


def in_report(change: Change) -> Change:
    def changed(answer: dict[str, Any]) -> None:
        report = json.loads(answer["report"])
        change(report)
        answer["report"] = json.dumps(report)

    return changed


def evidence(box: object) -> Change:
    """Return a change that puts a box under a finding."""
    seen = {"file": "01.png", "page": 1, "box": box, "text": "x", "source": "ocr"}
    return in_report(lambda report: report["findings"][0].update(evidence=[seen]))


SIDES = ("left", "top", "right", "bottom")
GARBAGE: dict[str, Change] = {
    "a box of no numbers": evidence(dict.fromkeys(SIDES, float("nan"))),
    "a box without end": evidence(dict.fromkeys(SIDES, float("inf"))),
    "a box off the page": evidence(dict.fromkeys(SIDES, 1e9)),
    "a report on another": in_report(lambda report: report.update(dossier_id="../../etc/passwd")),
    "a report with more in it": in_report(lambda report: report.update(more=1)),
    "a decision of its own": in_report(lambda report: report.update(decision="perfect")),
    "a decision that its findings do not bear": in_report(lambda report: report.update(decision="approved")),
    "a summary of other findings": in_report(lambda report: report["summary"]["fail"].update(blocker=0)),
    "a document that nobody handed in": in_report(lambda report: report["documents"][0].update(sha256="0" * 64)),
    "a report of brackets": lambda answer: answer.update(report="[" * 200_000),
    "a report that is too long": lambda answer: answer.update(report=answer["report"] + " " * 50_000_001),
    "no report": lambda answer: answer.update(report=None),
    "pages less than none": lambda answer: answer.update(pages=-5),
    "files without end": lambda answer: answer.update(files=10**30),
    "a fingerprint of a path": lambda answer: answer.update(fingerprint="../x\n{}"),
    "a page with a script": lambda answer: answer.update(page="<script>alert(1)</script>"),
    "a page that leads away": lambda answer: answer.update(
        page=answer["page"].replace("<body>", '<META http-equiv="refresh" content="0;url=https://attacker.example">')
    ),
    "a page without its policy": lambda answer: answer.update(page=answer["page"].replace("default-src", "x-src")),
}


@pytest.mark.parametrize("change", GARBAGE.values(), ids=GARBAGE)
def test_an_answer_that_is_none_is_refused(job: Job, change: Change) -> None:
    answer = answer_to(job)
    read_answer(job, json.dumps(answer).encode())
    change(answer)
    with pytest.raises(ValueError, match=r"."):
        read_answer(job, json.dumps(answer).encode())


def test_an_honest_answer_on_a_file_that_was_refused_is_taken(tmp_path: Path) -> None:
    folder = write_dossier(tmp_path / "in" / "ash", WHITE)
    (folder / "02.png").symlink_to(tmp_path / "elsewhere")
    (folder / "03.exe").write_bytes(b"MZ")
    job = Job(_found(tmp_path), intake=open_dossier(folder, Settings()))
    _, report = read_answer(job, json.dumps(answer_to(job)).encode())
    assert report is not None
    assert any(not document.sha256 for document in report.documents)


@pytest.mark.parametrize("answer", [b"", b"\xff\xfe", b"[" * 300_000, b"{" * 300_000, b"NaN", b"0" * 100_000])
def test_bytes_that_are_no_answer_are_refused(job: Job, answer: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_answer(job, answer)


def test_nothing_is_unchanged_that_is_not_there_as_it_was_written(job: Job, tmp_path: Path) -> None:
    answer = {**answer_to(job, html=False), "report": None}
    (tmp_path / "r.json").write_bytes(b"{}")
    done = Done(id="ash", fingerprint=answer["fingerprint"], files={"r.json": "0" * 64})
    with pytest.raises(ValueError, match="nothing on file"):
        read_answer(Job(job.found, out=tmp_path, done=done), json.dumps(answer).encode())


@pytest.mark.parametrize("answer", [b"garbage", b"{}", b"[" * 100_000], ids=["garbage", "empty", "brackets"])
def test_verify_says_that_it_got_no_answer_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    folder = write_dossier(tmp_path / "ash", WHITE)
    monkeypatch.setattr("pipeline.single.Serve", lambda *_, **__: partial(crew.gabble, answer))
    where = Where((folder,), output=tmp_path / "report.json", html=tmp_path / "report.html")
    with pytest.raises(DossierError, match="no answer"):
        report_on(partial(open_dossier, folder), build, Settings(cache=False), where, with_form=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ash"]


def test_a_batch_records_what_got_no_answer_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ash", "birch"):
        write_dossier(tmp_path / "in" / name, WHITE)
    monkeypatch.setattr("pipeline.hands.Serve", lambda *_, **__: partial(crew.gabble, b"garbage"))
    assert run(tmp_path / "in").errors == 2
    record = json.loads((tmp_path / "out" / "errors" / "ash.json").read_bytes())
    assert (record["code"], record["earlier"]) == ("quarantined", ["protocol", "protocol"])


@pytest.mark.parametrize("part", [b"-1", b"9" * 5_000, b"x", b"", "\u0665".encode()])
def test_a_part_that_is_no_number_is_refused(part: bytes) -> None:
    limits = Limits(30, 30, 2 * 10**9, 10**9, 100)
    serve = partial(crew.babble, partial(crew.told, part))
    supervisor = Supervisor(serve, workers=1, limits=limits, read=read_answer, leave_out=leave_out)
    ((_, lost),) = supervisor.run([Job(_found(Path()))])
    assert isinstance(lost, Lost)
    assert lost.trouble.code is FailureCode.PROTOCOL


def test_a_large_answer_that_is_none_does_not_stay_in_memory(job: Job) -> None:
    limits = Limits(60, 60, 2 * 10**9, 10**9, 100)
    serve = partial(crew.babble, crew.hundred_megabytes)
    after: list[int] = []
    # What the first one leaves is room that the second one takes again.
    for _ in range(2):
        ((_, lost),) = Supervisor(serve, workers=1, limits=limits, read=read_answer).run([job])
        assert isinstance(lost, Lost)
        after.append(resident_bytes())
    assert after[1] - after[0] < 50_000_000
