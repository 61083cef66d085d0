"""A database that is damaged beside its reports costs nothing: it is set aside and filled from them."""

import pytest

from tests.hostile.small import SmallBatch, prepare
from tests.hostile.survival import DAMAGES, damaged

IN_CI = ("truncated", "flipped")


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> SmallBatch:
    made = prepare(tmp_path_factory.mktemp("survival"))
    assert made.run(made.home / "quiet").returncode == 0
    return made


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_database_is_filled_from_the_reports(batch: SmallBatch, damage: str, whole: bool) -> None:
    if damage not in IN_CI and not whole:
        pytest.skip("with --faults")
    assert list(damaged(batch, batch.home / "quiet", damage)) == []
