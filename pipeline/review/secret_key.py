"""The key that seals what the desk must be able to send signed by: webhooks' secrets, which no hash can stand in for.

It lies outside the database: in `DOSSIER_SECRET_KEY`, or in a file beside the desk's journal, for its owner alone.
Whoever gets hold of a backup of the database can sign nothing by it.
"""

import logging
import os
from pathlib import Path
from tempfile import mkstemp

from cryptography.fernet import Fernet, InvalidToken

from pipeline.errors import ConfigurationError, DossierError, UsageError
from pipeline.folders import make_folder

KEY_FILE = "desk.key"
VARIABLE = "DOSSIER_SECRET_KEY"
_MARK = "sealed:"

_log = logging.getLogger(__name__)


class Unreadable(DossierError):
    """Something was sealed by another key."""


class SecretKey:
    """Seals short texts, and opens them again."""

    def __init__(self, key: bytes, place: str) -> None:
        """Take a key of Fernet's: 32 bytes in URL-safe base64.

        Raises:
            ConfigurationError: It is none; `place` says where it stands.
        """
        try:
            self._fernet = Fernet(key)
        except ValueError as error:
            raise ConfigurationError(
                f"{place} holds no key: 32 bytes in URL-safe base64 are wanted, as made by "
                "`openssl rand -base64 32 | tr +/ -_`"
            ) from error

    def seal(self, text: str) -> str:
        """Return `text` sealed, as a database may hold it."""
        return _MARK + self._fernet.encrypt(text.encode()).decode("ascii")

    def open(self, stored: str) -> str:
        """Return what was sealed.

        Raises:
            Unreadable: It was sealed by another key, or is damaged.
        """
        try:
            return self._fernet.decrypt(stored.removeprefix(_MARK).encode()).decode()
        except InvalidToken as error:
            raise Unreadable("sealed by another key; remove the webhook and add it again") from error


def is_sealed(stored: str) -> bool:
    """Whether a stored text is sealed; earlier versions stored them as they are."""
    return stored.startswith(_MARK)


def secret_key(out: Path, given: str | None = None) -> SecretKey:
    """Return the desk's key; without one in the environment it is read from `OUT/desk.key`, which is made if need be.

    Args:
        out: A batch's output folder.
        given: What the environment says in `DOSSIER_SECRET_KEY`.

    Raises:
        ConfigurationError: What is there is no key.
        UsageError: The file cannot be read or written.
    """
    if given:
        return SecretKey(given.strip().encode(), VARIABLE)
    path = out / KEY_FILE
    try:
        if not path.exists():
            _make(path)
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
            _log.warning("%s was open to others; it is for its owner alone now", KEY_FILE)
        return SecretKey(path.read_bytes().strip(), str(path))
    except OSError as error:
        raise UsageError(f"cannot read or write {path}: {error.strerror}") from error


def _make(path: Path) -> None:
    """Write a new key, whole or not at all; of two servers that start at once one wins, and both use its key."""
    make_folder(path.parent)
    handle, name = mkstemp(dir=path.parent, prefix=f".{path.name}-")
    unfinished = Path(name)
    with os.fdopen(handle, "wb") as file:
        file.write(Fernet.generate_key() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(unfinished)
    except FileExistsError:
        return
    finally:
        unfinished.unlink()
