"""What is looked at again, and which look is believed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image as Pillow

from pipeline.classify import DocumentType
from pipeline.closer import Closer
from pipeline.doubts import best_of_both, doubtful, pages_in_doubt, parts_in_doubt
from pipeline.model import (
    Box,
    Document,
    Entity,
    EvidenceSource,
    Fields,
    Image,
    Look,
    PageRecord,
    ReadPage,
    ReadSource,
    Source,
    TextLine,
    Way,
)
from pipeline.ocr.base import Reading
from pipeline.settings import Settings

LINE = TextLine(text="x", box=Box(left=0.2, top=0.4, right=0.6, bottom=0.44), confidence=0.7, file="a.jpg", page=2)


class Paper(Fields):
    """A paper with a number of one kind or another, and a name."""

    code: Entity[str] | None = None
    number: Entity[str] | None = None
    name: Entity[str] | None = None
    remark: Entity[str] | None = None


def contested(paper: Fields) -> frozenset[str]:
    assert isinstance(paper, Paper)
    return frozenset({"code"} if paper.code and paper.code.value == "wrong" else ())


TYPES = (
    DocumentType(
        "paper",
        titles=("PAPER",),
        read=lambda _: Paper(),
        essential=(("code", "number"), ("name",)),
        contested=contested,
    ),
)


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
        pages=(PageRecord(file="a.jpg", page=2, width=1000, height=1000, turned=0),),
        lines=(LINE,),
        candidates=candidates,
        fields=Paper.model_validate(entities),
    )


@pytest.mark.parametrize(
    ("seen", "pages"),
    [
        pytest.param(document(code=0.9, name=0.9), {}, id="all there"),
        pytest.param(document(number=0.9, name=0.9), {}, id="one of a group is enough"),
        pytest.param(document(code=0.9), {"a.jpg": {2}}, id="one is missing"),
        pytest.param(document(code=0.5, name=0.9), {}, id="one is doubtful, but its place is known"),
        pytest.param(document(kind="other"), {}, id="nothing claims it"),
        pytest.param(document(kind="other", candidates=("paper",)), {"a.jpg": {2}}, id="it may be one"),
    ],
)
def test_a_page_is_looked_at_whole_if_nobody_knows_where_to_look(seen: Document, pages: dict[str, set[int]]) -> None:
    assert pages_in_doubt([seen], TYPES) == pages


def with_line(line: TextLine) -> Document:
    name = Entity[str](value="x", raw="x", confidence=0.5, evidence=(line,))
    return replace(document(), fields=Paper(name=name), lines=(line,))


@pytest.mark.parametrize(
    ("seen", "names"),
    [
        pytest.param(document(code=0.9, name=0.8), set(), id="sure"),
        pytest.param(document(code=0.9, name=0.79, remark=0.2), {"name", "remark"}, id="not sure"),
        pytest.param(
            with_line(LINE.model_copy(update={"box": Box(left=0, top=0.1, right=1, bottom=0.9)})),
            set(),
            id="all the page",
        ),
        pytest.param(with_line(LINE.model_copy(update={"source": EvidenceSource.BARCODE})), set(), id="a barcode"),
        pytest.param(with_line(LINE.model_copy(update={"page": 9})), set(), id="on no page"),
        pytest.param(replace(document(name=0.5), lines=()), set(), id="the ring of a seal, no line of the page"),
        pytest.param(with_line(LINE.model_copy(update={"confidence": 0.95})), set(), id="doubted, but read clearly"),
        pytest.param(
            replace(document(), fields=Paper(code=Entity(value="wrong", raw="", confidence=0.99, evidence=(LINE,)))),
            {"code"},
            id="its reader says so",
        ),
        pytest.param(replace(document(), fields=None), set(), id="nothing was read"),
    ],
)
def test_a_field_is_in_doubt_by_its_confidence_or_by_its_reader(seen: Document, names: set[str]) -> None:
    assert doubtful(seen, TYPES) == names


def test_the_place_of_a_field_is_a_little_more_than_its_lines() -> None:
    ((place, (box,)),) = parts_in_doubt([document(name=0.5, remark=0.5)], TYPES, Way.LARGER).items()
    assert place == ("a.jpg", 2)
    assert box == Box(left=0.18, top=0.38, right=0.62, bottom=0.46)


def looks(document: Document, name: str) -> tuple[Look, ...]:
    assert document.fields is not None
    entity = getattr(document.fields, name)
    assert isinstance(entity, Entity)
    return entity.looks


def test_what_was_tried_and_which_reading_won_is_told_of_fields_in_doubt_alone() -> None:
    first = document(code=0.9, name=0.6, remark=0.3)
    (best,) = best_of_both([first], [document(code=0.7, name=0.95, remark=0.2)], Way.LARGER, TYPES)
    assert looks(best, "code") == ()
    assert looks(best, "name") == (Look(way=Way.LARGER, raw="x", confidence=0.95, won=True),)
    assert looks(best, "remark") == (Look(way=Way.LARGER, raw="x", confidence=0.2, won=False),)


def test_looks_add_up_in_their_order() -> None:
    (once,) = best_of_both([document(name=0.5)], [document(name=0.4)], Way.LARGER, TYPES)
    (twice,) = best_of_both([once], [document(name=0.6)], Way.WHOLE_PAGE, TYPES)
    assert [(look.way, look.won) for look in looks(twice, "name")] == [(Way.LARGER, False), (Way.WHOLE_PAGE, True)]


@pytest.mark.parametrize(
    ("value", "confidence", "sure", "won"),
    [
        pytest.param("x", 0.3, 0.8, False, id="it agrees: half of the doubt is gone"),
        pytest.param("y", 0.7, 0.6, False, id="it differs, and is hardly surer"),
        pytest.param("y", 0.9, 0.72, True, id="it differs, and is much surer"),
        pytest.param(None, 0.0, 0.6, False, id="it reads nothing"),
    ],
)
def test_a_second_engine_confirms_or_is_believed_with_a_discount(
    value: str | None, confidence: float, sure: float, won: bool
) -> None:
    other = Entity[str](value=value, raw=value, confidence=confidence, evidence=(LINE,)) if value else None
    second = replace(document(), fields=Paper(name=other, remark=other))
    (best,) = best_of_both([document(name=0.6)], [second], Way.SECOND_ENGINE, TYPES)
    assert isinstance(best.fields, Paper)
    assert best.fields.name is not None
    assert best.fields.name.confidence == sure
    assert [look.won for look in best.fields.name.looks] == [won]
    assert best.fields.remark is None


class PartsEngine:
    """Reads what it is told to, a part of a page at a time."""

    name = "parts"
    models: Mapping[str, str] = {}

    def __init__(self, confidence: float, name: str = "parts") -> None:
        self.fingerprint = name
        self.seen: list[tuple[Box, bool]] = []
        self._line = LINE.model_copy(update={"confidence": confidence, "text": "x" if confidence < 1 else "xx"})

    def read(self, image: Image, *, page: int) -> Reading:
        raise NotImplementedError

    def read_closer(self, image: Image, *, page: int, known: Sequence[TextLine]) -> tuple[TextLine, ...]:
        raise NotImplementedError

    def read_part(
        self, image: Image, *, page: int, part: Box, known: Sequence[TextLine], without_red: bool
    ) -> tuple[TextLine, ...]:
        self.seen.append((part, without_red))
        return () if without_red else (self._line,)


def look_again(engine: PartsEngine, second: PartsEngine | None = None) -> Document:
    """Take a page through all looks, on which a name was read at 0.5."""
    written = BytesIO()
    Pillow.new("RGB", (300, 200), "white").save(written, "PNG")
    line = LINE.model_copy(update={"page": 1, "confidence": 0.5})
    record = PageRecord(file="a.jpg", page=1, width=300, height=200, turned=0)
    source = Source(file="a.jpg", sha256="0", content=written.getvalue(), media_type="image/png")
    read = [ReadSource(source=source, pages=(ReadPage(record, (line,)),), pages_total=1)]

    def extract(seen: Sequence[ReadSource]) -> tuple[Document, ...]:
        (line,) = seen[0].pages[0].lines
        name = Entity[str](value=line.text, raw=line.text, confidence=line.confidence, evidence=(line,))
        sure = Entity[str](value="1", raw="1", confidence=1, evidence=(line,))
        return (replace(document(), pages=(record,), lines=(line,), fields=Paper(name=name, code=sure)),)

    closer = Closer(engine, lambda: second, TYPES, Settings(cache=False))
    _, (found,) = closer.look_again(read, extract(read), extract)
    return found


def test_a_doubtful_field_is_read_again_from_its_place_until_it_is_sure() -> None:
    engine, second = PartsEngine(0.95), PartsEngine(0.9, "second")
    found = look_again(engine, second)
    assert [without_red for _, without_red in engine.seen] == [False]
    assert second.seen == []
    assert [(look.way, look.won) for look in looks(found, "name")] == [(Way.LARGER, True)]


def test_the_second_engine_is_asked_last_and_only_about_that_place() -> None:
    engine, second = PartsEngine(0.5), PartsEngine(0.7, "second")
    found = look_again(engine, second)
    assert [without_red for _, without_red in engine.seen] == [False, True]
    assert second.seen == [(engine.seen[0][0], False)]
    assert [look.way for look in looks(found, "name")] == [Way.LARGER, Way.SECOND_ENGINE]
    assert isinstance(found.fields, Paper)
    assert found.fields.name is not None
    assert found.fields.name.confidence == 0.75


def test_a_second_engine_is_not_asked_about_what_is_not_essential() -> None:
    unsure = document(name=0.5, remark=0.5, code=0.9)
    assert doubtful(unsure, TYPES) == {"name", "remark"}
    (box,) = parts_in_doubt([unsure], TYPES, Way.SECOND_ENGINE)[("a.jpg", 2)]
    (best,) = best_of_both([unsure], [document(name=0.5, remark=0.5)], Way.SECOND_ENGINE, TYPES)
    assert box.top == 0.38
    assert (len(looks(best, "name")), len(looks(best, "remark"))) == (1, 0)


def test_a_look_that_fails_leaves_what_the_first_one_read() -> None:
    class Failing(PartsEngine):
        def read_part(
            self, image: Image, *, page: int, part: Box, known: Sequence[TextLine], without_red: bool
        ) -> tuple[TextLine, ...]:
            raise MemoryError

    found = look_again(Failing(0.9))
    assert isinstance(found.fields, Paper)
    assert found.fields.name is not None
    assert found.fields.name.confidence == 0.5


def test_each_entity_comes_from_the_look_that_is_surer_of_it() -> None:
    first = document(code=0.9, name=0.6)
    second = document(code=0.7, name=0.95, remark=0.5)
    (best,) = best_of_both([first], [second], Way.WHOLE_PAGE, TYPES)
    assert best.fields is not None
    confidences = {name: entity.confidence for name, entity in best.fields.entities().items()}
    assert confidences == {"code": 0.9, "name": 0.95, "remark": 0.5}


def test_two_papers_of_one_type_on_a_page_keep_their_values_apart() -> None:
    first = [document(code=0.9), document(number=0.9)]
    second = [document(name=0.9), document(remark=0.9)]
    read = [set(each.fields.entities()) for each in best_of_both(first, second, Way.WHOLE_PAGE, TYPES) if each.fields]
    assert read == [{"code", "name"}, {"number", "remark"}]


def test_where_one_look_sees_more_papers_on_a_page_nothing_is_taken_over() -> None:
    second = [document(name=0.9), document(remark=0.9)]
    assert list(best_of_both([document(code=0.9)], second, Way.WHOLE_PAGE, TYPES)) == second


def test_papers_stay_in_their_order() -> None:
    second = [document(name=0.9), document(kind="other"), document(remark=0.9)]
    assert [each.type for each in best_of_both(second, second, Way.WHOLE_PAGE, TYPES)] == ["paper", "other", "paper"]


def test_what_only_the_first_look_read_is_not_lost() -> None:
    (best,) = best_of_both([document(name=0.9)], [document(code=0.9)], Way.WHOLE_PAGE, TYPES)
    assert best.fields is not None
    assert set(best.fields.entities()) == {"code", "name"}


def test_a_document_that_the_closer_look_tells_otherwise_is_taken_as_it_tells() -> None:
    other = document(kind="other")
    assert best_of_both([document(name=0.9)], [other], Way.WHOLE_PAGE, TYPES) == (other,)
