"""What sealed worker processes cost: `python -m bench.isolation` (100 pages of the samples, read twice each way).

The same documents are inspected by the command, in a sealed process under a supervisor as users have it, and in a
process of their own that does the same without: both start anew, load models, and read with nothing in the cache.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

SAMPLES = Path(__file__).parent.parent / "samples" / "dossiers"
SUFFIXES = (".jpg", ".jpeg", ".png", ".pdf", ".tif", ".tiff", ".webp")
SEALED = "import sys; from cli import main; sys.exit(main())"
OPEN = "import sys; from bench.isolation import inspect_here; inspect_here(sys.argv[1:])"
MOST = 0.10
"""Of the time without isolation, which is what it may cost."""


@dataclass(frozen=True)
class Spent:
    """What one process and its workers took."""

    seconds: float
    process_seconds: float


def inspect_here(arguments: list[str]) -> None:
    """Inspect documents in this very process; the first argument says where the report goes."""
    from datetime import date

    from pipeline.ingest import open_files
    from pipeline.report.json import to_json, to_report
    from pipeline.run import run
    from pipeline.settings import Settings
    from validators.assembly import BuildOptions, build

    settings = Settings()
    parts = build(BuildOptions(settings=settings, as_of=date(2026, 11, 24)))
    outcome = run(open_files([Path(name) for name in arguments[1:]], settings), parts, with_form=False)
    Path(arguments[0]).write_text(to_json(to_report(outcome)), encoding="utf-8")


def _documents(pages: int) -> list[Path]:
    """Return documents of the samples with so many pages together."""
    from pypdf import PdfReader

    chosen, count = list[Path](), 0
    for path in sorted(each for each in SAMPLES.rglob("*") if each.suffix.lower() in SUFFIXES):
        if count < pages:
            chosen.append(path)
            count += len(PdfReader(path).pages) if path.suffix == ".pdf" else 1
    return chosen


def _spend(command: list[str]) -> Spent:
    environment = {**os.environ, "DOSSIER_CACHE": "false"}
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    seconds, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 10, 11):
        raise SystemExit(done.stderr.decode("utf-8", "replace")[-2000:])
    return Spent(seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def measure(pages: int, rounds: int) -> dict[str, object]:
    """Inspect documents both ways by turns, and return what each took at best."""
    names = [str(path) for path in _documents(pages)]
    sealed, free = list[Spent](), list[Spent]()
    with tempfile.TemporaryDirectory(prefix="dossier-bench-") as folder:
        out = str(Path(folder) / "report.json")
        for _ in range(rounds):
            free.append(_spend([sys.executable, "-c", OPEN, out, *names]))
            sealed.append(_spend([sys.executable, "-c", SEALED, "inspect", *names, "-o", out, "--as-of", "2026-11-24"]))
            read = sum(len(each["pages"]) for each in json.loads(Path(out).read_text(encoding="utf-8"))["documents"])
    wall = min(each.seconds for each in sealed) / min(each.seconds for each in free) - 1
    work = min(each.process_seconds for each in sealed) / min(each.process_seconds for each in free) - 1
    return {
        "documents": len(names),
        "pages": read,
        "seconds": {
            "sealed": [round(each.seconds, 1) for each in sealed],
            "free": [round(each.seconds, 1) for each in free],
        },
        "cost_in_seconds": round(wall, 3),
        "cost_in_processor_time": round(work, 3),
        "cheap_enough": wall <= MOST,
    }


def main() -> None:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(prog="python -m bench.isolation", description=__doc__)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=2)
    arguments = parser.parse_args()
    found = measure(arguments.pages, arguments.rounds)
    print(json.dumps(found, indent=2))
    sys.exit(0 if found["cheap_enough"] else 1)


if __name__ == "__main__":
    main()
