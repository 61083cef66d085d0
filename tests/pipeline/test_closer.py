"""Which pages are looked at twice."""

import pytest

from pipeline.classify import DocumentType
from pipeline.closer import best_of_both, pages_in_doubt
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


def test_each_entity_comes_from_the_look_that_is_surer_of_it() -> None:
    first = document(code=0.9, name=0.6)
    second = document(code=0.7, name=0.95, remark=0.5)
    (best,) = best_of_both([first], [second])
    assert best.fields is not None
    confidences = {name: entity.confidence for name, entity in best.fields.entities().items()}
    assert confidences == {"code": 0.9, "name": 0.95, "remark": 0.5}


def test_two_papers_of_one_type_on_a_page_keep_their_values_apart() -> None:
    first = [document(code=0.9), document(number=0.9)]
    second = [document(name=0.9), document(remark=0.9)]
    read = [set(each.fields.entities()) for each in best_of_both(first, second) if each.fields]
    assert read == [{"code", "name"}, {"number", "remark"}]


def test_where_one_look_sees_more_papers_on_a_page_nothing_is_taken_over() -> None:
    second = [document(name=0.9), document(remark=0.9)]
    assert list(best_of_both([document(code=0.9)], second)) == second


def test_papers_stay_in_their_order() -> None:
    second = [document(name=0.9), document(kind="other"), document(remark=0.9)]
    assert [each.type for each in best_of_both(second, second)] == ["paper", "other", "paper"]


def test_what_only_the_first_look_read_is_not_lost() -> None:
    (best,) = best_of_both([document(name=0.9)], [document(code=0.9)])
    assert best.fields is not None
    assert set(best.fields.entities()) == {"code", "name"}


def test_a_document_that_the_closer_look_tells_otherwise_is_taken_as_it_tells() -> None:
    other = document(kind="other")
    assert best_of_both([document(name=0.9)], [other]) == (other,)
