"""What `dossier rulebook` shows to people."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.table import Table


def facts_table(found: Mapping[str, Any]) -> "Table":
    """Return a rulebook that was checked as a table of its facts."""
    from rich.markup import escape

    table = _table("", "")
    table.show_header = False
    for name, value in found.items():
        shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        table.add_row(f"[bold]{name.replace('_', ' ')}[/]", escape(shown or "none"))
    return table


def _table(*headings: str) -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(*headings, box=SIMPLE_HEAD)
    for column in table.columns:
        # Chinese has no spaces to break at: without this a long line would be cut.
        column.overflow = "fold"
    return table
