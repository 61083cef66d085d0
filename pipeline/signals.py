"""Ctrl-C and SIGTERM, held back while something is written that must be whole."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

HELD_SECONDS = 2.0
"""So long whoever waits for somebody goes on with it."""

_heard: list[float] = []
"""When those were heard that are held back now, by `time.monotonic`."""


def heard_at() -> float | None:
    """Return when a signal was heard that is held back still, or heeded: whoever waits should not for long any more."""
    return _heard[0] if _heard else None


def is_one_waiting() -> bool:
    """Whether a signal has come that is held back: who waits for anybody should not, then."""
    return heard_at() is not None


def is_long_waiting() -> bool:
    """Whether a signal has been held back for so long that what is to be whole is rather left to the next run."""
    heard = heard_at()
    return heard is not None and time.monotonic() - heard > HELD_SECONDS


@contextmanager
def held_back(*, is_heard: bool = False) -> Iterator[None]:
    """Hold Ctrl-C and SIGTERM back while one result is written: a report without its row would be half a result.

    By handlers, since a signal that this thread blocks may still reach a thread of a library, and then is raised here.

    Args:
        is_heard: Whether one came before, and what is done here is part of the end that it asked for.
    """
    heard: list[int] = []
    if is_heard:
        _heard.append(time.monotonic())

    def hear(caught: int, _: object) -> None:
        heard.append(caught)
        _heard.append(time.monotonic())

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    held = [number for number, handler in before.items() if callable(handler)]
    for number in held:
        signal.signal(number, hear)
    try:
        yield
    finally:
        for number in held:
            signal.signal(number, before[number])
        _heard.clear()
    if heard:
        signal.raise_signal(heard[0])
