"""`dossier notice`: the letter to the seller."""

from pathlib import Path

import click

from pipeline.console import write_file, write_out
from pipeline.options import FILE, LANG, NEW_FILE, examples, read_settings


@click.command(epilog=examples("dossier notice results/reports/starriver.json --lang zh --format html -o letter.html"))
@click.argument("report_path", metavar="REPORT", type=FILE)
@click.option(
    "--format", "shape", type=click.Choice(["text", "html"]), default="text", show_default=True, help="How to write it."
)
@click.option("-o", "--output", type=NEW_FILE, help="Write the letter here, not to standard output.")
@LANG
def notice(report_path: Path, shape: str, output: Path | None, lang: str | None) -> None:
    """Write the letter to the seller that a REPORT makes.

    Everything to mend, at once, by document, with what to send; without what reviewers note, and without anything
    that would help a forger.
    """
    from pipeline.report.json import load_report
    from pipeline.report.notice import to_html_notice, to_notice

    report = load_report(report_path.read_text(encoding="utf-8", errors="replace"))
    write = to_html_notice if shape == "html" else to_notice
    letter = write(report, lang=read_settings(lang=lang).lang)
    if output:
        write_file(output, letter)
    else:
        write_out(letter)
