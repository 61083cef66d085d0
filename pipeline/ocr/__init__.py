"""OCR engines: the protocol and the list.

An engine is one module with one `make` function and one line here; it is imported on use.
"""

from importlib import import_module
from shutil import which

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


def second_engine(settings: Settings) -> str:
    """Return the name of the engine that is asked where the first one is in doubt; empty if none is wanted or there."""
    is_wanted = settings.second_engine == "auto" and settings.engine == "ppocr"
    return "tesseract" if is_wanted and which("tesseract") else ""


def make_second_engine(settings: Settings, *, threads: int = 0) -> Engine | None:
    """Return that engine; None if there is none, or if it does not start."""
    name = second_engine(settings)
    try:
        return make_engine(name, settings, threads=threads) if name else None
    except EngineUnavailable:
        return None
