"""`dossier categories`: the rulebook's categories, looked up."""

from datetime import date
from functools import partial
from pathlib import Path

import click

from pipeline.console import show
from pipeline.options import AS_OF, FORMAT, LANG, RULEBOOK, examples


@click.command(epilog=examples("dossier categories", "dossier categories apparel --as-of 2024-01-01"))
@click.argument("category_id", metavar="[ID]", required=False)
@FORMAT
@RULEBOOK
@AS_OF
@LANG
def categories(
    category_id: str | None, shape: str | None, rulebook: Path | None, as_of: date | None, lang: str | None
) -> None:
    """List the rulebook's categories, or show one.

    With an ID: Nice classes, deposit, qualifications, subcategories and where all that is written.
    """
    from validators.listing import category_entry, category_table, look_up
    from validators.rulebook import load_rulebook

    book = load_rulebook(rulebook, as_of=as_of or date.today())
    known = {category.id: category for category in book.categories}
    chosen = [look_up(known, category_id, command="categories")] if category_id else list(known.values())
    entries = [category_entry(category) for category in chosen]
    show(entries, shape, alone=bool(category_id), table=partial(category_table, entries, lang=lang or "en"))
