"""One dossier: the order of the stages and nothing else."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from pipeline.classify import DocumentType, classify
from pipeline.closer import Closer
from pipeline.errors import DossierError
from pipeline.ingest import Intake
from pipeline.model import Document, Failure, FailureCode, Fields, Message, ReadSource, Source, Way
from pipeline.ocr.base import Engine
from pipeline.read import read_source
from pipeline.records import Records
from pipeline.settings import Settings
from pipeline.verdict import Dossier, Outcome, Seconds, Verdict

Tell = Callable[[int], None]
"""Hears which source is in hand."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Parts:
    """What a run is put together from; `validators.assembly.build` makes it, in each worker process anew."""

    engine: Engine
    types: Sequence[DocumentType[Fields]]
    extract: Callable[[Document], Document]
    """Returns the document with its `fields`."""
    judge: Callable[[Dossier], Verdict]
    settings: Settings
    as_of: date
    fingerprint: str
    """Everything but the dossier that may change what a report says: version, engine, rulebook, lists, date, limits."""
    second: Callable[[], Engine | None] = lambda: None
    """Gives a second engine, asked where the first is in doubt; made when it is first needed."""
    pictures: bool = False
    """Keep a picture of each page, for the report's page for people."""
    reveal: bool = False
    """Leave identity numbers whole in the report."""
    records: Records | None = None
    """Decisions on record that dossiers are judged beside; None where there is no record."""


def run(
    intake: Intake,
    parts: Parts,
    *,
    with_form: bool = True,
    opened_in: float = 0.0,
    tell: Tell = lambda _: None,
    clock: Callable[[], float] = time.perf_counter,
) -> Outcome:
    """Take one opened dossier through all stages; what breaks a reader is a failure of its document alone.

    Args:
        intake: The dossier, opened.
        parts: What does the work.
        with_form: False where documents are inspected without an application: no decision is taken.
        opened_in: Seconds that opening the dossier took, for the report.
        tell: Hears at each page which source is in hand, counting from 0.
        clock: Gives seconds; only differences are used.
    """
    stages = _Stages(clock, ingest=opened_in)
    read: Sequence[ReadSource] = [_read(source, parts, partial(tell, at)) for at, source in enumerate(intake.sources)]
    stages.over("read")
    first = documents = _documents(read, intake, parts)
    stages.over("extract")
    closer = Closer(parts.engine, parts.second, parts.types, parts.settings, tell)
    read, documents = closer.look_again(read, documents, partial(_documents, intake=intake, parts=parts))
    if documents is not first:
        stages.over("read")
    dossier = _dossier(intake, parts, documents, with_form=with_form)
    verdict = parts.judge(dossier)
    stages.over("validate")
    return Outcome(
        dossier=dossier,
        verdict=verdict,
        engine=parts.engine.fingerprint,
        models=_models(documents, parts),
        seconds=Seconds(**stages.seconds),
        pictures=_pictures(read),
    )


class _Stages:
    """A stopwatch for the stages, of which one may come twice."""

    def __init__(self, clock: Callable[[], float], *, ingest: float) -> None:
        self._clock = clock
        self._last = clock()
        self.seconds = {"ingest": ingest}

    def over(self, stage: str) -> None:
        """Count the time since the last stage to this one."""
        now = self._clock()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now


def _dossier(intake: Intake, parts: Parts, documents: tuple[Document, ...], *, with_form: bool) -> Dossier:
    """Return the dossier as it is judged: beside what is on record of others before it."""
    form = intake.form if with_form else None
    records = parts.records and parts.records.before(parts.as_of, intake.id)
    return Dossier(id=intake.id, as_of=parts.as_of, form=form, documents=documents, records=records)


def _pictures(read: Sequence[ReadSource]) -> dict[tuple[str, int], bytes]:
    """Return the picture of each page of which one was kept."""
    pages = (page for source in read for page in source.pages if page.picture)
    return {(page.record.file, page.record.page): page.picture for page in pages}


def _models(documents: Sequence[Document], parts: Parts) -> dict[str, str]:
    """Return the models behind what was read; a second engine's only if it had a say."""
    entities = (entity for found in documents if found.fields for entity in found.fields.entities().values())
    was_asked = any(look.way is Way.SECOND_ENGINE for entity in entities for look in entity.looks)
    second = parts.second() if was_asked else None
    return {**parts.engine.models, **(second.models if second else {})}


def _documents(read: Sequence[ReadSource], intake: Intake, parts: Parts) -> tuple[Document, ...]:
    documents = _with_lost_files(classify(read, parts.types), intake.failures)
    return tuple(_extract(document, parts) for document in documents)


def _read(source: Source, parts: Parts, tell: Callable[[], None]) -> ReadSource:
    try:
        return read_source(source, parts.engine, parts.settings, pictures=parts.pictures, tell=tell)
    except DossierError:
        raise
    except Exception as error:  # one file must not take the rest of its dossier along
        return ReadSource(source=source, pages=(), pages_total=0, failures=(_failure(error, source.file),))


def _extract(document: Document, parts: Parts) -> Document:
    try:
        return parts.extract(document)
    except DossierError:
        raise
    except Exception as error:  # nor one document
        return replace(document, fields=None, failures=(*document.failures, _failure(error, document.file)))


def _failure(error: Exception, file: str) -> Failure:
    # The message of a foreign exception may quote what it choked on, so only its kind is kept.
    log.warning("reading failed with %s", type(error).__name__)
    if isinstance(error, MemoryError):
        code = FailureCode.MEMORY
        message = Message(en="reading it took more memory than there is", zh="读取该文件时内存不足")
    else:
        code = FailureCode.INTERNAL
        message = Message(
            en=f"reading it failed by a defect of this program ({type(error).__name__}); look at the file by hand",
            zh=f"本程序读取该文件时发生内部错误（{type(error).__name__}），请人工查看",
        )
    return Failure(code=code, file=file, message=message)


def _with_lost_files(documents: Sequence[Document], failures: Sequence[Failure]) -> tuple[Document, ...]:
    """Return `documents` with one of type `other` for each file that was never opened, numbered anew by file."""
    lost = [
        Document(
            id="",
            type="other",
            type_confidence=0.0,
            type_reason="the file could not be opened",
            file=file,
            sha256="",
            failures=tuple(failure for failure in failures if failure.file == file),
        )
        for file in dict.fromkeys(failure.file for failure in failures)
    ]
    if not lost:
        return tuple(documents)
    ordered = sorted((*documents, *lost), key=lambda document: document.file)
    return tuple(replace(document, id=f"d{number}") for number, document in enumerate(ordered, start=1))
