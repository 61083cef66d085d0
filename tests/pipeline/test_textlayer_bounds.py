"""How much of a page's text layer is compared with it: honest pages whole, hostile ones in good time."""

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.pipeline.drawn import only_page, pdf, words


@pytest.mark.parametrize("bound", ["_MAX_IN_ROW", "_MAX_ROWS", "_MAX_ACROSS"])
def test_a_row_past_what_can_be_compared_is_left_out_and_the_layer_not_whole(
    monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    most = {"_MAX_IN_ROW": 20, "_MAX_ROWS": 1, "_MAX_ACROSS": 0.7}[bound]
    monkeypatch.setattr(f"pipeline.textlayer.{bound}", most)
    page = only_page(pdf(words))
    assert [line.text for line in page.text_lines] == (
        ["Nice class 25"] if bound == "_MAX_IN_ROW" else ["Registration number 12345678"]
    )
    assert not page.text_is_whole
    assert not page.text_is_visible


def test_letters_heaped_as_high_as_the_page_claim_nothing() -> None:
    def heap(canvas: Canvas) -> None:
        for at in range(40):
            text = canvas.beginText(20, 100)
            text.setFont("Helvetica", 900)
            text.setHorizScale(0.5)
            text.textOut(f"{at:03}-1-1-1-1-" * 4)
            canvas.drawText(text)

    page = only_page(pdf(heap))
    assert not page.text_lines
    assert not page.text_is_whole


def test_a_page_full_of_small_print_is_compared_as_a_whole() -> None:
    def small_print(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 5)
        for row in range(140):
            canvas.drawString(20, 820 - 5.8 * row, f"{row:03} of the terms of sale " * 9)

    page = only_page(pdf(small_print))
    assert len(page.text_lines) == 140
    assert page.text_is_whole
