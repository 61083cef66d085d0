"""The batch's summary for spreadsheets."""

import csv
from collections.abc import Iterable
from io import StringIO

import pytest

from pipeline.report.csv import COLUMNS, to_csv
from pipeline.report.json import to_report
from pipeline.report.row import Row, error_row, row_of
from tests.pipeline.report import build, papers


def read(lines: Iterable[str]) -> list[dict[str, str]]:
    text = "".join(lines)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text[1:], newline="")))


def test_a_report_becomes_one_line() -> None:
    (line,) = read(to_csv([row_of(to_report(build.outcome()), file="reports/starriver.json")]))
    assert line == {
        "dossier_id": "starriver",
        "decision": "rejected",
        "blockers_failed": "1",
        "majors_failed": "2",
        "minors_failed": "1",
        "undetermined": "1",
        "failed_rules": "LIC206 DOC101 LIC213 XDC805",
        "waived_rules": "",
        "category": "apparel",
        "store_type": "official",
        "company_name": papers.COMPANY,
        "deposit": "10000",
        "currency": "CNY",
        "file": "reports/starriver.json",
        "error": "",
    }


def test_without_a_form_the_company_is_the_documents() -> None:
    assert row_of(to_report(build.inspected()), file="reports/01.json").company_name == papers.COMPANY


def test_an_error_is_a_line_of_its_own() -> None:
    (line,) = read(to_csv([error_row("a__b", "timeout: stopped after 600 s")]))
    assert {name: value for name, value in line.items() if value} == {
        "dossier_id": "a__b",
        "error": "timeout: stopped after 600 s",
    }


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start: str) -> None:
    attack = f'{start}HYPERLINK("https://evil.example";"x")'
    row = Row(dossier_id=attack, category=attack, store_type=attack, company_name=attack, file=attack)
    (line,) = read(to_csv([row]))
    for name in ("dossier_id", "category", "store_type", "company_name", "file"):
        assert line[name] == f"'{attack}"
    (line,) = read(to_csv([error_row("a", attack)]))
    assert line["error"] == f"'{attack}"


def test_separators_are_quoted() -> None:
    names = ['逗号,引号"换行\n', "普通"]
    rows = [Row(dossier_id=id_, company_name=name) for id_, name in zip("ab", names, strict=True)]
    assert [line["company_name"] for line in read(to_csv(rows))] == names


def test_a_batch_of_nothing_has_its_header() -> None:
    assert "".join(to_csv([])) == "\ufeff" + ",".join(COLUMNS) + "\r\n"
