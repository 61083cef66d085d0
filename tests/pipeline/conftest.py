"""What several tests of the pipeline start from."""

import os
import signal
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests import postgres, s3
from tests.commands import family
from tests.pipeline.parts import WHITE, write_dossier


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("ash", "birch", "cedar", "yew"):
        write_dossier(tmp_path / "in" / name, WHITE)
    return tmp_path / "in"


@pytest.fixture(scope="module")
def s3_server() -> Iterator[None]:
    with s3.server():
        yield


@pytest.fixture
def bucket(s3_server: None) -> str:
    """URL of an empty bucket."""
    name = f"b{uuid.uuid4().hex}"
    s3.bucket(name)
    return f"s3://{name}"


@pytest.fixture
def server() -> Iterator[tuple[Path, str]]:
    """A server of the test's own, by the folder that it runs below, and the URL of a database on it."""
    if why := postgres.missing():
        pytest.skip(why)
    with tempfile.TemporaryDirectory(prefix="dossier-pg-", dir="/tmp") as name:
        folder = Path(name)
        with postgres.server(folder) as url:
            yield folder, url


@pytest.fixture
def stopped(server: tuple[Path, str]) -> Iterator[Callable[[], None]]:
    """Stops the server so that it says nothing any more, though its system still takes connections for it."""
    number = int((server[0] / "data" / "postmaster.pid").read_text(encoding="ascii").split()[0])
    still: list[int] = []

    def stop() -> None:
        still.extend([number, *family(number)])
        for each in still:
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGSTOP)

    yield stop
    for each in still:
        with suppress(ProcessLookupError):  # a server's own helpers come and go
            os.kill(each, signal.SIGCONT)
