"""The rulebook: which policy is in force on a day, read from a YAML file of dated, sourced statements.

A file states every number and list in a block with its `source` and the days on which it holds. Blocks may overlap:
of those in force on the verification date, the one that took effect last is believed. A date before the first block
of a number that rules cannot do without is an error, never a guess.
"""

from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Self, TypeAlias, TypeVar

from pydantic import AfterValidator, Field, create_model, model_validator

from pipeline.errors import ConfigurationError
from pipeline.model import Record
from pipeline.verdict import RulebookIdentity
from validators.policy import Category, CategoryTerms, Named, NiceClass, Policy, StoreType, Subcategory
from validators.rulebook_yaml import read_yaml, validated

ALIEXPRESS = Path(__file__).parent / "rulebooks" / "aliexpress.yaml"
"""The rulebook that judges where no other is given."""


class Provenance(Record):
    """Where a number of the policy was read, and since when it holds."""

    source: str
    effective_from: date


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


class _Block(Record):
    """What one source states, and when it holds."""

    source: str = Field(min_length=1)
    effective_from: date
    effective_to: date | None = None
    """Last day; None while it is in force."""

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.effective_to and self.effective_to < self.effective_from:
            raise ValueError("effective_to lies before effective_from")
        return self

    def stated(self) -> dict[str, Any]:
        """What the block states, by name."""
        return {name: getattr(self, name) for name in self.model_fields_set - set(_Block.model_fields)}

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)


class _NiceBlock(_Block):
    primary: tuple[NiceClass, ...] | None = None
    secondary: tuple[NiceClass, ...] | None = None

    @model_validator(mode="after")
    def _classes_stand_once(self) -> Self:
        both = sorted({*(self.primary or ())} & {*(self.secondary or ())})
        if both:
            raise ValueError(f"classes that are both primary and secondary: {', '.join(map(str, both))}")
        return self


def _block_of(record: type[Record], base: type[_Block]) -> type[_Block]:
    """Return a block in which any of a record's fields may be stated, under the record's own constraints."""
    optional: dict[str, Any] = {}
    for name, declared in record.model_fields.items():
        kind: Any = declared.annotation
        constrained = Annotated[(kind, *declared.metadata)] if declared.metadata else kind
        optional[name] = (constrained | None, None)
    return create_model(f"_{record.__name__}Block", __base__=base, **optional)


if TYPE_CHECKING:
    _PolicyBlock: TypeAlias = _Block
    _TermsBlock: TypeAlias = _Block
else:
    _PolicyBlock = _block_of(Policy, _Block)
    _TermsBlock = _block_of(CategoryTerms, _NiceBlock)

B = TypeVar("B", bound=_Block)
N = TypeVar("N", bound=Named)


def _once_a_day(blocks: tuple[B, ...]) -> tuple[B, ...]:
    stated = [(name, block.effective_from) for block in blocks for name in block.stated()]
    doubles = sorted({f"{name} from {day}" for name, day in stated if stated.count((name, day)) > 1})
    if doubles:
        raise ValueError(f"stated twice: {', '.join(doubles)}")
    return blocks


def _unique(named: tuple[N, ...]) -> tuple[N, ...]:
    ids = [each.id for each in named]
    doubles = sorted({each for each in ids if ids.count(each) > 1})
    if doubles:
        raise ValueError(f"ids that stand twice: {', '.join(doubles)}")
    return named


