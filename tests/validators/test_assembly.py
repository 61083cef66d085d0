"""What the parts are put together by, for processes that work in other folders."""

from pathlib import Path

import pytest

from pipeline.settings import Settings
from tests.pipeline.parts import AS_OF
from validators.assembly import BuildOptions


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        pytest.param("rules.yaml", "{here}/rules.yaml", id="a file"),
        pytest.param("/etc/rules.yaml", "/etc/rules.yaml", id="a path that leads there already"),
        pytest.param("tmall", "tmall", id="the name of one that comes along, wherever it is installed"),
    ],
)
def test_paths_are_sent_so_that_they_lead_there(
    given: str, sent: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    there = BuildOptions(Settings(), AS_OF, rulebook=Path(given), watchlist=Path("list.yaml")).from_anywhere()
    assert there.rulebook == Path(sent.format(here=tmp_path))
    assert (there.watchlist, there.waivers) == (tmp_path / "list.yaml", None)
