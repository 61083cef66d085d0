"""What was found out about one dossier, and whether the store type had a part in it."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")

_NOT_YET: Any = object()


class Memory:
    """What several rules ask for, found once; told apart by whether it may be another under another store type."""

    def __init__(self) -> None:
        self._found: dict[Hashable, Any] = {}
        self._by_type: set[Hashable] = set()
        self.asked_store_type = False
        """Whether the store type was asked for since somebody last set this to False."""

    def once(self, key: Hashable, find: Callable[..., T], *asked: Any) -> T:
        """Return what `find` finds when it is asked, and find it only once."""
        found: T = self._found.get(key, _NOT_YET)
        if found is _NOT_YET:
            return self._find(key, find, *asked)
        if key in self._by_type:
            self.asked_store_type = True
        return found

    def _find(self, key: Hashable, find: Callable[..., T], *asked: Any) -> T:
        asked_before, self.asked_store_type = self.asked_store_type, False
        try:
            found = self._found[key] = find(*asked)
            if self.asked_store_type:
                self._by_type.add(key)
        finally:
            self.asked_store_type |= asked_before
        return found

    def take_over(self, other: "Memory") -> None:
        """Take over what another memory has found out without asking for the store type."""
        self._found.update((key, value) for key, value in other._found.items() if key not in other._by_type)
