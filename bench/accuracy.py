"""How well everything is read: `make bench-accuracy`, or `python -m bench.accuracy [--count N]`.

Reads a drawn set in each condition, the samples, and real documents where they lie beside the project, the way
`dossier evaluate` does, and prints what was to be reached beside what was. Of real documents nothing is printed but
their ids, the field, and by how many characters it is wrong.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.sets import SAMPLES, drawn_set, real_set, scores_of_set
from pipeline.batch import default_jobs
from pipeline.console import people
from pipeline.evaluate.score import DocumentScore
from pipeline.evaluate.summary import Evaluation, FieldResult, Miss, summarise
from pipeline.evaluate.table import share, tables
from samples.generate.conditions import Condition

_LICENCE = "business_licence"
_SCANNED_GOAL, _PHOTO_GOAL = 0.99, 0.96
_NAMES_AND_DATES = ("company_name", "legal_person", "establishment_date", "valid_from", "valid_to", "issue_date")
_LONG = ("address", "business_scope")
_MARKS = {
    "number": ("registration_number", "application_number", "trademark_numbers"),
    "owner": ("owner", "licensor", "licensee"),
    "classes": ("nice_classes",),
    "dates": ("registration_date", "filing_date", "valid_from", "valid_to", "signed_date"),
}


@dataclass(frozen=True)
class Goal:
    """One figure that was to be reached, and what was."""

    set_name: str
    figure: str
    wanted: str
    reached: str
    met: bool


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.accuracy", description=__doc__)
    parser.add_argument("--count", type=int, default=240, help="documents to draw in all (default: 240)")
    parser.add_argument("--seed", type=int, default=1, help="of the drawn set (default: 1)")
    parser.add_argument("--jobs", type=int, default=default_jobs(), help="worker processes")
    parser.add_argument("--details", action="store_true", help="also print every field of every set")
    chosen = parser.parse_args()
    scores = dict(_scores(chosen.count, chosen.seed, chosen.jobs))
    evaluations = {name: summarise(each) for name, each in scores.items()}
    for goal in goals(evaluations, [score for each in scores.values() for score in each]):
        print(f"{'  ' if goal.met else '! '}{goal.set_name:34}{goal.figure:42}{goal.wanted:24}{goal.reached}")
    for name, evaluation in evaluations.items():
        print(f"\n{name}: {evaluation.documents} documents, {evaluation.fields_total} fields")
        print(*misses(evaluation), sep="\n")
        if chosen.details:
            people(err=False).print(tables(evaluation, lang="en"))


def _scores(count: int, seed: int, jobs: int) -> Iterator[tuple[str, tuple[DocumentScore, ...]]]:
    for condition in Condition:
        with drawn_set(condition, max(1, count // len(Condition)), seed=seed) as folder:
            yield f"drawn, {condition}", scores_of_set(folder, jobs=jobs)
    yield "samples", scores_of_set(SAMPLES, jobs=jobs)
    if real := real_set():
        yield "real", scores_of_set(real, jobs=jobs)


def goals(evaluations: Mapping[str, Evaluation], scores: Sequence[DocumentScore]) -> Iterator[Goal]:
    """Yield every figure that was to be reached.

    Args:
        evaluations: By the names of `_scores`.
        scores: Of all sets.
    """
    if real := evaluations.get("real"):
        yield from _real_licences(real)
        yield from _real_marks(real)
    for condition in Condition:
        goal = _PHOTO_GOAL if condition is Condition.PHOTOGRAPHED else _SCANNED_GOAL
        if drawn := evaluations.get(f"drawn, {condition}"):
            yield _every_field(f"drawn, {condition}", drawn, goal)
    for name, evaluation in evaluations.items():
        types = evaluation.types
        reached = f"{types.right}/{types.total} = {share(types.accuracy)}"
        yield Goal(name, "document type", "≥ 99 %", reached, types.accuracy >= 0.99)
        look_alikes = sum(wrong.type == "look_alike" for wrong in types.wrong)
        if any(row.type == "look_alike" for row in types.confusion):
            yield Goal(name, "look-alikes taken for the real thing", "0", str(look_alikes), look_alikes == 0)
    yield from _calibration(summarise(scores))


def _real_licences(real: Evaluation) -> Iterator[Goal]:
    licence = {result.field: result for result in real.fields if result.type == _LICENCE}
    if code := licence.get("unified_social_credit_code"):
        yield _exact("real, licences", "credit code", [code], 0.99)
        wrong = code.sure_and_wrong
        yield Goal("real, licences", "wrong codes at 0.9 or more", "0", str(wrong), wrong == 0)
    for name in _NAMES_AND_DATES:
        if name in licence:
            yield _exact("real, licences", name, [licence[name]], 0.96)
    for name in _LONG:
        if name in licence:
            rate = licence[name].character_error_rate
            yield Goal("real, licences", f"{name}, CER", "≤ 3 %", share(rate, 2), rate <= 0.03)


def _real_marks(real: Evaluation) -> Iterator[Goal]:
    for figure, names in _MARKS.items():
        results = [result for result in real.fields if result.type != _LICENCE and result.field in names]
        if results:
            yield _exact("real, certificates and letters", figure, results, 0.93)


def _exact(set_name: str, figure: str, results: Sequence[FieldResult], goal: float) -> Goal:
    exact, total = sum(result.exact for result in results), sum(result.total for result in results)
    return Goal(
        set_name, figure, f"≥ {share(goal, 0)}", f"{exact}/{total} = {share(exact / total)}", exact / total >= goal
    )


def _every_field(name: str, evaluation: Evaluation, goal: float) -> Goal:
    met = [result for result in evaluation.fields if result.exact_rate >= goal]
    exact, total = evaluation.fields_exact, evaluation.fields_total
    reached = f"{len(met)} of {len(evaluation.fields)} fields; all together {exact}/{total} = {share(exact / total)}"
    return Goal(
        name, "every field of every type", f"≥ {share(goal, 0)} each", reached, len(met) == len(evaluation.fields)
    )


def _calibration(everything: Evaluation) -> Iterator[Goal]:
    calibration = everything.calibration
    ece, right = calibration.ece or 0.0, calibration.high_right / max(calibration.high_count, 1)
    yield Goal("all sets", "ECE", "≤ 0.03", f"{ece:.3f}", ece <= 0.03)
    reached = f"{calibration.high_right}/{calibration.high_count} = {share(right)}"
    yield Goal("all sets", "right at 0.9 or more", "≥ 99 %", reached, right >= 0.99)
    yield Goal(
        "all sets",
        "of all fields at 0.9 or more",
        "≥ 85 %",
        share(calibration.high_share),
        calibration.high_share >= 0.85,
    )


def misses(evaluation: Evaluation) -> Iterator[str]:
    """Yield a line for each field that was not always read exactly, and for each type that was not told."""
    for result in evaluation.fields:
        if result.misses:
            places = ", ".join(f"{miss.id} ({_how(miss)})" for miss in result.misses)
            yield f"  {result.type}.{result.field} {result.exact}/{result.total}: {places}"
    yield from (f"  {wrong.id}: {wrong.type} told for {wrong.told}" for wrong in evaluation.types.wrong)


def _how(miss: Miss) -> str:
    return "not read" if miss.confidence is None else f"{miss.errors} off at {miss.confidence:.2f}"


if __name__ == "__main__":
    main()
