"""A folder at a URL: what lies there, and its bytes. What a store refuses becomes one line."""

import errno
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import EngineUnavailable, UsageError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

INSTALL = "pip install 'dossier-verify[cluster]'"
_PROVIDERS = {"gs": "gcsfs", "gcs": "gcsfs", "abfs": "adlfs", "az": "adlfs"}
"""Which package serves what `INSTALL` does not bring."""
_USER = re.compile(r"(?<=://)[^/@]*@")
_VERSIONS = ("ETag", "etag", "generation", "md5Hash", "content_md5", "LastModified", "last_modified", "mtime")
"""What stores call that which changes with a file's content, best first."""
_OBJECT_STORES = ("s3", "s3a", "gs", "gcs", "abfs", "az")
"""They have no folders; asked for one, some make a bucket."""
PAGE = 1_000
"""Files of a listing in one request; stores give no more."""
PIECE_BYTES = 8 << 20
"""So much of a large file is in memory. S3 takes no less than 5 MB for a piece, and 10,000 of them for a file."""
_BY_PIECES: dict[str, dict[str, Any]] = {
    "s3": {"chunksize": PIECE_BYTES, "max_concurrency": 1},
    "s3a": {"chunksize": PIECE_BYTES, "max_concurrency": 1},
    "abfs": {"overwrite": True},
    "az": {"overwrite": True},
}
"""How those who serve them are told to write a file over another, piece by piece; the rest do of themselves."""
ANSWER_SECONDS = 60.0
SLOWEST_BYTES = 100_000
"""A request may take so many seconds, and one more for so many bytes: a store may hang without hanging up, and its
library tries that five times five."""
_NO_CREDENTIALS = ("NoCredentialsError", "PartialCredentialsError", "NoAuthTokenError", "DefaultCredentialsError")


class Unreachable(UsageError):
    """A store does not answer, or not to us: whatever else is asked of it now would fail like that."""


class Gone(Exception):
    """One file is not there, or is closed to us, while its store answers."""


@dataclass(frozen=True)
class Listed:
    """A file in a listing."""

    name: str
    """Below the folder."""
    size: int
    version: str


