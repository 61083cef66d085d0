"""The command line; the parts that it runs are put together in validators/assembly.py.

Heavy imports happen in the functions that need them: `dossier rules` answers in half a second.
"""

import json
import signal
import sys
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.console import INTERRUPTED, end, run_command, write_out
from pipeline.errors import UsageError
from pipeline.lazy import LazyGroup
from pipeline.options import (
    CLUSTER,
    DATABASE,
    EXISTING,
    FOLDER,
    FOLDER_OR_URL,
    HTML,
    JOBS,
    LOG_FORMAT,
    LOG_LEVEL,
    NEW_FOLDER_OR_URL,
    OUTPUT,
    RECORDS,
    WORK,
    evaluating,
    examples,
    read_settings,
    verifying,
)

if TYPE_CHECKING:
    from pipeline.events import Shape
    from pipeline.order import Order
    from pipeline.single import Where
    from validators.assembly import BuildOptions

NOT_ALL = 1
EXIT_CODES = {"approved": 0, "rejected": 10, "needs_review": 11}
LATER = {
    "categories": "validators.commands.categories",
    "doctor": "pipeline.commands.doctor",
    "expiring": "validators.commands.expiring",
    "explain": "validators.commands.explain",
    "notice": "validators.commands.notice",
    "purge": "pipeline.commands.purge",
    "review": "validators.commands.review",
    "rulebook": "validators.commands.rulebook",
    "rules": "validators.commands.rules",
    "schema": "validators.commands.schema",
}
"""Command → module that defines it, imported once it is asked for."""


@click.group(
    cls=LazyGroup,
    later=LATER,
    epilog=examples(
        "dossier verify applications/starriver           one dossier, report on the screen",
        "dossier batch applications -o results --html    all of them, a page for people beside each",
        "dossier rules LIC202                            what a rule checks, and why",
    ),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="dossier-verify", prog_name="dossier")
@click.option("--debug", is_flag=True, help="Show where an error arose. May show what documents say.")
@LOG_FORMAT
@LOG_LEVEL
def dossier(*, debug: bool, log_format: "Shape | None", log_level: str | None) -> None:
    """Verify seller applications: read the documents, check the facts, say why.

    Works offline. JSON goes to standard output, everything else to standard error.
    """
    import logging

    # Libraries warn about hostile files, and may quote them.
    logging.basicConfig(level=logging.INFO) if debug else logging.getLogger().addHandler(logging.NullHandler())
    if log_format or log_level:
        from pipeline.events import start_log

        start_log(log_format or "text", log_level or "info")


@dossier.command(epilog=examples("dossier verify applications/starriver -o starriver.json --html starriver.html"))
@click.argument("dossier_path", metavar="DOSSIER", type=EXISTING)
@OUTPUT
@HTML
@RECORDS
@verifying
@click.pass_context
def verify(
    ctx: click.Context,
    /,
    dossier_path: Path,
    output: Path | None,
    html: Path | None,
    records: str | None,
    **choices: Any,
) -> None:
    """Verify one DOSSIER, a folder or a zip.

    Exits with 0 if it is approved, 10 if it is rejected, 11 if a person must look.
    """
    from pipeline.ingest import open_dossier
    from pipeline.single import report_on
    from validators.assembly import build

    options = _options(threads=0, pictures=html is not None, **choices)
    if records:
        from pipeline.store import read_records

        options = replace(options, records=read_records(records))
    open_it = partial(open_dossier, dossier_path)
    where = _where(
        ctx, options, (dossier_path, *([Path(records)] if records and "://" not in records else [])), output, html
    )
    report = report_on(open_it, partial(build, options), options.settings, where, with_form=True)
    ctx.exit(EXIT_CODES[str(report.decision)])


@dossier.command(epilog=examples("dossier inspect licence.jpg certificate.pdf"))
@click.argument("paths", metavar="FILE...", type=EXISTING, nargs=-1, required=True)
@OUTPUT
@HTML
@verifying
@click.pass_context
def inspect(
    ctx: click.Context, /, paths: tuple[Path, ...], output: Path | None, html: Path | None, **choices: Any
) -> None:
    """Look at documents without an application.

    Give FILEs, or folders of them. The report says what each is, what stands on it, and how those rules came out that
    need no application.
    """
    from pipeline.ingest import open_files
    from pipeline.single import files_below, report_on
    from validators.assembly import build

    options = _options(threads=0, pictures=html is not None, **choices)
    files = [file for path in paths for file in (files_below(path) if path.is_dir() else [path])]
    if not files:
        raise UsageError("there is no file in the folder; give documents")
    open_it = partial(open_files, files)
    where = _where(ctx, options, paths, output, html)
    report_on(open_it, partial(build, options), options.settings, where, with_form=False)


