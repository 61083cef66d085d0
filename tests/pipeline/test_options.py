"""Settings come from the environment, and a slip in a name is told, since what it limits would not be limited."""

import pytest

from pipeline.errors import ConfigurationError
from pipeline.options import read_settings


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        pytest.param("DOSSIER_MAX_PAGE", "DOSSIER_MAX_PAGES", id="a letter is missing"),
        pytest.param("dossier_max_pagse", "DOSSIER_MAX_PAGES", id="in lower case"),
        pytest.param("DOSSIER_LOGFORMAT", "DOSSIER_LOG_FORMAT", id="of an option"),
        pytest.param("DOSSIER_SECRETKEY", "DOSSIER_SECRET_KEY", id="of the desk's key"),
    ],
)
def test_a_slip_in_a_name_is_refused_with_what_is_meant(name: str, meant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "7")
    with pytest.raises(ConfigurationError, match=f"no setting; did you mean {meant}\\?"):
        read_settings()


@pytest.mark.parametrize("name", ["DOSSIER_MAX_PAGES", "DOSSIER_HOME", "DOSSIER_TEST_DATABASE", "MY_DOSSIER_MAX_PAGE"])
def test_settings_and_what_is_others_are_left_alone(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "7")
    assert read_settings().max_pages == (7 if name == "DOSSIER_MAX_PAGES" else 300)
