"""What a worker process must say before it gets a stranger's bytes: what holds it in."""

from functools import cache

import click

from pipeline.errors import EngineUnavailable
from pipeline.events import Event, is_json, tell
from pipeline.sealing import OPEN, Access, Seal

_REMEDY = "use Linux 5.13 or newer on x86-64 or ARM, and a container that allows Landlock and seccomp filters"


def check_in(seal: Seal | None, access: Access | None) -> None:
    """Let a worker in, or not.

    Args:
        seal: What it says that holds it in; None if it has said nothing.
        access: What it may touch; None if it need not be sealed.

    Raises:
        EngineUnavailable: It is not sealed wholly, and must be.
    """
    if access is None or (seal is not None and seal.is_whole):
        return
    found = in_words(seal or OPEN)
    if access.required:
        raise EngineUnavailable(
            f"the machine cannot seal the processes that read files ({found}), and DOSSIER_REQUIRE_SANDBOX asks for "
            f"it: {_REMEDY}"
        )
    _warn(found)


def in_words(seal: Seal) -> str:
    """Return what keeps a process from other files, from the network and from what neither of these is."""
    files = f"Landlock {seal.landlock}" if seal.landlock else "not kept from other files: the kernel has no Landlock"
    network = {"none": "no network at all", "no tcp": "no TCP"}.get(seal.network, "not kept from the network")
    calls = "" if seal.is_filtered else "; calls of the system are not filtered"
    return f"{files}; {network}{calls}"


@cache
def _warn(found: str) -> None:
    """Say it once in a process."""
    if is_json():
        tell(Event.UNSEALED)
    else:
        click.echo(f"dossier: warning: readers of files are not wholly sealed ({found}); {_REMEDY}", err=True)
