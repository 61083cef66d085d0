"""Threads that carry files away."""

import time
from collections.abc import Callable

import pytest

from pipeline.errors import UsageError
from pipeline.remote.lanes import Lanes


def test_of_one_place_nothing_is_done_at_the_same_time_and_the_last_state_comes_last() -> None:
    state, seen = {"a": 0, "b": 0}, list[tuple[str, int]]()
    at_work: set[str] = set()

    def do(place: str) -> None:
        assert place not in at_work
        at_work.add(place)
        time.sleep(0.001)
        seen.append((place, state[place]))
        at_work.discard(place)

    lanes = Lanes(do, lanes=3, most=2)
    for number in range(1, 50):
        for place in state:
            state[place] = number
            lanes.put(place)
    lanes.wait(None)
    lanes.close()
    assert dict(seen) == {"a": 49, "b": 49}
    for one in state:
        numbers = [number for place, number in seen if place == one]
        assert numbers == sorted(numbers)


def test_what_fails_ends_all_and_is_said_to_whoever_asks() -> None:
    def do(place: str) -> None:
        raise UsageError(place)

    lanes = Lanes(do, lanes=1, most=1)
    lanes.put("first")
    asked: tuple[Callable[[], None], ...] = (lambda: lanes.wait(None), lambda: lanes.put("second"), lanes.check)
    for ask in asked:
        with pytest.raises(UsageError, match="first"):
            ask()
