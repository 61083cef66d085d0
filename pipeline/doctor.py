"""What is installed and works on this machine; nothing here touches the network."""

import os
import platform
import sys
from functools import partial
from importlib.metadata import PackageNotFoundError, requires, version
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from pipeline.entrance import in_words
from pipeline.errors import EngineUnavailable
from pipeline.launch import launch
from pipeline.model import Image
from pipeline.ocr import ENGINES, make_engine
from pipeline.ocr.inference import import_openvino
from pipeline.sealing import Access, held_by, seal, seal_of
from pipeline.settings import Settings
from pipeline.version import DISTRIBUTION, product_version

if TYPE_CHECKING:
    from rich.table import Table

TEST_LINE = "DOSSIER 2026"
RECORDED = "replay"
"""Has nothing to read a new line with: it gives back what was recorded."""


def check_up(settings: Settings) -> dict[str, Any]:
    """Return what was found, as JSON has it; `works` is about the engine that the settings choose."""
    engines = {name: _engine(name, settings) for name in ENGINES}
    if settings.engine not in engines:
        engines[settings.engine] = _engine(settings.engine, settings)
    return {
        "works": engines[settings.engine]["works"],
        "engine": settings.engine,
        "version": product_version(),
        "python": sys.version.split()[0],
        "engines": engines,
        "openvino": _openvino(),
        "tesseract": _tesseract(),
        "machine": _machine(),
        "cache": _cache(settings),
        "packages": _packages(),
    }


def check_up_table(found: dict[str, Any]) -> "Table":
    """Return a check-up as a table."""
    from rich.box import SIMPLE_HEAD
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, engine in found["engines"].items():
        chosen = " (chosen)" if name == found["engine"] else ""
        sign = "[green]works[/]" if engine["works"] else "[yellow]does not work[/]"
        table.add_row(f"[bold]engine {name}[/]{chosen}", f"{sign}: {escape(engine['says'])}")
        for model, digest in engine["models"].items():
            table.add_row("", escape(f"{model}  sha256 {digest}"))
    for name in ("version", "python", "openvino", "tesseract", "machine", "cache"):
        table.add_row(f"[bold]{name}[/]", escape(_in_words(found[name])))
    return table


def _in_words(value: object) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{name}: {inner}" for name, inner in value.items())
    return str(value)


def _engine(name: str, settings: Settings) -> dict[str, Any]:
    """Load an engine and let it read a line."""
    try:
        engine = make_engine(name, settings)
        models = dict(engine.models)
        if name == RECORDED:
            return {"works": True, "says": f"gives back what lies in {settings.replay_folder}", "models": models}
        lines = engine.read(_test_page(), page=1).lines
    except EngineUnavailable as error:
        return {"works": False, "says": str(error), "models": {}}
    except Exception as error:  # whatever a native library does to say no
        return {"works": False, "says": f"{type(error).__name__} while it started", "models": {}}
    read = " ".join(line.text for line in lines)
    works = "".join(TEST_LINE.split()) in "".join(read.upper().split())
    said = f"{engine.fingerprint}, read {TEST_LINE!r}" + ("" if works else f" as {read!r}")
    return {"works": works, "says": said, "models": models}


def _test_page() -> Image:
    import numpy as np
    from PIL import Image as Pillow
    from PIL import ImageDraw, ImageFont

    picture = Pillow.new("RGB", (900, 300), "white")
    ImageDraw.Draw(picture).text((80, 110), TEST_LINE, fill="black", font=ImageFont.load_default(size=72))
    return np.asarray(picture)


def _openvino() -> dict[str, Any]:
    try:
        openvino = import_openvino()
    except ImportError:
        return {"version": None, "says": "not installed; ONNX Runtime is used instead"}
    core = openvino.Core()
    capabilities = core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return {
        "version": openvino.__version__.split("-")[0],
        "cpu": core.get_property("CPU", "FULL_DEVICE_NAME"),
        "bf16": "BF16" in capabilities,
    }


def _tesseract() -> dict[str, Any]:
    import pytesseract

    try:
        return {
            "version": str(pytesseract.get_tesseract_version()),
            "languages": sorted(pytesseract.get_languages(config="")),
        }
    except (pytesseract.TesseractNotFoundError, SystemExit):
        return {"version": None, "languages": []}


def _machine() -> dict[str, Any]:
    import resource

    address_space = resource.getrlimit(resource.RLIMIT_AS)[0]
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return {
        "system": platform.platform(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_bytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "control_group_memory_bytes": _control_group_memory(),
        "address_space_bytes": None if address_space == resource.RLIM_INFINITY else address_space,
        "open_files": None if files == resource.RLIM_INFINITY else files,
        "readers_sealed": _sealed(),
    }


def _sealed() -> str:
    """Tell what keeps the processes that read files from other files and from the network."""
    process, connection = launch(_tell_seal, partial(seal, Access()))
    with connection, process:
        return in_words(seal_of(connection.recv_bytes()))


def _tell_seal(connection: Connection) -> None:
    connection.send_bytes(held_by().told())


def _control_group_memory() -> int | None:
    """Return the limit that a container sets, which the sum of memory does not show; None without one."""
    for path in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        try:
            said = Path(path).read_text(encoding="ascii").strip()
        except OSError:
            continue
        if said.isdigit() and int(said) < 1 << 60:
            return int(said)
    return None


def _cache(settings: Settings) -> dict[str, Any]:
    folder = settings.cache_folder
    files = [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []
    return {
        "folder": str(folder),
        "on": settings.cache,
        "writable": _is_writable(folder),
        "files": len(files),
        "bytes": sum(path.stat().st_size for path in files),
    }


def _is_writable(folder: Path) -> bool:
    nearest = next(parent for parent in (folder, *folder.parents) if parent.exists())
    try:
        with TemporaryFile(dir=nearest):
            return True
    except OSError:
        return False


def _packages() -> dict[str, str | None]:
    """Return the versions of what this distribution requires, extras left out."""
    try:
        required = requires(DISTRIBUTION) or []
    except PackageNotFoundError:
        return {}
    plain = (line.split(";")[0] for line in required if "extra ==" not in line)
    names = sorted("".join(c if c.isalnum() or c in "-_." else " " for c in line).split()[0] for line in plain)
    return {name: _version(name) for name in names}


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
