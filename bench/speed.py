"""Pages a second of the whole of `dossier inspect`, against RapidOCR's defaults and the Tesseract command line.

All read the same pages in one run, each with every core: dossier with one worker process per core (as a batch does),
RapidOCR in one process with its own threads (its default; OCR alone, without rules), Tesseract once as it comes
(page after page, with its own threads) and once with one process per core and one thread each, which suits it. Caches
are off; the time to start and to load models is left out for all but Tesseract, whose command line has no other way.
"""

import multiprocessing
import os
import resource
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from multiprocessing.pool import Pool
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pipeline.ocr.base import usable_cores

AS_OF = date(2026, 11, 24)


@dataclass(frozen=True)
class Share:
    """What one worker did with its part of the pages."""

    pages: int
    seconds: float
    """Wall clock from the first page to the last report."""
    inference: float
    """Of these, spent inside the networks."""
    peak_bytes: int


@dataclass(frozen=True)
class Contender:
    """One engine's result."""

    name: str
    pages: int
    seconds: float
    note: str = ""

    @property
    def pages_per_second(self) -> float:
        """Pages a second."""
        return self.pages / self.seconds


class Stopwatch:
    """Adds up the time that is spent inside networks."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def timed(self, network: Any) -> Any:
        """Return `network` with its `run` timed."""
        stopwatch = self

        class Timed:
            def run(self, inputs: Sequence[Any]) -> Any:
                started = time.perf_counter()
                outputs = network.run(inputs)
                stopwatch.seconds += time.perf_counter() - started
                return outputs

        return Timed()


def _inspect(files: Sequence[Path], rounds: int) -> Share:
    """Read, extract, judge and write the report of each file, in a worker process of its own."""
    from pipeline.ingest import open_files
    from pipeline.ocr.inference import Precision, make_runtime
    from pipeline.report.json import to_json, to_report
    from pipeline.run import run
    from pipeline.settings import Settings
    from validators.assembly import BuildOptions, build

    stopwatch = Stopwatch()

    def timed_runtime(threads: int, precision: Precision) -> Any:
        runtime = make_runtime(threads, precision)
        load = runtime.load
        runtime.load = lambda *args, **kwargs: stopwatch.timed(load(*args, **kwargs))  # type: ignore[method-assign]
        return runtime

    settings = Settings(cache=False, engine="ppocr")
    with patch("pipeline.ocr.ppocr.make_runtime", timed_runtime):
        parts = build(BuildOptions(as_of=AS_OF, settings=settings, threads=1))

    def once() -> int:
        pages = 0
        for file in files:
            report = to_report(run(open_files([file], settings), parts, with_form=False))
            to_json(report)
            pages += sum(document.pages_read for document in report.documents)
        return pages

    once()  # shapes that a network meets for the first time are compiled then; a batch pays that once
    stopwatch.seconds = 0.0
    started = time.perf_counter()
    pages = sum(once() for _ in range(rounds))
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Share(pages=pages, seconds=seconds, inference=stopwatch.seconds, peak_bytes=peak)


def _dossier(files: Sequence[Path], cores: int) -> tuple[Contender, str]:
    shares = [files[core::cores] for core in range(cores)]
    with multiprocessing.get_context("spawn").Pool(cores) as pool:
        done: list[Share] = _all(pool, shares)
    seconds = max(share.seconds for share in done)
    outside = 1 - sum(share.inference for share in done) / sum(share.seconds for share in done)
    peak = max(share.peak_bytes for share in done)
    contender = Contender("dossier inspect, whole", sum(share.pages for share in done), seconds)
    return contender, f"outside the networks {outside:.1%} of the time; peak memory of a worker {peak / 1e9:.2f} GB"


def _all(pool: Pool, shares: Iterable[Sequence[Path]]) -> list[Share]:
    return pool.starmap(_inspect, [(share, 1) for share in shares])


def _rapidocr(files: Sequence[Path]) -> Contender:
    from rapidocr import RapidOCR

    engine = RapidOCR(params={"Global.log_level": "error"})
    return _timed("RapidOCR defaults, OCR alone", files, lambda file: engine(str(file)))


def _timed(name: str, files: Sequence[Path], read: Callable[[Path], object]) -> Contender:
    read(files[0])
    started = time.perf_counter()
    for file in files:
        read(file)
    return Contender(name, len(files), time.perf_counter() - started)


def _tesseract(files: Sequence[Path], processes: int, threads: int | None) -> Contender:
    environment = {**os.environ, **({"OMP_THREAD_LIMIT": str(threads)} if threads else {})}

    def read(file: Path) -> int:
        command = ["tesseract", str(file), "stdout", "-l", "chi_sim+eng"]
        return subprocess.run(command, env=environment, capture_output=True, check=False).returncode

    started = time.perf_counter()
    with ThreadPoolExecutor(processes) as pool:
        failed = sum(code != 0 for code in pool.map(read, files))
    note = f"{failed} pages refused" if failed else ""
    name = "Tesseract, one process a core" if threads else "Tesseract as it comes"
    return Contender(name, len(files), time.perf_counter() - started, note)


def compare(files: Sequence[Path], tesseract_files: Sequence[Path]) -> str:
    """Return a table of pages a second, and how many times as fast as each other engine dossier is.

    Args:
        files: Pictures of one page each.
        tesseract_files: Those of them that Tesseract reads too; it is slow, so a few must do.
    """
    cores = usable_cores()
    ours, notes = _dossier(files, cores)
    contenders = [ours, _rapidocr(files)]
    if shutil.which("tesseract"):
        contenders += [_tesseract(tesseract_files, 1, None), _tesseract(tesseract_files, cores, 1)]
    lines = [f"{cores} cores, {len(files)} pages ({len(tesseract_files)} for Tesseract)"]
    for contender in contenders:
        times = ours.pages_per_second / contender.pages_per_second
        speed = f"{contender.pages_per_second:8.2f} pages/s"
        lines.append(f"{contender.name:32}{speed}   dossier is {times:5.1f} x   {contender.note}")
    if not shutil.which("tesseract"):
        lines.append("Tesseract is not installed (Debian: apt install tesseract-ocr tesseract-ocr-chi-sim)")
    return "\n".join([*lines, notes])