class _CategoryEntry(Named):
    aliexpress_ids: tuple[int, ...] = ()
    terms: Annotated[tuple[_TermsBlock, ...], Field(min_length=1), AfterValidator(_once_a_day)]
    subcategories: Annotated[tuple[Subcategory, ...], AfterValidator(_unique)] = ()

    @model_validator(mode="after")
    def _subcategories_lie_within(self) -> Self:
        stated = [block.stated() for block in self.terms]
        covered = {each for terms in stated for key in ("primary", "secondary") for each in terms.get(key) or ()}
        strays = [below.id for below in self.subcategories if not covered.issuperset(below.nice)]
        if strays:
            raise ValueError(f"subcategories with classes that are not the category's: {', '.join(strays)}")
        asking = {name for terms in stated for each in terms.get("qualifications") or () for name in each.subcategories}
        unknown = sorted(asking - {below.id for below in self.subcategories})
        if unknown:
            raise ValueError(f"qualifications of subcategories that the category does not have: {', '.join(unknown)}")
        return self

    def at(self, day: date) -> Category | None:
        """Return the category as it holds on a day; None where it has no Nice classes yet."""
        terms = _in_force(self.terms, day)
        if "primary" not in terms:
            return None
        return Category(
            **{name: getattr(self, name) for name in ("id", "en", "zh", "aliexpress_ids", "subcategories")},
            terms=CategoryTerms(**{"secondary": ()} | {name: value for name, (value, _) in terms.items()}),
            sources=tuple(dict.fromkeys(block.source for _, block in terms.values())),
        )


class _RulebookFile(Record):
    id: str = Field(pattern=r"^[a-z][a-z0-9_-]*$")
    version: str = Field(min_length=1)
    sources: tuple[str, ...] = ()
    """Sources that many blocks share, to be repeated by alias."""
    policy: Annotated[tuple[_PolicyBlock, ...], Field(min_length=1), AfterValidator(_once_a_day)]
    categories: Annotated[tuple[_CategoryEntry, ...], AfterValidator(_unique)]


def load_rulebook(path: Path | None, *, as_of: date) -> Rulebook:
    """Return the rulebook as it holds on a day.

    Args:
        path: Rulebook file; None for AliExpress's.
        as_of: The verification date.

    Raises:
        ConfigurationError: if the file is not valid (every problem is named with its line), or if on that day nothing
            is in force for a number that rules cannot do without.
    """
    # Rules import the rulebook's models; their ids are needed here only to check `severities`.
    from validators.rules import RULES

    parsed = read_yaml(path or ALIEXPRESS)
    read = validated(parsed, _RulebookFile, context={"rules": frozenset(RULES)})
    policy = _in_force(read.policy, as_of)
    _complain_about_gaps(parsed.path, read, policy, as_of)
    return Rulebook(
        identity=RulebookIdentity(id=read.id, version=read.version, sha256=parsed.sha256),
        as_of=as_of,
        policy=Policy(**{name: value for name, (value, _) in policy.items()}),
        provenance={
            name: Provenance(source=block.source, effective_from=block.effective_from)
            for name, (_, block) in policy.items()
        },
        categories=tuple(found for entry in read.categories if (found := entry.at(as_of))),
    )


def _in_force(blocks: Iterable[_Block], day: date) -> dict[str, tuple[Any, _Block]]:
    """Return what holds on a day: name → value and the block that states it."""
    return {
        name: (value, block)
        for block in sorted(blocks, key=lambda block: block.effective_from)
        if block.holds(day)
        for name, value in block.stated().items()
    }


def _complain_about_gaps(path: Path, read: _RulebookFile, policy: Collection[str], day: date) -> None:
    gaps = [name for name, declared in Policy.model_fields.items() if declared.is_required() and name not in policy]
    if gaps:
        when = {name: _when(read.policy, name) for name in gaps}
        told = "\n".join(
            f"  {', '.join(name for name in gaps if when[name] == term)}: {term}"
            for term in dict.fromkeys(when.values())
        )
        raise ConfigurationError(f"{path}: nothing holds on {day} for {len(gaps)} number(s) that rules need:\n{told}")


def _when(blocks: Iterable[_Block], name: str) -> str:
    terms = [f"{block.effective_from} to {block.effective_to or 'now'}" for block in blocks if name in block.stated()]
    return f"holds from {', from '.join(terms)}" if terms else "is never stated"
