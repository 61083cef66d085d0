"""How fast a batch is when pages cost nothing, and how much its parent holds: `python -m bench.batch 2000`.

Tiny dossiers, each a form and one page whose lines are recorded, are judged, and then once more when all is done.
What is left is opening, judging, writing, the database and the journal.
"""

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image as Pillow

from pipeline.model import Box, EvidenceSource, TextLine
from pipeline.ocr.base import Reading
from pipeline.ocr.replay import recording_of

FORM = """\
applicant: {{company_name: 深圳市第{number}号贸易有限公司}}
store: {{category: apparel, subcategories: [dresses], type: other, name: store {number}}}
brands: []
"""
LINES = (
    "营业执照",
    "名称 深圳市第{number}号贸易有限公司",
    "类型 有限责任公司",
    "法定代表人 测试人",
    "成立日期 2019年03月05日",
)
COMMAND = "import sys; from cli import main; sys.exit(main())"
RATE = 100
"""Dossiers a second, on two cores."""
MOST_BYTES = 300_000_000
"""Of the parent."""


@dataclass(frozen=True)
class Run:
    """What one run of the command took."""

    counts: dict[str, int]
    seconds: float
    process_seconds: float
    """Of the parent and its workers, on all cores: what the machine does besides does not count."""
    parent_bytes: int
    """At its highest."""


def make_dossiers(home: Path, count: int) -> None:
    """Write dossiers and what an engine would read on their pages."""
    (home / "recorded").mkdir(parents=True)
    for number in range(count):
        folder = home / "in" / f"{number // 1000:03}" / f"d{number:06}"
        folder.mkdir(parents=True)
        (folder / "application.yaml").write_text(FORM.format(number=number), encoding="utf-8")
        # Pages differ, since dossiers that share one are judged beside each other.
        colour = (number >> 16 & 255, number >> 8 & 255, number & 255)
        Pillow.new("RGB", (64, 48), colour).save(folder / "01.png")
        page = np.asarray(Pillow.open(folder / "01.png").convert("RGB"))
        reading = Reading(lines=tuple(_line(text.format(number=number), at) for at, text in enumerate(LINES)))
        recording_of(page, home / "recorded").write_text(reading.model_dump_json(), encoding="utf-8")


def _line(text: str, at: int) -> TextLine:
    box = Box(left=0.1, top=0.1 + 0.15 * at, right=0.9, bottom=0.2 + 0.15 * at)
    return TextLine(text=text, page=1, confidence=0.99, source=EvidenceSource.OCR, box=box)


def run(home: Path, *, jobs: int, database: str | None) -> Run:
    """Run the batch as a user does, and watch its parent."""
    environment = {
        **os.environ,
        "DOSSIER_ENGINE": "replay",
        "DOSSIER_REPLAY_FOLDER": str(home / "recorded"),
        "DOSSIER_SECOND_ENGINE": "none",
        "DOSSIER_CACHE": "false",
    }
    command = [sys.executable, "-c", COMMAND, "batch", str(home / "in"), "-o", str(home / "out")]
    command += ["--jobs", str(jobs), "--as-of", "2026-11-24", *(["--database", database] if database else [])]
    before, started, highest = _spent(), time.monotonic(), 0
    with (home / "counts.json").open("w+", encoding="utf-8") as said, (home / "said").open("w") as errors:
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=errors)
        while process.poll() is None:
            highest = max(highest, _memory(process.pid))
            time.sleep(0.05)
        seconds = time.monotonic() - started
        if process.returncode not in (0, 1):
            raise SystemExit((home / "said").read_text(encoding="utf-8")[-2000:])
        said.seek(0)
        return Run(json.load(said), seconds, _spent() - before, highest)


def _spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _memory(pid: int) -> int:
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


def measure(count: int, *, jobs: int = 2, database: str | None = None) -> dict[str, object]:
    """Judge `count` dossiers, do it again twice, and return what that took.

    Right after judging, a system may have given up what it held of files that were read long before.
    """
    with tempfile.TemporaryDirectory(prefix="dossier-bench-") as folder:
        home = Path(folder)
        make_dossiers(home, count)
        first, right_after, again = (run(home, jobs=jobs, database=database) for _ in range(3))
    return {
        "dossiers": count,
        "counts": first.counts,
        "dossiers_per_second": round(count / first.seconds, 1),
        "dossiers_per_process_second": round(count / first.process_seconds, 1),
        "parent_megabytes": round(first.parent_bytes / 1e6),
        "resume_right_after_seconds": round(right_after.seconds, 1),
        "resume_seconds": round(again.seconds, 1),
        "resume_process_seconds": round(again.process_seconds, 1),
        "resumed_unchanged": again.counts["unchanged"],
        "fast_enough": count / first.seconds >= RATE,
        "small_enough": first.parent_bytes <= MOST_BYTES,
    }


def main() -> None:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(prog="python -m bench.batch", description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=2_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--database", help="a PostgreSQL, instead of the output folder's own SQLite")
    arguments = parser.parse_args()
    print(json.dumps(measure(arguments.count, jobs=arguments.jobs, database=arguments.database), indent=2))


if __name__ == "__main__":
    main()
