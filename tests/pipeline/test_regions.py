"""Two papers in one picture are two documents, whose values never mix; one paper is never cut in two."""

from collections.abc import Sequence

import pytest

from extractors import DOCUMENT_TYPES, extract
from pipeline.classify import classify
from pipeline.model import Document, PageRecord, ReadPage, ReadSource, Source, TextLine
from tests.extractors.paper import barcode, column, line

LICENCE, PERMIT = "营业执照", "税务登记证"
BESIDE, BELOW = (0.5, 0.0), (0.0, 0.5)


def small(title: str, name: str, person: str, place: tuple[float, float] = (0.0, 0.0)) -> list[TextLine]:
    """Return a paper in a quarter of the page."""
    left, top = place
    pairs = [("名称", name), ("法定代表人", person), ("成立日期", "2019年06月03日"), ("住所", "试验路1号")]
    return [line(title, left + 0.1, top + 0.05, height=0.06), *column(pairs, left=left + 0.02, top=top + 0.2)]


def documents(lines: Sequence[TextLine], barcodes: Sequence[TextLine] = ()) -> list[Document]:
    record = PageRecord(file="a.jpg", page=1, width=1500, height=1000, turned=0)
    source = Source(file="a.jpg", sha256="0" * 64, content=b"", media_type="image/jpeg")
    page = ReadPage(record=record, lines=tuple(lines), barcodes=tuple(barcodes))
    read = ReadSource(source=source, pages=(page,), pages_total=1)
    return [extract(document) for document in classify([read], DOCUMENT_TYPES)]


def names(found: Sequence[Document]) -> list[list[str]]:
    wanted = ("company_name", "legal_person")
    entities = [document.fields.entities() if document.fields else {} for document in found]
    return [[each[name].value for name in wanted if name in each] for each in entities]


FIRST, SECOND = ["甲市试星商店", "林试之"], ["乙市测月商店", "王月"]


@pytest.mark.parametrize("place", [pytest.param(BESIDE, id="beside"), pytest.param(BELOW, id="below")])
def test_two_licences_in_one_picture_are_two_documents(place: tuple[float, float]) -> None:
    lines = [*small(LICENCE, "乙市测月商店", "王月", place), *small(LICENCE, "甲市试星商店", "林试之")]
    found = documents(lines)
    assert [document.type for document in found] == ["business_licence"] * 2
    assert names(found) == [FIRST, SECOND]
    assert all("one of 2 papers in the picture" in document.type_reason for document in found)


def test_boxes_stay_those_of_the_picture() -> None:
    lines = [*small(LICENCE, "甲市试星商店", "林试之"), *small(LICENCE, "乙市测月商店", "王月", BESIDE)]
    found = documents(lines)
    assert sorted(line.box.left for document in found for line in document.lines) == sorted(
        line.box.left for line in lines
    )


@pytest.mark.parametrize("place", [pytest.param(BESIDE, id="beside"), pytest.param(BELOW, id="below")])
def test_a_paper_of_another_kind_is_a_document_of_its_own(place: tuple[float, float]) -> None:
    found = documents([*small(LICENCE, "甲市试星商店", "林试之"), *small(PERMIT, "乙市测月商店", "王月", place)])
    assert [document.type for document in found] == ["business_licence", "other"]
    assert names(found)[0] == FIRST


def test_four_papers_in_one_picture() -> None:
    places = [(0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5)]
    lines = [each for at, place in enumerate(places) for each in small(LICENCE, f"试星商店{at}号店", "林试之", place)]
    assert [document.type for document in documents(lines)] == ["business_licence"] * 4


def test_a_code_belongs_to_the_paper_on_which_it_stands() -> None:
    lines = [*small(LICENCE, "甲市试星商店", "林试之"), *small(LICENCE, "乙市测月商店", "王月", BESIDE)]
    found = documents(lines, [barcode("http://www.gsxt.gov.cn/x")])
    assert [len(document.barcodes) for document in found] == [0, 1]


def test_a_paper_is_told_beside_a_larger_one_whose_text_is_as_high_as_its_title() -> None:
    notice = [line("商标注册申请受理通知书", 0.62, 0.1, height=0.03)]
    notice += [
        line(text, 0.62, 0.2 + 0.04 * row, height=0.012)
        for row, text in enumerate(("申请号", "申请日期", "申请人", "代理机构"))
    ]
    found = documents([*small(LICENCE, "甲市试星商店", "林试之"), *notice])
    assert [document.type for document in found] == ["business_licence", "trademark_acceptance_notice"]


WHOLE = {
    "its title again as a caption": [line(LICENCE, 0.1, 0.95, height=0.025)],
    "its title again in large type, and nothing with it": [line(LICENCE, 0.6, 0.05, height=0.06)],
    "a large stamp that names another paper": [line("与许可证", 0.5, 0.5, height=0.06)],
    "a watermark across it": [line(LICENCE, 0.1, 0.4, height=0.3, slope=0.4)],
}


@pytest.mark.parametrize("more", WHOLE.values(), ids=WHOLE)
def test_one_paper_is_not_cut_in_two(more: list[TextLine]) -> None:
    (found,) = documents([*small(LICENCE, "甲市试星商店", "林试之"), *more])
    assert names([found]) == [FIRST]


def test_two_titles_over_one_text_are_one_paper() -> None:
    # Lines that run across from under the one title to under the other.
    labels = ("统一社会信用代码", "经营范围", "住所", "登记机关", "注册资本", "法定代表人")
    wide = [line("的规定与说明" * 8, 0.05, 0.2 + 0.1 * row) for row in range(6)]
    narrow = [line(label, left, 0.25 + 0.1 * row) for row, label in enumerate(labels) for left in (0.1, 0.6)]
    titles = [line(LICENCE, left, 0.05, height=0.06) for left in (0.1, 0.6)]
    assert len(documents([*titles, *wide, *narrow])) == 1
    assert len(documents([*titles, *narrow])) == 2
