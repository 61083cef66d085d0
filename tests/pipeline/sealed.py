"""What the tests of sealing run in a process of their own: `python -m tests.pipeline.sealed READ WRITE DEED PATH`."""

import ctypes
import fcntl
import os
import resource
import socket
import struct
import subprocess
import sys
import termios
import threading
from collections.abc import Callable, Mapping
from functools import partial
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


def _call(name: str, *arguments: int) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    came_of_it = int(getattr(libc, name)(*arguments))
    if came_of_it < 0:
        raise OSError(ctypes.get_errno(), name)
    return came_of_it


def _open(deed: Callable[[int], object], path: str) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        deed(handle)
    finally:
        os.close(handle)


def _become_root_in_a_child() -> None:
    # As `fork` does it, with a flag more; 56 and 220 are the numbers of clone.
    number = 56 if os.uname().machine == "x86_64" else 220
    if _call("syscall", number, NEW_USER | SIGCHLD, 0, 0, 0, 0) == 0:
        os._exit(0)
    os.wait()


def _start(_: str) -> None:
    """Start a thread and a process, and look at its own limits."""
    thread = threading.Thread(target=resource.getrlimit, args=[resource.RLIMIT_NOFILE])
    thread.start()
    thread.join()
    subprocess.run([sys.executable, "-c", "import resource; resource.setrlimit(7, (99, 99))"], check=True)


NEW_USER, SIGCHLD = 0x10000000, 17

DEEDS: Mapping[str, Callable[[str], object]] = {
    "read": lambda path: Path(path).read_bytes(),
    "write": lambda path: Path(path).write_bytes(b"x"),
    "tcp": _connect,
    "udp": _send,
    "unix": _knock,
    "pair": _knock_by_a_pair,
    "signal": lambda pid: os.kill(int(pid), 0),
    "start": _start,
    "chmod": lambda path: os.chmod(path, 0o777),  # noqa: PTH101
    "fchmod": partial(_open, lambda handle: os.fchmod(handle, 0o777)),
    "chown": lambda path: os.chown(path, os.getuid(), os.getgid()),
    "lchown": lambda path: os.chown(path, os.getuid(), os.getgid(), follow_symlinks=False),
    "fchown": partial(_open, lambda handle: os.fchown(handle, os.getuid(), os.getgid())),
    "setflags": partial(_open, lambda handle: fcntl.ioctl(handle, 0x40086602, struct.pack("l", 0x40))),
    "type": lambda _: fcntl.ioctl(0, termios.TIOCSTI, b"x"),
    "paste": lambda _: fcntl.ioctl(0, 0x541C, b"\x03"),
    "utime": lambda path: os.utime(path, (1, 1)),
    "setxattr": lambda path: os.setxattr(path, "user.x", b"x"),
    "fsetxattr": partial(_open, lambda handle: os.setxattr(handle, "user.x", b"x")),
    "removexattr": lambda path: os.removexattr(path, "user.y"),
    "limit": lambda pid: resource.prlimit(int(pid), resource.RLIMIT_NOFILE, (77, 77)),
    "limits": lambda pid: resource.prlimit(int(pid), resource.RLIMIT_NOFILE),
    "unshare": lambda _: _call("unshare", NEW_USER),
    "setns": partial(_open, lambda handle: _call("setns", handle, 0)),
    "clone": lambda _: _become_root_in_a_child(),
    "setsid": lambda _: os.setsid(),
    "setpgid": lambda _: os.setpgid(0, 0),
    "memfd": lambda name: os.memfd_create(name),
    "shmget": lambda _: _call("shmget", 0, 4096, 0o600),
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
