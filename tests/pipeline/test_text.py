"""Which known name somebody may have meant."""

import pytest

from pipeline.text import meant_by


@pytest.mark.parametrize(
    ("name", "least", "meant"),
    [
        pytest.param("curency", 0.6, "currency", id="a letter less"),
        pytest.param("CURRENCY", 0.99, "currency", id="case aside"),
        pytest.param("Dossier_Jobs", 0.9, "DOSSIER_JOBS", id="known in capitals"),
        pytest.param("curency", 0.99, None, id="not near enough"),
        pytest.param("colour", 0.6, None, id="nothing near"),
    ],
)
def test_a_slip_is_recognised(name: str, least: float, meant: str | None) -> None:
    assert meant_by(name, ("currency", "max_stores", "DOSSIER_JOBS"), least=least) == meant
