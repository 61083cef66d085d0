"""Names from strangers: paths for reports and identifiers for outputs, both safe to write anywhere."""

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

from pipeline.identity_numbers import mask_in_name
from pipeline.text import clean

FORM_NAMES = ("application.yaml", "application.yml", "application.json")
"""The only files that are found by name, case ignored, at the top of a dossier."""

_MAX_PART = 200
_MAX_PATH = 1_000
# Bytes of UTF-8: an output's name adds a suffix and, while it is written, a temporary one to at most 255.
_MAX_ID_BYTES = 150

_CJK = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff"
_PLAIN_ID = re.compile(f"(?![.-])[A-Za-z0-9._{_CJK}-]+")
_ODD = re.compile(f"[^A-Za-z0-9._{_CJK}-]+")

_JUNK_FILES = frozenset({".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini"})
_JUNK_FOLDERS = frozenset({"__macosx", ".spotlight-v100", ".trashes", ".fseventsd", "@eadir", "$recycle.bin"})
_APPLE_DOUBLE = b"\x00\x05\x16\x07"


def clean_path(raw: str) -> str:
    r"""Return a path below the dossier, `/` between its parts, that is safe to print and to compare.

    Unseen characters go, `\` is a separator, and empty parts, `.` and `..` are dropped, so that nothing
    points outside. Nothing is ever opened by this name.
    """
    parts = (clean(part)[:_MAX_PART] for part in raw.replace("\\", "/").split("/"))
    path = "/".join(part for part in parts if part not in ("", ".", ".."))
    return path[-_MAX_PATH:].strip("/") or "unnamed"


def unique(paths: Iterable[str]) -> list[str]:
    """Return the paths in their order, those that came before as `name~2.jpg`, `name~3.jpg` and so on."""
    taken: set[str] = set()
    # Counted on from there: trying from 2 each time, thousands of names that look alike would take hours.
    last: dict[str, int] = {}
    result = []
    for path in paths:
        folder, slash, name = path.rpartition("/")
        stem, dot, suffix = name.rpartition(".")
        candidate, count = path, last.get(path, 1)
        while candidate in taken:
            count += 1
            numbered = f"{stem}~{count}.{suffix}" if dot and stem else f"{name}~{count}"
            candidate = f"{folder}{slash}{numbered}"
        taken.add(candidate)
        last[path] = count
        result.append(candidate)
    return result


def is_junk(parts: Iterable[str]) -> bool:
    """Whether a path is what file managers leave behind (`.DS_Store`, `Thumbs.db`, `__MACOSX/`, …).

    These are the only names that are passed over without a word: no person put them there.
    Other hidden files are read like any file.
    """
    folded = ""
    for part in parts:
        folded = part.casefold()
        if folded in _JUNK_FOLDERS:
            return True
    return folded in _JUNK_FILES


def is_apple_double(name: str, content: bytes) -> bool:
    """Whether a file is macOS's shadow (`._name`) of another, which holds no content of its own."""
    return name.rpartition("/")[2].startswith("._") and content.startswith(_APPLE_DOUBLE)


def dossier_id(path: Path, below: Path | None = None) -> str:
    """Return the identifier of the dossier at `path`: its path below the batch folder, or its name.

    Plain letters, digits, `.`, `_`, `-` and CJK stay; other characters, and what is too long, give way to a
    short hash. So does what is masked of an identity number: identifiers stand in names of files, lists and logs, where
    nobody may see one, and are the same whether reports reveal numbers or not. Alone it does not make identifiers
    unique (`a` and `a.zip`): whoever has several takes others of `possible_ids`.
    """
    return _identify(_relative(path, below))


def possible_ids(path: str, below: Path) -> Iterator[str]:
    """Yield ever longer identifiers for a dossier, without end: it gets the first that nobody has.

    Somebody has it who has one that is the same once both are folded (`fold`).
    """
    relative = _relative(path, below)
    yield _identify(relative)
    for digits in count(8):
        yield _with_hash(relative, digits)


def bears_number(path: str, below: Path) -> bool:
    """Whether an identity number stands in the path of a dossier below the batch folder."""
    relative = _relative(path, below)
    return mask_in_name(relative) != relative


def start_of(folder: str) -> str:
    """Return what the path of everything in a folder begins with, as `Path` writes it: nothing in `.`."""
    return "" if folder == os.curdir else f"{folder.rstrip(os.sep)}{os.sep}"


def _relative(path: Path | str, below: Path | None) -> str:
    if below is None:
        return Path(path).absolute().name
    start = start_of(str(below))
    # Of a million of these, `Path.relative_to` alone would take half a minute.
    text = str(path)
    return text[len(start) :] if os.sep == "/" and text.startswith(start) else Path(path).relative_to(below).as_posix()


def _readable(relative: str) -> str:
    name = unicodedata.normalize("NFC", mask_in_name(relative).replace("/", "__"))
    return name[:-4] if name.casefold().endswith(".zip") else name


def _identify(relative: str) -> str:
    name = _readable(relative)
    fits = len(name.encode("utf-8", "surrogatepass")) <= _MAX_ID_BYTES
    return name if fits and _PLAIN_ID.fullmatch(name) else _with_hash(relative, 8)


def _with_hash(relative: str, digits: int) -> str:
    digest = hashlib.sha256(relative.encode("utf-8", "surrogatepass")).hexdigest()
    # Past 64 digits only a second round tells apart; no one gets there but a test.
    hashed = digest[:digits] if digits <= len(digest) else f"{digest}{digits}"
    rest = _ODD.sub("-", _readable(relative)).strip("-.")
    kept = rest.encode()[: _MAX_ID_BYTES - len(hashed) - 1].decode("utf-8", "ignore").rstrip("-.")
    return f"{kept}-{hashed}" if kept else f"dossier-{hashed}"


def fold(identifier: str) -> str:
    """Return the same for identifiers that file systems may take for one."""
    if identifier.isascii():
        return identifier.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", identifier).casefold())
