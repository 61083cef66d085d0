"""`dossier expiring`: what runs out soon."""

from datetime import date
from functools import partial
from pathlib import Path

import click

from pipeline.console import show
from pipeline.options import AS_OF, FOLDER, FORMAT, LANG, examples


@click.command(epilog=examples("dossier expiring results --within 60d"))
@click.argument("out", type=FOLDER)
@click.option("--within", default="60d", show_default=True, metavar="SPAN", help="Days or weeks: 60d, 8w.")
@FORMAT
@AS_OF
@LANG
def expiring(out: Path, within: str, shape: str | None, as_of: date | None, lang: str | None) -> None:
    """List what runs out soon among the dossiers of a batch's output folder OUT.

    Licences, marks, letters, identity cards and qualifications with their last day, the soonest first. What had run
    out when its dossier was judged is told by the report; what has run out since has days below 0.
    """
    from pipeline.expiring import days_of, expiring_table
    from pipeline.expiring import expiring as find

    found = find(out, as_of=as_of or date.today(), within=days_of(within))
    entries = [each.model_dump(mode="json") for each in found]
    show(entries, shape, alone=False, table=partial(expiring_table, found, lang=lang or "en"))
