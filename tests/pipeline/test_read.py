"""Reading sources, and keeping what was read."""

import hashlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from pipeline.ingest import to_source
from pipeline.model import Box, FailureCode, Image, Source, TextLine, Way
from pipeline.ocr.base import Reading
from pipeline.ocr.ppocr import PpOcr
from pipeline.pixels import pixels_of
from pipeline.read import look_at_parts, look_closer, read_source
from pipeline.settings import Settings
from tests.drawn import DRAWN, draw
from tests.pipeline.drawn import pdf, place, scan, words


class CountingEngine:
    """Reads the same line on every page, a longer one when looking closer, and counts its pages."""

    name = "counting"
    models: Mapping[str, str] = {}
    fingerprint = "counting/1"

    def __init__(self, *, turned: int = 0) -> None:
        self.pages: list[bool] = []
        self.parts: list[tuple[Box, bool]] = []
        self._turned = turned

    def read(self, image: Image, *, page: int) -> Reading:
        self.pages.append(False)
        return Reading(lines=(self._line("STAR", page),), turned=self._turned)

    def read_closer(self, image: Image, *, page: int, known: Sequence[TextLine]) -> tuple[TextLine, ...]:
        self.pages.append(True)
        self.shape = image.shape
        return (self._line("STAR RIVER", page),)

    def read_part(
        self, image: Image, *, page: int, part: Box, known: Sequence[TextLine], without_red: bool
    ) -> tuple[TextLine, ...]:
        self.parts.append((part, without_red))
        return (self._line("STAR RIVER", page),)

    def _line(self, text: str, page: int) -> TextLine:
        return TextLine(text=text, box=Box(left=0.1, top=0.1, right=0.4, bottom=0.2), confidence=0.9, page=page)


def png(*, width: int = 300, height: int = 200, shade: int = 255) -> bytes:
    written = BytesIO()
    Pillow.new("RGB", (width, height), (shade, shade, shade)).save(written, "PNG")
    return written.getvalue()


def source(content: bytes, *, file: str = "licence.png") -> Source:
    return Source(file=file, sha256=hashlib.sha256(content).hexdigest(), content=content, media_type="image/png")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(cache=True, cache_folder=tmp_path / "ocr")


def test_lines_and_pages_name_their_file(settings: Settings) -> None:
    read = read_source(source(png(), file="scans/01.png"), CountingEngine(), settings)
    assert {line.file for page in read.pages for line in page.lines} == {"scans/01.png"}
    assert read.pages[0].record.file == "scans/01.png"
    assert read.pages_total == 1


def test_a_page_on_its_side_is_recorded_as_shown_upright(settings: Settings) -> None:
    read = read_source(source(png(width=300, height=200)), CountingEngine(turned=90), settings)
    record = read.pages[0].record
    assert (record.width, record.height, record.turned) == (200, 300, 90)


def test_the_same_bytes_are_read_once_even_under_another_name(settings: Settings) -> None:
    engine = CountingEngine()
    first = read_source(source(png(), file="a.png"), engine, settings)
    second = read_source(source(png(), file="b.png"), engine, settings)
    assert engine.pages == [False]
    assert second.pages[0].lines[0].file == "b.png"
    assert second.pages[0].lines[0].text == first.pages[0].lines[0].text


def test_a_picture_is_measured_and_the_measure_is_kept(settings: Settings) -> None:
    first = read_source(source(png(shade=90)), CountingEngine(), settings)
    again = read_source(source(png(shade=90)), CountingEngine(), settings)
    (quality,) = (page.quality for page in first.pages)
    assert quality is not None
    assert quality.brightness == 90
    assert again.pages == first.pages


class BlindEngine(CountingEngine):
    """Reads nothing."""

    def read(self, image: Image, *, page: int) -> Reading:
        return Reading(lines=())


def test_a_page_is_told_by_its_pixels_unless_nothing_is_read_on_it(settings: Settings) -> None:
    engine = CountingEngine(turned=90)
    drawn = BytesIO()
    Pillow.fromarray(draw()).save(drawn, "PNG")
    on_its_side = BytesIO()
    Pillow.fromarray(draw()).transpose(Pillow.Transpose.ROTATE_90).save(on_its_side, "PNG")
    (page,) = read_source(source(on_its_side.getvalue()), engine, settings).pages
    assert page.record.pixels == pixels_of(draw()), "as it is shown upright"
    assert page.record.rendered is None
    (kept,) = read_source(source(on_its_side.getvalue()), engine, settings).pages
    assert kept.record == page.record
    assert read_source(source(drawn.getvalue()), BlindEngine(), settings).pages[0].record.pixels is None
    assert read_source(source(png()), CountingEngine(), settings).pages[0].record.pixels is None, "one colour"


def test_a_page_drawn_from_text_says_so_and_a_scan_in_a_pdf_does_not(settings: Settings) -> None:
    text, scanned = (to_source("a.pdf", pdf(page)) for page in (words, place(scan())))
    (drawn,), (seen,) = (read_source(each, CountingEngine(), settings).pages for each in (text, scanned))
    assert (drawn.record.rendered, seen.record.rendered) == (True, None)
    assert drawn.record.pixels != seen.record.pixels


