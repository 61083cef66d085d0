"""The list of engines, recorded lines, and Tesseract."""

import shutil
from pathlib import Path

import pytest

from pipeline.errors import EngineUnavailable
from pipeline.ocr import ENGINES, make_engine
from pipeline.ocr.ppocr import PpOcr
from pipeline.ocr.replay import Recorder, Replay
from pipeline.settings import Settings
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
