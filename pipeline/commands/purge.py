"""`dossier purge`: retention."""

import json
import re
import time
from pathlib import Path

import click

from pipeline.console import write_out
from pipeline.errors import UsageError
from pipeline.options import DATABASE, FOLDER, LANG, examples, read_settings

_SECONDS = {"d": 86_400, "w": 7 * 86_400}
_MOST_DAYS = 36_500


@click.command(
    epilog=examples("dossier purge results --older-than 90d --dry-run", "dossier purge --cache --older-than 4w")
)
@click.argument("out", type=FOLDER, required=False)
@click.option("--older-than", required=True, metavar="SPAN", help="Days or weeks, such as 90d or 12w; at least 1d.")
@click.option("--cache", is_flag=True, help="Only what the OCR cache keeps; without OUT.")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@DATABASE
@LANG
def purge(
    out: Path | None, older_than: str, *, cache: bool, dry_run: bool, database: str | None, lang: str | None
) -> None:
    """Remove what was written longer ago than a span, from a batch's output folder OUT and from the OCR cache.

    Reports, pages, error records, corrected reports, uploads, their rows and lines, and what was damaged and set aside.
    A dossier that a batch has in hand is left, and so is the reviewers' journal, desk.jsonl, which proves its own
    order. Standard output gets the counts as JSON.
    """
    from pipeline.purge import Purged, purge_cache, purge_results

    if (out is None) != cache:
        raise UsageError("give either OUT, a batch's output folder, or --cache for the OCR cache alone")
    before, settings = time.time() - _seconds(older_than), read_settings(lang=lang)
    purged = Purged()
    if out:
        purged = purge_results(out, before=before, database=database, lang=settings.lang, dry_run=dry_run)
    cached = purge_cache(settings.cache_folder, before=before, dry_run=dry_run)
    counts = {**purged.model_dump(), "cached": cached, "dry_run": dry_run}
    write_out(json.dumps(counts, indent=2) + "\n")


def _seconds(span: str) -> int:
    """Return a span in seconds.

    Raises:
        UsageError: It is none, or so short that it may be a slip.
    """
    match = re.fullmatch(r"(\d{1,5})([dw])", span.strip().lower(), re.ASCII)
    seconds = int(match[1]) * _SECONDS[match[2]] if match else 0
    if not _SECONDS["d"] <= seconds <= _MOST_DAYS * _SECONDS["d"]:
        raise UsageError(f"{span!r} is no span of days or weeks such as 90d or 12w, from 1d to {_MOST_DAYS}d")
    return seconds
