"""Which version of the product this is."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline.settings import Settings

DISTRIBUTION = "dossier-verify"
_CODE = (".py", ".yaml", ".json", ".j2")
_LIBRARIES = ("cryptography", "pyHanko", "pypdf", "pypdfium2")


@cache
def product_version() -> str:
    """Return the version of the installed distribution."""
    return _installed(DISTRIBUTION) or "unknown"


@cache
def libraries() -> str:
    """Return the versions of what opens PDFs and checks their signatures: with others the same file tells other things.

    A signature that nobody could check must not stay so once pyHanko (extra `signatures`) is there.
    """
    return ", ".join(f"{name} {_installed(name) or 'none'}" for name in _LIBRARIES)


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def code_digest(places: Iterable[Path]) -> str:
    """Return a SHA-256 over code, rulebooks and templates: an edited working copy has the same version number.

    Args:
        places: Modules and package folders.
    """
    digest = hashlib.sha256()
    for place in places:
        files = sorted(path for path in place.rglob("*") if path.suffix in _CODE) if place.is_dir() else [place]
        for path in files:
            digest.update(f"{path.relative_to(place.parent).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def fingerprint(code: Iterable[Path], settings: Settings, as_of: date, judges: Sequence[str]) -> str:
    """Return everything but the dossier that may change what a report says.

    Args:
        code: Modules and package folders of the program.
        settings: Of which the limits count.
        as_of: Day to judge by.
        judges: What names the engine, the rulebook and the lists that are judged by.
    """
    limits = {name: value for name, value in settings.model_dump(mode="json").items() if name.startswith("max_")}
    return json.dumps([product_version(), libraries(), code_digest(code), as_of.isoformat(), limits, *judges])
