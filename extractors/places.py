"""Names of provinces, cities and counties, of today and of former years, from python-stdnum's table of divisions.

Only whether a text begins with one: where the place lies is for validators to say (`validators.divisions`).
"""

import re
from functools import cache
from importlib import resources

from extractors.grammars import PROVINCES

_PLACE = re.compile(r"^ +\d{4} county=\"(.*)\"$")
_NAME = re.compile(r"(?:\[[^\]]*\])?([^,\[]+)")
_ENDINGS = "省市县区"


def begins_with_place(text: str) -> bool:
    """Whether `text` begins with the name of a place; 省, 市, 县 or 区 at its end may be missing, as in 济南高新区."""
    return any(text[:length] in _places() for length in range(2, min(len(text), 12) + 1))


@cache
def _places() -> frozenset[str]:
    table = resources.files("stdnum.cn").joinpath("loc.dat").read_text(encoding="utf-8")
    rows = (match[1] for line in table.splitlines() if (match := _PLACE.match(line)))
    names = {name for row in rows for name in _NAME.findall(row)} | set(PROVINCES)
    short = {name[:-1] for name in names if name[-1] in _ENDINGS}
    return frozenset(name for name in names | short if len(name) > 1)
