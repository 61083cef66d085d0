"""Prints how a batch over the sample dossiers came out beside what was expected: `python -m samples.demo OUT`."""

import csv
import sys
from pathlib import Path

import yaml
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

EXPECTED = Path(__file__).parent / "expected.yaml"
STYLES = {"approved": "green", "needs_review": "yellow", "rejected": "red"}


def main(out: Path) -> int:
    """Print the table; return 1 if a decision is not the expected one."""
    expected = yaml.safe_load(EXPECTED.read_text(encoding="utf-8"))
    with (out / "summary.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["dossier_id"]: row for row in csv.DictReader(file)}
    table = Table("dossier", "decision", "failed rules", "what is special about it", box=SIMPLE_HEAD)
    others = 0
    for name in sorted(expected):
        row = rows.get(name, {"decision": "", "failed_rules": "", "error": "no report"})
        decision = row["decision"] or row["error"]
        as_expected = decision == expected[name]["decision"]
        others += not as_expected
        note = "" if as_expected else f" [bold red](expected: {expected[name]['decision']})[/]"
        table.add_row(
            name, f"[{STYLES.get(decision, 'bold red')}]{decision}[/]{note}", row["failed_rules"], expected[name]["why"]
        )
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(table)
    console.print(f"{len(expected) - others} of {len(expected)} decisions are as expected.")
    console.print(f"Page for people: {out / 'index.html'} · reports: {out / 'reports'} · table: {out / 'summary.csv'}")
    return 1 if others else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
