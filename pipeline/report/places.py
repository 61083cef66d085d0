"""Where on a page: a box in words, and which entities a finding's evidence is about."""

from collections.abc import Iterator

from pipeline.model import Box
from pipeline.report.record import DocumentRecord, EntityRecord
from pipeline.report.values import in_words
from pipeline.report.words import phrase
from pipeline.verdict import Evidence, Finding

_WHOLE = 0.98
_LOW, _HIGH = 1 / 3, 2 / 3


def where(box: Box, lang: str) -> str:
    """Return `box` in words, such as "upper left, 21–47% across, 33–36% down"."""
    if min(box.width, box.height) >= _WHOLE:
        return phrase("place.whole_page", lang)
    across, down = box.center
    region = phrase(f"place.{_third(down, 'upper', 'lower')}_{_third(across, 'left', 'right')}", lang)
    return phrase("place.box", lang).format(
        region=region, left=_percent(box.left), right=_percent(box.right), top=_percent(box.top),
        bottom=_percent(box.bottom),
    )  # fmt: skip


def stands_at(evidence: Evidence, lang: str) -> str:
    """Return file, page and place of a finding's evidence, as far as it has them."""
    parts = [evidence.file]
    if evidence.page is not None:
        parts.append(phrase("place.page", lang).format(page=evidence.page))
    if evidence.box is not None:
        parts.append(where(evidence.box, lang))
    return phrase("comma", lang).join(parts)


def entities_at(document: DocumentRecord, evidence: Evidence, finding: Finding) -> dict[str, EntityRecord]:
    """Return the entities of `document` that stand where `evidence` points.

    One line may prove several of them; those whose value the finding quotes then go before the rest.
    """
    there = dict(_standing_at(document, evidence))
    said = f"{finding.found or ''}\n{finding.expected or ''}"
    quoted = {name: entity for name, entity in there.items() if _quoted(entity, said)}
    return quoted or there


def _standing_at(document: DocumentRecord, evidence: Evidence) -> Iterator[tuple[str, EntityRecord]]:
    for name, entity in document.entities.items():
        if any(
            (line.file, line.page, line.box) == (evidence.file, evidence.page, evidence.box) for line in entity.evidence
        ):
            yield name, entity


def _quoted(entity: EntityRecord, said: str) -> bool:
    return entity.raw in said or in_words(entity.value, "en") in said


def _third(middle: float, low: str, high: str) -> str:
    if middle < _LOW:
        return low
    return high if middle > _HIGH else "middle"


def _percent(fraction: float) -> str:
    return f"{fraction * 100:.0f}"
