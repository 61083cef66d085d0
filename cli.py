"""The command line, and the only place where the parts are put together.

Heavy imports happen in the functions that need them: `dossier rules` answers in half a second.
"""

import json
import signal
import sys
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.console import INTERRUPTED, end, run_command, show, write_out
from pipeline.errors import EngineUnavailable, UsageError
from pipeline.lazy import LazyGroup
from pipeline.options import (
    EXISTING,
    FILE,
    FOLDER,
    FORMAT,
    HTML,
    LANG,
    NEW_FOLDER,
    OUTPUT,
    examples,
    read_settings,
    verifying,
)

if TYPE_CHECKING:
    from pipeline.run import Parts
    from pipeline.settings import Settings
    from pipeline.single import Where

NOT_ALL = 1
EXIT_CODES = {"approved": 0, "rejected": 10, "needs_review": 11}
CODE = ("cli.py", "pipeline", "extractors", "validators")
LATER = {
    "categories": "validators.commands.categories",
    "notice": "validators.commands.notice",
    "rulebook": "validators.commands.rulebook",
}
"""Command → module that defines it, imported once it is asked for."""


@dataclass(frozen=True)
class BuildOptions:
    """What the parts are put together by; picklable, since batch workers put together their own."""

    settings: "Settings"
    as_of: date
    rulebook: Path | None = None
    """A file, or the id of one that comes along; None is the default one."""
    watchlist: Path | None = None
    waivers: Path | None = None
    threads: int = 0
    """For the OCR engine; 0 is one per core."""
    pictures: bool = False
    """Keep a picture of each page, for the page for people."""

    def files(self) -> tuple[Path, ...]:
        """Return the files that are judged by."""
        return tuple(path for path in (self.rulebook, self.watchlist, self.waivers) if path)


def build(options: BuildOptions) -> "Parts":
    """Put the parts together.

    Raises:
        EngineUnavailable: The OCR engine is not installed or does not start.
        ConfigurationError: The rulebook, the watch list or the waivers are not valid.
    """
    from extractors import DOCUMENT_TYPES, extract
    from pipeline.ocr import make_engine
    from pipeline.run import Parts
    from validators import judge
    from validators.rulebook import load_rulebook
    from validators.waivers import load_waivers
    from validators.watchlist import load_watchlist

    rulebook = load_rulebook(options.rulebook, as_of=options.as_of)
    watchlist = load_watchlist(options.watchlist) if options.watchlist else None
    waivers = load_waivers(options.waivers) if options.waivers else None
    engine = make_engine(options.settings.engine, options.settings, threads=options.threads)
    lists = [listed.model_dump_json() if listed else "" for listed in (watchlist, waivers)]
    return Parts(
        engine=engine,
        types=DOCUMENT_TYPES,
        extract=extract,
        judge=partial(judge, rulebook=rulebook, watchlist=watchlist, waivers=waivers),
        settings=options.settings,
        as_of=options.as_of,
        fingerprint=_fingerprint(options, engine.fingerprint, rulebook.identity.sha256, *lists),
        pictures=options.pictures,
    )


def _fingerprint(options: BuildOptions, *judges: str) -> str:
    from pipeline.version import code_digest, product_version

    code = code_digest(Path(__file__).parent / name for name in CODE)
    limits = {
        name: value for name, value in options.settings.model_dump(mode="json").items() if name.startswith("max_")
    }
    return json.dumps([product_version(), code, options.as_of.isoformat(), limits, *judges])


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
def dossier(*, debug: bool) -> None:
    """Verify seller applications: read the documents, check the facts, say why.

    Works offline. JSON goes to standard output, everything else to standard error.
    """
    import logging

    # Libraries warn about hostile files, and may quote them.
    logging.basicConfig(level=logging.INFO) if debug else logging.getLogger().addHandler(logging.NullHandler())


