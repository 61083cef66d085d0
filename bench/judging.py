"""How fast facts are judged once they are read: `python -m bench.judging`.

Recorded fact sets (the clean ones of the tests, and each with one fact broken) are judged on one core, without a page.
No two dossiers have a company, a legal person, a mark or a number in common, as in a real batch: what the rules keep of
names is of use within one dossier alone. What they keep of goods, terms and the rulebook is of use to all.
"""

import json
import resource
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count, cycle, islice
from random import Random

from extractors.facts import dossier_of
from pipeline.collector import spare_what_stays
from pipeline.form import Application
from pipeline.report.json import load_report, to_json, to_report
from pipeline.verdict import Dossier, Outcome
from tests.validators import build
from tests.validators.pairs import pairs
from validators import judge
from validators.rulebook import Rulebook

DOSSIERS = 10_000
WARM_UP = 4
"""Times that all fact sets are judged before memory is looked at: by then the rules keep most of what they may."""
FLOOR = 500
"""Dossiers a second, on one core."""
GROWTH = 20_000_000
"""Bytes by which memory may grow after the warm-up."""
_HAN = "甲乙丙丁戊己庚辛壬癸天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏"
_CONSONANTS = "BCDFGHJKLMNPRSTVWZ"


@dataclass(frozen=True)
class FactSet:
    """A dossier as it comes back out of a report, and its form, which reports mask."""

    report: str
    form: str | None
    dossier: Dossier

    def named(self, names: Mapping[str, str]) -> Dossier:
        """Return the dossier with other names."""
        found, form = dossier_of(load_report(_renamed(self.report, names))), self.dossier.form
        if form and self.form:
            form = replace(form, application=Application.model_validate_json(_renamed(self.form, names)))
        return replace(found, form=form)


def recorded() -> list[FactSet]:
    """Return the fact sets."""
    found = []
    for pair in pairs():
        for dossier in (pair.broken, pair.clean):
            verdict = judge(dossier, build.rulebook())
            report = to_json(to_report(Outcome(dossier, verdict, engine="none")))
            stated = dossier.form.application if dossier.form else None
            found.append(FactSet(report, stated.model_dump_json(by_alias=True) if stated else None, dossier))
    return found


def measure(dossiers: int = DOSSIERS) -> dict[str, float | int | bool]:
    """Judge so many dossiers and return what that took."""
    rulebook, facts, names = build.rulebook(), recorded(), _names()
    for _ in range(WARM_UP):
        _seconds_for((each.named(next(names)) for each in facts), rulebook)
    spare_what_stays()  # as in every worker of a batch
    again = len(facts) / min(_seconds_for((each.named({}) for each in facts), rulebook) for _ in range(3))
    before = _memory()
    seconds = _seconds_for((each.named(next(names)) for each in islice(cycle(facts), dossiers)), rulebook)
    rate, grown = dossiers / seconds, _memory() - before
    return {
        "dossiers": dossiers,
        "fact_sets": len(facts),
        "dossiers_per_second": round(rate, 1),
        "with_the_same_names_again": round(again, 1),
        "memory_grown_bytes": grown,
        "fast_enough": rate >= FLOOR,
        "memory_is_flat": grown <= GROWTH,
    }


def _seconds_for(dossiers: Iterable[Dossier], rulebook: Rulebook) -> float:
    """Return the processor time for judging dossiers that come one by one, as a worker gets them."""
    seconds = 0.0
    for dossier in dossiers:
        started = time.process_time()
        judge(dossier, rulebook)
        seconds += time.process_time() - started
    return seconds


def _names() -> Iterator[dict[str, str]]:
    """Yield what to call the invented company, its person, its mark and the mark's number, each time otherwise."""
    for seed in count():
        draw = Random(seed)
        yield {
            "试星": "".join(draw.choices(_HAN, k=4)),
            build.PERSON: "林" + "".join(draw.choices(_HAN, k=2)),
            build.BRAND: "".join(draw.choices(_CONSONANTS, k=3)) + "ARIVO" + "".join(draw.choices(_CONSONANTS, k=2)),
            build.NUMBER: str(draw.randrange(20_000_000, 69_999_999)),
        }


def _renamed(text: str, names: Mapping[str, str]) -> str:
    for name, other in names.items():
        text = text.replace(name, other)
    return text


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    found = measure(int(sys.argv[1]) if len(sys.argv) > 1 else DOSSIERS)
    print(json.dumps(found, indent=2))
    sys.exit(0 if found["fast_enough"] and found["memory_is_flat"] else 1)
