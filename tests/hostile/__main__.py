"""Everything that must be survived, in one run with one summary: `make test-faults`, or `python -m tests.hostile`.

First the tests of faults in whole, by pytest, then the loops of kills, as often as asked for.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.hostile.rows import Row
from tests.hostile.survival import survive

ROOT = Path(__file__).parent.parent.parent
TESTS = {
    "hostile dossiers": ["hostile/test_hostile.py"],
    "fail closed": ["hostile/test_fail_closed.py"],
    "mutants of the samples": ["hostile/test_mutants.py"],
    "failing system calls": ["hostile/test_calls.py"],
    "full and read-only disks, logs": ["hostile/test_faults.py"],
    "kills, ends, databases": ["hostile/test_survival.py", "test_cli_batch.py"],
    "reviewers' decisions": ["hostile/test_decisions.py", "pipeline/review/test_journal.py"],
    "two batches at once": ["hostile/test_two_batches.py", "pipeline/test_batch_claims.py"],
    "clocks that jump": ["hostile/test_clock.py"],
    "workers that hang, grow, die, babble": [
        "pipeline/test_untrusted_workers.py", "pipeline/test_supervisor.py", "pipeline/test_batch_quarantine.py",
    ],
    "databases on a server": ["pipeline/test_batch_server.py"],
    "clusters and URLs": ["pipeline/test_cluster.py", "pipeline/test_remote.py"],
    "forms, values and rulebooks by lot": [
        "pipeline/test_application.py", "extractors/test_values.py", "extractors/test_dates.py",
        "validators/test_rulebook.py", "validators/test_rulebook_mutations.py",
    ],
    "markup in a browser": ["browser/test_report_pages.py"],
}  # fmt: skip
"""What is tried → files below `tests`."""


@dataclass
class Summary:
    """Counts, as a plugin of pytest's, what came of the tests of each row."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    seconds: Counter[str] = field(default_factory=Counter)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take up one test, or what was wrong before or after it."""
        file = report.nodeid.partition("::")[0].removeprefix("tests/")
        row = next(name for name, files in TESTS.items() if file in files)
        self.seconds[row] += int(report.duration * 1000)
        if report.when == "call" or report.outcome != "passed":
            self.counts.setdefault(row, Counter())[report.outcome] += 1

    def lines(self) -> list[str]:
        """Return a line for each row."""
        counts = [(name, self.counts.get(name, Counter())) for name in TESTS]
        return [
            _line(name, count["passed"] + count["failed"], count["failed"], self.seconds[name] / 1000,
                  f"{count['skipped']} skipped" if count["skipped"] else "")
            for name, count in counts
        ]  # fmt: skip


def _line(what: str, runs: object, losses: object, seconds: float, notes: str) -> str:
    return f"{what:40} {runs:>6} {losses:>7} {seconds:>8.0f}  {notes}".rstrip()


def shown(row: Row) -> str:
    """Return a loop's line of the summary."""
    notes = ", ".join(f"{name}: {value}" for name, value in row.notes.items())
    return _line(row.what, row.runs, len(row.losses), row.seconds, notes)


def main() -> None:
    """Run all of it and print the summary; exits with 1 if anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="of batches that were alive")
    parser.add_argument("--workers", type=int, default=500, help="kills of workers with a dossier in hand")
    parser.add_argument("--ends", type=int, default=10, help="how often a batch is told to end")
    parser.add_argument("--dossiers", type=int, default=100, help="of each batch in the loops")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rows", nargs="*", choices=sorted(TESTS), help="tests to run; all of them without it")
    wishes = vars(parser.parse_args())
    wanted, began = wishes.pop("rows"), time.monotonic()
    files = [f"tests/{file}" for row, files in TESTS.items() if wanted is None or row in wanted for file in files]
    summary = Summary()
    failed = bool(files) and pytest.main(["-q", "--faults", "--rootdir", str(ROOT), *files], plugins=[summary])
    with tempfile.TemporaryDirectory(prefix="dossier-survival-") as folder:
        rows = survive(Path(folder), **wishes)
    losses = [loss for row in rows for loss in row.losses]
    heading = f"{'what was tried':40} {'runs':>6} {'losses':>7} {'seconds':>8}"
    lines = [heading, *summary.lines(), *map(shown, rows), *losses, f"in all {time.monotonic() - began:.0f} s"]
    sys.stdout.write("\n".join(lines) + "\n")
    raise SystemExit(bool(failed or losses))


if __name__ == "__main__":
    main()
