"""Hostile folders: what lies in them beside files, and what they are called."""

import os
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir
from pathlib import Path

from pipeline.model import FailureCode
from tests.hostile.attack import Attack, codes, in_folder
from tests.hostile.pdfs import pdf

UNREADABLE, CORRUPT, TOO_LARGE, OTHER = (
    FailureCode.UNREADABLE,
    FailureCode.CORRUPT,
    FailureCode.TOO_LARGE,
    FailureCode.UNSUPPORTED_TYPE,
)

NAMES: Mapping[str, bytes] = {
    "with a line break": b"a\nb.pdf",
    "with escapes": b"\x1b]0;pwned\x07\x1b[31m.pdf",
    "of markup": b"<img src=x onerror=alert(1)>.pdf",
    "of a template": b"{{ 7*7 }}{% raw %}.pdf",
    "of a formula": b"=cmd|' !A0.pdf",
    "of an option": b"--output=x.pdf",
    "of a shell": b"$(reboot);`reboot`.pdf",
    "from right to left": "\u202efdp.exe".encode(),
    "of zero width": "a\u200b\u2060.pdf".encode(),
    "of 255 bytes": b"a" * 251 + b".pdf",
    "in no encoding": b"\xff\xfe\xc0.pdf",
    "of a surrogate": b"\xed\xa0\x80.pdf",
    "of GBK": "\u8425\u4e1a\u6267\u7167.pdf".encode("gbk"),
    "of spaces": b"   ",
    "of three dots": b"...",
    "of quotes": b"\"'><.pdf",
    "of an address": b"http:..attacker.example.pdf",
    "of Windows": b"..\\..\\a.pdf",
    "of a device of Windows": b"CON.pdf",
    "of emoji": "\U0001f4c4\ufe0f.pdf".encode(),
}


def _named(name: bytes) -> Callable[[Path], None]:
    def plant(folder: Path) -> None:
        in_folder(folder)
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:  # noqa: PTH118, PTH123 - bytes are no Path
            file.write(pdf())

    return plant


def _link(target: str) -> Callable[[Path], None]:
    def plant(folder: Path) -> None:
        in_folder(folder)
        (folder / "a.pdf").symlink_to(target)

    return plant


def _pipe(folder: Path) -> None:
    in_folder(folder)
    os.mkfifo(folder / "a.pdf")


def _socket(folder: Path) -> None:
    in_folder(folder)
    # The path of a socket may have 107 bytes.
    with chdir(folder), socket.socket(socket.AF_UNIX) as place:
        place.bind("a.pdf")


def _pipe_for_a_form(folder: Path) -> None:
    folder.mkdir()
    os.mkfifo(folder / "application.yaml")


def _link_for_a_form(folder: Path) -> None:
    folder.mkdir()
    (folder / "application.yaml").symlink_to("/etc/passwd")


def _folder_for_a_form(folder: Path) -> None:
    (folder / "application.yaml").mkdir(parents=True)
    (folder / "application.yaml" / "a.pdf").write_bytes(pdf())


def _sparse(folder: Path) -> None:
    in_folder(folder, a__pdf=b"%PDF-1.7\n")
    os.truncate(folder / "a.pdf", 20_000_000_000)


def _sparse_form(folder: Path) -> None:
    folder.mkdir()
    (folder / "application.yaml").touch()
    os.truncate(folder / "application.yaml", 20_000_000_000)


def _deep(folder: Path) -> None:
    in_folder(folder)
    deep = folder.joinpath(*["d"] * 60)
    deep.mkdir(parents=True)
    (deep / "a.pdf").write_bytes(pdf())


def _many(folder: Path) -> None:
    in_folder(folder, **{f"{n:04}__txt": b"x" for n in range(3_000)})


def _look_alike(folder: Path) -> None:
    """Make files whose names are one once what nobody sees is taken out."""
    in_folder(folder)
    for number in range(15_000):
        unseen = "".join("\u200b\u200c"[bit == "1"] for bit in f"{number:014b}")
        (folder / f"a{unseen}.txt").touch()


def _forms_by_case(folder: Path) -> None:
    in_folder(folder)
    for number in range(1, 2_000):
        letters = zip("application", f"{number:011b}", strict=True)
        name = "".join(letter.upper() if bit == "1" else letter for letter, bit in letters)
        (folder / f"{name}.yaml").touch()


def _twins(folder: Path) -> None:
    in_folder(folder)
    for name in ("e\u0301.pdf", "\u00e9.pdf", "E\u0301.PDF", "\u00c9.pdf"):
        (folder / name).write_bytes(pdf({6: name.encode().hex().encode()}))


def _junk(folder: Path) -> None:
    in_folder(folder, Thumbs__db=b"x", __DS_Store=b"x", a__pdf=pdf())
    (folder / "__MACOSX").mkdir()
    (folder / "__MACOSX" / "._a.pdf").write_bytes(b"\x00\x05\x16\x07x")


PLACES: Mapping[str, tuple[Callable[[Path], None], tuple[FailureCode, ...]]] = {
    "a link to a password file": (_link("/etc/passwd"), (UNREADABLE,)),
    "a link to itself": (_link("a.pdf"), (UNREADABLE,)),
    "a link to nowhere": (_link("/no/such/place"), (UNREADABLE,)),
    "a link to a folder": (_link("/"), (UNREADABLE,)),
    "a link to endless zeros": (_link("/dev/zero"), (UNREADABLE,)),
    "a named pipe": (_pipe, (UNREADABLE,)),
    "a socket": (_socket, (UNREADABLE,)),
    "a file of 20 GB": (_sparse, (TOO_LARGE,)),
    "folders 60 deep": (_deep, (TOO_LARGE,)),
    "3,000 files": (_many, (OTHER, TOO_LARGE)),
    "15,000 names that look alike": (_look_alike, (CORRUPT, TOO_LARGE)),
    "twins": (_twins, ()),
    "what file managers leave": (_junk, ()),
    "nothing": (Path.mkdir, ()),
}
FORMS: Mapping[str, Callable[[Path], None]] = {
    "a pipe for a form": _pipe_for_a_form,
    "a link for a form": _link_for_a_form,
    "a form of 20 GB": _sparse_form,
    "2,000 forms by case": _forms_by_case,
}


def attacks() -> Iterator[Attack]:
    """Yield every hostile folder."""
    for name, raw in NAMES.items():
        yield Attack(f"folder with a name {name}", _named(raw))
    for name, (plant, found) in PLACES.items():
        yield Attack(f"folder with {name}", plant, codes(*found))
    for name, plant in FORMS.items():
        yield Attack(f"folder with {name}", plant, form_is_wrong=True)
    yield Attack("folder with a folder for a form", _folder_for_a_form)
