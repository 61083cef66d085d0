from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from pipeline.errors import EngineUnavailable
from pipeline.ingest import open_dossier, open_files
from pipeline.model import FailureCode, Image
from pipeline.ocr.base import Reading
from pipeline.run import run
from pipeline.settings import Settings
from pipeline.verdict import Decision, Status
from tests.pipeline import parts
from tests.pipeline.parts import RAISES, SECRET, WHITE, build, write_dossier

SETTINGS = Settings(cache=False)


def test_a_file_that_brings_its_reader_down_becomes_a_failure_of_its_own(tmp_path: Path) -> None:
    intake = open_dossier(write_dossier(tmp_path / "d", WHITE, RAISES, WHITE), SETTINGS)
    outcome = run(intake, build())
    assert [document.file for document in outcome.dossier.documents] == ["01.png", "02.png", "03.png"]
    (failure,) = outcome.dossier.documents[1].failures
    assert failure.code is FailureCode.INTERNAL
    assert SECRET not in failure.message.en + failure.message.zh
    assert not outcome.dossier.documents[0].failures


def test_a_document_that_brings_its_extractor_down_becomes_a_failure_of_its_own(tmp_path: Path) -> None:
    intake = open_dossier(write_dossier(tmp_path / "d", WHITE), SETTINGS)
    outcome = run(intake, replace(build(), extract=parts.broken_extract))
    (document,) = outcome.dossier.documents
    assert [failure.code for failure in document.failures] == [FailureCode.INTERNAL]
    assert outcome.verdict.decision is not Decision.APPROVED
    (finding,) = (finding for finding in outcome.verdict.findings if finding.rule == "DOC101")
    assert finding.status is Status.UNDETERMINED


def test_a_file_that_could_not_be_opened_is_a_document_in_its_place(tmp_path: Path) -> None:
    dossier = write_dossier(tmp_path / "d", WHITE, WHITE)
    (dossier / "01b.jpg").write_bytes(b"")
    outcome = run(open_dossier(dossier, SETTINGS), build())
    documents = [(document.id, document.file, document.type) for document in outcome.dossier.documents]
    assert documents == [("d1", "01.png", "other"), ("d2", "01b.jpg", "other"), ("d3", "02.png", "other")]


def test_a_component_that_goes_missing_stops_the_run(tmp_path: Path) -> None:
    class Vanished(parts.ColourEngine):
        def read(self, image: Image, *, page: int) -> Reading:
            raise EngineUnavailable("tesseract is gone")

    intake = open_dossier(write_dossier(tmp_path / "d", WHITE), SETTINGS)
    with pytest.raises(EngineUnavailable):
        run(intake, replace(build(), engine=Vanished()))


def test_without_a_form_nothing_is_decided(tmp_path: Path) -> None:
    page = write_dossier(tmp_path / "d", WHITE) / "01.png"
    outcome = run(open_files([page], SETTINGS), build(), with_form=False)
    assert outcome.dossier.form is None
    assert outcome.verdict.decision is None


def test_every_stage_is_timed(tmp_path: Path) -> None:
    intake = open_dossier(write_dossier(tmp_path / "d", WHITE), SETTINGS)
    ticks = count()
    seconds = run(intake, build(), opened_in=0.5, clock=lambda: float(next(ticks))).seconds
    assert (seconds.ingest, seconds.read, seconds.extract, seconds.validate) == (0.5, 1, 1, 1)
