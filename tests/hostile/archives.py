"""Hostile zips, each a dossier by itself."""

import stat
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

from pipeline.model import FailureCode
from tests.hostile.attack import GOOD_FORM, SURVIVES, Attack, codes
from tests.hostile.pdfs import pdf

UNSAFE, ENCRYPTED, CORRUPT, OTHER, TOO_LARGE = (
    FailureCode.ARCHIVE_UNSAFE,
    FailureCode.ENCRYPTED,
    FailureCode.CORRUPT,
    FailureCode.UNSUPPORTED_TYPE,
    FailureCode.TOO_LARGE,
)
Members = list[tuple[str | zipfile.ZipInfo, bytes]]
FORM: tuple[str, bytes] = ("application.yaml", GOOD_FORM.encode())


def zipped(members: Members, *, method: int = zipfile.ZIP_DEFLATED, form: bool = True) -> bytes:
    """Return a zip of a good form and these members, twins allowed."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method, compresslevel=9 if method == zipfile.ZIP_DEFLATED else None) as archive:
        for name, content in ([FORM] if form else []) + members:
            archive.writestr(_quiet(archive, name), content)
    return out.getvalue()


def _quiet(archive: zipfile.ZipFile, name: "str | zipfile.ZipInfo") -> "str | zipfile.ZipInfo":
    archive.NameToInfo.pop(name if isinstance(name, str) else name.filename, None)  # else twins are warned about
    return name


def of_kind(name: str, kind: int) -> zipfile.ZipInfo:
    """Return a member that is no regular file."""
    member = zipfile.ZipInfo(name)
    member.create_system = 3
    member.external_attr = (kind | 0o777) << 16
    return member


def patched(content: bytes, local: tuple[int, bytes], central: tuple[int, bytes]) -> bytes:
    """Return a zip with bytes of the last member's two headers overwritten, by their places in each."""
    out = bytearray(content)
    for signature, (at, new) in ((b"PK\x03\x04", local), (b"PK\x01\x02", central)):
        start = out.rindex(signature) + at
        out[start : start + len(new)] = new
    return bytes(out)


def overlapping() -> bytes:
    """Return a zip of which two members share their packed bytes."""
    content = bytearray(zipped([("a.pdf", pdf()), ("b.pdf", pdf())], method=zipfile.ZIP_STORED))
    first = content.index(b"PK\x03\x04", 4)
    last = content.rindex(b"PK\x01\x02")
    content[last + 42 : last + 46] = struct.pack("<I", first)
    return bytes(content)


def bomb(size: int) -> bytes:
    """Return a zip of zeros."""
    return zipped([("licence.pdf", bytes(size))])


def in_zips(levels: int) -> bytes:
    """Return a zip in zips."""
    content = pdf()
    for _ in range(levels):
        content = zipped([("inner.zip", content)], method=zipfile.ZIP_STORED)
    return content


def wrong(field: int, value: bytes) -> bytes:
    """Return a zip whose end record claims something else."""
    content = bytearray(zipped([("a.pdf", pdf())]))
    at = content.rindex(b"PK\x05\x06") + field
    content[at : at + len(value)] = value
    return bytes(content)


def _page() -> Members:
    return [("a.pdf", pdf())]