@dossier.command(epilog=examples("dossier verify applications/starriver -o starriver.json --html starriver.html"))
@click.argument("dossier_path", metavar="DOSSIER", type=EXISTING)
@OUTPUT
@HTML
@verifying
@click.pass_context
def verify(ctx: click.Context, /, dossier_path: Path, output: Path | None, html: Path | None, **choices: Any) -> None:
    """Verify one DOSSIER, a folder or a zip.

    Exits with 0 if it is approved, 10 if it is rejected, 11 if a person must look.
    """
    from pipeline.ingest import open_dossier
    from pipeline.single import report_on

    options = _options(threads=0, pictures=html is not None, **choices)
    open_it = partial(open_dossier, dossier_path)
    where = _where(ctx, options, (dossier_path,), output, html)
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

    Give FILEs, or folders of them. The report says what each document is, what stands on it, and how those rules
    came out that need no application.
    """
    from pipeline.ingest import open_files
    from pipeline.single import files_below, report_on

    options = _options(threads=0, pictures=html is not None, **choices)
    files = [file for path in paths for file in (files_below(path) if path.is_dir() else [path])]
    if not files:
        raise UsageError("there is no file in the folder; give documents")
    open_it = partial(open_files, files)
    where = _where(ctx, options, paths, output, html)
    report_on(open_it, partial(build, options), options.settings, where, with_form=False)


@dossier.command(epilog=examples("dossier batch applications -o results --jobs 4 --html"))
@click.argument("folder", type=FOLDER)
@click.option("-o", "--output", "out", type=NEW_FOLDER, required=True, help="Folder for the results.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Worker processes.  [default: one per core]")
@click.option("--resume/--no-resume", default=True, show_default=True, help="Leave alone what is done and unchanged.")
@click.option("--html", is_flag=True, help="Write a page for people beside each report.")
@verifying
@click.pass_context
def batch(
    ctx: click.Context, /, folder: Path, out: Path, jobs: int | None, *, resume: bool, html: bool, **choices: Any
) -> None:
    """Verify every dossier in FOLDER.

    Writes OUT/reports/ID.json for each, OUT/errors/ID.json for what could not be processed, OUT/summary.csv and
    OUT/index.html. Give the same command again to go on after an interruption, or once dossiers have changed: only
    what is new is done. Standard output gets the counts as JSON. Exits with 0, or 1 if some dossier could not be
    processed.
    """
    from pipeline.batch import Order, default_jobs
    from pipeline.progress import run_in_sight

    options = _options(threads=1, pictures=html, **choices)
    order = Order(
        folder,
        out,
        jobs or default_jobs(),
        resume=resume,
        html=html,
        debug=ctx.find_root().params["debug"],
        judged_by=options.files(),
    )
    tally = run_in_sight(order, partial(build, options), options.settings)
    write_out(json.dumps(tally.counts(), ensure_ascii=False, indent=2) + "\n")
    ctx.exit(INTERRUPTED if tally.interrupted else NOT_ALL if tally.errors else 0)


@dossier.command(epilog=examples("dossier rules", "dossier rules LIC202 --format json"))
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


@dossier.command(epilog=examples("dossier schema application > application.schema.json"))
@click.argument("what", type=click.Choice(["report", "application"]))
def schema(what: str) -> None:
    """Print the JSON Schema of reports or forms.

    Draft 2020-12; of reports as they are written, of application forms as they are read.
    """
    if what == "report":
        from pipeline.report.json import report_schema as described
    else:
        from pipeline.application import application_schema as described
    write_out(json.dumps(described(), ensure_ascii=False, indent=2) + "\n")


@dossier.command(
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


@dossier.command(epilog=examples("dossier doctor --engine tesseract"))
@click.option("--engine", help="Engine that must work.  [default: ppocr]")
@FORMAT
@click.pass_context
def doctor(ctx: click.Context, /, engine: str | None, shape: str | None) -> None:
    """Check what works on this machine.

    Without touching the network: every engine loads its models and reads a line. Exits with 3 if the chosen
    engine does not work.
    """
    from pipeline.doctor import check_up, check_up_table

    found = check_up(read_settings(engine=engine))
    show([found], shape, alone=True, table=partial(check_up_table, found))
    ctx.exit(0 if found["works"] else EngineUnavailable.exit_code)


def main() -> None:
    """Run the `dossier` command."""
    if signal.getsignal(signal.SIGTERM) is not signal.SIG_IGN:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    end(run_command(dossier, sys.argv[1:]))


def _where(
    ctx: click.Context, options: BuildOptions, inputs: tuple[Path, ...], output: Path | None, html: Path | None
) -> "Where":
    from pipeline.single import Where

    debug = ctx.find_root().params["debug"]
    return Where((*inputs, *options.files()), output=output, html=html, judged_by=options.files(), debug=debug)


def _options(
    *, threads: int, pictures: bool, as_of: date | None, engine: str | None, lang: str | None, **files: Path | None
) -> BuildOptions:
    settings = read_settings(engine=engine, lang=lang)
    return BuildOptions(settings, as_of or date.today(), threads=threads, pictures=pictures, **files)
