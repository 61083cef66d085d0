"""A dossier folder or zip → the application form and the sources, each opened once, checked by signature and hashed."""

import hashlib
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from pipeline.application import read_form
from pipeline.archive import open_archive
from pipeline.discovery import find_dossiers, find_strays, survey
from pipeline.errors import UsageError
from pipeline.files import Entry, read_file, walk
from pipeline.form import Application, Form, FormProblem
from pipeline.model import Failure, FailureCode, Message, Source
from pipeline.names import FORM_NAMES, clean_path, dossier_id, is_apple_double, unique
from pipeline.refusal import Refusal, megabytes
from pipeline.settings import Settings
from pipeline.signatures import describe, is_zip, media_type

_log = logging.getLogger(__name__)

__all__ = [
    "Intake",
    "dossier_id",
    "find_dossiers",
    "find_strays",
    "open_dossier",
    "open_files",
    "survey",
    "to_source",
]

NO_FORM = Form(file=None, application=None)
NAMED_FORMS = 3
"""So many are named where there should be one: case alone makes thousands of names."""


@dataclass(frozen=True)
class Intake:
    """One dossier opened: every file of it is the form, a source, or a failure; none is passed over in silence."""

    id: str
    form: Form
    sources: tuple[Source, ...]
    """In the order of their names; for `open_files` in the order given."""
    failures: tuple[Failure, ...]


@dataclass
class _Reader:
    """Reads entries one after the other and keeps count of what they add up to."""

    settings: Settings
    read_bytes: int = 0
    sources: list[Source] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    def read_all(self, entries: Sequence[Entry]) -> None:
        """Read each entry as a source or a failure; past the limit of files one failure stands for the rest."""
        limit = self.settings.max_files
        for entry in entries[:limit]:
            try:
                self._read(entry)
            except Refusal as refusal:
                self.failures.append(refusal.failure(entry.name))
        if len(entries) > limit:
            self.failures.append(_too_many(len(entries), limit).failure(entries[limit].name))

    def _read(self, entry: Entry) -> None:
        most, limit = self.settings.max_archive_bytes, self.settings.max_file_bytes
        remaining = most - self.read_bytes
        if remaining <= 0:
            raise _too_much(self.read_bytes, most)
        try:
            content = entry.read(min(limit, remaining))
        except Refusal as refusal:
            if refusal.code is FailureCode.TOO_LARGE and remaining < limit:
                raise _too_much(self.read_bytes, most) from refusal
            raise
        if is_apple_double(entry.name, content):
            return
        self.read_bytes += len(content)
        self.sources.append(to_source(entry.name, content))


def to_source(name: str, content: bytes) -> Source:
    """Return a document's bytes with what they are and their hash.

    Raises:
        Refusal: The file is empty, or its signature is not one of a document that can be read.
    """
    if not content:
        raise Refusal(FailureCode.CORRUPT, en="the file is empty (0 bytes); send it again", zh="文件为空；请重新提交")
    if is_zip(content):
        raise Refusal(
            FailureCode.ARCHIVE_UNSAFE,
            en="it is a zip, and no zip inside a dossier is opened; unpack it and send the files themselves",
            zh="该文件为 zip 压缩包，材料中的压缩包一律不打开；请解压后直接提交其中的文件",
        )
    kind = media_type(content)
    if kind is None:
        found = describe(content)
        raise Refusal(
            FailureCode.UNSUPPORTED_TYPE,
            en=f"the content is {found.en}; send PDF, JPEG, PNG, TIFF, WebP, BMP or HEIC",
            zh=f"文件内容为{found.zh}；请提交 PDF、JPEG、PNG、TIFF、WebP、BMP 或 HEIC",
        )
    return Source(file=name, sha256=hashlib.sha256(content).hexdigest(), content=content, media_type=kind)


def open_dossier(path: Path, settings: Settings) -> Intake:
    """Open the dossier in a folder or a zip.

    A zip that is damaged or unsafe as a whole is an intake with one failure, so that it still gets its report.

    Raises:
        UsageError: There is nothing at `path`, it cannot be listed, or it is neither a folder nor a zip.
    """
    if path.is_dir():
        try:
            next(path.iterdir(), None)
        except OSError as error:
            raise UsageError(
                f"the dossier folder {path} cannot be read ({error.strerror}); check permissions"
            ) from error
        return _intake(dossier_id(path), walk(path, settings.max_depth), settings)
    return _open_zip(path, settings)


