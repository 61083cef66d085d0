"""One dossier by itself: run it, and write its report where it is wanted."""

import time
from collections.abc import Callable
from pathlib import Path

from pipeline.console import write_file, write_out
from pipeline.ingest import Intake
from pipeline.report.json import Report, to_json, to_report
from pipeline.run import Parts, run
from pipeline.settings import Settings


def report_on(
    open_it: Callable[[Settings], Intake],
    build: Callable[[], Parts],
    settings: Settings,
    *,
    with_form: bool,
    output: Path | None,
    html: Path | None,
) -> Report:
    """Run one dossier and write its report.

    Args:
        open_it: Opens the dossier; before the parts are put together, since a wrong path is found at once.
        build: Puts the parts together.
        settings: Limits, and the language of the page for people.
        with_form: False if there is no application to decide on.
        output: Where the JSON goes; None is standard output.
        html: Where the page for people goes, if it is wanted.
    """
    started = time.perf_counter()
    intake = open_it(settings)
    opened_in = time.perf_counter() - started
    outcome = run(intake, build(), with_form=with_form, opened_in=opened_in)
    report = to_report(outcome)
    if html:
        from pipeline.report.html import to_html

        write_file(html, to_html(report, outcome.pictures, lang=settings.lang))
    if output:
        write_file(output, to_json(report))
    else:
        write_out(to_json(report))
    return report
