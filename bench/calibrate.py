"""Fits confidence to what is right: `make calibrate`, or `python -m bench.calibrate [--count N]`.

Reads a drawn set in every condition, the samples, and real documents where they lie beside the project, all with the
readers' raw confidence; prints what held-out documents come to; writes extractors/calibration.json. Of real documents
nothing but counts goes into it.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from bench.logistic import Observation, fit_all, held_out
from bench.sets import SAMPLES, drawn_set, real_set, scores_of_set
from extractors.calibration import FILE, Curve
from pipeline.batch import default_jobs
from pipeline.evaluate.curves import HIGH, Call, bins, calibration_error
from pipeline.evaluate.score import DocumentScore
from samples.generate.conditions import Condition

_SEED = 20261126
"""Not that of the accuracy bench: what is fitted on one set is measured on another."""


def observations_of(name: str, scores: Sequence[DocumentScore]) -> list[Observation]:
    """Return every field that was read of a set's documents."""
    return [
        Observation(f"{name}/{score.id}", f"{score.type}.{field.field}", field.confidence, field.exact)
        for score in scores
        for field in score.fields
        if field.confidence is not None
    ]


def main() -> None:
    """Measure, fit, print and write."""
    parser = argparse.ArgumentParser(prog="python -m bench.calibrate", description=__doc__)
    parser.add_argument("--count", type=int, default=360, help="documents to draw in all (default: 360)")
    parser.add_argument("--sets", nargs="+", type=Path, metavar="FOLDER", help="labelled sets instead of drawn ones")
    parser.add_argument("--jobs", type=int, default=default_jobs(), help="worker processes")
    parser.add_argument("--output", type=Path, default=FILE, help=f"where to write (default: {FILE.name})")
    chosen = parser.parse_args()
    seen = _seen(chosen.count, chosen.sets, chosen.jobs)
    everything = [each for observations in seen.values() for each in observations]
    print(_report(seen))
    pooled, own = fit_all(everything)
    chosen.output.write_text(_stored(seen, pooled, own), encoding="utf-8")


def _seen(count: int, sets: Sequence[Path] | None, jobs: int) -> dict[str, list[Observation]]:
    """Read every set; return what was seen by its name."""
    seen = {}
    for condition in () if sets else Condition:
        with drawn_set(condition, max(1, count // len(Condition)), seed=_SEED) as folder:
            seen[condition.value] = observations_of(condition, scores_of_set(folder, jobs=jobs, raw=True))
    places = {folder.name: folder for folder in sets or ()} | {"samples": SAMPLES}
    if real := real_set():
        places["real"] = real
    return seen | {
        name: observations_of(name, scores_of_set(place, jobs=jobs, raw=True)) for name, place in places.items()
    }


def _stored(seen: dict[str, list[Observation]], pooled: Curve, own: dict[str, Curve]) -> str:
    everything = [each for observations in seen.values() for each in observations]
    counts, right = Counter(each.field for each in everything), Counter(each.field for each in everything if each.right)
    stored = {
        "fitted": date.today().isoformat(),
        "by": "make calibrate",
        "values": {name: len(observations) for name, observations in seen.items()},
        "pooled": {**asdict(pooled), "n": len(everything), "right": sum(each.right for each in everything)},
        "fields": {name: {**asdict(curve), "n": counts[name], "right": right[name]} for name, curve in own.items()},
    }
    return json.dumps(stored, indent=1, ensure_ascii=False) + "\n"


def _report(seen: dict[str, list[Observation]]) -> str:
    """Return how true confidence is, raw and on held-out documents, per set and over all."""
    everything = [each for observations in seen.values() for each in observations]
    judged = held_out(everything)
    lines = []
    for name in (*seen, "all"):
        kept = [(each, sure) for each, sure in judged if name == "all" or each.document.startswith(f"{name}/")]
        lines.append(_line(f"{name}, raw", [Call(each.raw, each.right) for each, _ in kept]))
        lines.append(_line(f"{name}, held out", [Call(sure, each.right) for each, sure in kept]))
    curve = bins(Call(sure, each.right) for each, sure in judged)
    lines += [f"  {each.low:.2f} to {each.high:.2f}: {each.right} of {each.count} right" for each in curve]
    return "\n".join(lines)


def _line(name: str, calls: Sequence[Call]) -> str:
    high = [call for call in calls if call.confidence >= HIGH]
    right = sum(call.right for call in high)
    error = calibration_error(calls)
    share = len(high) / max(len(calls), 1)
    at_high = f"at 0.9: {right}/{len(high)} right, {share:.1%} of those read"
    return f"{name:26} n {len(calls):5}  ECE {error or 0:.3f}  {at_high}"


if __name__ == "__main__":
    main()
