"""How fast facts are judged once they are read: `python -m bench.judging`.

Recorded fact sets (the clean ones of the tests, and each with one fact broken) are judged on one core, without a page.
"""

import json
import resource
import sys
import time
from dataclasses import replace
from itertools import cycle, islice

from pipeline.collector import spare_what_stays
from pipeline.report.json import load_report, to_json, to_report
from pipeline.verdict import Dossier, Outcome
from tests.validators import build
from tests.validators.pairs import pairs
from validators import judge

DOSSIERS = 10_000
WARM_UP = 200
FLOOR = 500
"""Dossiers a second, on one core."""
GROWTH = 20_000_000
"""Bytes by which memory may grow after the warm-up."""


def recorded() -> list[Dossier]:
    """Return the fact sets, as they come back out of reports."""
    from extractors.facts import dossier_of

    found = []
    for pair in pairs():
        for dossier in (pair.broken, pair.clean):
            verdict = judge(dossier, build.rulebook())
            report = load_report(to_json(to_report(Outcome(dossier, verdict, engine="none"))))
            # Reports mask identity numbers, by which every one of them would be rejected: the form is put back.
            found.append(replace(dossier_of(report), form=dossier.form))
    return found


def measure(count: int = DOSSIERS) -> dict[str, float | int | bool]:
    """Judge `count` fact sets and return what that took."""
    rulebook, facts = build.rulebook(), recorded()
    for dossier in islice(cycle(facts), WARM_UP):
        judge(dossier, rulebook)
    spare_what_stays()  # as in every worker of a batch
    before, started = _memory(), time.process_time()
    for dossier in islice(cycle(facts), count):
        judge(dossier, rulebook)
    seconds = time.process_time() - started
    grown = _memory() - before
    rate = count / seconds
    return {
        "dossiers": count,
        "fact_sets": len(facts),
        "dossiers_per_second": round(rate, 1),
        "memory_grown_bytes": grown,
        "fast_enough": rate >= FLOOR,
        "memory_is_flat": grown <= GROWTH,
    }


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    found = measure(int(sys.argv[1]) if len(sys.argv) > 1 else DOSSIERS)
    print(json.dumps(found, indent=2))
    sys.exit(0 if found["fast_enough"] and found["memory_is_flat"] else 1)
