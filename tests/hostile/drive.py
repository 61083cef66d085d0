"""Takes hostile dossiers through the real path: opened, read by sealed workers, judged, reported.

`python -m tests.hostile.drive` does it with the readers that users have, and prints what came of it.
"""

import argparse
import gc
import json
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pipeline.answers import read_answer
from pipeline.crew import resident_bytes
from pipeline.errors import DossierError
from pipeline.ingest import open_dossier
from pipeline.jobs import Answer, Desk, Job, access_of, leave_out, limits_of
from pipeline.model import FailureCode
from pipeline.report.json import Report
from pipeline.retrying import Lost
from pipeline.roster import Found
from pipeline.run import Parts
from pipeline.settings import Settings
from pipeline.supervisor import Supervisor
from pipeline.worker import Serve
from tests.hostile import archives, folders, forms, pdfs, pictures
from tests.hostile.attack import Attack
from tests.pipeline.parts import AS_OF, build

PAGE_SECONDS = 8.0
# What must never get from a stranger's names into a page for people.
LIVE = re.compile(r"<script>alert|<img src=x|\x1b|\x07|[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class _Timed(Job):
    """A job that notes when it is first handed to a worker, since it is pickled then."""

    def __getstate__(self) -> dict[str, object]:
        _BEGUN.setdefault(str(self.found.path), time.monotonic())
        return vars(self)

    @property
    def seconds(self) -> float:
        """How long ago that was."""
        return time.monotonic() - _BEGUN[str(self.found.path)]


_BEGUN: dict[str, float] = {}


@dataclass(frozen=True)
class Outcome:
    """What came of one attack."""

    attack: Attack
    codes: frozenset[FailureCode]
    form_is_wrong: bool
    seconds: float
    """Of wall clock, since a worker got it first, with all attempts that were killed."""
    complaint: str = ""
    """What is wrong beside the codes."""

    @property
    def is_expected(self) -> bool:
        """Whether all of it is as it must be."""
        is_wrong = self.form_is_wrong or not self.attack.form_is_wrong
        return self.codes in self.attack.expects and is_wrong and not self.complaint


def all_attacks() -> tuple[Attack, ...]:
    """Return every attack, in an order that is always the same."""
    makers = (pdfs, pictures, archives, folders, forms)
    return tuple(attack for maker in makers for attack in maker.attacks())


def build_real(settings: Settings) -> Parts:
    """Put the parts together with the engine that users have."""
    from validators.assembly import BuildOptions
    from validators.assembly import build as build_parts

    return build_parts(BuildOptions(settings, AS_OF, threads=1, pictures=True))


def build_quick(settings: Settings) -> Parts:
    """Put the parts together with an engine that reads nothing: all else is real."""
    return replace(build(), settings=settings, pictures=True)


def settings_for(**changes: object) -> Settings:
    """Return the settings of users, but for less patience and no cache."""
    few = {"cache": False, "page_seconds": PAGE_SECONDS, "worker_max_bytes": 2_500_000_000}
    return Settings.model_validate({**few, **changes})


def planted(attacks: Sequence[Attack], folder: Path) -> dict[str, tuple[Attack, Path]]:
    """Plant every attack below a folder; returns them by the id of their dossier."""
    placed = {}
    for number, attack in enumerate(attacks):
        path = folder / f"h{number:03}{attack.suffix}"
        attack.plant(path)
        placed[f"h{number:03}"] = (attack, path)
    return placed


def run(
    placed: dict[str, tuple[Attack, Path]],
    settings: Settings,
    make: Callable[[Settings], Parts] = build_quick,
    *,
    workers: int = 2,
) -> Iterator[Outcome]:
    """Let workers open and judge every dossier, as a batch does, and yield what came of each."""
    for job, came_of_it in _judged(placed, settings, make, workers=workers):
        (attack, _), seconds = placed[job.found.id], job.seconds
        if isinstance(came_of_it, Lost):
            trouble = came_of_it.trouble
            yield Outcome(attack, frozenset({trouble.code}), False, seconds, f"no report: {trouble.reason}")
            continue
        answer, report = came_of_it
        assert report is not None
        yield _outcome(attack, report, answer.page or "", seconds)


def reports_of(
    placed: dict[str, tuple[Attack, Path]], settings: Settings, make: Callable[[Settings], Parts]
) -> Iterator[tuple[str, Report | Lost]]:
    """Let workers open and judge every dossier, and yield the report on each, by its id, or why there is none."""
    for job, came_of_it in _judged(placed, settings, make, workers=2):
        if isinstance(came_of_it, Lost):
            yield job.found.id, came_of_it
            continue
        assert came_of_it[1] is not None
        yield job.found.id, came_of_it[1]


def _judged(
    placed: dict[str, tuple[Attack, Path]], settings: Settings, make: Callable[[Settings], Parts], *, workers: int
) -> Iterator[tuple[_Timed, tuple[Answer, Report | None] | Lost]]:
    jobs = [_Timed(Found(identifier, str(path))) for identifier, (_, path) in placed.items()]
    folders = {path.parent for _, path in placed.values()}
    with access_of(settings, *folders) as access:
        supervisor: Supervisor[Job, tuple[Answer, Report | None]] = Supervisor(
            Serve(Desk(partial(make, settings), html=True)),
            access=access,
            workers=workers,
            limits=limits_of(settings),
            read=read_answer,
            leave_out=leave_out,
        )
        for job, came_of_it in supervisor.run(jobs):
            assert isinstance(job, _Timed)
            yield job, came_of_it


def _outcome(attack: Attack, report: Report, page: str, seconds: float) -> Outcome:
    found = frozenset(failure.code for document in report.documents for failure in document.failures or ())
    form_is_wrong = any(finding.status == "fail" and finding.rule == "APP001" for finding in report.findings)
    return Outcome(attack, found, form_is_wrong, seconds, "; ".join(_complaints(report, page)))


def _complaints(report: Report, page: str) -> Iterator[str]:
    if report.decision == "approved":
        yield "it was approved"
    if LIVE.search(page):
        yield "a stranger's text is alive in the page"
    written = report.model_dump_json()
    if len(written) > 2_000_000:
        yield f"a report of {len(written):,} bytes"
    if re.search(r"defect of this program", written):
        yield "it says that the program has a defect"
    json.loads(written, parse_constant=_refuse)


def _refuse(constant: str) -> object:
    raise AssertionError(f"{constant} in a report")


def opened_by_the_parent(paths: Iterable[Path], settings: Settings) -> Iterator[tuple[Path, float, bool]]:
    """Open dossiers as `verify` does, in this process; yields seconds, and whether the form has problems."""
    for path in paths:
        started = time.perf_counter()
        try:
            intake = open_dossier(path, settings)
        except DossierError as error:
            raise AssertionError(f"{path.name}: {error}") from error
        yield path, time.perf_counter() - started, bool(intake.form.problems)


def highest_bytes() -> int:
    """Return the most memory that this process has held since `forget_highest`."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) * 1024 if found else 0


def forget_highest() -> None:
    """Have the system count the most memory anew."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def measure(
    attacks: Sequence[Attack], folder: Path, make: Callable[[Settings], Parts], *, workers: int
) -> dict[str, object]:
    """Take attacks through, and return in figures what came of them and what this parent took meanwhile."""
    placed, settings = planted(attacks, folder), settings_for()
    gc.collect()
    before, began = resident_bytes(), time.monotonic()
    forget_highest()
    outcomes = list(run(placed, settings, make, workers=workers))
    seconds, highest = time.monotonic() - began, highest_bytes()
    gc.collect()
    slowest = sorted(outcomes, key=lambda outcome: -outcome.seconds)[:10]
    return {
        "attacks": len(attacks),
        "reports": sum(not outcome.complaint.startswith("no report") for outcome in outcomes),
        "approved": sum("approved" in outcome.complaint for outcome in outcomes),
        "unexpected": {
            outcome.attack.name: f"{sorted(outcome.codes)} {outcome.complaint}"
            for outcome in outcomes
            if not outcome.is_expected
        },
        "seconds": round(seconds, 1),
        "slowest": {outcome.attack.name: round(outcome.seconds, 1) for outcome in slowest},
        "parent_megabytes": {
            "before": round(before / 1e6),
            "after": round(resident_bytes() / 1e6),
            "at most": round(highest / 1e6),
        },
    }


def main() -> None:
    """Take all attacks, or those that are named, through the real readers."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.drive", description=__doc__)
    parser.add_argument("--only", default="", help="attacks with this in their name")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--quick", action="store_true", help="with an engine that reads nothing")
    arguments = parser.parse_args()
    attacks = [attack for attack in all_attacks() if arguments.only in attack.name]
    with tempfile.TemporaryDirectory(prefix="dossier-hostile-") as folder:
        make = build_quick if arguments.quick else build_real
        found = measure(attacks, Path(folder), make, workers=arguments.workers)
    sys.stdout.write(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
    raise SystemExit(bool(found["unexpected"]))


if __name__ == "__main__":
    from tests.hostile import drive  # by the name that its workers know it by

    drive.main()
