"""`dossier rulebook`: what people who keep a rulebook need."""

from datetime import date
from functools import partial
from pathlib import Path

import click

from pipeline.console import show
from pipeline.options import AS_OF, FILE_OR_ID, FOLDER, FORMAT, examples


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


@rulebook.command(epilog=examples("dossier rulebook diff aliexpress my-rulebook.yaml --as-of 2026-11-24"))
@click.argument("old", type=FILE_OR_ID)
@click.argument("new", type=FILE_OR_ID)
@FORMAT
@AS_OF
def diff(old: Path, new: Path, shape: str | None, as_of: date | None) -> None:
    """Say what NEW has otherwise than OLD.

    On a day (--as-of), or on every day from which something changes, with the days on which each difference holds.
    """
    from validators.rulebook_diff import compare
    from validators.rulebook_file import read_layers
    from validators.rulebook_tables import diff_table

    changes = [change.entry() for change in compare(read_layers(old), read_layers(new), as_of=as_of)]
    show(changes, shape, alone=False, table=partial(diff_table, changes))


@rulebook.command("try", epilog=examples("dossier rulebook try my-rulebook.yaml results"))
@click.argument("new", type=FILE_OR_ID)
@click.argument("out", type=FOLDER)
@click.option(
    "--old", type=FILE_OR_ID, help="Rulebook that judged then.  [default: ours of the id that the report names]"
)
@FORMAT
def attempt(new: Path, out: Path, old: Path | None, shape: str | None) -> None:
    """Judge the reports of a batch's output folder OUT anew by the rulebook NEW.

    A dry run: no page is read again and nothing is written. Says which decisions would change, and by which rules.
    Where a rule rests on something that reports do not keep (identity numbers are masked), its recorded outcome
    stays, and is counted as kept.
    """
    from validators.rulebook_tables import trial_table
    from validators.rulebook_trial import try_rulebook

    found = try_rulebook(new, out, old=old).entry()
    show([found], shape, alone=True, table=partial(trial_table, found))