def test_other_bytes_another_engine_or_other_limits_are_read_anew(settings: Settings) -> None:
    engine = CountingEngine()
    read_source(source(png()), engine, settings)
    read_source(source(png(shade=250)), engine, settings)
    read_source(source(png()), engine, settings.model_copy(update={"max_pixels": 1_000_000}))
    other = CountingEngine()
    other.fingerprint = "counting/2"
    read_source(source(png()), other, settings)
    assert (len(engine.pages), len(other.pages)) == (3, 1)


def test_nothing_is_kept_when_the_cache_is_off(settings: Settings) -> None:
    engine = CountingEngine()
    without = settings.model_copy(update={"cache": False})
    read_source(source(png()), engine, without)
    read_source(source(png()), engine, without)
    assert len(engine.pages) == 2
    assert not settings.cache_folder.exists()


def test_what_is_kept_is_for_the_owner_alone(settings: Settings) -> None:
    read_source(source(png()), CountingEngine(), settings)
    (kept,) = settings.cache_folder.rglob("*.gz")
    assert kept.stat().st_mode & 0o077 == 0
    assert kept.parent.stat().st_mode & 0o077 == 0


def test_a_cache_that_cannot_be_written_is_no_obstacle(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    blocked = settings.model_copy(update={"cache_folder": tmp_path / "file" / "ocr"})
    assert read_source(source(png()), CountingEngine(), blocked).pages


def test_a_file_that_fails_is_not_kept(settings: Settings) -> None:
    broken = read_source(source(png()[:60]), CountingEngine(), settings)
    assert [failure.code for failure in broken.failures] == [FailureCode.CORRUPT]
    assert broken.pages == ()
    assert not list(settings.cache_folder.rglob("*.gz"))


def test_a_closer_look_adds_to_the_first_on_the_upright_page(settings: Settings) -> None:
    engine = CountingEngine(turned=90)
    first = read_source(source(png(width=300, height=200)), engine, settings)
    read = look_closer(first, frozenset({1}), engine, settings)
    assert engine.pages == [False, True]
    assert engine.shape == (300, 200, 3)
    assert [(line.text, line.file) for line in read.pages[0].lines] == [("STAR RIVER", "licence.png")]


def test_a_closer_look_is_kept_too_beside_the_first(settings: Settings) -> None:
    engine = CountingEngine()
    first = read_source(source(png()), engine, settings, pictures=True)
    closer = look_closer(first, frozenset({1}), engine, settings)
    assert look_closer(first, frozenset({1}), engine, settings) == closer
    assert closer.pages[0].picture
    assert read_source(source(png()), engine, settings).pages[0].lines[0].text == "STAR"
    assert engine.pages == [False, True]


def test_a_look_at_a_place_adds_to_the_first_and_is_kept(settings: Settings) -> None:
    engine = CountingEngine(turned=90)
    first = read_source(source(png(width=300, height=200)), engine, settings)
    part = Box(left=0.1, top=0.1, right=0.5, bottom=0.3)
    for _ in range(2):
        read = look_at_parts(first, {1: (part,)}, engine, settings, way=Way.LARGER)
        assert [(line.text, line.file) for line in read.pages[0].lines] == [("STAR RIVER", "licence.png")]
    assert engine.parts == [(part, False)]
    look_at_parts(first, {1: (part,)}, engine, settings, way=Way.WITHOUT_RED)
    assert engine.parts == [(part, False), (part, True)]


def test_what_a_second_engine_reads_takes_the_place_of_what_stood_there(settings: Settings) -> None:
    engine = CountingEngine()
    first = read_source(source(png()), engine, settings)
    elsewhere = {1: (Box(left=0.6, top=0.6, right=0.9, bottom=0.9),)}
    there = {1: (Box(left=0, top=0, right=0.5, bottom=0.5),)}
    texts = [
        [line.text for line in look_at_parts(first, parts, engine, settings, way=Way.SECOND_ENGINE).pages[0].lines]
        for parts in (elsewhere, there)
    ]
    assert texts == [["STAR", "STAR RIVER"], ["STAR RIVER"]]


def test_only_the_pages_in_doubt_are_looked_at_again(settings: Settings) -> None:
    engine = CountingEngine()
    first = read_source(source(png()), engine, settings)
    assert look_closer(first, frozenset({7}), engine, settings).pages == first.pages
    assert engine.pages == [False]


def test_pictures_are_made_only_when_asked_for_and_from_the_cache_too(settings: Settings) -> None:
    plain = read_source(source(png(width=300, height=200)), CountingEngine(turned=90), settings)
    assert plain.pages[0].picture == b""
    kept = read_source(source(png(width=300, height=200)), CountingEngine(turned=90), settings, pictures=True)
    assert Pillow.open(BytesIO(kept.pages[0].picture)).size == (200, 300)


@pytest.mark.engine
def test_a_drawn_page_comes_out_of_the_cache_as_it_was_read(settings: Settings, ppocr: PpOcr) -> None:
    written = BytesIO()
    Pillow.fromarray(np.asarray(draw())).save(written, "PNG")
    first = read_source(source(written.getvalue()), ppocr, settings)
    second = read_source(source(written.getvalue()), ppocr, settings)
    assert {line.text for line in first.pages[0].lines} == set(DRAWN)
    assert second == first