@dossier.command(
    epilog=examples(
        "dossier batch applications -o results --jobs 4 --html",
        "dossier batch s3://inbox/july -o s3://results/july --cluster 10.0.0.1:6379",
    )
)
@click.argument("folder", type=FOLDER_OR_URL)
@click.option("-o", "--output", "out", type=NEW_FOLDER_OR_URL, required=True, help="Folder or URL for the results.")
@JOBS
@CLUSTER
@WORK
@click.option("--resume/--no-resume", default=True, show_default=True, help="Leave alone what is done and unchanged.")
@click.option("--thorough", is_flag=True, help="See by content alone what is done, not by sizes and times of files.")
@click.option("--retry-quarantined", is_flag=True, help="Try again what brought its readers down.")
@click.option("--html", is_flag=True, help="Write a page for people beside each report.")
@DATABASE
@verifying
@click.pass_context
def batch(
    ctx: click.Context,
    /,
    folder: Path | str,
    out: Path | str,
    jobs: int | None,
    cluster: str | None,
    work: Path | None,
    **choices: Any,
) -> None:
    """Verify every dossier in FOLDER.

    Writes OUT/reports/ID.json for each, OUT/errors/ID.json for what could not be processed, OUT/summary.csv and
    OUT/index.html. Give the same command again to go on after an interruption, or once dossiers have changed: only
    what is new is done. Standard output gets the counts as JSON. Exits with 1 if some dossier could not be processed.

    FOLDER and OUT may be URLs such as s3://bucket/path.
    """
    from pipeline.places import places_of
    from pipeline.scouts import scouting

    wishes = {name: choices.pop(name) for name in ("resume", "thorough", "retry_quarantined", "html", "database")}
    places = places_of(folder, out, work)
    may_know = places.url is None and wishes["resume"] and not wishes["thorough"]
    # Before anything else is loaded: they look at dossiers meanwhile.
    with scouting(places.folder, places.out, is_wanted=may_know) as scouts:
        from pipeline.progress import run_in_sight
        from validators.assembly import build

        options = _options(threads=1, pictures=wishes["html"], **choices)
        order = _order(ctx, options, jobs, cluster=cluster, **vars(places), **wishes)
        parts = partial(build, options.from_anywhere() if cluster else options)
        tally = run_in_sight(order, parts, options.settings, scouts)
    write_out(json.dumps(tally.counts(), ensure_ascii=False, indent=2) + "\n")
    ctx.exit(INTERRUPTED if tally.interrupted else NOT_ALL if tally.errors else 0)


@dossier.command(
    epilog=examples("dossier evaluate labelled", "dossier evaluate labelled --html accuracy.html --jobs 2")
)
@click.argument("folder", metavar="LABELLED", type=FOLDER)
@evaluating
def evaluate(folder: Path, engine: str | None, lang: str | None, **wishes: Any) -> None:
    """Measure accuracy on a LABELLED set of one's own.

    The folder holds documents and `truth.json`, which says what stands on them. Shows how types were told, how often
    each field was read exactly, whether confidence is true, and how much could be decided unattended at which error.
    """
    from extractors.comparison import YARDSTICK
    from pipeline.evaluate.command import run_evaluation
    from validators.assembly import build

    options = _options(threads=1, pictures=False, as_of=None, engine=engine, lang=lang)
    run_evaluation(folder, partial(build, options), YARDSTICK, options.settings, **wishes)


def main() -> None:
    """Run the `dossier` command."""
    if signal.getsignal(signal.SIGTERM) is not signal.SIG_IGN:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    end(run_command(dossier, sys.argv[1:]))


def _order(
    ctx: click.Context, options: "BuildOptions", jobs: int | None, *, cluster: str | None, **wishes: Any
) -> "Order":
    """Return what a batch is to do."""
    from pipeline.batch import default_jobs
    from pipeline.order import Order

    return Order(
        jobs=jobs or (0 if cluster else default_jobs()),
        cluster=cluster,
        debug=ctx.find_root().params["debug"],
        judged_by=options.files(),
        as_of=options.as_of,
        **wishes,
    )


def _where(
    ctx: click.Context, options: "BuildOptions", inputs: tuple[Path, ...], output: Path | None, html: Path | None
) -> "Where":
    from pipeline.single import Where

    debug = ctx.find_root().params["debug"]
    return Where((*inputs, *options.files()), output=output, html=html, judged_by=options.files(), debug=debug)


def _options(
    *,
    threads: int,
    pictures: bool,
    as_of: date | None,
    engine: str | None,
    lang: str | None,
    reveal: bool = False,
    **files: Path | None,
) -> "BuildOptions":
    settings = read_settings(engine=engine, lang=lang)
    from validators.assembly import BuildOptions

    chosen = BuildOptions(settings, as_of or date.today(), threads=threads, pictures=pictures, reveal=reveal)
    return replace(chosen, **files)  # type: ignore[arg-type]  # by name: rulebook, watchlist, waivers
