"""`dossier rules`: the catalogue, looked up."""

from functools import partial

import click

from pipeline.console import show
from pipeline.options import FORMAT, LANG, examples


@click.command(epilog=examples("dossier rules", "dossier rules LIC202 --format json"))
@click.argument("rule_id", metavar="[ID]", required=False)
@FORMAT
@LANG
def rules(rule_id: str | None, shape: str | None, lang: str | None) -> None:
    """List the rules, or show one.

    With an ID: what the rule checks, how much it weighs, and the law or standard behind it.
    """
    from validators import RULES
    from validators.listing import look_up, rule_entry, rule_table

    chosen = [look_up(RULES, rule_id, command="rules")] if rule_id else list(RULES.values())
    entries = [rule_entry(rule) for rule in chosen]
    show(entries, shape, alone=bool(rule_id), table=partial(rule_table, entries, lang=lang or "en"))
