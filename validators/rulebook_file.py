"""Rulebook files: dated, sourced blocks, and one file that extends another.

A file states every number and list in a block with its `source` and the days on which it holds. A file that begins
with `extends:` states only what its marketplace has otherwise: on every day, what it says goes before what the file
below it says, whatever the dates.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self, TypeAlias, TypeVar

from pydantic import AfterValidator, Field, create_model, model_validator

from pipeline.errors import ConfigurationError
from pipeline.model import Record
from validators.policy import CategoryTerms, Named, NiceClass, Policy, Subcategory
from validators.rulebook_yaml import YamlFile, read_yaml, validated

_FOLDER = Path(__file__).parent / "rulebooks"
BUILTIN = {name: _FOLDER / f"{name}.yaml" for name in ("aliexpress", "tmall")}
"""The rulebooks that come with the program, by the id that `--rulebook` and `extends:` take."""


class Block(Record):
    """What one source states, and when it holds."""

    source: str = Field(min_length=1)
    """Where this was read, and how sure that is: a page, a law, a notice; at least two words."""
    effective_from: date
    """First day on which it holds."""
    effective_to: date | None = None
    """Last day; None while it is in force."""
    restates: ClassVar[type[Record] | None] = None
    """Record whose fields a block may state."""

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.effective_to and self.effective_to < self.effective_from:
            raise ValueError("effective_to lies before effective_from")
        return self

    def stated(self) -> dict[str, Any]:
        """What the block states, by name."""
        return {name: getattr(self, name) for name in self.model_fields_set - set(Block.model_fields)}

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)


class _NiceBlock(Block):
    primary: tuple[NiceClass, ...] | None = None
    secondary: tuple[NiceClass, ...] | None = None

    @model_validator(mode="after")
    def _classes_stand_once(self) -> Self:
        both = sorted({*(self.primary or ())} & {*(self.secondary or ())})
        if both:
            raise ValueError(f"classes that are both primary and secondary: {', '.join(map(str, both))}")
        return self


def _block_of(record: type[Record], base: type[Block]) -> type[Block]:
    """Return a block in which any of a record's fields may be stated, under the record's own constraints."""
    optional: dict[str, Any] = {}
    for name, declared in record.model_fields.items():
        kind: Any = declared.annotation
        optional[name] = ((Annotated[(kind, *declared.metadata)] if declared.metadata else kind) | None, None)
    made = create_model(f"{record.__name__}Block", __base__=base, **optional)
    made.restates = record
    return made


if TYPE_CHECKING:
    _PolicyBlock: TypeAlias = Block
    _TermsBlock: TypeAlias = Block
else:
    _PolicyBlock = _block_of(Policy, Block)
    _TermsBlock = _block_of(CategoryTerms, _NiceBlock)

MARKETPLACE_IDS = "marketplace_ids"

B = TypeVar("B", bound=Block)
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


class CategoryEntry(Named):
    """A category of a file; one that extends another need state only what differs."""

    marketplace_ids: tuple[int, ...] = ()
    """Numbers by which the marketplace itself knows the category."""
    terms: Annotated[tuple[_TermsBlock, ...], AfterValidator(_once_a_day)] = ()
    """What holds for it, in dated blocks."""
    subcategories: Annotated[tuple[Subcategory, ...], AfterValidator(_unique)] = ()
    """Those that a form may declare."""

    @model_validator(mode="after")
    def _subcategories_lie_within(self) -> Self:
        if any("primary" in block.stated() for block in self.terms):
            complain_about_strays(self.terms, self.subcategories)
        return self


class _WholeCategoryEntry(CategoryEntry):
    terms: Annotated[tuple[_TermsBlock, ...], Field(min_length=1), AfterValidator(_once_a_day)]


def complain_about_strays(blocks: Iterable[Block], subcategories: Iterable[Subcategory]) -> None:
    """Refuse subcategories outside the category's classes, and qualifications of subcategories that it lacks.

    Raises:
        ValueError: naming them.
    """
    stated = [block.stated() for block in blocks]
    known = {below.id: below for below in subcategories}
    covered = {each for terms in stated for key in ("primary", "secondary") for each in terms.get(key) or ()}
    strays = [below.id for below in known.values() if not covered.issuperset(below.nice)]
    if strays:
        raise ValueError(f"subcategories with classes that are not the category's: {', '.join(strays)}")
    asking = {name for terms in stated for each in terms.get("qualifications") or () for name in each.subcategories}
    unknown = sorted(asking - set(known))
    if unknown:
        raise ValueError(f"qualifications of subcategories that the category does not have: {', '.join(unknown)}")


class RulebookFile(Record):
    """What any rulebook file may say; all but its name may be left out by one that extends another."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_-]*$")
    """Name of the rulebook, as reports give it."""
    version: str = Field(min_length=1)
    """Of this file; change it with every change."""
    extends: str | None = None
    """Path of the file below, from this one, or the id of a rulebook that comes with the program."""
    without: tuple[str, ...] = ()
    """What of categories in the files below does not hold here: names of terms (`deposit`), or `marketplace_ids`."""
    sources: tuple[str, ...] = ()
    """Sources that many blocks share, to be repeated by alias."""
    policy: Annotated[tuple[_PolicyBlock, ...], AfterValidator(_once_a_day)] = ()
    """Numbers and lists that rules consult, in dated blocks."""
    categories: Annotated[tuple[CategoryEntry, ...], AfterValidator(_unique)] = ()
    """Major categories, of which a form chooses one."""

    @model_validator(mode="after")
    def _leaves_out_what_exists(self) -> Self:
        unknown = sorted(set(self.without) - {*CategoryTerms.model_fields, MARKETPLACE_IDS})
        if unknown:
            raise ValueError(f"without: no such term of a category: {', '.join(unknown)}")
        return self


