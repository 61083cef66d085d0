"""Ctrl-C and SIGTERM, held back while something is written that must be whole."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

_heard: list[list[int]] = []
"""What each of those that hold signals back now has heard; only the main thread may."""


def is_one_waiting() -> bool:
    """Whether a signal has come that is held back: who waits for anybody should not, then."""
    return any(_heard)


@contextmanager
def held_back() -> Iterator[None]:
    """Hold Ctrl-C and SIGTERM back while one result is written: a report without its row would be half a result.

    By handlers, since a signal that this thread blocks may still reach a thread of a library, and then is raised here.
    """
    heard: list[int] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    held = [number for number, handler in before.items() if callable(handler)]
    for number in held:
        signal.signal(number, lambda caught, _: heard.append(caught))
    _heard.append(heard)
    try:
        yield
    finally:
        _heard.pop()
        for number in held:
            signal.signal(number, before[number])
    if heard:
        signal.raise_signal(heard[0])
