"""What two rulebooks have otherwise: on one day, or over time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from pipeline.errors import ConfigurationError, UsageError
from pipeline.model import Record
from validators.rulebook import Rulebook, rulebook_of
from validators.rulebook_file import Layer, days_of_change

MISSING = None
"""What stands for a value that one of the rulebooks does not have."""


class Change(Record):
    """One value that differs, and the days on which it does."""

    field: str
    """Dotted path: `policy.min_age`, `categories.apparel.deposit`, `policy.store_types.official.brands`."""
    old: Any
    new: Any
    starts: date
    ends: date | None
    """Last day; None where it lasts."""

    def entry(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        days = {"from": self.starts.isoformat(), "to": self.ends and self.ends.isoformat()}
        return {"field": self.field, "old": self.old, "new": self.new, **days}


def compare(old: Sequence[Layer], new: Sequence[Layer], *, as_of: date | None = None) -> tuple[Change, ...]:
    """Return what differs between two rulebooks.

    Args:
        old: Files of the one.
        new: Files of the other.
        as_of: The day to compare them on; None compares every day on which both hold.

    Raises:
        ConfigurationError: One of them does not hold on `as_of`.
        UsageError: There is no day on which both hold.
    """
    if as_of:
        pairs = [(as_of, rulebook_of(old, as_of=as_of), rulebook_of(new, as_of=as_of))]
    else:
        pairs = list(_pairs(old, new))
        if not pairs:
            raise UsageError("there is no day on which both rulebooks hold; give one with --as-of")
    changes: list[Change] = []
    for at, (day, one, other) in enumerate(pairs):
        until = pairs[at + 1][0] - timedelta(days=1) if at + 1 < len(pairs) else as_of
        changes += _differences(values_of(one), values_of(other), day, until)
    return tuple(sorted(_joined(changes), key=lambda change: (change.field, change.starts)))


def _pairs(old: Sequence[Layer], new: Sequence[Layer]) -> Iterator[tuple[date, Rulebook, Rulebook]]:
    for day in sorted({*days_of_change(old), *days_of_change(new)}):
        try:
            yield day, rulebook_of(old, as_of=day), rulebook_of(new, as_of=day)
        except ConfigurationError:  # before all that rules need held
            continue


def values_of(book: Rulebook) -> dict[str, Any]:
    """Return every value of a rulebook by its dotted path."""
    written = book.model_dump(mode="json", include={"policy", "categories"})
    for category in written["categories"]:
        category.update(category.pop("terms"))
        del category["sources"]
    return dict(_leaves(written, ""))


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    named = _named(value) if isinstance(value, list) else value
    if isinstance(named, dict) and named:
        for name, below in named.items():
            yield from _leaves(below, f"{path}.{name}" if path else str(name))
    else:
        yield path, value


def _named(value: list[Any]) -> list[Any] | dict[str, Any]:
    """Return a list of things with ids, or of qualifications, as a mapping by what tells them apart."""
    if not all(isinstance(each, dict) for each in value):
        return value
    keys = [each.get("id") or each.get("name") or _papers(each) for each in value]
    return dict(zip(keys, value, strict=True)) if all(keys) and len(set(keys)) == len(keys) else value


def _papers(each: Mapping[str, Any]) -> str:
    words = [*each.get("kinds", ()), *(f"for {name}" for name in each.get("subcategories", ()))]
    return " ".join([*words, *each.get("markets", ())])


def _differences(old: Mapping[str, Any], new: Mapping[str, Any], day: date, until: date | None) -> Iterator[Change]:
    for field in {**old, **new}:
        before, after = old.get(field, MISSING), new.get(field, MISSING)
        if before != after:
            yield Change(field=field, old=before, new=after, starts=day, ends=until)


def _joined(changes: Sequence[Change]) -> Iterator[Change]:
    """Join the same difference on days that follow each other."""
    open_ones: dict[str, Change] = {}
    for change in changes:
        before = open_ones.get(change.field)
        follows = before and before.ends and before.ends + timedelta(days=1) == change.starts
        if before and follows and (before.old, before.new) == (change.old, change.new):
            open_ones[change.field] = before.model_copy(update={"ends": change.ends})
            continue
        if before:
            yield before
        open_ones[change.field] = change
    yield from open_ones.values()
