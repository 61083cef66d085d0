"""How many lying text layers are found, and how many honest ones are accused: `python -m bench.spoofs`.

Every page is drawn by lot, opened, read by the engine and compared as in a run; rates are by page.
"""

import argparse
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from random import Random

from bench.honest import HONEST, honest
from bench.lies import Lie
from bench.pages import opened
from bench.tricks import TRICKS, lying
from pipeline.folding import bare
from pipeline.ingest import to_source
from pipeline.model import EvidenceSource, TextDisagreement, TextLine
from pipeline.ocr.ppocr import PpOcr
from pipeline.read import read_source
from pipeline.settings import Settings

SURE = 0.8
"""Confidence from which a rule holds a disagreement against a document; below, a person looks."""


@dataclass(frozen=True)
class Case:
    """One PDF and what came of it."""

    kind: str
    found: tuple[TextDisagreement, ...]
    seconds: float
    """Spent on reading and comparing."""
    is_believed: bool = True
    """Whether a lie would be taken for what the page shows, or what the layer leaves out be lost; of an honest layer,
    whether all of it stands for the page."""
    is_compared: bool = True

    @property
    def best(self) -> float:
        """Confidence of the surest disagreement; 0 without any."""
        return max((each.confidence for each in self.found), default=0.0)

    @property
    def is_seen_through(self) -> bool:
        """Whether the lie is told, or at least not believed."""
        return self.best > 0 or not self.is_believed


def examined(kind: str, draw: Callable[[str, Random], bytes | Lie], seed: str, engine: PpOcr) -> Case:
    """Draw one PDF of a kind and examine it as in a run."""
    drawn = draw(kind, Random(f"{seed}/{kind}"))
    lie = drawn if isinstance(drawn, Lie) else None
    content = drawn.content if isinstance(drawn, Lie) else drawn
    claimed = opened(content)
    if not claimed.text_lines and not claimed.text_outside:
        return Case(kind, (), 0.0)
    started = time.perf_counter()
    (page,) = read_source(to_source("drawn.pdf", content), engine, Settings(cache=False)).pages
    seconds = time.perf_counter() - started
    told = page.text_layer_disagreements or ()
    if lie is None:
        layer = [line.text for line in claimed.text_lines]
        kept = [line.text for line in page.lines if line.source is EvidenceSource.TEXT_LAYER and line.confidence == 1]
        return Case(kind, told, seconds, set(layer) <= set(kept), page.text_layer_is_compared)
    if lie.must_be_told:
        # A line in a font with long names for its characters may come in pieces.
        told = tuple(each for each in told if each.seen and bare(each.claimed) in bare(lie.claimed))
    return Case(kind, told, seconds, is_believed(lie, page.lines), page.text_layer_is_compared)


def is_believed(lie: Lie, lines: Sequence[TextLine]) -> bool:
    """Whether lines that rules may rely on hold what a layer claims, or lack what it leaves out."""
    if lie.must_be_told or not (lie.claimed or lie.shown):
        return True
    sure = [line for line in lines if line.confidence >= SURE and line.source is EvidenceSource.TEXT_LAYER]
    claims = {bare(claim) for claim in lie.claimed.split("\n") if claim}
    if lie.shown:
        return bare(lie.shown) not in bare("".join(line.text for line in lines if line.source is EvidenceSource.OCR))
    return any(bare(line.text) in claims for line in sure)


@cache
def _engine() -> PpOcr:
    return PpOcr(threads=1)


def _examined(job: tuple[str, str, str]) -> Case:
    group, kind, seed = job
    return examined(kind, lying if group == "tricks" else honest, seed, _engine())


def table(cases: Iterable[Case]) -> str:
    """Return a row per kind: how many, with any disagreement, with a sure one, believed, and not compared."""
    by_kind: dict[str, list[Case]] = {}
    for case in cases:
        by_kind.setdefault(case.kind, []).append(case)
    rows = ["| kind | pages | any | sure | believed | not compared |", "|---|---|---|---|---|---|"]
    for kind, some in by_kind.items():
        told = sum(case.best > 0 for case in some)
        sure, unsure = sum(case.best >= SURE for case in some), sum(not case.is_compared for case in some)
        believed = sum(not case.best and case.is_believed for case in some)
        rows.append(f"| {kind} | {len(some)} | {told} | {sure} | {believed} | {unsure} |")
    return "\n".join(rows)


def main() -> None:
    """Examine as many as asked for and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.spoofs", description=__doc__)
    parser.add_argument("--tricks", type=int, default=8, help="pages of each trick (default: 8)")
    parser.add_argument("--honest", type=int, default=100, help="pages of each kind of honest PDF (default: 100)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default: 2)")
    parser.add_argument("--seed", default="", help="other pages than those of the default, by any word")
    parser.add_argument("--kind", action="append", help="only this trick or kind of honest PDF; may be repeated")
    parser.add_argument("--show", action="store_true", help="print what was missed and who was accused")
    arguments = parser.parse_args()
    with ProcessPoolExecutor(arguments.jobs) as pool:
        for group, kinds, count in (("tricks", TRICKS, arguments.tricks), ("honest", HONEST, arguments.honest)):
            wanted = [kind for kind in kinds if not arguments.kind or kind in arguments.kind]
            jobs = [(group, kind, f"{arguments.seed}{group}/{number}") for kind in wanted for number in range(count)]
            cases = list(pool.map(_examined, jobs))
            seen = sum(case.is_seen_through for case in cases)
            told = sum(case.best > 0 for case in cases)
            print(f"{group}: {told} of {len(cases)} with a disagreement", end="")
            print(f", {seen} seen through" if group == "tricks" else "", table(cases), "", sep="\n", flush=True)
            if arguments.show:
                _show(group, jobs, cases)


def _show(group: str, jobs: Iterable[tuple[str, str, str]], cases: Iterable[Case]) -> None:
    for job, case in zip(jobs, cases, strict=True):
        if not case.is_seen_through if group == "tricks" else case.best > 0:
            print(job, [(each.claimed, each.seen, each.confidence) for each in case.found])


if __name__ == "__main__":
    main()
