"""The parts that dossiers are read and judged with, put together: what knows engine, extractors and rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from pipeline.records import Records
    from pipeline.run import Parts
    from pipeline.settings import Settings

ROOT = Path(__file__).parent.parent
CODE = ("cli.py", "pipeline", "extractors", "validators")
"""All that may change what a report says."""


@dataclass(frozen=True)
class BuildOptions:
    """What the parts are put together by; picklable, since batch workers put together their own."""

    settings: Settings
    as_of: date
    rulebook: Path | None = None
    """A file, or the id of one that comes along; None is the default one."""
    watchlist: Path | None = None
    waivers: Path | None = None
    records: Records | None = None
    """Decisions on record; a batch asks its own."""
    threads: int = 0
    """For the OCR engine; 0 is one per core."""
    pictures: bool = False
    """Keep a picture of each page, for the page for people."""
    reveal: bool = False
    """Leave identity numbers whole in reports."""

    def files(self) -> tuple[Path, ...]:
        """Return the files that are judged by, with those that a rulebook extends."""
        rulebooks: list[Path] = []
        if self.rulebook:
            from validators.rulebook_file import read_layers

            rulebooks = [layer.parsed.path for layer in read_layers(self.rulebook)]
        return (*rulebooks, *(path for path in (self.watchlist, self.waivers) if path))

    def from_anywhere(self) -> BuildOptions:
        """Return the same with paths that lead to the files from whatever folder a process works in."""
        from validators.rulebook_file import BUILTIN

        rulebook = self.rulebook if str(self.rulebook) in BUILTIN else _absolute(self.rulebook)
        return replace(self, rulebook=rulebook, watchlist=_absolute(self.watchlist), waivers=_absolute(self.waivers))


def _absolute(path: Path | None) -> Path | None:
    return path and path.absolute()


def build(options: BuildOptions) -> Parts:
    """Put the parts together.

    Raises:
        EngineUnavailable: The OCR engine is not installed or does not start.
        ConfigurationError: The rulebook, the watch list or the waivers are not valid.
    """
    from extractors import DOCUMENT_TYPES, extract
    from pipeline.ocr import make_engine, make_second_engine, second_engine
    from pipeline.run import Parts
    from pipeline.version import fingerprint
    from validators import judge
    from validators.rulebook import load_rulebook
    from validators.waivers import load_waivers
    from validators.watchlist import load_watchlist

    rulebook = load_rulebook(options.rulebook, as_of=options.as_of)
    watchlist = load_watchlist(options.watchlist) if options.watchlist else None
    waivers = load_waivers(options.waivers) if options.waivers else None
    engine = make_engine(options.settings.engine, options.settings, threads=options.threads)
    lists = [listed.model_dump_json() if listed else "" for listed in (watchlist, waivers)]
    readers = f"{engine.fingerprint}+{second_engine(options.settings)}"
    judges = (readers, rulebook.identity.sha256, *lists, *(["revealed"] if options.reveal else []))
    return Parts(
        engine=engine,
        # Starting it takes a quarter of a second, and most dossiers leave nothing to ask it.
        second=cache(partial(make_second_engine, options.settings, threads=options.threads)),
        types=DOCUMENT_TYPES,
        extract=extract,
        judge=partial(judge, rulebook=rulebook, watchlist=watchlist, waivers=waivers),
        settings=options.settings,
        as_of=options.as_of,
        fingerprint=fingerprint(map(ROOT.joinpath, CODE), options.settings, options.as_of, judges),
        pictures=options.pictures,
        reveal=options.reveal,
        records=options.records,
    )
