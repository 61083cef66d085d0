"""A zip as a dossier: its members are read into memory, one by one and counted; nothing is ever unpacked to disk.

`zipfile` before Python 3.11.8 lets members overlap, and no version limits how much they unpack to, so both
are checked here.
"""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial

from pipeline.files import Entry, too_deep
from pipeline.model import Failure, FailureCode
from pipeline.names import clean_path, is_junk
from pipeline.refusal import Refusal, megabytes, too_large
from pipeline.settings import Settings

_CHUNK = 1 << 20
_CENTRAL_SIGNATURE = b"PK\x01\x02"
_END_SIGNATURE, _END64_SIGNATURE = b"PK\x05\x06", b"PK\x06\x07"
_END = struct.Struct("<12xL6x")
"""The end of the list of members, of which its size counts."""
_END64_SIZE = 20
_MOST_COMMENT = 1 << 16
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_ENCRYPTED_FLAGS = 0x0001 | 0x0040 | 0x2000
_UTF8_FLAG = 0x0800
# All that `zipfile` was seen to raise on damaged archives; NotImplementedError is a RuntimeError.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    struct.error,
    RuntimeError,
)


def open_archive(content: bytes, settings: Settings) -> tuple[Entry | Failure, ...]:
    """Return the files of a zip, junk left out, without the one folder that holds everything if there is one.

    A folder that lies deeper than `max_depth` is a failure of its own, as in a folder on disk.

    Raises:
        Refusal: The archive as a whole is damaged or not safe to read.
    """
    found, limit = _directory(content).count(_CENTRAL_SIGNATURE), settings.max_archive_entries
    if found > limit:
        # Counted before `zipfile` sees it, which would build an object for each.
        raise _unsafe(
            f"it has {found:,} entries, the limit is {limit:,}", f"共有 {found:,} 个条目，上限为 {limit:,} 个"
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        # Not by `is_dir`, which wants a name to be there.
        members = [member for member in archive.infolist() if not member.filename.endswith("/")]
        _refuse_overlaps(content, archive)
    except _DAMAGE as error:
        raise _damaged() from error
    return tuple(_entries(archive, members, settings))


def _directory(content: bytes) -> bytes:
    """Return what `zipfile` will take for the list of members; those of a zip that is packed within are none of it."""
    end = len(content) - _END.size
    if end >= 0 and not (content.startswith(_END_SIGNATURE, end) and content.endswith(b"\0\0")):
        end = content.rfind(_END_SIGNATURE, max(end - _MOST_COMMENT, 0))  # a comment stands behind it
    if not 0 <= end <= len(content) - _END.size:
        return b""
    if content.startswith(_END64_SIGNATURE, max(end - _END64_SIZE, 0)):
        return content  # the size stands elsewhere: all that could be members counts
    (size,) = _END.unpack_from(content, end)
    return content[max(end - size, 0) : end]


def _entries(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], settings: Settings) -> Iterator[Entry | Failure]:
    named = [(clean_path(_name(member)), member) for member in members]
    named = [(name, member) for name, member in named if not is_junk(name.split("/"))]
    prefix = _common_folder([name for name, _ in named])
    too_far: dict[str, Failure] = {}
    for name, member in named:
        *folders, _ = name[len(prefix) :].split("/")
        if len(folders) > settings.max_depth:
            highest = "/".join(folders[: settings.max_depth + 1])
            too_far[highest] = too_deep(settings.max_depth + 1, settings.max_depth).failure(highest)
        else:
            yield Entry(name[len(prefix) :], partial(_read_member, archive, member, settings.max_archive_ratio))
    yield from too_far.values()


def _common_folder(names: list[str]) -> str:
    """Return the folders that hold everything, with a trailing slash, or nothing: zips often wrap their content."""
    prefix = ""
    while names and all("/" in name[len(prefix) :] for name in names):
        folders = {name[len(prefix) :].split("/", 1)[0] for name in names}
        if len(folders) > 1:
            break
        prefix += f"{folders.pop()}/"
    return prefix


def _name(member: zipfile.ZipInfo) -> str:
    """Return a member's name; without the UTF-8 flag Windows in China writes GBK, macOS UTF-8, others code page 437."""
    if member.flag_bits & _UTF8_FLAG:
        return member.orig_filename
    raw = member.orig_filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.orig_filename


def _refuse_overlaps(content: bytes, archive: zipfile.ZipFile) -> None:
    """Refuse an archive in which one packed byte serves two members: the trick of the densest zip bombs."""
    members = sorted(archive.infolist(), key=lambda member: member.header_offset)
    if not members:
        return
    ends = [member.header_offset for member in members[1:]] + [archive.start_dir]
    for member, end in zip(members, ends, strict=True):
        start = member.header_offset
        if start < 0 or start + _LOCAL_HEADER.size > len(content):
            raise _damaged()
        _, name_size, extra_size = _LOCAL_HEADER.unpack_from(content, start)
        if start + _LOCAL_HEADER.size + name_size + extra_size + member.compress_size > end:
            raise _unsafe("its entries overlap", "其中的条目相互重叠")


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, max_ratio: float, limit: int) -> bytes:
    _refuse_odd(member)
    content = bytearray()
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                content += chunk
                if len(content) > limit:
                    raise too_large(None, limit)
                # Below one chunk any ratio is harmless.
                if len(content) > max(_CHUNK, max_ratio * member.compress_size):
                    raise _too_dense(member.compress_size, len(content), max_ratio)
    except _DAMAGE as error:
        raise _damaged() from error
    return bytes(content)


def _too_dense(packed: int, unpacked: int, max_ratio: float) -> Refusal:
    return _unsafe(
        f"it unpacks from {packed:,} B to more than {megabytes(unpacked)}, the limit is {max_ratio:g} times its size",
        f"由 {packed:,} B 解压至 {megabytes(unpacked)} 以上，上限为压缩大小的 {max_ratio:g} 倍",
    )


def _refuse_odd(member: zipfile.ZipInfo) -> None:
    if member.flag_bits & _ENCRYPTED_FLAGS:
        raise Refusal(
            FailureCode.ENCRYPTED,
            en="it is protected by a password in the zip; pack it again without one",
            zh="压缩包中的该文件有密码保护；请不设密码重新打包",
        )
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        what = ("a symbolic link", "符号链接") if kind == stat.S_IFLNK else ("no regular file", "非普通文件")
        raise _unsafe(f"it is {what[0]} in a zip", f"压缩包中的该条目是{what[1]}")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refusal(
            FailureCode.UNSUPPORTED_TYPE,
            en=f"it is packed by method {member.compress_type}, which is not supported; pack it as a plain zip",
            zh=f"压缩方法为 {member.compress_type}，不受支持；请打包为普通 zip",
        )


def _damaged() -> Refusal:
    return Refusal(
        FailureCode.CORRUPT,
        en="the zip is damaged here and cannot be unpacked; pack and send it again",
        zh="压缩包已损坏，无法解压；请重新打包并提交",
    )


def _unsafe(en: str, zh: str) -> Refusal:
    return Refusal(
        FailureCode.ARCHIVE_UNSAFE,
        en=f"{en}, which is not safe to open; send the files in a plain zip or folder",
        zh=f"{zh}，打开不安全；请用普通 zip 或文件夹提交文件",
    )
