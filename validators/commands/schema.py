"""`dossier schema`: what goes in and what comes out, for machines and for editors."""

import json

import click

from pipeline.console import write_out
from pipeline.options import examples


@click.command(epilog=examples("dossier schema application > application.schema.json"))
@click.argument("what", type=click.Choice(["report", "application", "rulebook", "truth"]))
def schema(what: str) -> None:
    """Print the JSON Schema of reports, forms, rulebooks or labels.

    Draft 2020-12, with what each key means; of reports as they are written, of application forms, rulebook files and
    `truth.json` as they are read.
    """
    from pipeline.schemas import schema_of
    from validators.rulebook_schema import rulebook_schema

    found = rulebook_schema() if what == "rulebook" else schema_of(what)
    write_out(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
