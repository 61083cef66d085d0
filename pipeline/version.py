"""Which version of the product this is."""

import hashlib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

DISTRIBUTION = "dossier-verify"
_CODE = (".py", ".yaml", ".j2")


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
