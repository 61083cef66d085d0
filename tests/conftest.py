"""What tests of several parts share: one engine for all, a cache of their own, and the switch for golden reports."""

import os
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.ocr.ppocr import PpOcr
from tests import postgres


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
def postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL server: `DOSSIER_TEST_DATABASE`, or one that is started for the tests."""
    if given := os.environ.get("DOSSIER_TEST_DATABASE"):
        yield given
        return
    if why := postgres.missing():
        pytest.skip(why)
    # A socket's path has room for a hundred letters.
    with tempfile.TemporaryDirectory(prefix="dossier-pg-", dir="/tmp") as folder, postgres.server(Path(folder)) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """What `--database` says: nothing, or an empty database on a server."""
    if request.param == "sqlite":
        yield None
        return
    from sqlalchemy import create_engine, make_url, text

    url = make_url(request.getfixturevalue("postgresql"))
    name = f"test_{uuid.uuid4().hex}"
    admin = create_engine(url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield url.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(scope="session")
def ppocr() -> PpOcr:
    """The real engine, on all cores."""
    return PpOcr(precision="f32")
