"""Takes hostile dossiers through the real path: opened, read by sealed workers, judged, reported."""

import json
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pipeline.answers import read_answer
from pipeline.errors import DossierError
from pipeline.ingest import open_dossier
from pipeline.jobs import Desk, Job, access_of, leave_out, limits_of
from pipeline.model import FailureCode
from pipeline.report.json import Report
from pipeline.roster import Found
from pipeline.run import Parts
from pipeline.settings import Settings
from pipeline.supervisor import Lost, Supervisor
from pipeline.worker import Serve
from tests.hostile import archives, folders, forms, pdfs, pictures
from tests.hostile.attack import Attack
from tests.pipeline.parts import AS_OF, build

PAGE_SECONDS = 8.0
# What must never get from a stranger's names into a page for people.
LIVE = re.compile(r"<script>alert|<img src=x|\x1b|\x07|[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Outcome:
    """What came of one attack."""

    attack: Attack
    codes: frozenset[FailureCode]
    form_is_wrong: bool
    seconds: float
    """From the report, all stages; 0 where there is none."""
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
    jobs = [Job(Found(identifier, str(path))) for identifier, (_, path) in placed.items()]
    folders = {path.parent for _, path in placed.values()}
    with access_of(settings, *folders) as access:
        supervisor = Supervisor(
            Serve(Desk(partial(make, settings), html=True)),
            access=access,
            workers=workers,
            limits=limits_of(settings),
            read=read_answer,
            leave_out=leave_out,
        )
        for job, came_of_it in supervisor.run(jobs):
            attack, _ = placed[job.found.id]
            if isinstance(came_of_it, Lost):
                trouble = came_of_it.trouble
                yield Outcome(attack, frozenset({trouble.code}), False, 0, f"no report: {trouble.reason}")
                continue
            answer, report = came_of_it
            assert report is not None
            yield _outcome(attack, report, answer.page or "")


def _outcome(attack: Attack, report: Report, page: str) -> Outcome:
    found = frozenset(failure.code for document in report.documents for failure in document.failures or ())
    spent = report.provenance.seconds.model_dump()
    form_is_wrong = any(finding.status == "fail" and finding.rule == "APP001" for finding in report.findings)
    return Outcome(attack, found, form_is_wrong, sum(spent.values()), "; ".join(_complaints(report, page)))


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


def resident_bytes() -> int:
    """Return the memory that this process holds."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
