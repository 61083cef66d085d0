"""`dossier doctor`: whether this machine can read."""

from functools import partial

import click

from pipeline.console import show
from pipeline.errors import EngineUnavailable
from pipeline.options import FORMAT, examples, read_settings


@click.command(epilog=examples("dossier doctor --engine tesseract"))
@click.option("--engine", help="Engine that must work.  [default: ppocr]")
@FORMAT
@click.pass_context
def doctor(ctx: click.Context, /, engine: str | None, shape: str | None) -> None:
    """Check what works on this machine.

    Without the network: every engine loads its models and reads a line. Exits with 3 if the chosen one does not work.
    """
    from pipeline.doctor import check_up, check_up_table

    found = check_up(read_settings(engine=engine))
    show([found], shape, alone=True, table=partial(check_up_table, found))
    ctx.exit(0 if found["works"] else EngineUnavailable.exit_code)
