"""Both sides of an identity card are read, with and without the labels that copies lose."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from extractors import DOCUMENT_TYPES
from extractors.codes import resident_id_check_character
from extractors.identity_card import Sex, read
from pipeline.classify import classify
from pipeline.model import LONG_TERM, PageRecord, ReadPage, ReadSource, Source, TextLine
from tests.extractors.paper import line, paper

# A whole city stands where the police write a county: nobody has such a number.
FIRST17 = "44030019900307123"
NUMBER = FIRST17 + resident_id_check_character(FIRST17)
ADDRESS = ("广东省深圳市星屿区听潮街道", "望川路18号2栋301室")


def front(*, labels: bool = True, number: str = NUMBER, left: float = 0.05, top: float = 0.1) -> list[TextLine]:
    printed = [
        ("姓名", 0.0, 0.0), ("性别", 0.0, 0.07), ("民族", 0.13, 0.07), ("出生", 0.0, 0.14), ("住址", 0.0, 0.21),
        ("公民身份号码", 0.0, 0.34),
    ]  # fmt: skip
    values = [
        ("林试样", 0.06, 0.0), ("男", 0.06, 0.07), ("汉", 0.19, 0.07), ("1990 年3月7日", 0.06, 0.14),
        (ADDRESS[0], 0.06, 0.21), (ADDRESS[1], 0.06, 0.25), (number, 0.16, 0.34),
    ]  # fmt: skip
    return [line(text, left + x, top + y, height=0.028) for text, x, y in (*(printed if labels else ()), *values)]


def back(*, term: str = "2015.06.01-2035.06.01", labels: bool = True, top: float = 0.1) -> list[TextLine]:
    printed = [line("签发机关", 0.55, top + 0.26), line("有效期限", 0.55, top + 0.32)] if labels else []
    return [
        line("中华人民共和国", 0.6, top, height=0.05),
        line("居民身份证", 0.6, top + 0.08, height=0.06),
        *printed,
        line("深圳市公安局星屿分局", 0.66, top + 0.26),
        line(term, 0.66, top + 0.32),
    ]


def values(lines: Sequence[TextLine]) -> dict[str, Any]:
    fields = read(paper(lines, kind="identity_card"))
    return {name: entity.value for name, entity in fields.entities().items()}


FRONT = {
    "name": "林试样",
    "sex": Sex.MALE,
    "birth_date": date(1990, 3, 7),
    "address": "".join(ADDRESS),
    "id_number": NUMBER,
}
BACK = {
    "issuing_authority": "深圳市公安局星屿分局",
    "valid_from": date(2015, 6, 1),
    "valid_to": date(2035, 6, 1),
}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(front(), FRONT, id="front"),
        pytest.param(back(), BACK, id="back"),
        pytest.param([*front(), *back()], FRONT | BACK, id="side by side"),
        pytest.param([*front(), *back(top=0.55)], FRONT | BACK, id="one below the other"),
        pytest.param(front(labels=False), FRONT, id="front without labels"),
        pytest.param(back(labels=False), BACK, id="back without labels"),
        pytest.param([], {}, id="nothing"),
    ],
)
def test_sides(lines: Sequence[TextLine], expected: dict[str, Any]) -> None:
    assert values(lines) == expected


@pytest.mark.parametrize(
    ("term", "start", "end"),
    [
        pytest.param("2015.06.01-长期", date(2015, 6, 1), LONG_TERM, id="without an end"),
        pytest.param("2015.06.01 - 2035.06.01", date(2015, 6, 1), date(2035, 6, 1), id="spaces"),
        pytest.param("2015.06.01一2035.06.01", date(2015, 6, 1), date(2035, 6, 1), id="dash read as one"),
        pytest.param("2015060120350601", date(2015, 6, 1), date(2035, 6, 1), id="dots and dash lost"),
        pytest.param("件2015.06.01-2035.06.01", date(2015, 6, 1), date(2035, 6, 1), id="behind a character of a stamp"),
    ],
)
def test_term(term: str, start: date, end: object) -> None:
    read_values = values(back(term=term))
    assert (read_values["valid_from"], read_values["valid_to"]) == (start, end)


@pytest.mark.parametrize("term", ["2015.06.01-2035.13.01", "2035.06.01-2015.06.01", "2015.06.01-"])
def test_a_term_that_is_none_is_not_read(term: str) -> None:
    assert "valid_to" not in {name for name, value in values(back(term=term)).items() if value != LONG_TERM}


def test_labels_run_into_their_values() -> None:
    lines = [
        line("姓名林试样", 0.05, 0.1),
        line("性别男民族汉", 0.05, 0.17),
        line("出生1990年3月7日", 0.05, 0.24),
        line("住址" + ADDRESS[0], 0.05, 0.31),
        line(ADDRESS[1], 0.085, 0.35),
        line("公民身份号码" + NUMBER, 0.05, 0.44),
    ]
    assert values(lines) == FRONT


def test_a_watermark_is_no_name_and_no_address() -> None:
    marked = [*front(), line("仅供某平台入驻使用", 0.05, 0.28), line("再次复印无效", 0.1, 0.13)]
    assert values(marked) == FRONT


def test_a_starred_number_is_not_read() -> None:
    assert "id_number" not in values(front(number=NUMBER[:6] + "********" + NUMBER[14:]))


def test_the_number_is_its_own_raw_text() -> None:
    entity = read(paper([line("公民身份号码" + NUMBER, 0.05, 0.44)], kind="identity_card")).id_number
    assert entity is not None
    assert entity.raw == NUMBER


def test_sides_on_two_pages_of_a_file_are_one_card() -> None:
    def page(lines: Sequence[TextLine], number: int) -> ReadPage:
        record = PageRecord(file="a.pdf", page=number, width=1500, height=1000, turned=0)
        return ReadPage(
            record=record, lines=tuple(each.model_copy(update={"file": "a.pdf", "page": number}) for each in lines)
        )

    source = Source(file="a.pdf", sha256="0" * 64, content=b"", media_type="application/pdf")
    read_source = ReadSource(source=source, pages=(page(front(), 1), page(back(), 2)), pages_total=2)
    (document,) = classify([read_source], DOCUMENT_TYPES)
    assert document.type == "identity_card"
    fields = read(document)
    assert {name: entity.value for name, entity in fields.entities().items()} == FRONT | BACK
