"""The fit of confidence to what is right."""

from random import Random

import pytest

from bench.logistic import ENOUGH, Observation, fit, fit_all, held_out


def drawn(
    count: int, *, field: str = "card.owner", sure: float = 0.9, right: float = 0.9, seed: int = 1
) -> list[Observation]:
    chance = Random(seed)
    return [Observation(f"{field}/{each}", field, sure, chance.random() < right) for each in range(count)]


def test_overconfidence_is_taken_back() -> None:
    pooled, _ = fit_all([*drawn(500, sure=0.95, right=0.7), *drawn(500, sure=0.6, right=0.3, seed=2)])
    assert pooled(0.95) == pytest.approx(0.7, abs=0.04)
    assert pooled(0.6) == pytest.approx(0.3, abs=0.04)


def test_true_confidence_stays() -> None:
    seen = [each for sure in (0.6, 0.8, 0.95) for each in drawn(800, sure=sure, right=sure, seed=round(sure * 100))]
    pooled, _ = fit_all(seen)
    for sure in (0.6, 0.8, 0.95):
        assert pooled(sure) == pytest.approx(sure, abs=0.04)


def test_a_field_seen_seldom_gets_no_curve_of_its_own() -> None:
    _, own = fit_all([*drawn(ENOUGH, field="card.owner"), *drawn(ENOUGH - 1, field="card.number")])
    assert set(own) == {"card.owner"}


def test_nothing_wrong_seen_does_not_make_certain() -> None:
    curve = fit(drawn(40, sure=0.999, right=1.0), towards=(1.0, 0.0), strength=1.0)
    assert curve(1.0) <= 41 / 42 + 1e-4


def test_the_curve_rises_even_if_the_sample_falls() -> None:
    seen = [*drawn(100, sure=0.95, right=0.2), *drawn(100, sure=0.5, right=0.9, seed=2)]
    assert fit(seen, towards=(1.0, 0.0), strength=1.0).slope > 0


def test_every_observation_is_judged_once_by_curves_that_never_saw_its_document() -> None:
    # One document is wrong where all others are right: its own figure must not pull its confidence down.
    seen = [Observation(f"d{each // 2}", "card.owner", 0.9, each // 2 != 0) for each in range(80)]
    judged = held_out(seen)
    assert sorted(each.document for each, _ in judged) == sorted(each.document for each in seen)
    own = {sure for each, sure in judged if each.document == "d0"}
    others = {sure for each, sure in judged if each.document != "d0"}
    assert min(own) > min(others)
