"""OCR engines: the protocol and the list.

An engine is one module with one `make` function and one line here; it is imported on use.
"""

from importlib import import_module

from pipeline.errors import EngineUnavailable
from pipeline.ocr.base import Engine
from pipeline.settings import Settings

ENGINES: tuple[str, ...] = ("ppocr", "tesseract", "replay")
"""Names for `--engine`; each is a module of this package."""


def make_engine(name: str, settings: Settings, *, threads: int = 0) -> Engine:
    """Return a new engine.

    Args:
        name: One of `ENGINES`.
        settings: Where recordings lie, for `replay`; with `record_folder` set, what any engine reads is recorded.
        threads: How many threads it may use; 0 means one per core.

    Raises:
        EngineUnavailable: There is no such engine, or something that it needs is not installed.
    """
    if name not in ENGINES:
        raise EngineUnavailable(f"no OCR engine {name!r}; known engines: {', '.join(ENGINES)}")
    engine: Engine = import_module(f"pipeline.ocr.{name}").make(settings, threads=threads)
    if settings.record_folder is not None:
        engine = import_module("pipeline.ocr.replay").Recorder(engine, settings.record_folder)
    return engine


def make_second_engine(settings: Settings, *, threads: int = 0) -> Engine | None:
    """Return the engine that is asked where the first one is in doubt; None if it is not wanted or not installed."""
    if settings.second_engine == "none" or settings.engine != "ppocr":
        return None
    try:
        return make_engine("tesseract", settings, threads=threads)
    except EngineUnavailable:
        return None
