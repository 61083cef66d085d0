"""Fits the curves of extractors/calibration.py: logistic regression on one variable, drawn towards a prior."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extractors.calibration import Curve, log_odds

ENOUGH = 30
"""Values of a field from which it has a curve of its own."""
_LEAST_SLOPE = 0.1
_ROUNDS = 50


@dataclass(frozen=True)
class Observation:
    """One field that was read, and whether rightly."""

    document: str
    """Documents are held out as a whole."""
    field: str
    """`type.field`."""
    raw: float
    right: bool


def fit(observations: Sequence[Observation], *, towards: tuple[float, float], strength: float) -> Curve:
    """Return the most likely curve.

    Args:
        observations: What was seen.
        towards: Slope and shift where little was seen.
        strength: Of that pull: the precision of a normal prior.
    """
    x = np.array([log_odds(each.raw) for each in observations])
    y = np.array([each.right for each in observations], dtype=float)
    design = np.stack((x, np.ones_like(x)), axis=1)
    prior = np.array(towards)
    at = prior.copy()
    for _ in range(_ROUNDS):  # Newton's method; concave, so it comes to rest
        p = 1 / (1 + np.exp(-np.clip(design @ at, -30, 30)))
        gradient = design.T @ (y - p) - strength * (at - prior)
        curvature = (design * (p * (1 - p))[:, None]).T @ design + strength * np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        at = at + np.clip(step, -1, 1)
        if float(np.abs(step).max()) < 1e-9:
            break
    cap = (len(observations) + 1) / (len(observations) + 2)
    return Curve(round(max(float(at[0]), _LEAST_SLOPE), 4), round(float(at[1]), 4), round(cap, 4))


def fit_all(observations: Sequence[Observation]) -> tuple[Curve, dict[str, Curve]]:
    """Return the curve of all fields together, and those of the fields of which enough was seen."""
    pooled = fit(observations, towards=(1.0, 0.0), strength=1.0)
    grouped: dict[str, list[Observation]] = {}
    for each in observations:
        grouped.setdefault(each.field, []).append(each)
    towards = (pooled.slope, pooled.shift)
    own = {
        name: fit(seen, towards=towards, strength=2.0) for name, seen in sorted(grouped.items()) if len(seen) >= ENOUGH
    }
    return pooled, own


def held_out(observations: Sequence[Observation], *, folds: int = 5) -> list[tuple[Observation, float]]:
    """Return each observation with the confidence that curves give it which never saw its document."""
    names = sorted({each.document for each in observations})
    fold = {name: number % folds for number, name in enumerate(names)}
    judged = []
    for number in range(folds):
        pooled, own = fit_all([each for each in observations if fold[each.document] != number])
        judged += [
            (each, own.get(each.field, pooled)(each.raw)) for each in observations if fold[each.document] == number
        ]
    return judged
