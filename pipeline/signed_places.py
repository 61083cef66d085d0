"""Where a PDF's signatures that hold are shown: the rectangles of their fields, page by page.

Taken from the very fields that were checked. Whether a field looks signed is for anybody to write: a value of nothing
is enough for pdfium, and a seal that one signature shows on several pages has its value in none of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from math import isfinite
from typing import Any

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right and top, in PDF coordinates of its page."""
Places = Mapping[int, Sequence[Rectangle]]
"""Rectangles by the number of their page, the first being 1."""

NOWHERE: Places = {}
_MOST_WIDGETS = 2_000
"""Of one field: a seal across the edges of a contract has one on every page."""
_MOST_PAGES = 2_000
_MOST_OBJECTS = 20_000
"""Of the tree of pages, and laid over one page."""


def signed_places(reader: Any, fields: Sequence[Any]) -> Places:
    """Return where fields are shown, by pyHanko's reader.

    Args:
        reader: pyHanko's, of the whole file.
        fields: References to the fields, as pyHanko enumerates them.

    Raises:
        Exception: pyHanko may raise anything on a damaged file.
    """
    widgets = {widget.reference for field in fields for widget in _widgets(field)}
    found: dict[int, Sequence[Rectangle]] = {}
    for number, page in enumerate(islice(_pages(reader.root["/Pages"]), _MOST_PAGES) if widgets else (), 1):
        over = islice(_array(page, "/Annots"), _MOST_OBJECTS)
        # The page says what is laid over it; that a widget names its page is for readers in a hurry.
        shown = (_rectangle(each.get_object()) for each in over if getattr(each, "reference", None) in widgets)
        if rectangles := dict.fromkeys(each for each in shown if each):
            found[number] = tuple(rectangles)
    return found


def _widgets(field: Any) -> Iterator[Any]:
    """Yield references to what shows a field: itself, and its kids as far as they are no fields of their own."""
    yield field
    for kid in islice(_array(field.get_object(), "/Kids"), _MOST_WIDGETS):
        if hasattr(kid, "reference") and "/T" not in kid.get_object():
            yield kid


def _array(holder: Any, key: str) -> Iterable[Any]:
    if key not in holder:
        return ()
    # Unlike these brackets, pyHanko's `get` returns an array that stands elsewhere as a reference.
    found: Iterable[Any] = holder[key]
    return found


def _pages(root: Any) -> Iterator[Any]:
    """Yield the pages below the root of their tree, in order; a tree that goes in circles is left at some point."""
    path = [iter((root,))]
    for _ in range(_MOST_OBJECTS):
        if not path:
            return
        node = next(path[-1], None)
        if node is None:
            path.pop()
        elif "/Kids" in (found := node.get_object()):
            path.append(iter(found["/Kids"]))
        else:
            yield found


def _rectangle(widget: Any) -> Rectangle | None:
    """Return where a widget is; None where it shows nothing, as the field of an invisible signature."""
    x0, y0, x1, y1 = (float(each) for each in widget["/Rect"])
    left, bottom, right, top = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    is_shown = all(map(isfinite, (left, bottom, right, top))) and right > left and top > bottom
    return (left, bottom, right, top) if is_shown else None
