"""The catalogue and the rulebook's categories as people and programs look them up."""

import inspect
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.errors import UsageError
from validators.engine import Rule
from validators.policy import Category

if TYPE_CHECKING:
    from rich.table import Table

V = TypeVar("V")

LABELS = {
    "marketplace_ids": "ids of the marketplace",
    "primary": "Nice classes",
    "secondary": "classes for a part of it",
    "deposit": "deposit, CNY",
    "needs_application": "needs an application",
}
"""What a card or a table calls a key of the JSON, where the key alone would puzzle a reader."""
LABELS_ZH = {
    "id": "编号",
    "severity": "级别",
    "title": "通过条件",
    "details": "说明",
    "cites": "依据",
    "needs_application": "需要申请表",
    "name": "名称",
    "marketplace_ids": "平台类目编号",
    "primary": "尼斯类别",
    "secondary": "部分适用类别",
    "deposit": "保证金（CNY）",
    "entry": "准入",
    "qualifications": "资质要求",
    "subcategories": "子类目",
    "sources": "来源",
}
"""The same in Chinese."""

_RULE_HEADINGS = ("id", "severity", "passes when")
_CATEGORY_HEADINGS = ("id", "name", "classes", "in part", "deposit", "entry")

SEVERITY_STYLES = {"blocker": "bold red", "major": "red", "minor": "yellow", "info": "dim"}


def look_up(entries: Mapping[str, V], entry_id: str, *, command: str) -> V:
    """Return the entry with this id, case ignored.

    Args:
        entries: By id.
        entry_id: What was asked for.
        command: Command that lists them all, `rules` or `categories`.

    Raises:
        UsageError: There is none; the nearest ids are named.
    """
    folded = {known.casefold(): known for known in entries}
    if entry_id.casefold() in folded:
        return entries[folded[entry_id.casefold()]]
    near = get_close_matches(entry_id.casefold(), folded, n=3, cutoff=0.5)
    hint = f" (did you mean {', '.join(folded[match] for match in near)}?)" if near else ""
    raise UsageError(f"nothing is called {entry_id!r} in the list of {command}{hint}; `dossier {command}` shows all")


def rule_entry(rule: Rule[Any]) -> dict[str, Any]:
    """Return what the catalogue says about one rule."""
    _, _, details = inspect.cleandoc(rule.check.__doc__ or "").partition("\n")
    return {
        "id": rule.id,
        "severity": rule.severity.value,
        "title": {"en": rule.title, "zh": rule.title_zh},
        "details": " ".join(details.split()),
        "cites": rule.cites,
        "needs_application": rule.needs_form,
    }


def category_entry(category: Category) -> dict[str, Any]:
    """Return what the rulebook says about one category, as it holds on the rulebook's day."""
    terms = category.terms.model_dump(mode="json")
    return {
        "id": category.id,
        "name": {"en": category.en, "zh": category.zh},
        "marketplace_ids": list(category.marketplace_ids),
        **terms,
        "subcategories": [below.model_dump(mode="json") for below in category.subcategories],
        "sources": list(category.sources),
    }


def rule_table(entries: Sequence[dict[str, Any]], *, lang: str) -> "Table":
    """Return rules as a table: one line each, or everything about a single one."""
    if len(entries) == 1:
        return _card(entries[0], title=entries[0]["title"][lang], lang=lang)
    zh = lang == "zh"
    table = _table(*(LABELS_ZH[key] for key in ("id", "severity", "title"))) if zh else _table(*_RULE_HEADINGS)
    for entry in entries:
        table.add_row(
            entry["id"], f"[{SEVERITY_STYLES[entry['severity']]}]{entry['severity']}[/]", entry["title"][lang]
        )
    return table


def category_table(entries: Sequence[dict[str, Any]], *, lang: str) -> "Table":
    """Return categories as a table: one line each, or everything about a single one."""
    if len(entries) == 1:
        return _card(entries[0], title=entries[0]["name"][lang], lang=lang)
    keys = ("id", "name", "primary", "secondary", "deposit", "entry")
    table = _table(*(LABELS_ZH[key] for key in keys)) if lang == "zh" else _table(*_CATEGORY_HEADINGS)
    table.columns[-1].no_wrap = True
    if lang != "zh":
        table.caption = "Nice classes that cover a category, and those that cover a part of it; deposits in CNY"
    for entry in entries:
        deposit = "" if entry["deposit"] is None else f"{entry['deposit']:,}"
        primary, secondary = (", ".join(map(str, entry[key])) for key in ("primary", "secondary"))
        table.add_row(entry["id"], entry["name"][lang], primary, secondary, deposit, entry["entry"])
    return table


def _table(*headings: str) -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(*headings, box=SIMPLE_HEAD)
    # Ids are there to be typed again, whole.
    table.columns[0].no_wrap = True
    return table


def _card(entry: dict[str, Any], *, title: str, lang: str) -> "Table":
    from rich.markup import escape

    table = _table("", "")
    # Chinese has no spaces to break at: without this a long line would be cut.
    table.columns[1].overflow = "fold"
    table.title, table.title_justify, table.show_header = escape(title), "left", False
    for name, value in entry.items():
        label = (LABELS_ZH if lang == "zh" else LABELS).get(name, name)
        table.add_row(f"[bold]{label}[/]", escape("\n".join(_lines(value))))
    return table


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        told = {name: ", ".join(_lines(inner)) for name, inner in value.items() if inner not in (None, "", [])}
        yield " · ".join(f"{name}: {inner}" for name, inner in told.items())
    elif isinstance(value, list) and any(isinstance(item, dict | str) for item in value):
        for item in value:
            yield from _lines(item)
    elif isinstance(value, list):
        yield ", ".join(map(str, value))
    elif isinstance(value, bool):
        yield "yes" if value else "no"
    elif isinstance(value, int):
        yield f"{value:,}"
    else:
        yield "" if value is None else str(value)
