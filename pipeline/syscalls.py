"""What a sealed process may not ask of a Linux kernel: sockets, what only root may do, and what Landlock leaves open.

The filter is some instructions of classic BPF, as `linux/seccomp.h` and `linux/filter.h` lay them out. It also closes
what neither Landlock nor a network namespace does: sockets that have a path, such as a database's or Docker's, modes,
owners, times and attributes of foreign files, keys pressed on a terminal, limits of other processes, namespaces in
which one is root, memory that nobody counts, and ways out of the group in which a worker is killed with all that it has
started.
"""

import ctypes
import errno
import platform
import struct
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _MODE_FILTER = 38, 22, 2
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _IF_ANY_OF, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_AT_NUMBER, _AT_ARCHITECTURE, _AT_ARGUMENT, _AT_SECOND = 0, 4, 16, 24
"""Offsets in `struct seccomp_data`; of the first two arguments, the lower halves, which are all that is asked for."""
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_OTHER_ABI = 0x40000000
"""From here on the numbers of x32, which x86-64 takes as well, begin."""
_NEW_NAMESPACES = 0x7E020000
"""Flags of clone: CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET."""
_WISHES = (0x40086602, 0x40046602, 0x401C5820, 0x40087602, 0x40806685, 0x5412, 0x541C)
"""Of ioctl, which asks of a file only that it is open: FS_IOC_SETFLAGS, its form of 32 bits, FS_IOC_FSSETXATTR,
FS_IOC_SETVERSION, FS_IOC_ENABLE_VERITY; TIOCSTI and TIOCLINUX, which type into the terminal of whoever sits there."""
_CAPABILITIES_VERSION = 0x20080522
_DAC_OVERRIDE = 1 << 1
"""Root goes on to read the files of others, as far as Landlock lets it."""


@dataclass(frozen=True)
class _Calls:
    architecture: int
    """AUDIT_ARCH of `linux/audit.h`."""
    sockets: tuple[int, ...]
    """socket, connect, sendto, sendmsg, sendmmsg."""
    files: tuple[int, ...]
    """chmod, fchmod, fchmodat; chown, fchown, lchown, fchownat; utime, utimes, futimesat, utimensat; setxattr,
    lsetxattr, fsetxattr; removexattr, lremovexattr, fremovexattr: as far as the architecture has them."""
    processes: tuple[int, ...]
    """unshare, setns, setsid, setpgid; memfd_create, shmget."""
    prlimit: int
    """prlimit64, which the C library asks for limits of its own process, as number 0."""
    clone: int
    ioctl: int


_NEWER = (425, 447, 452, 463, 466, 469)
"""By the same number everywhere: io_uring_setup, by which all of them could be done unseen; memfd_secret, fchmodat2,
setxattrat, removexattrat, file_setattr."""
_CLONE3 = 435
"""Its flags lie where no filter looks. Without it the C library takes clone, if it hears that there is none."""

_BY_MACHINE: Mapping[str, _Calls] = {
    "x86_64": _Calls(
        0xC000003E,
        sockets=(41, 42, 44, 46, 307),
        files=(90, 91, 268, 92, 93, 94, 260, 132, 235, 261, 280, 188, 189, 190, 197, 198, 199),
        processes=(272, 308, 112, 109, 319, 29),
        prlimit=302,
        clone=56,
        ioctl=16,
    ),
    "aarch64": _Calls(
        0xC00000B7,
        sockets=(198, 203, 206, 211, 269),
        files=(52, 53, 55, 54, 88, 5, 6, 7, 14, 15, 16),
        processes=(97, 268, 157, 154, 279, 194),
        prlimit=261,
        clone=220,
        ioctl=29,
    ),
}


def forbid_calls() -> bool:
    """Refuse this process and all that it starts sockets and the rest from now on; return whether that holds.

    A pipe or a socket that it has already goes on.
    """
    calls = _BY_MACHINE.get(platform.machine())
    if sys.platform != "linux" or calls is None:
        return False
    program = b"".join(_program(calls))
    held = ctypes.create_string_buffer(program, len(program))
    filter_of = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(held))
    libc = gain_nothing()
    return bool(libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.create_string_buffer(filter_of), 0, 0) == 0)


def gain_nothing() -> ctypes.CDLL:
    """Have no program that is started give more rights, as a seal asks for; return the C library of Linux."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return libc


def drop_privileges() -> None:
    """Give up, as root, all that Linux lets only root do, but for the files of others."""
    if sys.platform != "linux":
        return
    libc = gain_nothing()
    head, held = struct.pack("=Ii", _CAPABILITIES_VERSION, 0), bytearray(24)
    if libc.capget(head, (ctypes.c_char * 24).from_buffer(held)) == 0:
        # What is kept may not be more than what there is.
        kept = struct.unpack_from("=I", held, 4)[0] & _DAC_OVERRIDE
        libc.capset(head, struct.pack("=6I", kept, kept, 0, 0, 0, 0))


def _program(calls: _Calls) -> list[bytes]:
    """Return the filter: calls of another architecture end the process, those refused fail, all others go on."""
    refuse, allow = _step(_RETURN, _REFUSE | errno.EACCES), _step(_RETURN, _ALLOW)
    refused = (*calls.sockets, *calls.files, *calls.processes, *_NEWER)
    return [
        _step(_LOAD, _AT_ARCHITECTURE),
        _step(_IF_EQUAL, calls.architecture, then=1),
        _step(_RETURN, _KILL),
        _step(_LOAD, _AT_NUMBER),
        *(_step(_IF_AT_LEAST, _OTHER_ABI, otherwise=1), refuse),
        *chain.from_iterable((_step(_IF_EQUAL, number, otherwise=1), refuse) for number in refused),
        *(_step(_IF_EQUAL, _CLONE3, otherwise=1), _step(_RETURN, _REFUSE | errno.ENOSYS)),
        *(_step(_IF_EQUAL, calls.prlimit, otherwise=4), _step(_LOAD, _AT_ARGUMENT)),
        *(_step(_IF_EQUAL, 0, then=1), refuse, allow),
        *(_step(_IF_EQUAL, calls.clone, otherwise=4), _step(_LOAD, _AT_ARGUMENT)),
        *(_step(_IF_ANY_OF, _NEW_NAMESPACES, otherwise=1), refuse, allow),
        *(_step(_IF_EQUAL, calls.ioctl, then=1), allow, _step(_LOAD, _AT_SECOND)),
        *chain.from_iterable((_step(_IF_EQUAL, wish, otherwise=1), refuse) for wish in _WISHES),
        allow,
    ]


def _step(code: int, value: int, *, then: int = 0, otherwise: int = 0) -> bytes:
    """Return an instruction; one that asks goes on so many steps further if so, or if not, than to the next."""
    return struct.pack("=HBBI", code, then, otherwise, value)
