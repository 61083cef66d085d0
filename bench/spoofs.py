"""How many lying text layers are found, and how many honest ones are accused: `python -m bench.spoofs`.

Every page is drawn by lot, opened, read by the engine and compared as in a run; rates are by page.
"""

import argparse
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from random import Random

from bench.honest import HONEST, honest
from bench.pages import opened
from bench.tricks import TRICKS, lying
from pipeline.agreement import disagreements
from pipeline.model import TextDisagreement
from pipeline.ocr.ppocr import PpOcr

SURE = 0.8
"""Confidence from which a rule holds a disagreement against a document; below, a person looks."""


@dataclass(frozen=True)
class Case:
    """One PDF and what was found on it."""

    kind: str
    found: tuple[TextDisagreement, ...]
    seconds: float
    """Spent on reading and comparing."""

    @property
    def best(self) -> float:
        """Confidence of the surest disagreement; 0 without any."""
        return max((each.confidence for each in self.found), default=0.0)


def examined(kind: str, draw: Callable[[str, Random], bytes], seed: str, engine: PpOcr) -> Case:
    """Draw one PDF of a kind and examine it."""
    page = opened(draw(kind, Random(f"{seed}/{kind}")))
    if not page.text_lines and not page.text_outside:
        return Case(kind, (), 0.0)
    started = time.perf_counter()
    found = disagreements(page, engine.read(page.image, page=1))
    return Case(kind, found or (), time.perf_counter() - started)


@cache
def _engine() -> PpOcr:
    return PpOcr(threads=1)


def _examined(job: tuple[str, str, str]) -> Case:
    group, kind, seed = job
    return examined(kind, lying if group == "tricks" else honest, seed, _engine())


def table(cases: Iterable[Case]) -> str:
    """Return a row per kind: how many, how many with any disagreement, how many with a sure one."""
    by_kind: dict[str, list[Case]] = {}
    for case in cases:
        by_kind.setdefault(case.kind, []).append(case)
    rows = ["| kind | pages | any | sure |", "|---|---|---|---|"]
    for kind, some in by_kind.items():
        told = sum(case.best > 0 for case in some)
        rows.append(f"| {kind} | {len(some)} | {told} | {sum(case.best >= SURE for case in some)} |")
    return "\n".join(rows)


def main() -> None:
    """Examine as many as asked for and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.spoofs", description=__doc__)
    parser.add_argument("--tricks", type=int, default=8, help="pages of each trick (default: 8)")
    parser.add_argument("--honest", type=int, default=100, help="pages of each kind of honest PDF (default: 100)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default: 2)")
    parser.add_argument("--show", action="store_true", help="print what was missed and who was accused")
    arguments = parser.parse_args()
    with ProcessPoolExecutor(arguments.jobs) as pool:
        for group, kinds, count in (("tricks", TRICKS, arguments.tricks), ("honest", HONEST, arguments.honest)):
            jobs = [(group, kind, f"{group}/{number}") for kind in kinds for number in range(count)]
            cases = list(pool.map(_examined, jobs))
            told = sum(case.best > 0 for case in cases)
            print(f"{group}: {told} of {len(cases)} with a disagreement\n{table(cases)}\n", flush=True)
            if arguments.show:
                _show(group, jobs, cases)


def _show(group: str, jobs: Iterable[tuple[str, str, str]], cases: Iterable[Case]) -> None:
    for job, case in zip(jobs, cases, strict=True):
        if (case.best > 0) != (group == "tricks"):
            print(job, [(each.claimed, each.seen, each.confidence) for each in case.found])


if __name__ == "__main__":
    main()