class RemoteFolder:
    """A folder at a URL."""

    def __init__(self, url: str) -> None:
        """Find out who serves such URLs; nothing is asked yet.

        Raises:
            EngineUnavailable: What serves them is not installed.
            UsageError: Nothing is known that does.
        """
        self.url = url.rstrip("/")
        self.shown = _USER.sub("", self.url)
        """The URL without user and password."""
        self._files, self._root = _open(self.url, self.shown)

    def find(self, below: str = "") -> Iterator[Listed]:
        """Yield every file below the folder, or below one in it, or, under no name, that one if it is a file itself.

        A name that ends in `/` is what some programs put for an empty folder.

        Raises:
            Unreachable: The store does not answer, or there is no such bucket.
        """
        start = self._path(below)
        with self._telling():
            try:
                # Of everything page by page, where that can be had: there may be millions of files.
                bound = self._within(0) if below else {}
                is_paged = not below and hasattr(self._files, "call_s3")
                found: Iterable[tuple[str, dict[str, Any]]] = (
                    self._pages(start) if is_paged else self._files.find(start, detail=True, **bound).items()
                )
            except FileNotFoundError:
                if not below:
                    raise
                return
        for path, details in found:
            size = int(details.get("size") or 0)
            if path.startswith(f"{start}/") and path != f"{start}/":
                yield Listed(path[len(start) + 1 :], size, _version(details))
            elif below and path == start:
                yield Listed("", size, _version(details))

    def _pages(self, start: str) -> Iterator[tuple[str, dict[str, Any]]]:
        bucket, key, _ = self._files.split_path(start)
        asked = {"Bucket": bucket, "Prefix": f"{key}/" if key else "", "MaxKeys": PAGE}
        while True:
            with self._telling():
                page = self._files.call_s3("list_objects_v2", **asked, **self._within(0))
            for listed in page.get("Contents", ()):
                yield f"{bucket}/{listed['Key']}", {**listed, "size": listed["Size"]}
            if not page.get("IsTruncated"):
                return
            asked["ContinuationToken"] = page["NextContinuationToken"]

    def read(self, name: str, limit: int, *, start: int = 0, size: int | None = None) -> bytes:
        """Return a file's bytes from one on, `limit` of them at most.

        Args:
            name: Below the folder.
            limit: Bytes at most.
            start: The first one.
            size: How many are expected, by which it is told when it takes too long; None is `limit`.

        Raises:
            Gone: It is not there, or is closed to us.
            Unreachable: The store does not answer.
        """
        with self._telling():
            try:
                content: bytes = self._files.cat_file(
                    self._path(name), start=start, end=start + limit, **self._within(limit if size is None else size)
                )
            except (FileNotFoundError, PermissionError, IsADirectoryError) as error:
                raise Gone(type(error).__name__) from error
            except OSError as error:
                if error.errno != errno.EINVAL:
                    raise
                raise Gone("it is empty now") from error  # its first byte is beyond its end
        return content[:limit]

    def pieces(self, listed: Listed) -> Iterator[bytes]:
        """Yield a file's bytes, exactly as many as were listed.

        Raises:
            Gone: It is not there, or is closed to us.
            Unreachable: The store does not answer, or the file is longer or shorter now.
        """
        for at in range(0, listed.size, PIECE_BYTES):
            wanted = min(PIECE_BYTES, listed.size - at)
            is_last = at + wanted == listed.size
            piece = self.read(listed.name, wanted + is_last, start=at)
            if len(piece) != wanted:
                raise Unreachable(
                    f"a file at {self.shown} was listed with {listed.size:,} bytes and has others now: somebody "
                    "else writes there. See that nobody does, and give the same command again"
                )
            yield piece

    def write(self, name: str, content: bytes | Path) -> None:
        """Write a file, out of memory in one request, or as it lies here piece by piece.

        Object stores show all of it or nothing.

        Raises:
            Unreachable: The store refuses it.
        """
        scheme = self.url.partition("://")[0]
        with self._telling():
            if scheme not in _OBJECT_STORES:
                self._files.makedirs(self._path(name).rpartition("/")[0], exist_ok=True)
            if isinstance(content, bytes):
                self._files.pipe_file(self._path(name), content, **self._within(len(content)))
            else:
                options = {**_BY_PIECES.get(scheme, {}), **self._within(content.stat().st_size)}
                self._files.put_file(str(content), self._path(name), **options)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there.

        Raises:
            Unreachable: The store refuses it.
        """
        with self._telling():
            try:
                self._files.rm_file(self._path(name), **self._within(0))
            except FileNotFoundError:
                return

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}" if name else self._root

    def _within(self, size: int) -> dict[str, float]:
        """Return what bounds the time of a request that carries so many bytes."""
        # The library's own way to wait for what it does in a thread takes it, whatever the store.
        return {"timeout": ANSWER_SECONDS + size / SLOWEST_BYTES} if self._files.async_impl else {}

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Say in one line why a store cannot be used; its libraries raise errors of many families."""
        try:
            yield
        except (Gone, Unreachable):
            raise
        except Exception as error:
            if isinstance(error, PermissionError) or type(error).__name__ in _NO_CREDENTIALS:
                raise Unreachable(
                    f"{self.shown} is closed to us ({type(error).__name__}): credentials are missing, or may not do "
                    "this; set them in the environment, such as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
                ) from error
            if isinstance(error, FileNotFoundError):
                raise nothing_at(self.shown) from error
            raise Unreachable(
                f"{self.shown} cannot be used ({type(error).__name__}). What is done stays; see that its store can be "
                "reached, and give the same command again to go on"
            ) from error


def nothing_at(shown: str) -> Unreachable:
    """Say that a URL leads nowhere."""
    return Unreachable(f"there is nothing at {shown}; see that bucket and path are right")


def is_url(text: str) -> bool:
    """Whether a text names a place by URL; `file:` is one, too."""
    return "://" in text


def _open(url: str, shown: str) -> "tuple[AbstractFileSystem, str]":
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise EngineUnavailable(f"to use {shown}, install what reads it: {INSTALL}") from error
    try:
        # What lies there changes while a batch runs, by us if by nobody else.
        files, root = url_to_fs(url, use_listings_cache=False, skip_instance_cache=True)
    except ImportError as error:
        package = _PROVIDERS.get(url.partition("://")[0])
        install = f"pip install {package}" if package else INSTALL
        raise EngineUnavailable(f"to use {shown}, install what reads it: {install}") from error
    except ValueError as error:
        raise UsageError(f"nothing is known that serves {shown}; give a folder, s3://… or gs://…") from error
    return files, str(root).rstrip("/")


def _version(details: dict[str, Any]) -> str:
    return next((str(details[name]) for name in _VERSIONS if details.get(name)), "")
