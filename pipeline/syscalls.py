"""What a sealed process may not ask of a Linux kernel: sockets of any kind, and what only root may do.

The filter is a dozen instructions of classic BPF, as `linux/seccomp.h` and `linux/filter.h` lay them out. It also
closes what neither Landlock nor a network namespace does: sockets that have a path, such as a database's or Docker's.
"""

import ctypes
import errno
import platform
import struct
import sys
from collections.abc import Mapping
from dataclasses import dataclass

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _MODE_FILTER = 38, 22, 2
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_AT_NUMBER, _AT_ARCHITECTURE = 0, 4
"""Offsets in `struct seccomp_data`."""
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_OTHER_ABI = 0x40000000
"""From here on the numbers of x32, which x86-64 takes as well, begin."""
_CAPABILITIES_VERSION = 0x20080522
_DAC_OVERRIDE = 1 << 1
"""Root goes on to read the files of others, as far as Landlock lets it."""


@dataclass(frozen=True)
class _Calls:
    architecture: int
    """AUDIT_ARCH of `linux/audit.h`."""
    refused: tuple[int, ...]
    """socket, connect, sendto, sendmsg, sendmmsg; io_uring_setup, by which all of them could be done unseen."""


_BY_MACHINE: Mapping[str, _Calls] = {
    "x86_64": _Calls(0xC000003E, (41, 42, 44, 46, 307, 425)),
    "aarch64": _Calls(0xC00000B7, (198, 203, 206, 211, 269, 425)),
}


def forbid_sockets() -> bool:
    """Let this process and all that it starts open or address no socket from now on; return whether that holds.

    A pipe or a socket that it has already goes on.
    """
    calls = _BY_MACHINE.get(platform.machine())
    if sys.platform != "linux" or calls is None:
        return False
    program = b"".join(_program(calls))
    held = ctypes.create_string_buffer(program, len(program))
    filter_of = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(held))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return bool(libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.create_string_buffer(filter_of), 0, 0) == 0)


def drop_privileges() -> None:
    """Give up, as root, all that Linux lets only root do, but for the files of others."""
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    head, held = struct.pack("=Ii", _CAPABILITIES_VERSION, 0), bytearray(24)
    if libc.capget(head, (ctypes.c_char * 24).from_buffer(held)) == 0:
        # What is kept may not be more than what there is.
        kept = struct.unpack_from("=I", held, 4)[0] & _DAC_OVERRIDE
        libc.capset(head, struct.pack("=6I", kept, kept, 0, 0, 0, 0))


def _program(calls: _Calls) -> list[bytes]:
    """Return the filter: calls of another architecture end the process, those refused fail, all others go on."""
    refusals = len(calls.refused)
    return [
        _step(_LOAD, _AT_ARCHITECTURE),
        _step(_IF_EQUAL, calls.architecture, then=1),
        _step(_RETURN, _KILL),
        _step(_LOAD, _AT_NUMBER),
        _step(_IF_AT_LEAST, _OTHER_ABI, then=refusals + 1),
        *(_step(_IF_EQUAL, number, then=refusals - at) for at, number in enumerate(calls.refused)),
        _step(_RETURN, _ALLOW),
        _step(_RETURN, _REFUSE | errno.EACCES),
    ]


def _step(code: int, value: int, *, then: int = 0) -> bytes:
    """Return an instruction; one that asks goes on `then` steps further if so, and else with the next."""
    return struct.pack("=HBBI", code, then, 0, value)
