"""The rulebook: which policy is in force on a day, read from YAML files of dated, sourced statements.

Blocks of a file may overlap: of those in force on the verification date, the one that took effect last is believed. A
date before the first block of a number that rules cannot do without is an error, never a guess.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import get_args

from pipeline.errors import ConfigurationError
from pipeline.model import Record
from pipeline.verdict import RulebookIdentity
from validators.policy import Category, CategoryTerms, Policy, StoreType
from validators.rulebook_file import (
    BUILTIN,
    MARKETPLACE_IDS,
    CategoryEntry,
    InForce,
    Layer,
    complain_about_strays,
    entries_of,
    policy_on,
    read_layers,
    terms_on,
)

ALIEXPRESS = BUILTIN["aliexpress"]
"""The rulebook that judges where no other is given."""


class Provenance(Record):
    """Where a number of the policy was read, since when it holds, and which file says so."""

    source: str
    effective_from: date
    file: str


class Rulebook(Record):
    """The rulebook of one marketplace as it holds on one day."""

    identity: RulebookIdentity
    as_of: date
    policy: Policy
    provenance: dict[str, Provenance]
    """Name of a field of the policy → its source."""
    categories: tuple[Category, ...]

    def category(self, category_id: str) -> Category | None:
        """Return the category with this id."""
        return next((category for category in self.categories if category.id == category_id), None)

    def store_type(self, type_id: str) -> StoreType | None:
        """Return the store type with this id."""
        return next((kind for kind in self.policy.store_types if kind.id == type_id), None)


def load_rulebook(path: Path | None, *, as_of: date) -> Rulebook:
    """Return the rulebook as it holds on a day.

    Args:
        path: Rulebook file, or the id of one that comes with the program; None for the one that is used by default.
        as_of: The verification date.

    Raises:
        ConfigurationError: if a file is not valid (every problem is named with its line), or if on that day nothing
            is in force for a number that rules cannot do without.
    """
    return rulebook_of(read_layers(path or ALIEXPRESS), as_of=as_of)


def rulebook_of(layers: Sequence[Layer], *, as_of: date) -> Rulebook:
    """Return a rulebook whose files were read as it holds on a day.

    Raises:
        ConfigurationError: if on that day nothing is in force for a number that rules cannot do without.
    """
    policy = policy_on(layers, as_of)
    _complain_about_gaps(layers, policy, as_of)
    categories = (_category(layers, entries, as_of) for entries in entries_of(layers).values())
    return Rulebook(
        identity=identity_of(layers),
        as_of=as_of,
        policy=Policy(**{name: held.value for name, held in policy.items()}),
        provenance={
            name: Provenance(source=held.block.source, effective_from=held.block.effective_from, file=held.file)
            for name, held in policy.items()
        },
        categories=tuple(found for found in categories if found),
    )


def identity_of(layers: Sequence[Layer]) -> RulebookIdentity:
    """Return which rulebook it is; its hash covers every file that it extends."""
    top = layers[-1].read
    hashes = [layer.parsed.sha256 for layer in layers]
    whole = hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()
    return RulebookIdentity(id=top.id, version=top.version, sha256=whole)


def _category(layers: Sequence[Layer], entries: Sequence[tuple[Layer, CategoryEntry]], day: date) -> Category | None:
    """Return a category as it holds on a day; None where it has no Nice classes yet."""
    terms = terms_on(layers, entries, day)
    if "primary" not in terms:
        return None
    layer, top = entries[-1]
    subcategories = next((entry.subcategories for _, entry in reversed(entries) if entry.subcategories), ())
    try:
        complain_about_strays([block for _, entry in entries for block in entry.terms], subcategories)
    except ValueError as error:
        place = ("categories", layer.read.categories.index(top))
        raise layer.parsed.complain([(layer.parsed.line(place), place, str(error))]) from error
    return Category(
        id=top.id,
        en=top.en,
        zh=top.zh,
        marketplace_ids=_marketplace_ids(layers, entries),
        subcategories=subcategories,
        terms=CategoryTerms(**{"secondary": ()} | {name: held.value for name, held in terms.items()}),
        sources=tuple(dict.fromkeys(held.block.source for held in terms.values())),
    )


def _marketplace_ids(layers: Sequence[Layer], entries: Sequence[tuple[Layer, CategoryEntry]]) -> tuple[int, ...]:
    """Return the ids that the topmost file gives, unless one above it leaves them out."""
    stated = {id(layer): entry.marketplace_ids for layer, entry in entries}
    found: tuple[int, ...] = ()
    for layer in layers:
        found = stated.get(id(layer)) or (() if MARKETPLACE_IDS in layer.read.without else found)
    return found


def _complain_about_gaps(layers: Sequence[Layer], policy: Mapping[str, InForce], day: date) -> None:
    emptied = {name for name, held in policy.items() if held.value is None and not _may_be_null(name)}
    gaps = [
        name
        for name, declared in Policy.model_fields.items()
        if name in emptied or (declared.is_required() and name not in policy)
    ]
    if gaps:
        when = {name: "is null" if name in emptied else _when(layers, name) for name in gaps}
        told = "\n".join(
            f"  {', '.join(name for name in gaps if when[name] == term)}: {term}"
            for term in dict.fromkeys(when.values())
        )
        raise ConfigurationError(
            f"{layers[-1].parsed.path}: nothing holds on {day} for {len(gaps)} number(s) that rules need:\n{told}"
        )


def _may_be_null(name: str) -> bool:
    return type(None) in get_args(Policy.model_fields[name].annotation)


def _when(layers: Sequence[Layer], name: str) -> str:
    blocks = [block for layer in layers for block in layer.read.policy if name in block.stated()]
    terms = [f"{block.effective_from} to {block.effective_to or 'now'}" for block in blocks]
    return f"holds from {', from '.join(terms)}" if terms else "is never stated"
