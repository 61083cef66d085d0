"""What the tests of sealing run in a process of their own: `python -m tests.pipeline.sealed READ WRITE DEED PATH`."""

import os
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.sealing import Access, seal


def _connect(port: str) -> None:
    socket.create_connection(("127.0.0.1", int(port)), timeout=5).close()


def _send(port: str) -> None:
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", int(port)))


def _knock(path: str) -> None:
    with socket.socket(socket.AF_UNIX) as asking:
        asking.connect(path)


def _knock_by_a_pair(path: str) -> None:
    # A socket that need not be opened as one.
    one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with one, other:
        one.sendto(b"x", path)


DEEDS: Mapping[str, Callable[[str], object]] = {
    "read": lambda path: Path(path).read_bytes(),
    "write": lambda path: Path(path).write_bytes(b"x"),
    "tcp": _connect,
    "udp": _send,
    "unix": _knock,
    "pair": _knock_by_a_pair,
    "signal": lambda pid: os.kill(int(pid), 0),
}


def main() -> None:
    """Seal, do the deed, say how it went."""
    read, write, deed, what = sys.argv[1:]
    seal(Access(read=(Path(read),), write=(Path(write),)))
    try:
        DEEDS[deed](what)
    except OSError as error:
        print(type(error).__name__)  # noqa: T201
    else:
        print("done")  # noqa: T201


if __name__ == "__main__":
    main()
