"""How big the pages for people are and how fast in Debian's Chromium: `python -m bench.report_pages`.

A dossier of ten sample pages is verified and its page opened; a batch's page of 10,000 rows is filtered and sorted.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from pipeline.report.index import to_html_index
from pipeline.report.row import Row
from pipeline.verdict import Decision
from samples.demo import EXPECTED

DOSSIERS = EXPECTED.parent / "dossiers"
PAGES, ROWS, TIMES = 10, 10_000, 5
_OPEN = "performance.getEntriesByType('navigation')[0].loadEventEnd"
# A frame later what was asked for has been laid out and drawn.
_SIFT = """async (text) => {
  const search = document.getElementById('search');
  const begun = performance.now();
  search.value = text;
  search.dispatchEvent(new Event('input'));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - begun;
}"""
_SORT = """async (column) => {
  const begun = performance.now();
  document.querySelectorAll('.batch thead button')[column].click();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - begun;
}"""


def write_dossier(folder: Path) -> None:
    """Fill `folder` with a form and ten one-page papers of different samples."""
    (folder / "dossier").mkdir()
    shutil.copy(DOSSIERS / "starriver" / "application.yaml", folder / "dossier")
    papers = (path for path in sorted(DOSSIERS.glob("*/*")) if path.suffix in (".jpg", ".png"))
    for number, paper in zip(range(PAGES), papers, strict=False):
        shutil.copy(paper, folder / "dossier" / f"{number:02}{paper.suffix}")


def rows() -> list[Row]:
    """Return invented rows of all decisions."""
    decisions = list(Decision)
    return [
        Row(
            dossier_id=f"dossier-{number * 7919 % ROWS:05}",
            decision=decisions[number % len(decisions)],
            company_name=f"深圳市星河{number:05}有限公司",
            category=("apparel", "toys", "phones")[number % 3],
            failed_rules=("LIC206", "APP101", "TMK301")[: number % 4],
            undetermined=number % 7,
            confidence=(number % 100) / 100,
            file=f"reports/{number}.json",
            page=f"reports/{number}.html",
        )
        for number in range(ROWS)
    ]


def opened(page: Page, path: Path) -> float:
    """Return the milliseconds until everything on a page is loaded, the median of several times."""
    times: list[float] = []
    for _ in range(TIMES):
        page.goto(path.as_uri())
        times.append(page.evaluate(_OPEN))
    return median(times)


def measure(page: Page, folder: Path) -> None:
    """Print the figures."""
    report, index = folder / "page.html", folder / "index.html"
    print(
        f"report of {PAGES} pages: {report.stat().st_size / 1e6:.2f} MB (< 3), opens in {opened(page, report):.0f} ms"
    )
    print(f"batch of {ROWS} rows: {index.stat().st_size / 1e6:.2f} MB, opens in {opened(page, index):.0f} ms")
    sifted = [page.evaluate(_SIFT, text) for text in ("星河0", "lic206", "dossier-09999", "nothing", "")]
    print(f"filter: at most {max(sifted):.0f} ms (≤ 100)")
    ordered = [page.evaluate(_SORT, column) for column in range(8) for _ in range(2)]
    print(f"sort: at most {max(ordered):.0f} ms (≤ 100)")


def main() -> None:
    """Make both pages and measure them."""
    with TemporaryDirectory() as scratch, sync_playwright() as running:
        folder = Path(scratch)
        write_dossier(folder)
        command = [
            sys.executable,
            "-c",
            "import cli; cli.main()",
            "verify",
            str(folder / "dossier"),
            "--html",
            str(folder / "page.html"),
        ]
        subprocess.run([*command, "--as-of", "2026-11-24", "-o", str(folder / "report.json")], check=False)
        (folder / "index.html").write_text(to_html_index(rows(), lang="en"), encoding="utf-8")
        browser = running.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        measure(browser.new_page(), folder)
        browser.close()


if __name__ == "__main__":
    main()
