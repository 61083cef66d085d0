"""The catalogue and a rulebook as pages of the documentation: `make docs` writes them, a test finds stale ones.

python -m validators.rendering docs
"""

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline.report.titles import RULE_TITLES
from validators.listing import rule_entry
from validators.policy import Category, Qualification, StoreType
from validators.rulebook import Rulebook, load_rulebook
from validators.rulebook_file import BUILTIN, days_of_change, read_layers
from validators.rules import RULES

GENERATED = "<!-- Made by `make docs`: change the source, not this page. -->"
GROUPS = {
    "APP": "Application form", "DOC": "Every document", "LIC": "Business licence", "IDN": "Legal person",
    "TMK": "Trademark of each declared brand", "AUT": "Authorization", "CAT": "Category", "STO": "Store type",
    "XDC": "Across documents",
}  # fmt: skip
NO_TABLE = ("store_types", "restricted_marks")
"""Fields of the policy that have a section of their own, or are too long for a cell."""


def pages() -> dict[str, str]:
    """Return every page by its file's name, without the suffix."""
    books = {f"rulebook-{name}": _lines(_rulebook(name)) for name in BUILTIN}
    return {"rules": _lines(_rules()), **books}


def _lines(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def _rules() -> Iterator[str]:
    yield from ("# Rules", "", GENERATED, "")
    yield f"{len(RULES)} rules. A rule *fails* when what its title says does not hold; `dossier rules ID` shows one."
    for group, rules in groupby(RULES.values(), key=lambda rule: rule.id[:3]):
        yield from (
            "",
            f"## {group} — {GROUPS[group]}",
            "",
            "| rule | severity | holds when | 符合条件 |",
            "|---|---|---|---|",
        )
        listed = [rule_entry(rule) for rule in rules]
        for entry in listed:
            yield _row(
                f"[{entry['id']}](#{entry['id'].lower()})",
                entry["severity"],
                entry["title"]["en"],
                entry["title"]["zh"],
            )
        for entry in listed:
            yield from ("", f"### {entry['id']}", "", f"{entry['title']['en']}.")
            if entry["details"]:
                yield from ("", entry["details"])
            yield from ("", f"Behind it: {entry['cites']}")
            if not entry["needs_application"]:
                yield "Runs without an application too."


def _rulebook(name: str) -> Iterator[str]:
    layers = read_layers(BUILTIN[name])
    # As of the last day on which something changed, so that the page does not change by itself.
    book = load_rulebook(BUILTIN[name], as_of=days_of_change(layers)[-1])
    extends = f", which extends `{layers[-2].read.id}`" if len(layers) > 1 else ""
    yield from (f"# Rulebook {name}", "", GENERATED, "")
    yield f"`{name}`{extends}, version {book.identity.version}, as it holds from {book.as_of}."
    yield from ("", "## Policy", "", "| name | value | holds from | source |", "|---|---|---|---|")
    for field, known in sorted(book.provenance.items()):
        value = "see the rulebook" if field in NO_TABLE else _shown(getattr(book.policy, field)).replace("](", "]\\(")
        yield _row(f"`{field}`", value, str(known.effective_from), known.source)
    yield from ("", "## Store types", "", *_store_types(book.policy.store_types))
    yield from ("", "## Categories", "", *_categories(book))
    for category in book.categories:
        yield from ("", f"### {category.id}", "", f"{category.en} · {category.zh}", *_details(category, book.as_of))


def _store_types(kinds: Sequence[StoreType]) -> Iterator[str]:
    yield "| type | | marks | right | brands | links | individuals | name |"
    yield "|---|---|---|---|---|---|---|---|"
    for kind in kinds:
        right = "owner or direct exclusive" if kind.direct_right else "any" if kind.regulated else "not asked"
        marks = ", ".join(kind.statuses) + ("" if kind.chinese_marks else ", no Chinese")
        numbers = [str(number) if number else "any" for number in (kind.brands, kind.max_links)]
        individuals = "yes" if kind.individuals else "no"
        yield _row(f"`{kind.id}`", f"{kind.en} {kind.zh}", marks, right, *numbers, individuals, kind.name_form_en)


def _categories(book: Rulebook) -> Iterator[str]:
    yield "| category | name | Nice classes | for a part | deposit | entry |"
    yield "|---|---|---|---|---|---|"
    for category in book.categories:
        terms = category.terms
        deposit = "" if terms.deposit is None else f"{book.policy.currency} {terms.deposit:,}"
        classes = (", ".join(map(str, each)) for each in (terms.primary, terms.secondary))
        yield _row(
            f"[{category.id}](#{category.id})", f"{category.en} {category.zh}", *classes, deposit, str(terms.entry)
        )


def _details(category: Category, _day: date) -> Iterator[str]:
    if category.subcategories:
        yield from ("", "| subcategory | name | classes | groups | goods |", "|---|---|---|---|---|")
    for below in category.subcategories:
        groups, goods = ", ".join(below.groups), ", ".join(below.words)
        yield _row(f"`{below.id}`", f"{below.en} {below.zh}", ", ".join(map(str, below.nice)), groups, goods)
    if category.terms.qualifications:
        yield from (
            "",
            "| paper | required | of subcategories | the applicant's own | markets |",
            "|---|---|---|---|---|",
        )
    for asked in category.terms.qualifications:
        yield _paper(asked)
    yield from ("", f"Sources: {'; '.join(category.sources)}")


def _paper(asked: Qualification) -> str:
    flags = ["yes" if flag else "no" for flag in (asked.required, asked.holder_is_applicant)]
    below = ", ".join(asked.subcategories) or "all"
    return _row(f"{asked.en} {asked.zh}", flags[0], below, flags[1], ", ".join(asked.markets) or "any")


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_shown(inner)}" for name, inner in value.items())
    if isinstance(value, tuple):
        return ", ".join(_shown(each) for each in value)
    if hasattr(value, "model_dump"):
        return _shown({name: inner for name, inner in value.model_dump().items() if inner not in ((), None)})
    return str(value)


def _row(*cells: str) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def titles() -> str:
    """Return what rules are called, for pages that list rules without having a report at hand that says it."""
    return (
        json.dumps({rule.id: rule.holds.model_dump() for rule in RULES.values()}, ensure_ascii=False, indent=1) + "\n"
    )


def main(folder: Path) -> None:
    """Write the pages, and beside the report's templates what rules are called."""
    for name, content in pages().items():
        (folder / f"{name}.md").write_text(content, encoding="utf-8")
    RULE_TITLES.write_text(titles(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
