"""What may be wrong with a rulebook that is valid: contradictions, and entries that can never matter."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from extractors.base import Office
from pipeline.errors import ConfigurationError
from pipeline.text import meant_by
from validators.policy import Category, Entry, Policy, Qualification
from validators.rulebook import Rulebook, rulebook_of
from validators.rulebook_file import MARKETPLACE_IDS, Block, Layer, days_of_change, entries_of
from validators.rulebook_yaml import Place
from validators.wording import QUALIFICATION_KINDS

VAGUE = frozenset({"todo", "tbd", "?", "-", "unknown", "none", "n/a", "source"})
"""What stands where a source should be named, and is none."""


@dataclass(frozen=True)
class Problem:
    """Something in one file of a rulebook."""

    layer: Layer
    place: Place
    text: str


def check_rulebook(layers: Sequence[Layer], *, as_of: date) -> Sequence[Rulebook]:
    """Return the rulebook as it holds from each day on which something changes, if nothing is wrong with it.

    Args:
        layers: Its files, as they were read.
        as_of: A day on which all that rules need must hold.

    Raises:
        ConfigurationError: naming every problem, each with file and line.
    """
    rulebook_of(layers, as_of=as_of)
    days = [day for day in (*days_of_change(layers), as_of) if _holds(layers, day)]
    versions = [rulebook_of(layers, as_of=day) for day in sorted(set(days))]
    problems = [*_vague_sources(layers), *_dead_blocks(layers, versions), *_dead_subcategories(layers, versions)]
    problems += [*_contradictions(layers, versions), *_stray_words(layers), *_unused_sources(layers)]
    if problems:
        raise _complaint(problems)
    return versions


def _holds(layers: Sequence[Layer], day: date) -> bool:
    try:
        rulebook_of(layers, as_of=day)
    except ConfigurationError:  # before all that rules need held
        return False
    return True


def _complaint(problems: Iterable[Problem]) -> ConfigurationError:
    by_file: dict[int, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(id(problem.layer), []).append(problem)
    told = []
    for found in by_file.values():
        parsed = found[0].layer.parsed
        once = dict.fromkeys((parsed.line(each.place), each.place, each.text) for each in found)
        told.append(str(parsed.complain(once)))
    return ConfigurationError("\n".join(told))


def _groups(layer: Layer) -> Iterator[tuple[Place, Sequence[Block]]]:
    """Yield the lists of blocks of a file, each with its place."""
    yield ("policy",), layer.read.policy
    for at, entry in enumerate(layer.read.categories):
        yield ("categories", at, "terms"), entry.terms


def _vague_sources(layers: Sequence[Layer]) -> Iterator[Problem]:
    for layer in layers:
        for place, blocks in _groups(layer):
            for at, block in enumerate(blocks):
                if block.source.strip(" .").casefold() in VAGUE or len(block.source.split()) < 2:
                    yield Problem(layer, (*place, at, "source"), f"{block.source!r} names no source")


def _unused_sources(layers: Sequence[Layer]) -> Iterator[Problem]:
    for layer in layers:
        used = {block.source for _, blocks in _groups(layer) for block in blocks}
        for at, source in enumerate(layer.read.sources):
            if source not in used:
                yield Problem(layer, ("sources", at), "no block rests on this source")


def _dead_blocks(layers: Sequence[Layer], versions: Sequence[Rulebook]) -> Iterator[Problem]:
    """Yield blocks that state nothing or end before their category begins, and what is left out and stands nowhere.

    A block goes before older ones of its file from its first day on, so it is in force then if anything is.
    """
    for layer in layers:
        for place, blocks in _groups(layer):
            begins = _begins(layer, place, versions)
            for at, block in enumerate(blocks):
                if not block.stated():
                    yield Problem(layer, (*place, at), "this block states nothing")
                if begins and block.effective_to and block.effective_to < begins:
                    text = f"never in force: it ends before anything holds, on {begins}"
                    yield Problem(layer, (*place, at), text)
        below = [block for under in layers[: layers.index(layer)] for _, found in _groups(under) for block in found]
        for name in layer.read.without:
            if name != MARKETPLACE_IDS and not any(name in block.stated() for block in below):
                yield Problem(layer, ("without",), f"no file below states {name}")


def _begins(layer: Layer, place: Place, versions: Sequence[Rulebook]) -> date | None:
    """Return the first day on which the rulebook holds, or of blocks of a category, that category."""
    if place == ("policy",):
        return versions[0].as_of
    entry = layer.read.categories[int(place[1])]
    return next((book.as_of for book in versions if book.category(entry.id)), None)


def _dead_subcategories(layers: Sequence[Layer], versions: Sequence[Rulebook]) -> Iterator[Problem]:
    """Yield subcategories that nobody can choose, on any day."""
    for category_id, entries in entries_of(layers).items():
        layer, entry = next(((each, one) for each, one in reversed(entries) if one.subcategories), entries[-1])
        terms = [found.terms for book in versions if (found := book.category(category_id))]
        place = ("categories", layer.read.categories.index(entry))
        if not terms:
            yield Problem(layer, place, "never in force: no day has Nice classes for it")
        elif all(each.entry is Entry.CLOSED for each in terms) and entry.subcategories:
            yield Problem(layer, place, "closed on every day: nobody can choose its subcategories")
        for at, below in enumerate(entry.subcategories):
            classes = [{*each.primary, *each.secondary} for each in terms]
            if not below.nice:
                yield Problem(layer, (*place, "subcategories", at), f"{below.id} has no Nice class: no mark covers it")
            elif classes and not any({*below.nice} & each for each in classes):
                yield Problem(
                    layer, (*place, "subcategories", at), f"the classes of {below.id} are the category's on no day"
                )


def _stray_words(layers: Sequence[Layer]) -> Iterator[Problem]:
    """Yield similar groups of other classes, and goods that stand twice in one subcategory."""
    for layer in layers:
        for at, entry in enumerate(layer.read.categories):
            for number, below in enumerate(entry.subcategories):
                place = ("categories", at, "subcategories", number)
                strays = [group for group in below.groups if int(group[:2]) not in below.nice]
                if strays:
                    yield Problem(
                        layer, (*place, "groups"), f"groups of classes that {below.id} lacks: {', '.join(strays)}"
                    )
                words = [word.casefold() for word in below.words]
                doubles = sorted({word for word in words if words.count(word) > 1})
                if doubles:
                    yield Problem(layer, (*place, "words"), f"words that stand twice: {', '.join(doubles)}")


def _contradictions(layers: Sequence[Layer], versions: Sequence[Rulebook]) -> Iterator[Problem]:
    for book in versions:
        for name, text in _of_policy(book.policy):
            layer, place = _stated_at(layers, name, book)
            yield Problem(layer, place, f"{text} (as of {book.as_of})")
        for category in book.categories:
            for text in _of_category(category):
                layer, entry = entries_of(layers)[category.id][-1]
                yield Problem(layer, ("categories", layer.read.categories.index(entry)), text)


def _of_policy(policy: Policy) -> Iterator[tuple[str, str]]:
    if policy.min_remaining_days > policy.warn_remaining_days:
        yield "warn_remaining_days", "lies below min_remaining_days, so that it never warns"
    if policy.max_stores_in_category > policy.max_stores:
        yield "max_stores_in_category", "exceeds max_stores, so that it never counts"
    for name, days in (
        ("registration_days", policy.registration_days),
        ("registration_weekdays", policy.registration_weekdays),
        ("unprinted_term_months", policy.unprinted_term_months),
    ):
        for office in sorted(set(days) - {office.value for office in Office}):
            yield name, f"no such office: {office}"
    for kind in policy.store_types:
        if kind.direct_right and kind.max_links not in (None, 1):
            yield "store_types", f"{kind.id}: a direct right cannot come by {kind.max_links} links"
        if not kind.statuses:
            yield "store_types", f"{kind.id}: no status of a mark will do"
        claims = any(word.casefold() in (kind.name_form or "").casefold() for word in policy.official_words)
        if claims and not kind.claims_official:
            yield "store_types", f"{kind.id}: its name form says what its name may not (claims_official)"


def _of_category(category: Category) -> Iterator[str]:
    asked: list[Qualification] = list(category.terms.qualifications)
    for at, each in enumerate(asked):
        for kind in sorted(set(each.kinds) - set(QUALIFICATION_KINDS)):
            near = meant_by(kind, QUALIFICATION_KINDS)
            yield f"no such kind of qualification: {kind}" + (f" (did you mean {near}?)" if near else "")
        twins = [one for one in asked[:at] if (one.kinds, one.subcategories) == (each.kinds, each.subcategories)]
        if any(one.required != each.required and one.markets == each.markets for one in twins):
            yield f"the qualification {' or '.join(each.kinds)} is both required and not"


def _stated_at(layers: Sequence[Layer], name: str, book: Rulebook) -> tuple[Layer, Place]:
    """Return where the policy's value of a day stands."""
    known = book.provenance[name]
    places: Iterator[tuple[Layer, Place]] = chain.from_iterable(
        (
            (layer, ("policy", at, name))
            for at, block in enumerate(layer.read.policy)
            if name in block.stated() and block.effective_from == known.effective_from and layer.name == known.file
        )
        for layer in reversed(layers)
    )
    return next(places)


def described(layers: Sequence[Layer], versions: Sequence[Rulebook]) -> dict[str, Any]:
    """Return what a rulebook without problems holds, in numbers."""
    latest = versions[-1]
    return {
        **latest.identity.model_dump(),
        "files": [str(layer.parsed.path) for layer in layers],
        "categories": len(latest.categories),
        "subcategories": sum(len(category.subcategories) for category in latest.categories),
        "policy": len(Policy.model_fields),
        "days_of_change": [day.isoformat() for day in days_of_change(layers)],
        "problems": [],
    }
