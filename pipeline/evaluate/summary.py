"""What an evaluation comes to: scores of documents, counted."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pipeline.classify import OTHER
from pipeline.evaluate.curves import (
    HIGH,
    LIMITS,
    Bin,
    Call,
    Coverage,
    Point,
    bins,
    calibration_error,
    coverage,
    curve_of,
)
from pipeline.evaluate.score import DocumentScore, FieldScore
from pipeline.model import Record

LOOK_ALIKE = "look_alike"
"""What the table of types calls a label without a type."""
MOST_QUALITIES = 8
"""Results are grouped by quality if a set has no more of them: a sentence about each page is no group."""


class Confusion(Record):
    """Documents of one type that were told for another, or the same."""

    type: str
    told: str
    count: int


class WrongType(Record):
    """A document whose type was not told, or told wrong."""

    id: str
    type: str
    told: str
    reason: str


class Types(Record):
    """How types were told."""

    right: int
    total: int
    accuracy: float
    confusion: tuple[Confusion, ...]
    wrong: tuple[WrongType, ...]


class Miss(FieldScore):
    """A field that was not read exactly."""

    id: str


class FieldResult(Record):
    """One field of one type over the set."""

    type: str
    field: str
    total: int
    exact: int
    read: int
    exact_rate: float
    character_error_rate: float
    """Wrong characters by true ones; a field that was not read counts as all wrong."""
    sure_and_wrong: int
    """Read with a confidence of 0.9 or more, and wrong."""
    misses: tuple[Miss, ...]


class Calibration(Record):
    """Whether confidence is true, over all fields that were read."""

    ece: float | None
    bins: tuple[Bin, ...]
    high_count: int
    """Fields with a confidence of 0.9 or more."""
    high_right: int
    high_share: float
    """Of all fields of the set, those not read included."""


class Unattended(Record):
    """How much could be decided by confidence alone, one row per error limit."""

    fields: tuple[Coverage, ...]
    documents: tuple[Coverage, ...]
    """A document can be decided, by its least confidence, if its type was told and all that is scored was read."""
    dossiers: tuple[Coverage, ...] | None
    """Null if the set has no dossiers."""
    curve: tuple[Point, ...]
    """Of fields."""
    document_curve: tuple[Point, ...]


class Group(Record):
    """Documents of one quality."""

    quality: str
    documents: int
    types_right: int
    fields: int
    exact: int


class Evaluation(Record):
    """Everything that an evaluation says."""

    documents: int
    fields_total: int
    fields_exact: int
    types: Types
    fields: tuple[FieldResult, ...]
    calibration: Calibration
    unattended: Unattended
    groups: tuple[Group, ...]
    not_scored: Mapping[str, int]
    """`type.entity` of labels that name no field that is read, with how many there are."""
    lost: Mapping[str, str]
    """Documents whose file could not be read, with the code."""


def summarise(scores: Sequence[DocumentScore]) -> Evaluation:
    """Count the scores of a set's documents."""
    every = [field for document in scores for field in document.fields]
    return Evaluation(
        documents=len(scores),
        fields_total=len(every),
        fields_exact=sum(field.exact for field in every),
        types=_types(scores),
        fields=_fields(scores),
        calibration=_calibration(every),
        unattended=_unattended(scores, every),
        groups=_groups(scores),
        not_scored=dict(
            sorted(Counter(f"{_wanted(score)}.{name}" for score in scores for name in score.not_scored).items())
        ),
        lost={score.id: score.lost for score in scores if score.lost},
    )


def calls_of(fields: Iterable[FieldScore]) -> list[Call]:
    """Return what can be decided of some fields: those that were read."""
    return [Call(field.confidence, field.exact) for field in fields if field.confidence is not None]


def _wanted(score: DocumentScore) -> str:
    return score.type or LOOK_ALIKE


def _type_is_right(score: DocumentScore, types: frozenset[str]) -> bool:
    """Whether the type was told; a look-alike may be anything but one of the set's types."""
    return score.told not in types if score.type is None else score.told == score.type


def _types_of(scores: Sequence[DocumentScore]) -> frozenset[str]:
    return frozenset(score.type for score in scores if score.type) - {OTHER}


