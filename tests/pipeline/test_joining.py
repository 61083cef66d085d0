"""Documents over several files are put together for a reason that they show, and for none else."""

from collections.abc import Sequence

import pytest

from pipeline.classify import DocumentType, classify
from pipeline.model import Document, Failure, FailureCode, Fields, Message, PageQuality, ReadPage
from tests.pipeline.sheets import page, source


class Nothing(Fields):
    """Reads nothing."""


def kind(name: str, title: str, **declared: object) -> DocumentType[Fields]:
    return DocumentType(name, titles=(title,), read=lambda document: Nothing(), **declared)  # type: ignore[arg-type]


FRONT = ("持卡人", "性别", "出生", "号码", "地址", "民族")
BACK = ("签发机关", "有效期限", "国徽", "卡面", "版本", "监制")
TYPES = (
    kind("card", "会员卡", cues=(*FRONT, *BACK), sides=(("号码",), ("签发机关",)), one_page=True),
    kind("certificate", "注册证书", cues=("注册号", "商品"), continuations=("商品清单",)),
    kind("letter", "委托书", cues=("委托人", "受托人")),
)
EMPTY = PageQuality(ink=0.0, sharpest=0.01, brightness=250)


def told(*files: tuple[str, ReadPage | Sequence[ReadPage]]) -> list[Document]:
    sources = [source(*((pages,) if isinstance(pages, ReadPage) else pages), file=name) for name, pages in files]
    return list(classify(sources, TYPES))


def front(number: int = 1) -> ReadPage:
    return page("", FRONT, number=number)


def back(number: int = 1) -> ReadPage:
    return page("", BACK, number=number)


LICENCE = page("营业场所", ["一份材料"])

CARDS = {
    "front, back": ([("1.jpg", front()), ("2.jpg", back())], [["1.jpg", "2.jpg"]]),
    "back, front: the front is the first page": ([("1.jpg", back()), ("2.jpg", front())], [["2.jpg", "1.jpg"]]),
    "something between them": (
        [("1.jpg", front()), ("2.jpg", LICENCE), ("3.jpg", back())],
        [["1.jpg", "3.jpg"], ["2.jpg"]],
    ),
    "two cards, sides in turn": (
        [("1.jpg", front()), ("2.jpg", back()), ("3.jpg", front()), ("4.jpg", back())],
        [["1.jpg", "2.jpg"], ["3.jpg", "4.jpg"]],
    ),
    "two fronts, then two backs: which is whose?": (
        [("1.jpg", front()), ("2.jpg", front()), ("3.jpg", back()), ("4.jpg", back())],
        [["1.jpg"], ["2.jpg"], ["3.jpg"], ["4.jpg"]],
    ),
    "two fronts and one back": (
        [("1.jpg", front()), ("2.jpg", back()), ("3.jpg", front())],
        [["1.jpg"], ["2.jpg"], ["3.jpg"]],
    ),
    "two fronts": ([("1.jpg", front()), ("2.jpg", front())], [["1.jpg"], ["2.jpg"]]),
    "a folder each": (
        [("a/1.jpg", front()), ("a/2.jpg", back()), ("b/1.jpg", front()), ("b/2.jpg", back())],
        [["a/1.jpg", "a/2.jpg"], ["b/1.jpg", "b/2.jpg"]],
    ),
    "in different folders": ([("a/1.jpg", front()), ("b/1.jpg", back())], [["a/1.jpg"], ["b/1.jpg"]]),
    "pages of one file": ([("1.pdf", [front(), back(2)])], [["1.pdf", "1.pdf"]]),
    "pages of one file, a front in another": (
        [("1.pdf", [front(), back(2)]), ("2.jpg", front())],
        [["1.pdf", "1.pdf"], ["2.jpg"]],
    ),
    "both sides on one page": ([("1.jpg", page("", [*FRONT, *BACK])), ("2.jpg", front())], [["1.jpg"], ["2.jpg"]]),
}


@pytest.mark.parametrize(("files", "documents"), CARDS.values(), ids=CARDS)
def test_sides_of_a_card(files: list[tuple[str, ReadPage]], documents: list[list[str]]) -> None:
    assert [[each.file for each in document.pages] for document in told(*files)] == documents


def test_two_cards_in_one_picture_are_in_dispute_since_their_values_would_mix() -> None:
    (both,) = told(("1.jpg", page("", [*FRONT, *FRONT])))
    assert (both.type, both.candidates) == ("other", ("card",))
    assert "one side stands there twice" in both.type_reason


def test_a_joined_document_lists_all_its_files_and_says_why() -> None:
    (card,) = told(("1.jpg", front()), ("2.jpg", back()))
    assert (card.id, card.file, card.sha256) == ("d1", "1.jpg", "sha256 of 1.jpg")
    assert card.files == (("1.jpg", "sha256 of 1.jpg"), ("2.jpg", "sha256 of 2.jpg"))
    assert (card.pages_total, len(card.pages)) == (2, 2)
    assert {line.file for line in card.lines} == {"1.jpg", "2.jpg"}
    assert card.type_reason.endswith("with page 1 of 2.jpg: the other side of the same card, the only one that fits")


