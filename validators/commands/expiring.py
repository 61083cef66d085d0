"""`dossier expiring`: what runs out soon."""

from datetime import date
from functools import partial
from pathlib import Path

import click

from pipeline.console import show
from pipeline.errors import UsageError
from pipeline.options import AS_OF, FOLDER, FORMAT, LANG, examples, read_settings


@click.command(
    epilog=examples(
        "dossier expiring results --within 60d", "dossier expiring --database postgresql://… --within 8w --lang zh"
    )
)
@click.argument("out", type=FOLDER, required=False)
@click.option("--within", default="60d", show_default=True, metavar="SPAN", help="Days or weeks: 60d, 8w.")
@click.option(
    "--database",
    metavar="URL",
    help="Ask the results database and read no report; with OUT only about what OUT put there.",
)
@FORMAT
@AS_OF
@LANG
def expiring(
    out: Path | None, within: str, database: str | None, shape: str | None, as_of: date | None, lang: str | None
) -> None:
    """List what runs out soon among the dossiers of a batch's output folder OUT.

    Licences, marks, letters, identity cards and qualifications with their last day, the soonest first. What had run
    out when its dossier was judged is told by the report; what has run out since has days below 0.
    """
    from pipeline.expiring import days_of, expiring_on_record, expiring_table
    from pipeline.expiring import expiring as find

    today, days = as_of or date.today(), days_of(within)
    if database:
        found = expiring_on_record(database, as_of=today, within=days, out=out)
    elif out:
        found = find(out, as_of=today, within=days)
    else:
        raise UsageError("give a batch's output folder, or --database")
    entries = [each.model_dump(mode="json") for each in found]
    show(entries, shape, alone=False, table=partial(expiring_table, found, lang=read_settings(lang=lang).lang))
