"""What several tests of the pipeline start from."""

from pathlib import Path

import pytest

from tests.pipeline.parts import WHITE, write_dossier


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("ash", "birch", "cedar", "yew"):
        write_dossier(tmp_path / "in" / name, WHITE)
    return tmp_path / "in"
