"""Further, closer looks where the first left doubt: at the places of doubtful fields, then at whole pages.

Measured on real licences: a finer scale finds codes that touch other print, at twice the time; so only doubt pays it.
It also loses lines that the first look had, so each entity is taken from the look that is surer of it.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pipeline.classify import DocumentType
from pipeline.doubts import Parts, best_of_both, pages_in_doubt, parts_in_doubt
from pipeline.errors import DossierError
from pipeline.model import Document, Fields, ReadSource, Way
from pipeline.ocr.base import Engine
from pipeline.read import look_at_parts, look_closer
from pipeline.settings import Settings

log = logging.getLogger(__name__)

Extract = Callable[[Sequence[ReadSource]], tuple[Document, ...]]
"""Classifies and extracts anew what was read."""


@dataclass(frozen=True)
class Closer:
    """What takes further looks."""

    engine: Engine
    second: Callable[[], Engine | None]
    """Gives the engine that is asked last, if one is installed and wanted."""
    types: Sequence[DocumentType[Fields]]
    settings: Settings
    tell: Callable[[int], None] = lambda _: None
    """Hears at each page which source is in hand, counting from 0."""

    def look_again(
        self, read: Sequence[ReadSource], documents: tuple[Document, ...], extract: Extract
    ) -> tuple[Sequence[ReadSource], tuple[Document, ...]]:
        """Return what was read, and the documents, after all looks that doubt asks for."""
        for way in (Way.LARGER, Way.WITHOUT_RED):
            parts = parts_in_doubt(documents, self.types, way)
            if parts:
                seen = self._at_parts(read, parts, way, self.engine)
                again = documents if seen == read else extract(seen)
                documents, read = best_of_both(documents, again, way, self.types), seen
        pages = pages_in_doubt(documents, self.types)
        if pages:
            read = [self._at_pages(at, source, pages) for at, source in enumerate(read)]
            documents = best_of_both(documents, extract(read), Way.WHOLE_PAGE, self.types)
        parts = parts_in_doubt(documents, self.types, Way.SECOND_ENGINE)
        second = self.second() if parts else None
        if second:
            seen = self._at_parts(read, parts, Way.SECOND_ENGINE, second)
            documents = best_of_both(documents, extract(seen), Way.SECOND_ENGINE, self.types)
        return read, documents

    def _at_parts(self, read: Sequence[ReadSource], parts: Parts, way: Way, engine: Engine) -> list[ReadSource]:
        def at_its_parts(at: int, source: ReadSource) -> ReadSource:
            own = {page: boxes for (file, page), boxes in parts.items() if file == source.source.file}
            tell = partial(self.tell, at)
            look = partial(look_at_parts, parts=own, engine=engine, settings=self.settings, way=way, tell=tell)
            return _or_as_it_is(source, look) if own else source

        return [at_its_parts(at, source) for at, source in enumerate(read)]

    def _at_pages(self, at: int, source: ReadSource, pages: Mapping[str, frozenset[int]]) -> ReadSource:
        numbers = pages.get(source.source.file)
        if not numbers:
            return source
        tell = partial(self.tell, at)
        look = partial(look_closer, numbers=numbers, engine=self.engine, settings=self.settings, tell=tell)
        return _or_as_it_is(source, look)


def _or_as_it_is(source: ReadSource, look: Callable[[ReadSource], ReadSource]) -> ReadSource:
    try:
        return look(source)
    except DossierError:
        raise
    except Exception as error:  # what the first look read stands
        log.warning("looking closer failed with %s", type(error).__name__)
        return source
