"""Starts worker processes that die with their parent from their first moment on.

The reason is in docs/adr/0002-own-worker-processes.md. A worker imports this before anything else, so that it takes
next to no time.
"""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection

PR_SET_PDEATHSIG = 1
_PROGRAM = f"import sys; sys.path[:] = sys.argv[3:]; from {__name__} import obey; obey(*map(int, sys.argv[1:3]))"


def launch(serve: Callable[[Connection], None]) -> "tuple[subprocess.Popen[bytes], Connection]":
    """Start a process that runs `serve` on its end of a pipe, and return it with the other end.

    Call from the main thread: it is killed once the thread that started it is gone. It leads a process group.

    Args:
        serve: Picklable; nothing of the program's main module, which is not imported there.
    """
    ours, theirs = Pipe()
    command = [sys.executable, "-c", _PROGRAM, str(theirs.fileno()), str(os.getpid()), *sys.path]
    with theirs:
        process = subprocess.Popen(command, pass_fds=[theirs.fileno()], process_group=0)  # noqa: S603 - ourselves
    with suppress(OSError):  # it is gone already, as is seen by its end of the pipe
        ours.send(serve)
    return process, ours


def obey(descriptor: int, parent: int) -> None:
    """Run what the parent sends first; this is the worker's side of `launch`."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before the line above
        os._exit(1)
    connection = Connection(descriptor)
    try:
        serve = connection.recv()
    except EOFError:
        return
    serve(connection)
