"""Lying and honest PDFs, read by the real engine: one of each trick, and a few honest ones; more by `bench.spoofs`."""

from random import Random

import pytest

from bench.forgeries import FORGERIES
from bench.honest import honest
from bench.lies import Lie
from bench.pages import base, opened
from bench.spoofs import SURE, Case, examined, is_believed, table
from bench.tricks import TRICKS, lying
from bench.typeset import SetLine, honestly, spread, typeset
from pipeline.model import WHOLE_PAGE, EvidenceSource, TextLine
from pipeline.ocr.ppocr import PpOcr
from samples.generate import fonts

drawn = pytest.mark.skipif(bool(fonts.missing()), reason=f"the pages cannot be drawn without {fonts.PACKAGES}")
OFF_THE_PAGE = {"off the page", "cropped"}
FEW = {
    "born-digital": 4,
    "born-digital, words alone": 3,
    "scanned and read": 6,
    "scanned": 1,
    "read in the wrong language": 1,
}


@drawn
@pytest.mark.engine
@pytest.mark.parametrize("trick", TRICKS)
def test_a_trick_is_found(ppocr: PpOcr, trick: str) -> None:
    case = examined(trick, lying, "ci/1", ppocr)
    assert case.is_seen_through
    assert case.found or trick in FORGERIES
    if trick in OFF_THE_PAGE:
        assert {lie.seen for lie in case.found} == {""}


@drawn
@pytest.mark.engine
@pytest.mark.parametrize(("kind", "number"), [(kind, number) for kind, few in FEW.items() for number in range(few)])
def test_an_honest_pdf_is_not_accused(ppocr: PpOcr, kind: str, number: int) -> None:
    assert examined(kind, honest, f"ci/{number}", ppocr).found == ()


@drawn
def test_a_page_set_anew_passes_for_seen_whatever_its_codes_say() -> None:
    page = base(Random("typeset/1"))
    first, *rest = page.lines
    lying_one = SetLine(first, spread(first.text, "厦门市听浪进出口有限公司"))
    layer = opened(typeset(page, [lying_one, *map(honestly, rest)]))
    assert layer.text_is_visible
    texts = [line.text for line in layer.text_lines]
    assert "厦门市听浪进出口有限公司" in "".join(texts).replace(" ", "")
    assert {line.text for line in rest} <= set(texts)


@pytest.mark.parametrize(
    ("shown", "claimed"),
    [("1,000.00", "100,000"), ("星河", "成都七叶茶业商行"), ("Nice class", "Class 35"), ("12", "")],
)
def test_a_claim_is_spread_over_what_has_ink(shown: str, claimed: str) -> None:
    signs = spread(shown, claimed)
    assert "".join(sign for sign, _ in signs) == shown
    assert "".join("".join(said for _, said in signs).split()) == "".join(claimed.split())
    assert all(said.isspace() for sign, said in signs if sign.isspace())


def line(text: str, *, sure: float = 1.0, source: EvidenceSource = EvidenceSource.TEXT_LAYER) -> TextLine:
    return TextLine(text=text, box=WHOLE_PAGE, confidence=sure, source=source)


@pytest.mark.parametrize(
    ("lie", "lines", "is_one"),
    [
        pytest.param(Lie(b"", "35"), [line("35")], True, id="claimed"),
        pytest.param(Lie(b"", "35"), [line("35", sure=0.3)], False, id="claimed, and nobody read it"),
        pytest.param(Lie(b"", "35"), [line("25", source=EvidenceSource.OCR)], False, id="read"),
        pytest.param(Lie(b"", "a1\nb2"), [line("b2")], True, id="one of several"),
        pytest.param(Lie(b"", shown="已注销"), [line("成立")], True, id="left out"),
        pytest.param(Lie(b"", shown="已注销"), [line("（已注销）", source=EvidenceSource.OCR)], False, id="added"),
        pytest.param(Lie(b"", "35", must_be_told=True), [], True, id="nothing but being told counts"),
        pytest.param(Lie(b""), [], True, id="no claim is known"),
    ],
)
def test_a_lie_is_believed_where_rules_could_rely_on_it(lie: Lie, lines: list[TextLine], is_one: bool) -> None:
    assert is_believed(lie, lines) is is_one


def test_the_table_counts_by_kind_what_was_told_believed_and_not_compared() -> None:
    cases = [Case("white", (), 0.1), Case("white", (), 0.2, is_believed=False, is_compared=False)]
    assert "| white | 2 | 0 | 0 | 1 | 1 |" in table(cases)
    assert cases[0].best == 0 < SURE
    assert [case.is_seen_through for case in cases] == [False, True]
