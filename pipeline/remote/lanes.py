"""Threads that carry files away: what concerns one place is done one after the other, and the last state of it last.

They are daemons, not a pool of the library's: one that hangs in a request must not keep the process from ending.
"""

import threading
import time
import zlib
from collections.abc import Callable

from pipeline.signals import is_one_waiting

LOOK_SECONDS = 0.2
"""How often who waits for room looks whether a signal wants the process to end."""


class Lanes:
    """Places at which something is to be done, one lane for each thread."""

    def __init__(self, do: Callable[[str], object], *, lanes: int, most: int) -> None:
        """Start the threads.

        Args:
            do: What is done at a place; the first error that it raises ends all lanes.
            lanes: How many threads.
            most: Places that may wait, after which `put` does.
        """
        self._do = do
        self._most = most
        self._changed = threading.Condition()
        self._lanes: list[dict[str, None]] = [{} for _ in range(lanes)]
        self._at_work = 0
        self._is_closed = False
        self._is_in_haste = False
        self._failed: Exception | None = None
        for lane in self._lanes:
            threading.Thread(target=self._serve, args=(lane,), name="copy", daemon=True).start()

    def put(self, place: str) -> None:
        """Have something done at a place; waits while too much is, unless the process is to end; raises what failed."""
        lane = self._lanes[zlib.crc32(place.encode("utf-8", "surrogatepass")) % len(self._lanes)]
        with self._changed:
            while self._left() >= self._most and not (self._failed or self._is_in_haste or is_one_waiting()):
                self._changed.wait(LOOK_SECONDS)
            self.check()
            lane[place] = None  # what waits there already takes the state that it finds then
            self._changed.notify_all()

    def check(self) -> None:
        """Raise what failed, if anything did."""
        if self._failed:
            raise self._failed

    def fail(self, error: Exception) -> None:
        """Do nothing more: it would fail, too."""
        with self._changed:
            self._failed = self._failed or error
            self._changed.notify_all()

    def hasten(self) -> None:
        """Let nobody wait for room any more."""
        with self._changed:
            self._is_in_haste = True
            self._changed.notify_all()

    def wait(self, until: float | None) -> None:
        """Wait until all is done or something failed, or until a moment of the monotonic clock; raises what failed."""
        with self._changed:
            left = None if until is None else max(until - time.monotonic(), 0.0)
            self._changed.wait_for(lambda: self._failed or not self._left(), left)
            self.check()

    def close(self) -> None:
        """Begin nothing more."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def _left(self) -> int:
        return self._at_work + sum(map(len, self._lanes))

    def _serve(self, lane: dict[str, None]) -> None:
        while (place := self._next(lane)) is not None:
            try:
                self._do(place)
            except Exception as error:
                self.fail(error)
            with self._changed:
                self._at_work -= 1
                self._changed.notify_all()

    def _next(self, lane: dict[str, None]) -> str | None:
        with self._changed:
            self._changed.wait_for(lambda: lane or self._is_closed or self._failed)
            if self._is_closed or self._failed:
                return None
            place = next(iter(lane))
            del lane[place]
            self._at_work += 1
            return place