def test_a_side_alone_says_so() -> None:
    for document in told(("1.jpg", front()), ("2.jpg", front()), ("3.jpg", back())):
        assert "alone, no other side belongs to it for sure" in document.type_reason


def test_what_failed_of_any_file_is_a_failure_of_the_document() -> None:
    lost = Failure(code=FailureCode.CORRUPT, file="2.pdf", page=2, message=Message(en="broken", zh="损坏"))
    (card,) = classify([source(front(), file="1.pdf"), source(back(), failures=[lost], file="2.pdf")], TYPES)
    assert card.failures == (lost,)


def certificate(number: str, *more: str) -> ReadPage:
    return page("注册证书", ["注册号", f"第{number}号", *more])


def letter(*more: str) -> ReadPage:
    return page("委托书", ["委托人", "受托人", *more])


GOODS = page("", ["商品清单", "第1234567号"])
SEALS = page("", ["（本页无正文，为盖章页）", "二〇二六年"])

CONTINUATIONS = {
    "goods with the same number": (
        [("1.jpg", certificate("1234567")), ("2.jpg", certificate("7654321")), ("3.jpg", GOODS)],
        [["1.jpg", "3.jpg"], ["2.jpg"]],
    ),
    "goods before their certificate": (
        [("1.jpg", GOODS), ("2.jpg", certificate("1234567"))],
        [["2.jpg", "1.jpg"]],
    ),
    "goods with another number": (
        [("1.jpg", certificate("7654321")), ("2.jpg", GOODS)],
        [["1.jpg"], ["2.jpg"]],
    ),
    "goods of two certificates": (
        [("1.jpg", certificate("1234567")), ("2.jpg", certificate("1234567")), ("3.jpg", GOODS)],
        [["1.jpg"], ["2.jpg"], ["3.jpg"]],
    ),
    "the same number, but nothing that goes on": (
        [("1.jpg", certificate("1234567")), ("2.jpg", page("", ["附图", "第1234567号"]))],
        [["1.jpg"], ["2.jpg"]],
    ),
    "page 2 of 2": (
        [("1.jpg", letter("第1页 共2页")), ("2.jpg", letter()), ("3.jpg", page("", ["条款", "第2页 共2页"]))],
        [["1.jpg", "3.jpg"], ["2.jpg"]],
    ),
    "pages 3 and 2 of 3": (
        [
            ("1.jpg", page("", ["条款", "Page 3 of 3"])),
            ("2.jpg", page("", ["条款", "Page 2 of 3"])),
            ("3.jpg", letter("Page 1 of 3")),
        ],
        [["3.jpg", "2.jpg", "1.jpg"]],
    ),
    "page 2 of 3, where the paper has two": (
        [("1.jpg", letter("第1页 共2页")), ("2.jpg", page("", ["条款", "第2页 共3页"]))],
        [["1.jpg"], ["2.jpg"]],
    ),
    "page 2 of two such letters": (
        [("1.jpg", letter("1/2")), ("2.jpg", letter("1/2")), ("3.jpg", page("", ["条款", "2/2"]))],
        [["1.jpg"], ["2.jpg"], ["3.jpg"]],
    ),
    "a page for seals after the only letter": ([("1.jpg", letter()), ("2.jpg", SEALS)], [["1.jpg", "2.jpg"]]),
    "a page for seals and two letters": (
        [("1.jpg", letter()), ("2.jpg", letter()), ("3.jpg", SEALS)],
        [["1.jpg"], ["2.jpg"], ["3.jpg"]],
    ),
    "a page for seals that does not follow it": (
        [("1.jpg", letter()), ("2.jpg", LICENCE), ("3.jpg", SEALS)],
        [["1.jpg"], ["2.jpg"], ["3.jpg"]],
    ),
    "a page for seals after a card": (
        [("1.jpg", page("", [*FRONT, *BACK])), ("2.jpg", SEALS)],
        [["1.jpg"], ["2.jpg"]],
    ),
    "a blank page in a file of its own": (
        [("1.jpg", letter()), ("2.jpg", page("", quality=EMPTY))],
        [["1.jpg"], ["2.jpg"]],
    ),
}


@pytest.mark.parametrize(("files", "documents"), CONTINUATIONS.values(), ids=CONTINUATIONS)
def test_pages_that_go_on_in_another_file(files: list[tuple[str, ReadPage]], documents: list[list[str]]) -> None:
    assert [[each.file for each in document.pages] for document in told(*files)] == documents


def test_a_page_that_goes_on_with_nothing_says_so() -> None:
    documents = told(("1.jpg", letter()), ("2.jpg", letter()), ("3.jpg", SEALS))
    assert documents[2].type_reason.endswith("a page for signatures, but of which paper cannot be told")


def test_the_reason_of_a_joined_page_is_told_without_the_number() -> None:
    (joined,) = told(("1.jpg", certificate("1234567")), ("2.jpg", GOODS))
    assert "with page 1 of 2.jpg: the same number stands on both" in joined.type_reason
    assert "1234567" not in joined.type_reason
