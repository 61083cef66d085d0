"""Nice classes and their goods in Latin script: `Class 25: Clothing; footwear`, `IN CLASS 25`, `EN - 25`.

The classes are those of the Nice Agreement, 1 to 45; any other figure is no class and is never taken for one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.base import Goods
from extractors.flow import Flow, Found
from extractors.items import split_items
from extractors.reading import Reading
from pipeline.model import Entity

HEADING = (
    r"^\W*(?:int(?:ernational)?\.?\s*)?(?:class(?:es)?|classe|clase|klasse|nh[oó]m|cl)\b\.?\s*(?:no\.?\s*)?[:.]?\s*"
    r"(?P<n>\d{1,3})(?!\d)\)?\s*[:.\-–—|]*\s*"
)
"""What begins the goods of a class on a row of its own."""
CLASSES = range(1, 46)
"""Numbers of all classes."""
_ONE_ITEM = re.compile(r"\b(?:namely|including|in particular|all the aforesaid)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Lists:
    """The classes that a paper lists and their goods."""

    classes: Entity[tuple[int, ...]]
    goods: Entity[tuple[Goods, ...]] | None


def classes_in(text: str) -> tuple[int, ...]:
    """Return the classes that a list of figures names, sorted; empty if one of them is no class."""
    numbers = {int(number) for number in re.findall(r"\d+", text)}
    return tuple(sorted(numbers)) if numbers and numbers <= set(CLASSES) else ()


def read_classes(found: Found | None, *, trust: float = 1.0) -> Entity[tuple[int, ...]] | None:
    """Return the classes in a stretch that holds nothing else."""
    classes = classes_in(found.text) if found else ()
    return found.entity(classes, trust=trust) if found and classes else None


def read_lists(flow: Flow, *, heading: str = HEADING, start: int = 0, stop: str = r"\Z") -> Lists | None:
    """Return classes and goods by the headings of the classes.

    Args:
        flow: The text.
        heading: Pattern of a class's heading, its number in the group `n`.
        start: Where the lists begin at the earliest.
        stop: Pattern at which the last list, or any, ends.
    """
    heads = [match for match in flow.every(heading) if match.start() >= start and classes_in(match["n"])]
    ends = [match.start() for match in flow.every(stop)] + [len(flow.text)]
    goods: list[Goods] = []
    readings: list[Reading] = []
    for number, head in enumerate(heads):
        following = heads[number + 1].start() if number + 1 < len(heads) else len(flow.text)
        body = flow.found(head.end(), min(following, *(end for end in ends if end >= head.end())))
        if body is not None:
            goods += [Goods(nice_class=int(head["n"]), text=item) for item in split_goods(body.text)]
            readings.append(body.reading)
    named = [found.reading for head in heads if (found := flow.found(*head.span()))]
    if not named:
        return None
    classes = tuple(sorted({int(head["n"]) for head in heads}))
    return Lists(
        classes=_together(named).entity(classes), goods=_together(readings).entity(tuple(goods)) if goods else None
    )


def read_goods(found: Found | None, classes: Sequence[int]) -> Entity[tuple[Goods, ...]] | None:
    """Return the goods in a stretch, under the only class of the paper, or under none if there are several."""
    items = split_goods(found.text) if found else ()
    nice_class = classes[0] if len(classes) == 1 else None
    goods = tuple(Goods(nice_class=nice_class, text=item) for item in items)
    return found.entity(goods) if found and goods else None


def split_goods(text: str) -> tuple[str, ...]:
    """Return the items of a list; one that describes (`clothing, namely, shirts`) stays whole at its commas."""
    if ";" not in text and _ONE_ITEM.search(text):
        return (text.strip(" .,;:"),)
    return split_items(text)


def _together(readings: Sequence[Reading]) -> Reading:
    return Reading(tuple(piece for reading in readings for piece in reading.pieces))
