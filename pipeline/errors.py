"""What stops work, and the exit code that the command line gives for it.

Exceptions are for the program, findings are for the document: a bad licence never raises.
"""

import errno

FAILING = frozenset({errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.ESTALE, errno.EACCES, errno.EPERM})
"""What a system says of a disk that fails, is full, or may not be used any more: no defect of ours."""


class DossierError(Exception):
    """Work cannot go on; the message says what was found, what was expected and what to do."""

    exit_code = 70


class UsageError(DossierError):
    """An input path cannot be read, or the call makes no sense."""

    exit_code = 2


class EngineUnavailable(DossierError):
    """An OCR engine or another component is not installed or does not start."""

    exit_code = 3


class ConfigurationError(DossierError):
    """A setting, a rulebook or a watch list is not valid."""

    exit_code = 4
