"""Pages of PDFs that have a text layer, or were saved more than once, and what of them is read."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.agreement import Agreement
from pipeline.ingest import to_source
from pipeline.model import Box, EvidenceSource, Image, ReadSource, Seal, SealShape, TextLine
from pipeline.ocr.base import Reading
from pipeline.read import read_source
from pipeline.settings import Settings
from pipeline.traces import VisibleChange
from tests.pipeline.drawn import A4, appended, only_page, pdf, place, scan, words
from tests.pipeline.test_read import CountingEngine, png, source


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(cache=True, cache_folder=tmp_path / "ocr")


TRUE = ("Registration number 12345678", "Nice class 25")


class SeeingEngine(CountingEngine):
    """Reads given words where `words` draws its own, the second of them perhaps at a second look."""

    def __init__(self, *texts: str, later: str = "", seals: Sequence[Seal] = (), turned: int = 0) -> None:
        super().__init__(turned=turned)
        self._texts = texts
        self._later = later
        self._seals = tuple(seals)

    def read(self, image: Image, *, page: int) -> Reading:
        self.pages.append(False)
        lines = (_seen(text, at, page) for at, text in enumerate(self._texts))
        upright = tuple(line.model_copy(update={"box": line.box.turned(self._turned)}) for line in lines)
        return Reading(lines=upright, turned=self._turned, seals=self._seals)

    def read_part(
        self, image: Image, *, page: int, part: Box, known: Sequence[TextLine], without_red: bool
    ) -> tuple[TextLine, ...]:
        self.parts.append((part, without_red))
        return (_seen(self._later, 1, page),) if self._later else ()


def _seen(text: str, row: int, page: int) -> TextLine:
    top = 0.155 + 0.025 * row
    box = Box(left=0.11, top=top, right=0.12 + 0.01 * len(text), bottom=top + 0.02)
    return TextLine(text=text, box=box, confidence=0.99, page=page)


def test_text_that_is_the_file_s_own_is_no_picture(settings: Settings) -> None:
    engine = SeeingEngine(*TRUE)
    page = read_source(to_source("a.pdf", pdf(words)), engine, settings).pages[0]
    assert page.lines[0].source is EvidenceSource.TEXT_LAYER
    assert page.quality is None
    assert page.text_layer_disagreements == ()


def test_what_is_seen_wins_over_a_layer_that_says_something_else(settings: Settings) -> None:
    engine = SeeingEngine("Registration number 88654321", "Nice class 25")
    first, again = (read_source(to_source(file, pdf(words)), engine, settings) for file in ("a.pdf", "b.pdf"))
    (page,) = first.pages
    assert [line.text for line in page.lines] == ["Registration number 88654321", "Nice class 25"]
    assert {line.source for line in page.lines} == {EvidenceSource.OCR}
    (lie,) = page.text_layer_disagreements or ()
    assert (lie.file, lie.claimed, lie.seen) == (
        "a.pdf",
        "Registration number 12345678",
        "Registration number 88654321",
    )
    assert again.pages[0].text_layer_disagreements == (lie.model_copy(update={"file": "b.pdf"}),)
    assert again.editing == first.editing is not None


def changes_of(read: ReadSource) -> tuple[VisibleChange, ...]:
    assert read.editing is not None
    assert read.editing.last_revision is not None
    return read.editing.last_revision.changes


def test_what_became_visible_lies_where_it_is_on_the_page_as_read_and_each_step_is_a_sign_of_life(
    settings: Settings,
) -> None:
    stamp = PdfReader(BytesIO(pdf(words))).pages[0]
    content = appended(pdf(place(scan())), lambda writer: writer.pages[0].merge_page(stamp))
    signs: list[bool] = []
    upright, sideways = (
        read_source(
            to_source("a.pdf", content), CountingEngine(turned=turned), without, tell=lambda: signs.append(True)
        )
        for turned, without in ((0, settings), (90, settings.model_copy(update={"cache": False})))
    )
    here, there = ([change.box for change in changes_of(read)] for read in (upright, sideways))
    assert there == [box.turned(90).rounded() for box in here]
    assert here
    assert len(signs) > 2 * 4


def coded(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 12)
    canvas.drawString(72, 700, "Zkwjkr Kwksxph Rsph")
    canvas.drawString(72, 680, "Nice class 25")


def test_a_layer_that_cannot_be_compared_is_not_believed_and_told_from_one_that_agrees(settings: Settings) -> None:
    engine = SeeingEngine("Contain Number Line", "Nice class 25")
    paper = to_source("a.pdf", pdf(coded))
    first, again = (read_source(paper, engine, settings).pages[0] for _ in range(2))
    assert [line.text for line in first.lines] == ["Contain Number Line", "Nice class 25"]
    assert first.text_layer_disagreements == ()
    assert not first.text_layer_is_compared
    assert again == first
    assert engine.pages == [False]
    assert read_source(to_source("b.pdf", pdf(words)), SeeingEngine(*TRUE), settings).pages[0].text_layer_is_compared


def test_what_ocr_did_not_find_is_looked_for_again_and_left_out_if_it_is_not_there(settings: Settings) -> None:
    engine = SeeingEngine(TRUE[0])
    page = read_source(to_source("a.pdf", pdf(words)), engine, settings).pages[0]
    ((place, without_red),) = engine.parts
    assert place.left < 72 / 595 < place.right
    assert place.top < 1 - 680 / 842 < place.bottom
    assert not without_red
    assert [line.text for line in page.lines] == [TRUE[0]]
    assert page.text_layer_is_compared


def test_the_place_of_a_second_look_is_as_much_wider_as_it_is_higher(settings: Settings) -> None:
    engine = SeeingEngine(TRUE[0])
    read_source(to_source("a.pdf", pdf(words)), engine, settings)
    ((place, _),) = engine.parts
    (line,) = (line for line in only_page(pdf(words)).text_lines if line.text == TRUE[1])
    aside, above = (line.box.left - place.left) * A4[0], (line.box.top - place.top) * A4[1]
    assert aside == pytest.approx(above, abs=0.5)


def test_a_page_whose_layer_is_not_relied_on_is_measured_as_a_picture_is(settings: Settings) -> None:
    page = read_source(to_source("a.pdf", pdf(words)), SeeingEngine("", TRUE[1]), settings).pages[0]
    assert not page.text_layer_is_compared
    assert {line.source for line in page.lines} == {EvidenceSource.OCR}
    assert page.quality is not None


@pytest.mark.parametrize("turned", [0, 180])
def test_a_page_in_a_script_that_ocr_does_not_know_is_measured_by_what_it_read(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, turned: int
) -> None:
    text = "שם בעל הסימן הרשום"
    kept = _seen(text, 0, 1).model_copy(update={"confidence": 0.3})
    agreement = Agreement((), lines=(kept,), is_compared=False)
    engine = SeeingEngine("l1 ll,", turned=turned)
    monkeypatch.setattr("pipeline.read.compared", lambda page, reading, engine: (reading, agreement))
    page = read_source(to_source("a.pdf", pdf(words)), engine, settings).pages[0]
    assert [line.text for line in page.lines] == [text]
    assert page.quality is not None
    assert page.quality.legible == 1


@pytest.mark.parametrize("turned", [0, 180])
def test_what_a_seal_says_stays_beside_a_layer_that_is_believed(settings: Settings, turned: int) -> None:
    place = Box(left=0.6, top=0.7, right=0.8, bottom=0.85)
    said = _seen("深圳市星河贸易有限公司", 0, 1).model_copy(update={"box": place.turned(turned)})
    engine = SeeingEngine(*TRUE, turned=turned, seals=[Seal(box=said.box, shape=SealShape.ROUND, text=said)])
    page = read_source(to_source("a.pdf", pdf(words)), engine, settings).pages[0]
    assert {line.source for line in page.lines} == {EvidenceSource.TEXT_LAYER}
    ((seal, text),) = [(seal, seal.text) for seal in page.seals]
    assert text is not None
    assert (text.text, text.file) == (said.text, "a.pdf")
    assert seal.box == text.box == place


def test_what_is_found_at_the_second_look_is_the_layer_s_again(settings: Settings) -> None:
    engine = SeeingEngine(TRUE[0], later=TRUE[1])
    page = read_source(to_source("a.pdf", pdf(words)), engine, settings).pages[0]
    assert [line.text for line in page.lines] == list(TRUE)
    assert {line.source for line in page.lines} == {EvidenceSource.TEXT_LAYER}


def test_a_picture_has_no_layer_that_could_lie(settings: Settings) -> None:
    read = read_source(source(png()), CountingEngine(), settings)
    assert read.pages[0].text_layer_disagreements is None
