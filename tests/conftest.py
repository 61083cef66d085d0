"""What tests of several parts share: one engine for all, a cache of their own, and the switch for golden reports."""

from collections.abc import Iterator

import pytest

from pipeline.ocr.ppocr import PpOcr


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch that rewrites golden reports."""
    parser.addoption("--update-samples", action="store_true", help="rewrite the samples' golden reports, then fail")
    parser.addoption("--faults", action="store_true", help="run every fault and every hostile file, not only a part")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep tests, and the commands that they start, away from the user's cache."""
    with pytest.MonkeyPatch.context() as patch:
        # Golden reports are the same on every processor.
        patch.setenv("DOSSIER_PRECISION", "f32")
        patch.setenv("DOSSIER_CACHE_FOLDER", str(tmp_path_factory.mktemp("ocr")))
        yield


@pytest.fixture(scope="session")
def whole(pytestconfig: pytest.Config) -> bool:
    """Whether everything is to be tried (`make test-faults`), or the part of it that CI has time for."""
    return bool(pytestconfig.getoption("--faults"))


@pytest.fixture(scope="session")
def ppocr() -> PpOcr:
    """The real engine, on all cores."""
    return PpOcr(precision="f32")
