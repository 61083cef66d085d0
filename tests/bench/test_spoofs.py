"""Lying and honest PDFs, read by the real engine: one of each trick, and a few honest ones; more by `bench.spoofs`."""

import pytest

from bench.honest import honest
from bench.spoofs import SURE, Case, examined, table
from bench.tricks import TRICKS, lying
from pipeline.ocr.ppocr import PpOcr
from samples.generate import fonts

drawn = pytest.mark.skipif(bool(fonts.missing()), reason=f"the pages cannot be drawn without {fonts.PACKAGES}")
OFF_THE_PAGE = {"off the page", "cropped"}
FEW = {"born-digital": 4, "scanned and read": 6, "scanned": 1, "read in the wrong language": 1}


@drawn
@pytest.mark.engine
@pytest.mark.parametrize("trick", TRICKS)
def test_a_trick_is_found(ppocr: PpOcr, trick: str) -> None:
    case = examined(trick, lying, "ci/1", ppocr)
    assert case.found
    if trick in OFF_THE_PAGE:
        assert {lie.seen for lie in case.found} == {""}


@drawn
@pytest.mark.engine
@pytest.mark.parametrize(("kind", "number"), [(kind, number) for kind, few in FEW.items() for number in range(few)])
def test_an_honest_pdf_is_not_accused(ppocr: PpOcr, kind: str, number: int) -> None:
    assert examined(kind, honest, f"ci/{number}", ppocr).found == ()


def test_the_table_counts_by_kind_what_was_told_at_all_and_surely() -> None:
    cases = [Case("white", (), 0.1), Case("white", (), 0.2)]
    assert "| white | 2 | 0 | 0 |" in table(cases)
    assert cases[0].best == 0 < SURE
