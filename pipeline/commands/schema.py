"""`dossier schema`: what goes in and what comes out, for machines."""

import json

import click

from pipeline.console import write_out
from pipeline.options import examples


@click.command(epilog=examples("dossier schema application > application.schema.json"))
@click.argument("what", type=click.Choice(["report", "application", "truth"]))
def schema(what: str) -> None:
    """Print the JSON Schema of reports, forms or labels.

    Draft 2020-12; of reports as they are written, of application forms and `truth.json` as they are read.
    """
    from pipeline.schemas import schema_of

    write_out(json.dumps(schema_of(what), ensure_ascii=False, indent=2) + "\n")
