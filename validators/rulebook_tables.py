"""What `dossier rulebook` shows to people."""

import json
from collections.abc import Mapping, Sequence
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


def diff_table(changes: Sequence[Mapping[str, Any]]) -> "Table":
    """Return the differences of two rulebooks, one a line."""
    from rich.markup import escape

    table = _table("what", "old", "new", "holds")
    table.caption = "no difference" if not changes else None
    for change in changes:
        old, new = (escape(_shown(change[side])) for side in ("old", "new"))
        table.add_row(escape(change["field"]), old, new, f"{change['from']} to {change['to'] or 'now'}")
    return table


def trial_table(found: Mapping[str, Any]) -> "Table":
    """Return what a dry run found: the decisions that would change."""
    from rich.markup import escape

    table = _table("dossier", "decision now", "would be", "because of")
    for change in found["changes"]:
        rules = "\n".join(
            f"{each['rule']} {each['subject']}: {each['before']} → {each['after']} ({_title(each['rule'])})"
            for each in change["rules"]
        )
        decisions = (change[key].replace("_", " ") for key in ("before", "after"))
        table.add_row(*map(escape, (change["dossier_id"], *decisions, rules)))
    kept = ", ".join(f"{rule} ({count})" for rule, count in found["kept"].items())
    others = ", ".join(f"{rule} ({count})" for rule, count in found["rules"].items())
    unknown = found["judged_by_unknown_rulebook"]
    notes = [f"{found['decisions_changed']} of {found['reports']} decisions would change"]
    if others:
        notes.append(f"rules that would come out otherwise, with or without the decision: {others}")
    if kept:
        notes.append(f"kept as recorded, since reports do not tell what they rest on: {kept}")
    if unknown:
        notes.append(f"{unknown} reports were judged by a rulebook that is not at hand (give it with --old)")
    if found["unreadable"]:
        notes.append(f"could not be read: {', '.join(found['unreadable'])}")
    table.caption = escape("\n".join(notes))
    return table


def _title(rule: str) -> str:
    # Rules import the rulebook's models.
    from validators.rules import RULES

    return RULES[rule].title if rule in RULES else "no rule of this version"


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _table(*headings: str) -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(*headings, box=SIMPLE_HEAD)
    for column in table.columns:
        # Chinese has no spaces to break at: without this a long line would be cut.
        column.overflow = "fold"
    return table
