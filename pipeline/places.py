"""Where a batch reads and writes, as its command line says it: folders on this machine, or URLs."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_state_path

from pipeline.errors import UsageError


@dataclass(frozen=True)
class Places:
    """Both ends of a batch."""

    folder: Path
    """Of dossiers; meaningless where they lie at `url`."""
    out: Path
    """On this machine."""
    url: str | None
    copy_to: str | None


def places_of(dossiers: Path | str, output: Path | str, work: Path | None) -> Places:
    """Return the folders and URLs of a batch. Results for a URL are kept in a folder here as well.

    Args:
        dossiers: A folder, or a URL.
        output: The same.
        work: The folder to keep results in that go to a URL; None is one by the URL's hash.

    Raises:
        UsageError: They contradict each other.
    """
    folder, url = (Path(), dossiers) if isinstance(dossiers, str) else (dossiers, None)
    if isinstance(output, Path):
        if work is not None:
            raise UsageError("--work is for results that go to a URL; --output is a folder here")
        return Places(folder, output, url, None)
    if url is not None and (_is_below(url, output) or _is_below(output, url)):
        raise UsageError("--output and the dossiers lie in each other, and inputs are never changed; give another URL")
    return Places(folder, work or _kept(output), url, output)


def _is_below(one: str, other: str) -> bool:
    return f"{one.rstrip('/')}/".startswith(f"{other.rstrip('/')}/")


def _kept(url: str) -> Path:
    name = hashlib.sha256(url.rstrip("/").encode()).hexdigest()[:16]
    return user_state_path("dossier") / "batches" / name
