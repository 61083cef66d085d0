"""What tests of faults share: samples that were read once."""

from pathlib import Path

import pytest

from pipeline.ocr.ppocr import PpOcr
from tests.hostile.approved import ALL, record
from tests.hostile.small import IN_LOOPS


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory, ppocr: PpOcr, whole: bool) -> Path:
    """A folder with the recordings of each sample in a folder of its own: of those in loops, or of all."""
    folder = tmp_path_factory.mktemp("samples")
    for name in ALL if whole else IN_LOOPS:
        record(name, ppocr, folder)
    return folder
