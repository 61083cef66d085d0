"""`dossier explain`: why a report says what it says."""

from pathlib import Path

import click

from pipeline.console import write_out
from pipeline.options import FILE, LANG, examples, read_settings


@click.command(
    epilog=examples(
        "dossier explain results/reports/starriver.json", "dossier explain results/reports/starriver.json LIC206"
    )
)
@click.argument("report_path", metavar="REPORT", type=FILE)
@click.argument("rule_id", metavar="[RULE]", required=False)
@LANG
def explain(report_path: Path, rule_id: str | None, lang: str | None) -> None:
    """Say why a REPORT says what it says.

    Or why one RULE came out as it did. Shows the facts, where they stand on the page, and how each rule came out.
    """
    from pipeline.report.explain import explain as explained
    from pipeline.report.json import load_report

    report = load_report(report_path.read_text(encoding="utf-8", errors="replace"))
    write_out(explained(report, rule_id, lang=read_settings(lang=lang).lang))
