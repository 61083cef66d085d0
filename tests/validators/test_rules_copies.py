"""DOC106 within one dossier: the same file, the same picture, or the same number under another name."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from pipeline.model import WHOLE_PAGE, Document, FailureCode, Seal, SealShape
from pipeline.verdict import Finding, Status
from tests.validators import build, papers
from tests.validators.shown import shown

PASS, FAIL, UNDETERMINED, NOT_APPLICABLE = Status.PASS, Status.FAIL, Status.UNDETERMINED, Status.NOT_APPLICABLE


def last(*documents: Document) -> Finding:
    return build.findings("DOC106", build.dossier(*documents))[-1]


def of_last(rule: str, *documents: Document) -> Status:
    return build.findings(rule, build.dossier(*documents))[-1].status


def page(file: str, content: str = "same", **changes: Any) -> Document:
    return build.document("business_licence", file=file, content=content, **changes)


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        pytest.param(page("a.jpg"), page("b.jpg", "other"), PASS, id="other content"),
        pytest.param(page("licence.jpg"), page("trademark.jpg"), FAIL, id="one content under two names"),
        pytest.param(page("01.jpg"), page("02.jpg"), FAIL, id="one content under two numbers"),
        pytest.param(page("a/licence.jpg"), page("b/Licence.JPG"), PASS, id="one name in two folders"),
        pytest.param(page("licence.jpg"), page("licence (1).jpg"), PASS, id="numbered copy"),
        pytest.param(page("licence.jpg"), page("licence（2）.jpg"), PASS, id="numbered copy, full width"),
        pytest.param(page("licence.jpg"), page("licence - Copy.jpg"), PASS, id="copy"),
        pytest.param(page("licence.jpg"), page("licence - Copy (2).jpg"), PASS, id="second copy"),
        pytest.param(page("执照.jpg"), page("执照 - 副本.jpg"), PASS, id="copy in Chinese"),
        pytest.param(page("all.pdf"), page("all.pdf"), PASS, id="two documents of one file"),
        pytest.param(
            page("a.pdf", failure=FailureCode.CORRUPT),
            page("b.pdf", failure=FailureCode.CORRUPT),
            NOT_APPLICABLE,
            id="DOC101's",
        ),
    ],
)
def test_doc106_same_file(first: Document, second: Document, status: Status) -> None:
    assert of_last("DOC106", first, second) is status


def test_doc106_is_about_the_later_file_and_names_both() -> None:
    first, second = build.findings("DOC106", build.dossier(page("licence.jpg"), page("trademark.jpg")))
    assert first.status is PASS
    assert second.message.en == "trademark.jpg has the same content as licence.jpg"
    assert {evidence.file for evidence in second.evidence} == {"licence.jpg", "trademark.jpg"}


def test_doc106_says_so_of_a_harmless_copy() -> None:
    finding = build.findings("DOC106", build.dossier(page("a/licence.jpg"), page("b/licence.jpg")))[-1]
    assert "same content" in finding.message.en


# Pictures


def picture(file: str, *pictures: str, **stated: Any) -> Document:
    return shown(build.document("business_licence", file=file), *(pictures or ("same",)), **stated)


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        pytest.param(picture("licence.png"), picture("trademark.tiff"), FAIL, id="one picture under two names"),
        pytest.param(picture("licence.png"), picture("b/Licence.webp"), PASS, id="saved again under its name"),
        pytest.param(picture("licence.png"), picture("licence (1).pdf"), PASS, id="numbered copy in a PDF"),
        pytest.param(picture("a.png"), picture("b.png", "other"), PASS, id="another picture"),
        pytest.param(picture("a.png", ""), picture("b.png", ""), PASS, id="empty pages"),
        pytest.param(picture("a.pdf", "same", ""), picture("b.png"), FAIL, id="an empty page besides"),
        pytest.param(picture("all.pdf", "one", "same"), picture("licence.png"), PASS, id="a page of a larger file"),
        pytest.param(
            picture("a.pdf", "one", "print", rendered=True),
            picture("b.pdf", "two", "print", rendered=True),
            PASS,
            id="the same small print",
        ),
        pytest.param(
            picture("a.pdf", "one", "print", rendered=True),
            picture("b.pdf", "one", "print", rendered=True),
            FAIL,
            id="the same text to the last page",
        ),
    ],
)
def test_doc106_same_picture(first: Document, second: Document, status: Status) -> None:
    assert last(first, second).status is status


def test_doc106_names_both_places_of_a_picture() -> None:
    found = last(picture("a.pdf", "one", "same"), picture("c.png"))
    assert "page 1 of c.png is the same picture as page 2 of a.pdf" in found.message.en
    assert "a.pdf 第2页" in found.message.zh
    assert [(each.file, each.page) for each in found.evidence] == [("c.png", 1), ("a.pdf", 2)]


def test_doc106_every_file_of_a_document_counts() -> None:
    """The first file is another one each time; the second has the same bytes."""
    card = papers.identity_card()
    first = replace(card, files=(("front.jpg", "1" * 64), ("back.jpg", "2" * 64)))
    licence = replace(build.licence(file="x.jpg"), files=(("x.jpg", "3" * 64), ("y.jpg", "2" * 64)))
    found = last(first, licence)
    assert (found.status, found.found) == (FAIL, "back.jpg")


def card(front: str, back: str, *, number: Any = build.ID_NUMBER, files: Sequence[str]) -> Document:
    return shown(papers.identity_card(file=files[0], id_number=number), front, back, files=files)


OTHER_PERSON = papers.id_number("44030519900312123")


@pytest.mark.parametrize(
    ("second", "status"),
    [
        pytest.param(card("her front", "back", number=OTHER_PERSON, files=("c.jpg", "d.jpg")), FAIL, id="two people"),
        pytest.param(
            card("her front", "back", number=OTHER_PERSON, files=("c.jpg", "b (1).jpg")), FAIL, id="under one name"
        ),
        pytest.param(card("her front", "back", number=None, files=("c.jpg", "d.jpg")), UNDETERMINED, id="not read"),
        pytest.param(card("her front", "her back", number=OTHER_PERSON, files=("c.jpg", "d.jpg")), PASS, id="her own"),
        pytest.param(card("again", "back", files=("c.jpg", "b (1).jpg")), PASS, id="the same person again"),
    ],
)
def test_doc106_one_back_of_two_identity_cards(second: Document, status: Status) -> None:
    assert last(card("front", "back", files=("a.jpg", "b.jpg")), second).status is status


def letter(file: str, *pictures: str, sealed: int = 0) -> Document:
    made = shown(papers.letter(file=file), *pictures)
    seal = Seal(box=WHOLE_PAGE, shape=SealShape.ROUND, file=file, page=sealed or 1)
    return replace(made, seals=(seal,) if sealed else ())


@pytest.mark.parametrize(
    ("second", "status"),
    [
        pytest.param(letter("two.pdf", "q", "end", sealed=2), UNDETERMINED, id="one sealed page of two letters"),
        pytest.param(letter("two.pdf", "q", "end"), PASS, id="a leaflet of two letters"),
        pytest.param(letter("two.pdf", "p", "end", sealed=2), FAIL, id="one letter under two names"),
        pytest.param(letter("two.pdf", "p", "other end", sealed=1), PASS, id="one letter with two leaflets"),
    ],
)
def test_doc106_one_page_of_two_letters(second: Document, status: Status) -> None:
    assert last(letter("one.pdf", "p", "end", sealed=2), second).status is status


# Numbers


@pytest.mark.parametrize(
    ("file", "changes", "status"),
    [
        pytest.param("trademark.jpg", {}, UNDETERMINED, id="named as a trademark"),
        pytest.param("商标注册证.jpg", {}, UNDETERMINED, id="named so in Chinese"),
        pytest.param("scan 2.jpg", {}, PASS, id="original and duplicate"),
        pytest.param("business licence duplicate.jpg", {}, PASS, id="named as what it is"),
        pytest.param("trademark licence 营业执照.jpg", {}, PASS, id="named as both"),
        pytest.param("trademark.jpg", {"unified_social_credit_code": "91440300MA5TEXT20F"}, PASS, id="another number"),
        pytest.param("trademark.jpg", {"unified_social_credit_code": None}, PASS, id="number not read"),
    ],
)
def test_doc106_a_paper_compressed_anew_is_told_by_its_number(
    file: str, changes: dict[str, Any], status: Status
) -> None:
    found = last(build.licence(file="01.jpg"), build.licence(file=file, **changes))
    assert found.status is status
    if status is UNDETERMINED:
        assert {"01.jpg", file} <= {each.file for each in found.evidence}
