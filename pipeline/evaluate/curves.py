"""Whether confidence is true, and how much may be decided by it: reliability, ECE, coverage against error.

Calibration after Naeini et al., "Obtaining Well Calibrated Probabilities Using Bayesian Binning", AAAI 2015; coverage
against error after El-Yaniv and Wiener, "On the Foundations of Noise-free Selective Classification", JMLR 2010.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.model import Record

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)
"""Of the bins of confidence, finer where most values lie; the last one is closed."""
LIMITS = (0.001, 0.005, 0.01)
"""Shares of wrong decisions that an operator may put up with."""
HIGH = 0.9
_Z_95 = 1.959964


@dataclass(frozen=True)
class Call:
    """Something that may be decided by its confidence, and whether that would be right."""

    confidence: float
    right: bool


class Bin(Record):
    """Values whose confidence lies within two edges."""

    low: float
    high: float
    count: int
    right: int
    mean_confidence: float | None
    """None if the bin is empty."""
    accuracy: float | None


class Coverage(Record):
    """How much can be decided unattended if at most a share `limit` of it may be wrong."""

    limit: float
    threshold: float | None
    """Confidence from which is decided; None if nothing can be."""
    decided: int
    total: int
    share: float
    wrong: int
    error: float
    """Of what is decided, the share that is wrong in this set."""
    error_at_most: float
    """Upper end of the 95 % interval (Wilson) of that share: what a set of this size can vouch for."""


class Point(Record):
    """A point of the curve of coverage against error."""

    threshold: float
    share: float
    error: float


def bins(calls: Iterable[Call], edges: Sequence[float] = EDGES) -> tuple[Bin, ...]:
    """Return the reliability curve."""
    calls = list(calls)
    made = []
    for low, high in pairwise(edges):
        last = high == edges[-1]
        here = [call for call in calls if low <= call.confidence < high or (last and call.confidence == high)]
        right = sum(call.right for call in here)
        made.append(
            Bin(
                low=low,
                high=high,
                count=len(here),
                right=right,
                mean_confidence=sum(call.confidence for call in here) / len(here) if here else None,
                accuracy=right / len(here) if here else None,
            )
        )
    return tuple(made)


def calibration_error(calls: Iterable[Call]) -> float | None:
    """Return the ECE: how far confidence and accuracy lie apart, the bins weighted by count; None of nothing."""
    curve = bins(calls)
    total = sum(each.count for each in curve)
    apart = sum(
        each.count * abs(each.accuracy - each.mean_confidence)
        for each in curve
        if each.accuracy is not None and each.mean_confidence is not None
    )
    return apart / total if total else None


def curve_of(calls: Iterable[Call], total: int) -> tuple[Point, ...]:
    """Return share decided and share wrong for each confidence from which could be decided, the highest first.

    Args:
        calls: What could be decided.
        total: How many there are in all, those included that nothing was read of.
    """
    points: list[Point] = []
    wrong = 0
    for decided, call in enumerate(sorted(calls, key=lambda call: -call.confidence), start=1):
        wrong += not call.right
        point = Point(threshold=call.confidence, share=decided / total, error=wrong / decided)
        # Equal confidences are decided together or not at all.
        if points and points[-1].threshold == call.confidence:
            points[-1] = point
        else:
            points.append(point)
    return tuple(points)


def coverage(calls: Iterable[Call], total: int, limit: float) -> Coverage:
    """Return how much can be decided at the error `limit`, at the lowest confidence that keeps it."""
    calls = list(calls)
    kept = [point for point in curve_of(calls, total) if point.error <= limit]
    threshold = kept[-1].threshold if kept else None
    chosen = [call for call in calls if threshold is not None and call.confidence >= threshold]
    wrong = sum(not call.right for call in chosen)
    return Coverage(
        limit=limit,
        threshold=threshold,
        decided=len(chosen),
        total=total,
        share=len(chosen) / total if total else 0.0,
        wrong=wrong,
        error=wrong / len(chosen) if chosen else 0.0,
        error_at_most=upper_bound(wrong, len(chosen)),
    )


def upper_bound(wrong: int, total: int) -> float:
    """Return the upper end of the 95 % interval of a share (Wilson 1927); 1 of nothing."""
    if not total:
        return 1.0
    share, square = wrong / total, _Z_95**2
    middle = share + square / (2 * total)
    reach = _Z_95 * math.sqrt(share * (1 - share) / total + square / (4 * total**2))
    return min(1.0, (middle + reach) / (1 + square / total))
