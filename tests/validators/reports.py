"""Makes reports of hand-built dossiers, without reading a page."""

from functools import cache
from pathlib import Path

from pipeline.report.json import Report, to_json, to_report
from pipeline.verdict import Dossier, Outcome
from tests.validators import build
from validators import judge
from validators.rulebook import Rulebook


def report_of(dossier: Dossier, rulebook: Rulebook | None = None, *, dossier_id: str = "built") -> Report:
    """Return the report of a dossier, judged by AliExpress's rulebook unless another is given."""
    named = Dossier(dossier_id, dossier.as_of, dossier.form, dossier.documents)
    verdict = judge(named, rulebook or build.rulebook(dossier.as_of))
    return to_report(Outcome(dossier=named, verdict=verdict, engine="by hand"))


@cache
def text_of_a_report() -> str:
    """Return the JSON of a report."""
    return to_json(report_of(build.dossier()))


def results(folder: Path, *reports: Report) -> Path:
    """Write a batch's output folder with these reports."""
    (folder / "reports").mkdir(parents=True, exist_ok=True)
    for report in reports:
        (folder / "reports" / f"{report.dossier_id}.json").write_text(to_json(report), encoding="utf-8")
    return folder
