"""Starts worker processes that die with their parent, also while they still load what they work with.

The reason is in docs/adr/0002-own-worker-processes.md. A worker imports this before anything else, so that it takes
next to no time, and is sealed before it imports what has threads, since a seal binds only those that come after it.
"""

import ctypes
import os
import re
import select
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_PROGRAM = f"import sys; sys.path[:] = sys.argv[3:]; from {__name__} import obey; obey(*map(int, sys.argv[1:3]))"
_SECRET = re.compile(r"SECRET|TOKEN|PASSW|CREDENTIAL|DATABASE|_?KEY$|^(AWS|GOOGLE|AZURE)_|^PG[A-Z]", re.IGNORECASE)
"""Names of environment variables that are nothing for who reads a stranger's bytes."""
SEND_SECONDS = 30
"""So long a worker may take to take what it is sent: one that was taken over must not hold up its parent."""
LOOK_SECONDS = 0.002
"""After which a process that was killed is looked at again."""
KILLED_SECONDS = 5.0
"""So long those that were killed are waited for, in all: a disk may hold one for ever."""


def launch(
    serve: Callable[[Connection], None], first: Callable[[], object] | None = None
) -> "tuple[subprocess.Popen[bytes], Connection]":
    """Start a process that runs `serve` on its end of a pipe, and return it with the other end.

    Call from the main thread: it is killed once the thread that started it is gone. It leads a process group.

    Args:
        serve: Picklable; nothing of the program's main module, which is not imported there.
        first: Picklable; run before the modules of `serve` are imported, such as what seals the process. Who is
            sealed gets no secrets of the environment.

    Raises:
        OSError: The system starts no process.
    """
    orders = ForkingPickler.dumps(first), ForkingPickler.dumps(serve)
    # As `multiprocessing` does it: a worker goes by the same flags (-E, -I, -X …), and finds the same modules.
    flags: list[str] = subprocess._args_from_interpreter_flags()  # type: ignore[attr-defined]
    path = [entry or str(Path.cwd()) for entry in sys.path]
    ours, theirs = Pipe()
    with theirs:
        command = [sys.executable, *flags, "-c", _PROGRAM, str(theirs.fileno()), str(os.getpid()), *path]
        process = subprocess.Popen(  # noqa: S603 - ourselves
            command, pass_fds=[theirs.fileno()], process_group=0, env=_environment() if first else None
        )
    with suppress(OSError):  # it is gone already, as is seen by its end of the pipe
        for order in orders:
            _send(ours, order)
    return process, ours


def hand_over(connection: Connection, message: object) -> None:
    """Send what the `recv` at the other end of a pipe returns, within `SEND_SECONDS`.

    Raises:
        OSError: Nobody takes it; TimeoutError, not all of it in time.
    """
    _send(connection, ForkingPickler.dumps(message))


def _send(connection: Connection, message: memoryview) -> None:
    size, ends = len(message), time.monotonic() + SEND_SECONDS
    # As `Connection.send_bytes` begins a message. That itself waits for every piece anew, so that who takes one byte
    # now and then would never be done.
    head = struct.pack("!i", size) if size < 1 << 31 else struct.pack("!iQ", -1, size)
    pipe = socket.socket(fileno=connection.fileno())
    try:
        for piece in (head, message):
            pipe.settimeout(max(ends - time.monotonic(), 0.001))
            pipe.sendall(piece)
    finally:
        pipe.settimeout(None)
        pipe.detach()


def see_off(processes: "Iterable[subprocess.Popen[bytes]]") -> None:
    """Wait until processes that were killed are gone, or `KILLED_SECONDS` are over."""
    ends = time.monotonic() + KILLED_SECONDS
    for process in processes:
        # Not `Popen.wait`, which sleeps until a moment: where a clock was put ahead for one program alone, it raises.
        while process.poll() is None and time.monotonic() < ends:
            select.select([], [], [], LOOK_SECONDS)


def obey(descriptor: int, parent: int) -> None:
    """Run what the parent sends first; this is the worker's side of `launch`."""
    die_with(parent)
    os.set_inheritable(descriptor, False)
    connection = Connection(descriptor)
    try:
        first = connection.recv()
        if first is not None:
            first()
        serve = connection.recv()
    except EOFError:
        return
    serve(connection)


def die_with(parent: int) -> None:
    """Have the system kill this process once its parent is gone, and end it if that is so already.

    What it starts is not bound by it. It may be called between `fork` and `exec`, where next to nothing may be done.
    """
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before the line above
        os._exit(1)


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not _SECRET.search(name)}


def fall_silent(*, talk: bool = False) -> None:
    """Leave the standard streams to the parent; with `talk` but for standard error."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1) if talk else (0, 1, 2):
        os.dup2(nothing, stream)
    os.close(nothing)
