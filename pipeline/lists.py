"""Lists in parts: what is done at once has to have an end."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def parts(whole: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Yield a list in parts of so many, the last of which may be shorter."""
    return (whole[at : at + size] for at in range(0, len(whole), size))