def _types(scores: Sequence[DocumentScore]) -> Types:
    types = _types_of(scores)
    confusion = Counter((_wanted(score), score.told) for score in scores)
    wrong = [score for score in scores if not _type_is_right(score, types)]
    return Types(
        right=len(scores) - len(wrong),
        total=len(scores),
        accuracy=1 - len(wrong) / len(scores),
        confusion=tuple(
            Confusion(type=wanted, told=told, count=count) for (wanted, told), count in sorted(confusion.items())
        ),
        wrong=tuple(
            WrongType(id=score.id, type=_wanted(score), told=score.told, reason=score.reason) for score in wrong
        ),
    )


def _fields(scores: Sequence[DocumentScore]) -> tuple[FieldResult, ...]:
    grouped: dict[tuple[str, str], list[tuple[str, FieldScore]]] = defaultdict(list)
    for score in scores:
        for field in score.fields:
            grouped[_wanted(score), field.field].append((score.id, field))
    return tuple(_result(kind, name, scored) for (kind, name), scored in sorted(grouped.items()))


def _result(kind: str, name: str, scored: Sequence[tuple[str, FieldScore]]) -> FieldResult:
    fields = [field for _, field in scored]
    exact = sum(field.exact for field in fields)
    characters = sum(field.characters for field in fields)
    return FieldResult(
        type=kind,
        field=name,
        total=len(fields),
        exact=exact,
        read=sum(field.confidence is not None for field in fields),
        exact_rate=exact / len(fields),
        character_error_rate=sum(field.errors for field in fields) / max(characters, 1),
        sure_and_wrong=sum(not field.exact and (field.confidence or 0) >= HIGH for field in fields),
        misses=tuple(Miss(id=id_, **field.model_dump()) for id_, field in scored if not field.exact),
    )


def _calibration(fields: Sequence[FieldScore]) -> Calibration:
    calls = calls_of(fields)
    high = [call for call in calls if call.confidence >= HIGH]
    return Calibration(
        ece=calibration_error(calls),
        bins=bins(calls),
        high_count=len(high),
        high_right=sum(call.right for call in high),
        high_share=len(high) / max(len(fields), 1),
    )


def _unattended(scores: Sequence[DocumentScore], fields: Sequence[FieldScore]) -> Unattended:
    types = _types_of(scores)
    labelled = [score for score in scores if score.type and score.fields]
    calls = calls_of(fields)
    documents = [call for score in labelled if (call := _together([score], types))]
    dossiers: dict[str, list[DocumentScore]] = defaultdict(list)
    for score in labelled:
        if score.dossier:
            dossiers[score.dossier].append(score)
    together = [call for each in dossiers.values() if (call := _together(each, types))]
    return Unattended(
        fields=tuple(coverage(calls, len(fields), limit) for limit in LIMITS),
        documents=tuple(coverage(documents, len(labelled), limit) for limit in LIMITS),
        dossiers=tuple(coverage(together, len(dossiers), limit) for limit in LIMITS) if dossiers else None,
        curve=curve_of(calls, len(fields)) if fields else (),
        document_curve=curve_of(documents, len(labelled)) if labelled else (),
    )


def _together(scores: Sequence[DocumentScore], types: frozenset[str]) -> Call | None:
    """Return documents as one thing to decide, or None if a type was not told or a field not read."""
    fields = [field for score in scores for field in score.fields]
    sure = [field.confidence for field in fields if field.confidence is not None]
    if len(sure) < len(fields) or not all(_type_is_right(score, types) for score in scores):
        return None
    return Call(min(sure), all(field.exact for field in fields))


def _groups(scores: Sequence[DocumentScore]) -> tuple[Group, ...]:
    qualities = sorted({score.quality for score in scores})
    if not 1 < len(qualities) <= MOST_QUALITIES:
        return ()
    types = _types_of(scores)
    return tuple(
        Group(
            quality=quality,
            documents=len(here),
            types_right=sum(_type_is_right(score, types) for score in here),
            fields=sum(len(score.fields) for score in here),
            exact=sum(field.exact for score in here for field in score.fields),
        )
        for quality in qualities
        if (here := [score for score in scores if score.quality == quality])
    )
