"""A PostgreSQL server of the tests' own: Debian's programs, a temporary folder, a Unix socket and no other."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
USER = "postgres"


def missing() -> str | None:
    """Say what keeps a server from being started; None if nothing does."""
    if not PROGRAMS:
        return "PostgreSQL is not installed"
    if os.geteuid() == 0 and shutil.which("runuser") is None:
        return "PostgreSQL does not run as root, and runuser is not installed"
    return None


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Start a server below a folder, and yield the URL of a database on it."""
    home = folder / "data"
    folder.chmod(0o777)
    for parent in folder.parents:  # the server's own user must get there
        if parent.owner() != "root" or parent.stat().st_mode & 0o001:
            break
        parent.chmod(0o711)
    _run("initdb", "-D", home, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    start(folder)
    try:
        yield f"postgresql://{USER}@/{USER}?host={folder}"
    finally:
        crash(folder)


def start(folder: Path) -> None:
    """Start the server below a folder, again if need be."""
    options = f"-k {folder} -c listen_addresses= -c fsync=off -c full_page_writes=off"
    _run("pg_ctl", "-D", folder / "data", "-w", "-s", "-l", folder / "log", "-o", options, "start")


def crash(folder: Path) -> None:
    """Stop the server below a folder as a crash does: whoever is connected is cut off."""
    _run("pg_ctl", "-D", folder / "data", "-m", "immediate", "-s", "stop")


def _run(program: str, *arguments: object) -> None:
    prefix = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
    command = [*prefix, str(PROGRAMS[-1].with_name(program)), *map(str, arguments)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=60, cwd="/")
