"""What is kept of readings: only what can be relied on comes out, damaged, swollen and outdated entries do not."""

import gzip
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from pipeline import version
from pipeline.cache import ReadingCache
from pipeline.ingest import to_source
from pipeline.read import read_source
from pipeline.settings import Settings
from pipeline.traces import Signature, Unchecked
from tests.pipeline.drawn import pdf, words
from tests.pipeline.signed import forged, signed
from tests.pipeline.test_read import CountingEngine, png, source


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(cache=True, cache_folder=tmp_path / "ocr")


@contextmanager
def installed(versions: Mapping[str, str | None], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let these libraries be installed, and no others, for as long as the block runs."""

    def version_of(name: str) -> str:
        found = versions.get(name)
        if found is None:
            raise PackageNotFoundError(name)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(version, "version", version_of)
        if not versions.get("pyHanko"):
            patched.setitem(sys.modules, "pyhanko.pdf_utils.reader", None)
        version.libraries.cache_clear()
        try:
            yield
        finally:
            version.libraries.cache_clear()


def flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def test_a_damaged_entry_costs_time_and_nothing_else(settings: Settings) -> None:
    read = read_source(source(png()), CountingEngine(), settings)
    (place,) = settings.cache_folder.rglob("*.gz")
    kept, cache = place.read_bytes(), ReadingCache(settings, CountingEngine())
    damaged = [kept[:at] for at in range(0, len(kept), 20)] + [flipped(kept, at) for at in range(len(kept))]
    came_out = set[bool]()
    for each in damaged:
        place.write_bytes(each)
        found = cache.get(read.source)
        assert found is None or found == read
        came_out.add(found is None)
    assert came_out == {True, False}, "a few bytes of the head mean nothing"
    place.write_bytes(damaged[len(damaged) // 2])
    assert read_source(source(png()), CountingEngine(), settings) == read


def test_an_entry_that_unpacks_to_more_than_a_reading_can_be_is_read_anew(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = read_source(source(png()), CountingEngine(), settings)
    (place,) = settings.cache_folder.rglob("*.gz")
    cache, spaces = ReadingCache(settings, CountingEngine()), b" " * 5_000_000
    place.write_bytes(gzip.compress(gzip.decompress(place.read_bytes()) + spaces))
    assert cache.get(read.source) == read, "as large as it may be"
    monkeypatch.setattr("pipeline.cache._MOST_BYTES", len(spaces))
    assert cache.get(read.source) is None


@pytest.mark.parametrize("name", ["cryptography", "pyHanko", "pypdf", "pypdfium2"])
def test_what_was_read_without_a_library_or_with_another_version_of_it_is_read_anew(
    name: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, said = CountingEngine(), {"pypdf": "1", "pypdfium2": "1", "pyHanko": "1", "cryptography": "1"}
    for found in ("1", None, "2"):
        with installed({**said, name: found}, monkeypatch):
            for _ in range(2):
                read_source(source(png()), engine, settings)
    assert len(engine.pages) == 3


def test_a_forged_signature_is_told_once_what_checks_it_is_there(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = to_source("a.pdf", forged(signed(pdf(words)), b"595", b"596"))
    with installed({}, monkeypatch):
        before = read_source(content, CountingEngine(), settings).editing
    after = read_source(content, CountingEngine(), settings).editing
    assert before is not None
    assert after is not None
    assert before.signatures == (Signature(covers_whole_file=True, unchecked=Unchecked.NO_CHECKER),)
    assert after.changed_after_signing is True


def test_a_batch_judges_again_once_what_checks_signatures_is_there(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with installed({}, monkeypatch):
        without = version.fingerprint((), settings, date(2026, 11, 24), ())
    assert version.fingerprint((), settings, date(2026, 11, 24), ()) != without
