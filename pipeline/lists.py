"""Lists in parts: what is done at once has to have an end."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def parts(whole: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield what there is in parts of so many, the last of which may be shorter."""
    rest = iter(whole)
    while part := list(islice(rest, size)):
        yield part
