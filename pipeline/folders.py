"""Folders for personal data: open to their owner alone, whatever the umask says."""

from pathlib import Path


def make_folder(folder: Path) -> None:
    """Make `folder` and whatever is missing above it, for the owner alone: `mkdir` opens parents to everybody."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
