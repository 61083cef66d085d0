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


@cache
def product_version() -> str:
    """Return the version of the installed distribution."""
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return "unknown"


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
    return json.dumps([product_version(), code_digest(code), as_of.isoformat(), limits, *judges])
