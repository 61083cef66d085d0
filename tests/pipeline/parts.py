"""Parts for the tests of runs and batches: all real but an engine that does what a page's colour says."""

import hashlib
import os
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image as Pillow

from extractors import DOCUMENT_TYPES, extract
from pipeline.batch import run_batch
from pipeline.model import Box, Document, Image, TextLine
from pipeline.ocr.base import Reading
from pipeline.order import Order, Tally
from pipeline.run import Parts
from pipeline.scouts import Scouts
from pipeline.settings import Settings
from pipeline.verdict import Dossier, Verdict
from validators import judge
from validators.rulebook import load_rulebook

AS_OF = date(2026, 11, 24)
WHITE, RED, BLUE, GREEN, YELLOW = (255, 255, 255), (255, 0, 0), (0, 0, 255), (0, 160, 0), (255, 255, 0)
KILLS, HANGS, RAISES, SLOW = RED, BLUE, GREEN, YELLOW
SECRET = "440300198602132575"


class ColourEngine:
    """Reads nothing; a coloured page brings it down in the way of its colour."""

    name = "colour"
    models: Mapping[str, str] = {}
    fingerprint = "colour/1"

    def read(self, image: Image, *, page: int) -> Reading:
        """Return no line, if at all."""
        colour = tuple(int(channel) for channel in image[0, 0])
        if colour == KILLS:
            os.kill(os.getpid(), signal.SIGKILL)
        if colour == HANGS:
            time.sleep(600)
        if colour == SLOW:
            time.sleep(0.4)
        if colour == RAISES:
            raise KeyError(SECRET)
        return Reading(lines=())

    def read_closer(self, image: Image, *, page: int, known: Sequence[TextLine]) -> tuple[TextLine, ...]:
        """Return no line."""
        return ()

    def read_part(
        self, image: Image, *, page: int, part: Box, known: Sequence[TextLine], without_red: bool
    ) -> tuple[TextLine, ...]:
        """Return no line."""
        return ()


def build(fingerprint: str = "parts/1", **settings: object) -> Parts:
    """Put parts together as `validators.assembly.build` does, with the engine above."""
    rulebook = load_rulebook(None, as_of=AS_OF)
    return Parts(
        engine=ColourEngine(),
        types=DOCUMENT_TYPES,
        extract=extract,
        judge=partial(judge, rulebook=rulebook),
        settings=Settings.model_validate({"cache": False, **settings}),
        as_of=AS_OF,
        fingerprint=fingerprint,
    )


def build_with_a_broken_judge() -> Parts:
    """Put parts together of which one has a defect."""
    parts = build()
    return Parts(**{**vars(parts), "judge": broken_judge})


def broken_judge(dossier: Dossier) -> Verdict:
    """Fail on a dossier whose name asks for it, or hang, if it has no file that could be to blame."""
    if dossier.id.startswith("broken"):
        raise KeyError(SECRET)
    if dossier.id.startswith("hanging") and not dossier.documents:
        time.sleep(600)
    return build().judge(dossier)


def broken_extract(document: Document) -> Document:
    """Fail on every document."""
    raise KeyError(SECRET)


def write_dossier(folder: Path, *colours: tuple[int, int, int], brand: str = "TESTRIVER") -> Path:
    """Make a dossier with a form and one PNG page of each colour."""
    folder.mkdir(parents=True)
    form = f"store: {{category: apparel, type: other}}\nbrands: [{{name: {brand}, relation: owner}}]\n"
    (folder / "application.yaml").write_text(form, encoding="utf-8")
    for number, colour in enumerate(colours, start=1):
        page = np.full((200, 300, 3), colour, dtype=np.uint8)
        page[-1, -1] = (number, len(folder.name), 7)  # no two files of a dossier are the same
        Pillow.fromarray(page).save(folder / f"{number:02}.png")
    return folder


def write_distinct(folder: Path, count: int, *colours: tuple[int, int, int]) -> Path:
    """Make dossiers no two of which have anything in common: none is judged again for what another one says."""
    for number in range(1, count + 1):
        write_dossier(folder / ("d" * number), *colours, brand=f"BRAND{number}")
    return folder


def run(
    folder: Path,
    make: Callable[[], Parts] = build,
    *,
    jobs: int = 1,
    watch: Callable[[Tally], None] = lambda tally: None,
    settings: dict[str, Any] | None = None,
    scouts: Scouts | None = None,
    **order: Any,
) -> Tally:
    """Run a batch over a folder, into `out` beside it unless told otherwise."""
    out = order.pop("out", folder.parent / "out")
    limits = Settings(**settings or {})
    return run_batch(Order(folder, out, jobs, **order), make, limits, scouts=scouts, watch=watch)


def snapshot(folder: Path) -> dict[str, tuple[str, int]]:
    """Return the hash and the time of every file below a folder."""
    return {
        str(path): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }
