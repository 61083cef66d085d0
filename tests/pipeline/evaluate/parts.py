"""Labels, documents and a yardstick that tests build by hand."""

from typing import Any

from pydantic import JsonValue
from rapidfuzz.distance import Levenshtein

from pipeline.evaluate.score import Comparison, DocumentScore, FieldScore
from pipeline.evaluate.truth import Label
from pipeline.model import Box, Document, Entity, Fields, PageRecord, TextLine

LINE = TextLine(text="Rotbach", box=Box(left=0, top=0, right=1, bottom=1), confidence=1)


class Card(Fields):
    owner: Entity[str] | None = None
    number: Entity[str] | None = None


class PlainYardstick:
    """Every name but `motto` is a field of a card; values are compared as they are."""

    def field_of(self, kind: str, name: str, wanted: JsonValue) -> str | None:
        return name if kind == "card" and name != "motto" else None

    def problem_with(self, kind: str, name: str, wanted: JsonValue) -> str | None:
        return None if isinstance(wanted, str) else "not a text"

    def compare(self, name: str, wanted: JsonValue, value: Any) -> Comparison:
        true = str(wanted)
        errors = len(true) if value is None else Levenshtein.distance(true, value)
        return Comparison(exact=value == true, errors=errors, characters=len(true))


def label(**given: Any) -> Label:
    return Label.model_validate({"id": "one", "file": "one.jpg", "type": "card", **given})


def card(page: int = 1, type: str = "card", **values: tuple[str, float]) -> Document:  # noqa: A002
    entities: dict[str, Any] = {
        name: Entity(value=value, raw=f"raw {value}", confidence=sure, evidence=(LINE,))
        for name, (value, sure) in values.items()
    }
    record = PageRecord(file="one.jpg", page=page, width=10, height=10, turned=0)
    return Document(
        id="d1", type=type, type_confidence=1, type_reason="title", file="one.jpg", sha256="", pages=(record,),
        fields=Card(**entities) if type == "card" else None,
    )  # fmt: skip


def scored(
    id: str = "one",  # noqa: A002
    *fields: FieldScore,
    type: str | None = "card",  # noqa: A002
    told: str = "card",
    dossier: str | None = None,
    quality: str = "",
) -> DocumentScore:
    return DocumentScore(id=id, dossier=dossier, quality=quality, type=type, told=told, reason="title", fields=fields)


def field(name: str, *, errors: int = 0, characters: int = 10, sure: float | None = 1.0) -> FieldScore:
    exact = errors == 0 and sure is not None
    return FieldScore(field=name, exact=exact, errors=errors, characters=characters, confidence=sure)