ZIPS: Mapping[str, tuple[Callable[[], bytes], tuple[FailureCode, ...]]] = {
    "bomb of 50 MB": (lambda: bomb(50_000_000), (UNSAFE,)),
    "bomb of 120 MB": (lambda: bomb(120_000_000), (UNSAFE,)),
    "form bomb": (lambda: zipped([("application.yaml", bytes(50_000_000))], form=False), ()),
    "overlap": (overlapping, (UNSAFE,)),
    "zip in a zip": (lambda: in_zips(2), (UNSAFE,)),
    "zip in twenty zips": (lambda: in_zips(20), (UNSAFE,)),
    "symbolic link": (lambda: zipped([(of_kind("a.pdf", stat.S_IFLNK), b"/etc/passwd")]), (UNSAFE,)),
    "named pipe": (lambda: zipped([(of_kind("a.pdf", stat.S_IFIFO), b"")]), (UNSAFE,)),
    "device": (lambda: zipped([(of_kind("a.pdf", stat.S_IFBLK), b"")]), (UNSAFE,)),
    "encrypted": (lambda: patched(zipped(_page()), (6, b"\x01\x00"), (8, b"\x01\x00")), (ENCRYPTED,)),
    "strongly encrypted": (lambda: patched(zipped(_page()), (6, b"\x41\x00"), (8, b"\x41\x00")), (ENCRYPTED,)),
    "bzip2": (lambda: zipped(_page(), method=zipfile.ZIP_BZIP2), (OTHER,)),
    "LZMA": (lambda: zipped(_page(), method=zipfile.ZIP_LZMA), (OTHER,)),
    "method 99": (lambda: patched(zipped(_page()), (8, b"\x63\x00"), (10, b"\x63\x00")), (OTHER,)),
    "absolute name": (lambda: zipped([("/etc/cron.d/a.pdf", pdf())]), ()),
    "name that climbs": (lambda: zipped([("../../../etc/a.pdf", pdf())]), ()),
    "name of Windows that climbs": (lambda: zipped([("..\\..\\C:\\a.pdf", pdf())]), ()),
    "name of dots": (lambda: zipped([("../..", pdf())]), ()),
    "empty name": (lambda: zipped([(zipfile.ZipInfo(""), pdf())]), ()),
    "twins": (lambda: zipped([("a.pdf", pdf()), ("a.pdf", pdf({6: b"1"}))]), ()),
    "twins by case": (lambda: zipped([("a.pdf", pdf()), ("A.PDF", pdf({6: b"1"}))]), ()),
    "twins by form": (lambda: zipped([("\u00e9.pdf", pdf()), ("e\u0301.pdf", pdf({6: b"1"}))]), ()),
    "two forms": (lambda: zipped([("Application.YAML", b"store: {}")]), ()),
    "900 twins": (lambda: zipped([("a.txt", b"x")] * 900), (OTHER, TOO_LARGE)),
    "1,001 entries": (lambda: zipped([(f"{n}.pdf", b"") for n in range(1_001)]), (UNSAFE,)),
    "70,000 entries": (lambda: zipped([(f"{n}", b"") for n in range(70_000)]), (UNSAFE,)),
    "name of 60,000 letters": (lambda: zipped([("a" * 60_000 + ".pdf", pdf())]), ()),
    "name of markup": (lambda: zipped([("<script>alert(1)</script>.pdf", pdf())]), ()),
    "name of a formula": (lambda: zipped([("=cmd|' /C calc'!A0.pdf", pdf())]), ()),
    "name with escapes": (lambda: zipped([("\x1b]0;x\x07\x1b[31m\n.pdf", pdf())]), ()),
    "name from right to left": (lambda: zipped([("\u202efdp.exe.pdf", pdf())]), ()),
    "name with a zero byte": (lambda: patched(zipped([("aXb.pdf", pdf())]), (31, b"\x00"), (47, b"\x00")), ()),
    "name in no encoding": (lambda: patched(zipped([("aXb.pdf", pdf())]), (31, b"\xff"), (47, b"\xff")), ()),
    "folders 500 deep": (lambda: zipped([("d/" * 500 + "a.pdf", pdf())]), (TOO_LARGE,)),
    "nothing": (lambda: zipped([], form=False), ()),
    "folders alone": (lambda: zipped([("a/", b""), ("b/", b"")], form=False), ()),
    "a wrong checksum": (lambda: patched(zipped(_page()), (14, b"\x00\x00"), (16, b"\x00\x00")), (CORRUPT,)),
    "packed bytes that are none": (lambda: _garbled(zipped(_page())), (CORRUPT,)),
    "a size that lies": (lambda: patched(zipped(_page()), (22, b"\x01\x00\x00\x00"), (24, b"\x01\x00\x00\x00")), (CORRUPT,)),
    "a size of 4 GB": (lambda: patched(zipped(_page()), (18, b"\xfe\xff\xff\xff"), (20, b"\xfe\xff\xff\xff")), (UNSAFE,)),
    "a header elsewhere": (lambda: patched(zipped(_page()), (0, b"PK"), (42, b"\xfe\xff\xff\x7f")), (CORRUPT,)),
    "a directory elsewhere": (lambda: wrong(16, b"\xfe\xff\xff\x7f"), (CORRUPT,)),
    "more entries than it has": (lambda: wrong(8, b"\xfe\xff\xfe\xff"), ()),
    "a directory of 2 GB": (lambda: wrong(12, b"\xfe\xff\xff\x7f"), (CORRUPT,)),
    "a wrong local header": (lambda: zipped(_page()).replace(b"a.pdf", b"b.pdf", 1), (CORRUPT,)),
    "its first half": (lambda: zipped(_page())[: len(zipped(_page())) // 2], (CORRUPT,)),
    "its head alone": (lambda: b"PK\x03\x04", (CORRUPT,)),
    "no byte": (lambda: b"", (CORRUPT,)),
    "text": (lambda: b"this is no zip" * 99, (CORRUPT,)),
    "a program before it": (lambda: b"MZ" + bytes(999) + zipped(_page()), ()),
    "a comment of 60 KB": (lambda: zipped(_page())[:-2] + struct.pack("<H", 60_000) + b"PK\x01\x02" * 15_000, ()),
}  # fmt: skip
WRONG_FORMS = {"form bomb", "two forms", "nothing", "folders alone"}


def _garbled(content: bytes) -> bytes:
    out = bytearray(content)
    start = out.rindex(b"a.pdf", 0, out.index(b"PK\x01\x02")) + 5
    out[start : start + 40] = b"\xff" * 40
    return bytes(out)


def attacks() -> Iterator[Attack]:
    """Yield every hostile zip."""
    for name, (make, found) in ZIPS.items():

        def plant(path: Path, make: Callable[[], bytes] = make) -> None:
            path.write_bytes(make())

        expected = codes(*found) if found else (SURVIVES,)
        yield Attack(f"zip: {name}", plant, expected, form_is_wrong=name in WRONG_FORMS, suffix=".zip")