def _open_zip(path: Path, settings: Settings) -> Intake:
    identifier, name = dossier_id(path), clean_path(path.name)
    if not path.exists():
        raise UsageError(f"there is no dossier at {path}; give a folder or a zip")
    named_zip = path.name.casefold().endswith(".zip")
    try:
        content = read_file(path.resolve(), settings.max_archive_bytes)
        if not named_zip and not is_zip(content):
            raise UsageError(f"{path} is neither a folder nor a zip; to look at single documents use `dossier inspect`")
        return _intake(identifier, open_archive(content, settings), settings)
    except Refusal as refusal:
        if refusal.code is FailureCode.UNREADABLE:
            raise UsageError(f"the dossier {path} cannot be opened: {refusal.en}") from refusal
        return Intake(identifier, NO_FORM, (), (refusal.failure(name),))


def open_files(paths: Sequence[Path], settings: Settings) -> Intake:
    """Open documents that come without an application; a file that is no document is a failure.

    Raises:
        UsageError: A path is missing, a folder, or cannot be read.
    """
    for path in paths:
        if not path.is_file():
            what = "is a folder" if path.is_dir() else "is not there, or is no regular file"
            raise UsageError(f"{path} {what}; `inspect` takes files, `verify` a dossier folder")
    names = unique(clean_path(path.name) for path in paths)
    reader = _Reader(settings)
    # A link that the operator names is meant; one inside a dossier is not.
    reader.read_all([Entry(name, partial(read_file, path.resolve())) for name, path in zip(names, paths, strict=True)])
    for failure in reader.failures:
        if failure.code is FailureCode.UNREADABLE:
            raise UsageError(failure.message.en)
    identifier = dossier_id(paths[0]) if paths else "nothing"
    return Intake(identifier, NO_FORM, tuple(reader.sources), tuple(reader.failures))


def _intake(identifier: str, found: Iterable[Entry | Failure], settings: Settings) -> Intake:
    listed = list(found)
    entries = sorted((item for item in listed if isinstance(item, Entry)), key=lambda entry: entry.name)
    names = unique(entry.name for entry in entries)
    entries = [Entry(name, entry.read) for name, entry in zip(names, entries, strict=True)]
    forms = [entry for entry in entries if entry.name.casefold() in FORM_NAMES]
    reader = _Reader(settings)
    reader.failures.extend(item for item in listed if isinstance(item, Failure))
    form_names = {form.name for form in forms}
    reader.read_all([entry for entry in entries if entry.name not in form_names])
    failures = tuple(sorted(reader.failures, key=lambda failure: failure.file))
    _log.debug("opened a dossier: %d sources, %d failures, %d forms", len(reader.sources), len(failures), len(forms))
    return Intake(identifier, _find_form(forms, entries, settings), tuple(reader.sources), failures)


def _find_form(forms: Sequence[Entry], entries: Sequence[Entry], settings: Settings) -> Form:
    if len(forms) > 1:
        both = ", ".join(form.name for form in forms[:NAMED_FORMS]) + (", …" if len(forms) > NAMED_FORMS else "")
        message = Message(
            en=f"there are {len(forms)} application forms ({both}); keep the one that is meant",
            zh=f"存在 {len(forms)} 份申请表（{both}）；请只保留一份",
        )
        return Form(forms[0].name, Application(), (FormProblem(field="", message=message),))
    if forms:
        try:
            return read_form(forms[0].read(settings.max_form_bytes), file=forms[0].name)
        except Refusal as refusal:
            message = refusal.failure(forms[0].name).message
            return Form(forms[0].name, Application(), (FormProblem(field="", message=message),))
    deeper = [entry.name for entry in entries if entry.name.rpartition("/")[2].casefold() in FORM_NAMES]
    if not deeper:
        return NO_FORM
    message = Message(
        en=f"the application form lies in a subfolder ({deeper[0]}); move it to the top of the dossier",
        zh=f"申请表位于子文件夹中（{deeper[0]}）；请移到材料的最上层",
    )
    return Form(None, None, (FormProblem(field="", message=message),))


def _too_many(found: int, limit: int) -> Refusal:
    return Refusal(
        FailureCode.TOO_LARGE,
        en=f"the dossier has {found} files, the limit is {limit}; this and the {found - limit - 1} after it "
        "were not read; send fewer files",
        zh=f"材料共有 {found} 个文件，上限为 {limit} 个；该文件及其后 {found - limit - 1} 个未读取，请减少文件数量",
    )


def _too_much(before: int, limit: int) -> Refusal:
    """Return the refusal of a file that no longer fits, with so many bytes before it."""
    return Refusal(
        FailureCode.TOO_LARGE,
        en=f"the files before it have {megabytes(before)}, and with it more than {megabytes(limit)}, which is "
        "the limit for all files of a dossier together; send smaller files",
        zh=f"此前的文件共 {megabytes(before)}，加上该文件超过材料总大小上限 {megabytes(limit)}；请提交较小的文件",
    )
