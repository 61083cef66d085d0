"""Which pages are looked at twice."""

import pytest

from pipeline.classify import DocumentType
from pipeline.closer import pages_in_doubt
from pipeline.model import Box, Document, Entity, Fields, PageRecord, TextLine

LINE = TextLine(text="x", box=Box(left=0, top=0, right=1, bottom=1), confidence=1)


class Paper(Fields):
    """A paper with a number of one kind or another, and a name."""

    code: Entity[str] | None = None
    number: Entity[str] | None = None
    name: Entity[str] | None = None
    remark: Entity[str] | None = None


TYPES = (DocumentType("paper", titles=(), read=lambda _: Paper(), essential=(("code", "number"), ("name",))),)


def document(*, kind: str = "paper", candidates: tuple[str, ...] = (), **confidences: float) -> Document:
    entities = {
        name: Entity[str](value="x", raw="x", confidence=confidence, evidence=(LINE,))
        for name, confidence in confidences.items()
    }
    return Document(
        id="d1",
        type=kind,
        type_confidence=1,
        type_reason="",
        file="a.jpg",
        sha256="",
        pages=(PageRecord(file="a.jpg", page=2, width=1, height=1, turned=0),),
        candidates=candidates,
        fields=Paper.model_validate(entities),
    )


@pytest.mark.parametrize(
    ("seen", "pages"),
    [
        pytest.param(document(code=0.9, name=0.9), {}, id="all there"),
        pytest.param(document(number=0.9, name=0.9), {}, id="one of a group is enough"),
        pytest.param(document(code=0.9), {"a.jpg": {2}}, id="one is missing"),
        pytest.param(document(code=0.5, name=0.9), {"a.jpg": {2}}, id="one is doubtful"),
        pytest.param(document(kind="other"), {}, id="nothing claims it"),
        pytest.param(document(kind="other", candidates=("paper",)), {"a.jpg": {2}}, id="it may be one"),
    ],
)
def test_doubt_sends_a_page_back(seen: Document, pages: dict[str, set[int]]) -> None:
    assert pages_in_doubt([seen], TYPES) == pages
