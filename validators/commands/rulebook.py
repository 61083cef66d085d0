"""`dossier rulebook`: what people who keep a rulebook need."""

from datetime import date
from functools import partial
from pathlib import Path

import click

from pipeline.console import show
from pipeline.options import AS_OF, FILE_OR_ID, FORMAT, examples


@click.group(epilog=examples("dossier rulebook check aliexpress"))
def rulebook() -> None:
    """Check, compare and try out rulebooks.

    A rulebook is a YAML file, or one that comes along: aliexpress, tmall.
    """


@rulebook.command(epilog=examples("dossier rulebook check my-rulebook.yaml"))
@click.argument("file", type=FILE_OR_ID)
@FORMAT
@AS_OF
def check(file: Path, shape: str | None, as_of: date | None) -> None:
    """Say what is wrong with a rulebook FILE.

    Its form, contradictions, entries that can never matter, sources that are missing; all at once, with lines. Exits
    with 0 if nothing is wrong, 4 otherwise.
    """
    from validators.rulebook_check import check_rulebook, described
    from validators.rulebook_file import read_layers
    from validators.rulebook_tables import facts_table

    layers = read_layers(file)
    found = described(layers, check_rulebook(layers, as_of=as_of or date.today()))
    show([found], shape, alone=True, table=partial(facts_table, found))
