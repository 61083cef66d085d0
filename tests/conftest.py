"""What tests of several parts share: one engine for all, and a cache of their own."""

import pytest

from pipeline.ocr.ppocr import PpOcr


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep tests, and the commands that they start, away from the user's cache."""
    patch = pytest.MonkeyPatch()
    patch.setenv("DOSSIER_CACHE_FOLDER", str(tmp_path_factory.mktemp("ocr")))


@pytest.fixture(scope="session")
def ppocr() -> PpOcr:
    """The real engine, on all cores."""
    return PpOcr()
