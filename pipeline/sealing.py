"""Seals a process before it touches a stranger's bytes: what it may read and write, and that it has no network.

Landlock (Linux 5.13) bounds the file system without any privilege, a network namespace of its own has no interface
where the system lets us make one, and a filter of system calls (`pipeline.syscalls`) lets it open no socket anywhere,
nor do to files and processes what Landlock does not look at.
Threads that exist already are not bound: it is for a process that has only one.
"""

import ctypes
import os
import platform
import re
import resource
import struct
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.syscalls import drop_privileges, forbid_calls, gain_nothing

MAX_DESCRIPTORS = 512
MAX_WRITTEN_BYTES = 2_000_000_000
"""Of one file."""

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG, _PATH_BENEATH = 1, 1
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE = 1 << 14
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_FILE_ONLY = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
_RIGHTS_BY_ABI = {1: 13, 2: 14, 3: 15}
"""Version of Landlock → how many rights on files it knows, those before REFER, TRUNCATE and the ioctls."""
_NET_SINCE, _BOTH_TCP = 4, 3
_SCOPES_SINCE, _SIGNALS_AND_SOCKETS = 6, 3
_SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/opt", "/proc", "/sys")
_SETTINGS = ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "fonts", "alternatives", "passwd")
"""What libraries look for in /etc, where secrets lie as well."""
_DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")


@dataclass(frozen=True)
class Access:
    """What a sealed process may touch beside the program and the system's libraries."""

    read: tuple[Path, ...] = ()
    """Files and folders."""
    write: tuple[Path, ...] = ()
    """Folders; they may be read too."""
    scratch: Path | None = None
    """Where temporary files go; it may be written as well."""
    max_bytes: int | None = None
    """Of memory that can be written to, touched or not; None bounds nothing here."""
    required: bool = False
    """Refuse to work where the kernel cannot seal."""


@dataclass(frozen=True)
class Seal:
    """What holds a process in."""

    landlock: int
    """Version of the kernel's Landlock; 0 where there is none."""
    network: str
    """`none` (no socket, or a namespace without interfaces), `no tcp`, or `open`."""
    is_filtered: bool = True
    """Whether calls are refused that Landlock does not look at (`pipeline.syscalls`)."""

    @property
    def is_whole(self) -> bool:
        """Whether neither foreign files, with their modes and times, nor the network can be reached."""
        return self.landlock > 0 and self.network == "none" and self.is_filtered

    def told(self) -> bytes:
        """Return it as a worker says it; `seal_of` reads that."""
        return f"{self.landlock} {self.network}{_FILTERED * self.is_filtered}".encode()


_FILTERED = ", filtered"
_SAID = re.compile(rb"(\d{1,3}) (none|no tcp|open)(, filtered)?")


def seal_of(said: bytes) -> Seal:
    """Return what a process says that holds it in; raises ValueError if it says something else."""
    found = _SAID.fullmatch(said)
    if not found:
        raise ValueError("a seal that is none")
    return Seal(landlock=int(found[1]), network=found[2].decode(), is_filtered=found[3] is not None)


OPEN = Seal(landlock=0, network="open", is_filtered=False)
"""Nothing does."""
_held = [OPEN]


def held_by() -> Seal:
    """Return what holds this process in."""
    return _held[0]


@dataclass
class _Rules:
    libc: ctypes.CDLL
    rights: int
    descriptor: int = field(default=-1)

    def allow(self, path: Path, rights: int) -> None:
        """Allow `rights` on a file or everything below a folder; what does not exist is left out."""
        try:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            return
        try:
            granted = rights & self.rights if path.is_dir() else rights & self.rights & _FILE_ONLY
            rule = struct.pack("=Qi", granted, place)
            if self.libc.syscall(_ADD_RULE, self.descriptor, _PATH_BENEATH, rule, 0):
                raise OSError(ctypes.get_errno(), "landlock_add_rule")
        finally:
            os.close(place)


def landlock_version() -> int:
    """Return the version of Landlock that the kernel offers; 0 if none."""
    if sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"):
        return 0
    libc = ctypes.CDLL(None, use_errno=True)
    return max(int(libc.syscall(_CREATE_RULESET, None, 0, _VERSION_FLAG)), 0)


def seal(access: Access) -> Seal:
    """Seal this process and all that it starts, as far as the machine can; `held_by` tells it from then on.

    Raises:
        RuntimeError: There are threads already, which would stay as they are.
    """
    if sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) > 1:
        raise RuntimeError("a seal binds no thread that exists already")
    _limit(access.max_bytes)
    if access.scratch:
        tempfile.tempdir = str(access.scratch)
    has_left = _leave_network()
    version = landlock_version()
    if version and not _restrict(access, version):
        version = 0
    drop_privileges()
    is_filtered = forbid_calls()
    network = "none" if is_filtered or has_left else "no tcp" if version >= _NET_SINCE else "open"
    _held[0] = Seal(landlock=version, network=network, is_filtered=is_filtered)
    return _held[0]


def _limit(max_bytes: int | None) -> None:
    limits = [
        (resource.RLIMIT_NOFILE, MAX_DESCRIPTORS),
        (resource.RLIMIT_FSIZE, MAX_WRITTEN_BYTES),
        (resource.RLIMIT_CORE, 0),
    ]
    if max_bytes is not None:
        limits.append((resource.RLIMIT_DATA, max_bytes))
    for kind, most in limits:
        _, hard = resource.getrlimit(kind)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (bound, bound))


def _leave_network() -> bool:
    """Enter a network namespace without any interface; with one of users where only that allows it."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    return any(libc.unshare(flags) == 0 for flags in (_NEW_NET, _NEW_USER | _NEW_NET))


def _restrict(access: Access, version: int) -> bool:
    libc = gain_nothing()
    rights = (1 << _RIGHTS_BY_ABI.get(version, 15)) - 1
    attributes = struct.pack("=Q", rights)
    if version >= _NET_SINCE:
        attributes += struct.pack("=Q", _BOTH_TCP)
    if version >= _SCOPES_SINCE:
        # No signal to any process but its own, so that it cannot end the batch.
        attributes += struct.pack("=Q", _SIGNALS_AND_SOCKETS)
    rules = _Rules(libc, rights)
    rules.descriptor = libc.syscall(_CREATE_RULESET, attributes, len(attributes), 0)
    if rules.descriptor < 0:
        return False
    try:
        for path in (*_program(), *access.read):
            rules.allow(path, _READ)
        scratch = (access.scratch,) if access.scratch else ()
        for path in (*map(Path, _DEVICES), *access.write, *scratch):
            rules.allow(path, rights)
        return bool(libc.syscall(_RESTRICT_SELF, rules.descriptor, 0) == 0)
    finally:
        os.close(rules.descriptor)


def _program() -> Iterable[Path]:
    """Yield where the program, Python, its packages and the system's libraries lie."""
    yield from map(Path, _SYSTEM)
    yield from (Path("/etc", name) for name in _SETTINGS)
    yield from (Path(prefix) for prefix in (sys.prefix, sys.base_prefix, sys.exec_prefix))
    yield Path(__file__).resolve().parent.parent
    yield from (Path(entry) for entry in sys.path if entry)
