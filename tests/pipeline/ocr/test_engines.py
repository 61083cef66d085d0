"""The list of engines, recorded lines, and Tesseract."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import EngineUnavailable
from pipeline.model import Box
from pipeline.ocr import ENGINES, make_engine, make_second_engine, second_engine
from pipeline.ocr.ppocr import PpOcr
from pipeline.ocr.replay import Recorder, Replay
from pipeline.ocr.tesseract import Tesseract
from pipeline.settings import Settings
from tests.commands import alive, command_line, family, wait_until
from tests.drawn import DRAWN, draw


def test_an_unknown_engine_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(EngineUnavailable, match=", ".join(ENGINES)):
        make_engine("paper", Settings())


def test_every_engine_has_its_module() -> None:
    folder = Path(__file__).parents[3] / "pipeline" / "ocr"
    assert all((folder / f"{name}.py").is_file() for name in ENGINES)


def test_replay_without_a_folder_says_what_is_missing() -> None:
    with pytest.raises(EngineUnavailable, match="DOSSIER_REPLAY_FOLDER"):
        make_engine("replay", Settings(replay_folder=None))


@pytest.mark.engine
def test_what_was_recorded_is_replayed(ppocr: PpOcr, tmp_path: Path) -> None:
    recorded = Recorder(ppocr, tmp_path).read(draw(), page=1)
    replayed = Replay(tmp_path).read(draw(), page=2)
    assert [line.text for line in replayed.lines] == [line.text for line in recorded.lines]
    assert {line.page for line in replayed.lines} == {2}


def test_a_page_that_was_never_recorded_is_an_error_that_says_how_to(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match="DOSSIER_RECORD_FOLDER"):
        Replay(tmp_path).read(draw(), page=1)


@pytest.mark.engine
def test_a_damaged_recording_is_an_error(ppocr: PpOcr, tmp_path: Path) -> None:
    Recorder(ppocr, tmp_path).read(draw(), page=1)
    next(tmp_path.iterdir()).write_text("{}", encoding="utf-8")
    with pytest.raises(EngineUnavailable, match="damaged"):
        Replay(tmp_path).read(draw(), page=1)


@pytest.mark.engine
def test_recording_is_switched_on_by_a_setting(tmp_path: Path) -> None:
    engine = make_engine("ppocr", Settings(record_folder=tmp_path / "recorded"), threads=1)
    engine.read(draw(), page=1)
    assert len(list((tmp_path / "recorded").iterdir())) == 1


def test_tesseract_that_is_not_installed_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", "/nowhere/tesseract")
    with pytest.raises(EngineUnavailable, match="apt install"):
        make_engine("tesseract", Settings())


@pytest.mark.engine
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is an optional system package; CI installs it")
def test_tesseract_reads_drawn_lines() -> None:
    reading = make_engine("tesseract", Settings(), threads=1).read(draw(), page=1)
    lines = sorted(reading.lines, key=lambda line: line.box.top)
    assert [line.text for line in lines][:2] == list(DRAWN[:2])
    assert all(len(line.characters) == len(line.text) for line in lines)


SLOW = """#!/bin/sh
case $1 in
    --version) echo tesseract 5.3.0 ;;
    --list-langs) printf 'chi_sim\\neng\\n' ;;
    *) exec sleep 600 ;;
esac
"""
READER = """
from pipeline.ocr.tesseract import Tesseract
from tests.commands import alive, command_line, family, wait_until
from tests.drawn import draw

Tesseract().read_closer(draw(), page=1, known=())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems end nobody with its parent")
def test_tesseract_dies_with_the_worker_that_waits_for_it(tmp_path: Path) -> None:
    program = tmp_path / "tesseract"
    program.write_text(SLOW, encoding="ascii")
    program.chmod(0o700)
    there = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(Path(__file__).parents[3])}
    reads: list[int] = []
    with subprocess.Popen([sys.executable, "-c", READER], env=there) as worker:
        try:
            wait_until(lambda: b"sleep" in b"".join(map(command_line, family(worker.pid))))
            reads = family(worker.pid)
        finally:
            worker.kill()
    wait_until(lambda: not alive(reads), seconds=1)


PART = Box(left=0, top=0.1, right=1, bottom=0.45)


@pytest.mark.engine
def test_a_part_of_a_page_is_read_again_enlarged_on_boxes_of_the_page(ppocr: PpOcr) -> None:
    lines = ppocr.read_part(draw(), page=3, part=PART, known=(), without_red=False)
    whole = {line.text: line.box for line in ppocr.read(draw(), page=3).lines}
    assert [line.text for line in sorted(lines, key=lambda line: line.box.top)] == list(DRAWN[:2])
    for line in lines:
        assert line.page == 3
        assert line.box.top == pytest.approx(whole[line.text].top, abs=0.03)


@pytest.mark.engine
def test_what_is_known_for_sure_is_not_read_again(ppocr: PpOcr) -> None:
    known = ppocr.read(draw(), page=1).lines
    assert ppocr.read_part(draw(), page=1, part=PART, known=known, without_red=False) == ()


@pytest.mark.engine
def test_without_red_a_part_is_read_only_if_there_is_red_in_it(ppocr: PpOcr) -> None:
    assert ppocr.read_part(draw(), page=1, part=PART, known=(), without_red=True) == ()
    marked = draw().copy()
    marked[150:160, 60:800] = (220, 40, 40)
    lines = ppocr.read_part(marked, page=1, part=PART, known=(), without_red=True)
    assert DRAWN[0] in {line.text for line in lines}


@pytest.mark.engine
def test_a_look_at_a_part_is_recorded_and_replayed(ppocr: PpOcr, tmp_path: Path) -> None:
    recorded = Recorder(ppocr, tmp_path).read_part(draw(), page=1, part=PART, known=(), without_red=False)
    replay = Replay(tmp_path)
    replayed = replay.read_part(draw(), page=1, part=PART, known=(), without_red=False)
    assert [line.text for line in replayed] == [line.text for line in recorded] != []
    assert replay.read_part(draw(), page=1, part=PART, known=(), without_red=True) == ()


def test_a_word_of_tesseracts_that_nobody_can_see_parts_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    table: dict[str, list[object]] = {"text": ["A", "\u200e", "B"], "conf": [90] * 3, "left": [0, 10, 20]}
    same = {"top": 0, "width": 5, "height": 5, "block_num": 1, "par_num": 1, "line_num": 1}
    table |= {name: [value] * 3 for name, value in same.items()}
    monkeypatch.setattr("pytesseract.image_to_data", lambda *_, **__: table)
    (line,) = Tesseract.__new__(Tesseract).read_closer(draw(), page=1, known=())
    assert (line.text, len(line.characters)) == ("A B", 3)


@pytest.mark.engine
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_tesseract_reads_a_part_too() -> None:
    tesseract = make_engine("tesseract", Settings(), threads=1)
    lines = tesseract.read_part(draw(), page=1, part=PART, known=(), without_red=False)
    assert any("12345678" in line.text for line in lines)
    assert all(PART.top <= line.box.center[1] <= PART.bottom for line in lines)


def test_no_second_engine_is_made_where_none_is_wanted() -> None:
    assert make_second_engine(Settings(second_engine="none")) is None
    assert make_second_engine(Settings(engine="tesseract")) is None


def test_a_second_engine_that_is_not_installed_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", "/nowhere/tesseract")
    assert make_second_engine(Settings()) is None
    monkeypatch.setattr("pipeline.ocr.which", lambda _: None)
    assert second_engine(Settings()) == ""
