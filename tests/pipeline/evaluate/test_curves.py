"""Reliability, calibration error and coverage, on cases whose answers are worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate.curves import Call, bins, calibration_error, coverage, curve_of, upper_bound


def calls(*pairs: tuple[float, bool]) -> list[Call]:
    return [Call(confidence, right) for confidence, right in pairs]


def test_calibration_error_is_the_distance_of_confidence_and_accuracy_weighted_by_count() -> None:
    # Three at 0.95, two of them right; one at 0.55, wrong: 3/4 · |2/3 − 0.95| + 1/4 · |0 − 0.55|.
    seen = calls((0.95, True), (0.95, True), (0.95, False), (0.55, False))
    assert calibration_error(seen) == pytest.approx(0.75 * (0.95 - 2 / 3) + 0.25 * 0.55)


def test_true_confidence_has_no_calibration_error() -> None:
    assert calibration_error(calls(*[(0.75, True)] * 3, (0.75, False))) == pytest.approx(0)
    assert calibration_error([]) is None


def test_a_bin_holds_its_lower_edge_and_the_last_one_both() -> None:
    curve = bins(calls((0.9, True), (0.98, True), (1.0, False)))
    assert {(each.low, each.count, each.right) for each in curve if each.count} == {(0.9, 1, 1), (0.98, 2, 1)}


def test_coverage_is_the_most_that_keeps_the_error() -> None:
    # Ten fields: the surest six right, then a wrong one, then two right ones; one was not read.
    seen = calls(*[(0.99, True)] * 6, (0.9, False), (0.8, True), (0.7, True))
    none = coverage(seen, 10, 0.0)
    assert (none.decided, none.threshold, none.wrong, none.share) == (6, 0.99, 0, 0.6)
    some = coverage(seen, 10, 0.12)  # one of nine is 0.111
    assert (some.decided, some.threshold, some.wrong) == (9, 0.7, 1)
    assert coverage(seen, 10, 0.125).decided == 9


def test_equal_confidences_are_decided_together() -> None:
    seen = calls((0.9, True), (0.9, False), (0.9, True))
    assert [(point.threshold, point.share) for point in curve_of(seen, 3)] == [(0.9, 1.0)]
    assert coverage(seen, 3, 0.3).decided == 0


def test_nothing_decided_vouches_for_nothing() -> None:
    nothing = coverage([], 5, 0.01)
    assert (nothing.decided, nothing.threshold, nothing.error_at_most) == (0, None, 1.0)


def test_a_small_set_vouches_for_little() -> None:
    # Wilson: z² / (n + z²) where nothing is wrong.
    assert upper_bound(0, 100) == pytest.approx(3.8415 / 103.8415, abs=1e-4)
    assert upper_bound(0, 10_000) < 0.0005 < upper_bound(3, 10_000)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=40), st.floats(0, 1), st.floats(0, 1))
def test_a_greater_error_allowed_never_decides_less(pairs: list[tuple[float, bool]], one: float, other: float) -> None:
    seen, total = calls(*pairs), len(pairs) + 1
    less, more = sorted((one, other))
    assert coverage(seen, total, less).decided <= coverage(seen, total, more).decided
    assert coverage(seen, total, more).error <= more
