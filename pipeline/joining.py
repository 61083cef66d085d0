"""Documents over several files: the sides of a card, and pages that go on with a paper in another file.

Across files no order can be relied on, so two are put together only for a reason that stands on the pages
themselves, and the document says which. Doubt leaves them apart and is said, too (docs/adr/0009).
"""

from collections.abc import Hashable, Sequence
from pathlib import PurePosixPath

from pipeline.claims import OTHER, DocumentType
from pipeline.grouping import Group, Types, shows
from pipeline.model import Fields
from pipeline.paging import Place, numbers_on, place_of


def join(groups: Sequence[Group], types: Types) -> list[Group]:
    """Return the groups, those put together that are one document, each in the place of its first in order."""
    joined = list(groups)
    for kind in types.values():
        if kind.sides:
            joined = _join_sides(joined, kind)
    return _join_continuations(joined, types)


def _join_sides(groups: list[Group], kind: DocumentType[Fields]) -> list[Group]:
    """Put the sides of one card together: within a file, then within a folder."""
    for place in (lambda group: group.files[0][0], lambda group: str(PurePosixPath(group.files[0][0]).parent)):
        groups = _join_sides_within(groups, kind, [place(group) for group in groups])
    return [_with_missing_side(group, kind) for group in groups]


def _join_sides_within(groups: list[Group], kind: DocumentType[Fields], places: Sequence[Hashable]) -> list[Group]:
    gone: set[int] = set()
    result = dict(enumerate(groups))
    for place in dict.fromkeys(places):
        single = [at for at, group in result.items() if places[at] == place and _side(group, kind) is not None]
        cards = [single[at : at + len(kind.sides)] for at in range(0, len(single), len(kind.sides))]
        orders = [tuple(_side(groups[at], kind) for at in card) for card in cards]
        # Two fronts and then two backs could be paired in two ways; front, back, front, back in one only.
        if not cards or len(set(orders)) > 1 or set(orders[0]) != set(range(len(kind.sides))):
            continue
        for card in cards:
            first, *others = sorted(card, key=lambda at: _side(groups[at], kind) or 0)
            whole = groups[first]
            for other in others:
                whole = whole.joined_by(groups[other], _OTHER_SIDE)
            result[min(card)] = whole
            gone.update(at for at in card if at != min(card))
    return [group for at, group in result.items() if at not in gone]


_OTHER_SIDE = "the other side of the same card, the only one that fits"


def _side(group: Group, kind: DocumentType[Fields]) -> int | None:
    """Return the one side that a group shows; None if it is of another type, or shows several or none."""
    if group.decision.name != kind.name:
        return None
    shown = [index for index, phrases in enumerate(kind.sides) if shows(group.pages, phrases)]
    return shown[0] if len(shown) == 1 else None


def _with_missing_side(group: Group, kind: DocumentType[Fields]) -> Group:
    side = _side(group, kind)
    if side is None:
        return group
    return group.with_note(f"side {side + 1} of {len(kind.sides)} alone, no other side belongs to it for sure")


def _join_continuations(groups: list[Group], types: Types) -> list[Group]:
    strays = [group for group in groups if _is_stray(group, types)]
    for stray in sorted(strays, key=lambda group: place_of(group.pages[0]).page or 0):
        at = groups.index(stray)
        home, why = _home_of(stray, groups, types)
        if home is None:
            groups[at] = stray.with_note(why) if why else stray
        else:
            groups[groups.index(home)] = home.joined_by(stray, why)
            groups.remove(stray)
    return groups


def _is_stray(group: Group, types: Types) -> bool:
    """Whether a group may be the rest of a paper: no title on it, and it says that it is not the beginning."""
    decision = group.decision
    if not group.pages or decision.titled or decision.candidates or decision.blank:
        return False
    if place_of(group.pages[0]).told:
        return decision.name == OTHER or not types[decision.name].one_page
    return decision.name == OTHER and any(
        shows(group.pages, kind.continuations) for kind in types.values() if not kind.one_page
    )


def _home_of(stray: Group, groups: Sequence[Group], types: Types) -> tuple[Group | None, str]:
    """Return the group that a stray goes on with and why, or None and what is doubtful about it."""
    place = place_of(stray.pages[0])
    homes = [group for group in groups if group is not stray and _may_go_on_with(stray, place, group, types)]
    by_number = [group for group in homes if _numbers(group) & _numbers(stray)]
    if len(by_number) == 1:
        return by_number[0], "the same number stands on both"
    if not by_number:
        # Both numbered, and not alike: of two papers.
        homes = [group for group in homes if not (_numbers(group) and _numbers(stray))]
        by_count = [group for group in homes if _precedes(group, place)]
        if len(by_count) == 1:
            return by_count[0], f"{place.told}, and no other paper ends before that page"
        before = groups[groups.index(stray) - 1] if groups[0] is not stray else None
        if place.told and place.page is None and homes == [before]:
            return homes[0], f"{place.told}, and only the paper in the file before it can go on there"
    told = place.told or "a page without a title that goes on with something"
    return None, f"{told}, but of which paper cannot be told"


def _may_go_on_with(stray: Group, place: Place, group: Group, types: Types) -> bool:
    kind = types.get(group.decision.name)
    if kind is None or kind.one_page or stray.decision.name not in (OTHER, kind.name):
        return False
    if stray.files[0] == group.files[0] or _is_stray(group, types):
        return False
    return bool(place.told) or shows(stray.pages, kind.continuations)


def _precedes(group: Group, place: Place) -> bool:
    """Whether a paper counts its pages to the same end, and has just those before `place`."""
    beginning = place_of(group.pages[0])
    return (
        place.page is not None
        and place.of is not None
        and (beginning.page, beginning.of) == (1, place.of)
        and len(group.pages) == place.page - 1
    )


def _numbers(group: Group) -> frozenset[str]:
    return numbers_on(line for page in group.pages for line in page.lines)