class _WholeFile(RulebookFile):
    """A file that stands by itself."""

    policy: Annotated[tuple[_PolicyBlock, ...], Field(min_length=1), AfterValidator(_once_a_day)]
    categories: Annotated[tuple[_WholeCategoryEntry, ...], AfterValidator(_unique)]


@dataclass(frozen=True)
class Layer:
    """One file of a rulebook: where each thing stands in it, and what it says."""

    parsed: YamlFile
    read: RulebookFile

    @property
    def name(self) -> str:
        """Its file's name."""
        return self.parsed.path.name


@dataclass(frozen=True)
class InForce:
    """What holds on a day for one name."""

    value: Any
    block: Block
    file: str


def read_layers(path: Path) -> tuple[Layer, ...]:
    """Return the files that make up a rulebook, the one that extends no other first.

    Args:
        path: A file, or as a path the id of a rulebook that comes with the program.

    Raises:
        ConfigurationError: naming every problem of a file with its line; also where files extend each other in a ring.
    """
    # Rules import the rulebook's models; their ids are needed here only to check `severities`.
    from validators.rules import RULES

    layers: list[Layer] = []
    following: Path | None = find_rulebook(path)
    while following:
        parsed = read_yaml(following)
        extends = isinstance(parsed.content, dict) and parsed.content.get("extends") is not None
        read = validated(parsed, RulebookFile if extends else _WholeFile, context={"rules": frozenset(RULES)})
        layers.insert(0, Layer(parsed, read))
        following = _below(layers)
    return tuple(layers)


def find_rulebook(path: Path) -> Path:
    """Return the file that is meant: `tmall` is one of ours, `./tmall` a file.

    Raises:
        ConfigurationError: It looks like an id and is none.
    """
    text = str(path)
    if text in BUILTIN:
        return BUILTIN[text]
    if text.isidentifier() and not path.exists():
        raise ConfigurationError(f"there is no rulebook {text!r}; give a file, or one of {', '.join(BUILTIN)}")
    return path


def _below(layers: list[Layer]) -> Path | None:
    """Return the file that the lowest layer extends."""
    lowest = layers[0]
    if lowest.read.extends is None:
        return None
    named = lowest.read.extends
    path = BUILTIN.get(named, lowest.parsed.path.parent / named)
    line = lowest.parsed.line(("extends",))
    if any(path.resolve() == layer.parsed.path.resolve() for layer in layers):
        raise lowest.parsed.complain([(line, ("extends",), f"{named} is extended by itself in the end")])
    if not path.is_file():
        ours = ", ".join(BUILTIN)
        raise lowest.parsed.complain([(line, ("extends",), f"no file {path}, and no rulebook of ours: {ours}")])
    return path


def policy_on(layers: Iterable[Layer], day: date) -> dict[str, InForce]:
    """Return the policy that holds on a day, by name."""
    return _in_force(((layer.name, layer.read.policy) for layer in layers), day)


def entries_of(layers: Iterable[Layer]) -> dict[str, list[tuple[Layer, CategoryEntry]]]:
    """Return what the files say of each category, by its id, the lowest file first."""
    found: dict[str, list[tuple[Layer, CategoryEntry]]] = {}
    for layer in layers:
        for entry in layer.read.categories:
            found.setdefault(entry.id, []).append((layer, entry))
    return found


def terms_on(layers: Iterable[Layer], entries: Iterable[tuple[Layer, CategoryEntry]], day: date) -> dict[str, InForce]:
    """Return the terms of one category that hold on a day, by name."""
    stated = {id(layer): entry.terms for layer, entry in entries}
    terms: dict[str, InForce] = {}
    for layer in layers:
        terms = {name: held for name, held in terms.items() if name not in layer.read.without}
        terms |= _in_force([(layer.name, stated.get(id(layer), ()))], day)
    return terms


def days_of_change(layers: Iterable[Layer]) -> tuple[date, ...]:
    """Return the days from which something holds, or no longer holds, in order."""
    return tuple(sorted({day for layer in layers for block in _blocks(layer.read) for day in _ends(block)}))


def _in_force(files: Iterable[tuple[str, Iterable[Block]]], day: date) -> dict[str, InForce]:
    return {
        name: InForce(value, block, file)
        for file, blocks in files
        for block in sorted(blocks, key=lambda block: block.effective_from)
        if block.holds(day)
        for name, value in block.stated().items()
    }


def _blocks(read: RulebookFile) -> Iterator[Block]:
    yield from read.policy
    for entry in read.categories:
        yield from entry.terms


def _ends(block: Block) -> Iterator[date]:
    yield block.effective_from
    if block.effective_to:
        yield block.effective_to + timedelta(days=1)
