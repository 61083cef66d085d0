"""The log of events on standard error: what became of which dossier, by id and code only.

It is off until somebody asks for it (`--log-format`, `DOSSIER_LOG_LEVEL`). An event has no field that could hold a
value of a document; an id has no identity number in it, and what merely looks like one is masked here. Libraries say
nothing here: what they warn about, hostile files, they may quote.
"""

import json
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Literal, TextIO

from pipeline.report.masking import mask_text

Shape = Literal["text", "json"]

OURS = ("pipeline", "extractors", "validators")
"""Packages whose loggers write to the log."""
_FIELDS = "fields"

_log = logging.getLogger(__name__)


class Event(StrEnum):
    """What happened."""

    STARTED = "started"
    """A command has found its dossiers."""
    FINISHED = "finished"
    """A dossier has its report; `code` is the decision."""
    UNCHANGED = "unchanged"
    """A dossier's report of an earlier run is still right."""
    FAILED = "failed"
    """A dossier could not be processed; `code` says why."""
    QUARANTINED = "quarantined"
    """A dossier is not tried any more."""
    WORKER_LOST = "worker_lost"
    """A worker process died or was killed over a dossier, which may be tried again."""
    UNSEALED = "unsealed"
    """The machine cannot keep the processes that read files from other files, or from the network."""
    NODE_LOST = "node_lost"
    """A machine of the cluster is gone, or what ran there."""
    STOPPED = "stopped"
    """A command has done what it can."""
    REFUSED = "refused"
    """A command cannot go on; `exit_code` says for which kind of reason."""


LEVELS = {
    Event.UNCHANGED: logging.DEBUG,
    Event.FAILED: logging.WARNING,
    Event.QUARANTINED: logging.WARNING,
    Event.WORKER_LOST: logging.WARNING,
    Event.UNSEALED: logging.WARNING,
    Event.NODE_LOST: logging.WARNING,
    Event.REFUSED: logging.ERROR,
}
"""All others are information."""


def tell(
    event: Event,
    *,
    dossier: str | None = None,
    code: StrEnum | None = None,
    seconds: float | None = None,
    counts: Mapping[str, int] | None = None,
) -> None:
    """Write an event.

    Args:
        event: What happened.
        dossier: Id of the dossier that it happened to.
        code: A decision or the code of a failure.
        seconds: How long it took.
        counts: Numbers, by name.
    """
    level = LEVELS.get(event, logging.INFO)
    if not _log.isEnabledFor(level):
        return
    fields: dict[str, str | float] = {"event": event.value}
    if dossier is not None:
        fields["dossier"] = mask_text(dossier)
    if code is not None:
        fields["code"] = code.value
    fields |= counts or {}
    if seconds is not None:
        fields["seconds"] = round(seconds, 3)
    _log.log(level, event.value, extra={_FIELDS: fields})


def start_log(shape: Shape, level: str) -> None:
    """Write what our own packages log to standard error, one line each.

    Args:
        shape: Lines for people, or JSON.
        level: Name of the least level that is written.
    """
    handler = _StandardError()
    handler.setFormatter(_Json() if shape == "json" else _Text())
    for name in OURS:
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False
        logger.setLevel(level.upper())


def is_json() -> bool:
    """Whether standard error is a log for programs, in which sentences for people have no place."""
    return any(isinstance(handler.formatter, _Json) for handler in logging.getLogger(OURS[0]).handlers)


class _StandardError(logging.StreamHandler[TextIO]):
    """Writes to what is standard error at the time: a progress bar may have put itself before it."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]  # asked anew for each line
        return sys.stderr


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {"time": _time(record), "level": record.levelname.lower(), **_fields(record)}
        return json.dumps(line, ensure_ascii=False)


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = dict(_fields(record))
        event = fields.pop("event")
        said = " ".join(f"{name}={value}" for name, value in fields.items())
        return f"{_time(record)} {record.levelname.lower()} {event} {said}".rstrip()


def _fields(record: logging.LogRecord) -> Mapping[str, str | float]:
    """Return what a line says; of an exception its kind alone, since its message may quote a document."""
    told: Mapping[str, str | float] | None = getattr(record, _FIELDS, None)
    if told is not None:
        return told
    fields: dict[str, str | float] = {
        "event": "message",
        "logger": record.name,
        "message": mask_text(" ".join(record.getMessage().split())),
    }
    return {**fields, "error": record.exc_info[0].__name__} if record.exc_info and record.exc_info[0] else fields


def _time(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"
