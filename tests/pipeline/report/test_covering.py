"""Identity numbers can be seen on no picture of a page, and where they are revealed by a button alone."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from pipeline.form import Applicant, Application, Form, LegalPerson
from pipeline.model import Box, Document, Entity, Fields, TextLine
from pipeline.report.covering import cover
from pipeline.report.html import to_html
from pipeline.report.json import to_report
from pipeline.verdict import Outcome
from tests.pipeline.report import build, papers

NUMBER = "44030019900101001X"
PLACE = ("id.jpg", 1)
BOX = (0.3, 0.6, 0.9, 0.7)


class Card(Fields):
    id_number: Entity[str] | None = None


def outcome_with(*lines: TextLine, fields: Fields | None = None, size: tuple[int, int] = (300, 200)) -> Outcome:
    outcome = build.outcome(pictures=True)
    document = build.document("d9", "identity_card", PLACE[0], fields or Card(), size)
    document = replace(document, lines=lines)
    documents: Sequence[Document] = (*outcome.dossier.documents, document)
    content = BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(content, "JPEG")
    return replace(
        outcome,
        dossier=replace(outcome.dossier, documents=tuple(documents)),
        pictures={**outcome.pictures, PLACE: content.getvalue()},
    )


def card(text: str = NUMBER) -> Outcome:
    line = papers.line(text, BOX, file=PLACE[0])
    number = Entity[str](value=NUMBER, raw=text, confidence=0.9, evidence=(line,))
    return outcome_with(line, fields=Card(id_number=number))


def spread(picture: bytes, box: Box) -> float:
    """How much pixels of a place differ: noise does, what is painted over does not."""
    page = np.asarray(Image.open(BytesIO(picture)).convert("L"), dtype=float)
    height, width = page.shape
    part = page[int(box.top * height) : int(box.bottom * height), int(box.left * width) : int(box.right * width)]
    return float(part.std())


def test_the_number_is_painted_over_and_nothing_else() -> None:
    covered = cover(card())
    place = Box(left=BOX[0], top=BOX[1], right=BOX[2], bottom=BOX[3])
    assert spread(card().pictures[PLACE], place) > 20
    assert spread(covered.pictures[PLACE], place) < 5
    assert spread(covered.pictures[PLACE], Box(left=0, top=0, right=1, bottom=0.5)) > 20
    others = card().pictures.keys() - {PLACE}
    assert others
    assert all(covered.pictures[each] == card().pictures[each] for each in others)


@pytest.mark.parametrize(
    ("text", "is_hidden"),
    [
        pytest.param(f"身份证号 {NUMBER}", True, id="a number in a letter"),
        pytest.param("440300 1990 01 01 001X", True, id="in groups"),
        pytest.param("统一社会信用代码 91440300MA5EXAMPLE", False, id="a credit code"),
        pytest.param("2026年11月24日", False, id="a day"),
    ],
)
def test_lines_of_any_paper_are_covered_if_they_hold_a_number(text: str, is_hidden: bool) -> None:
    covered = cover(outcome_with(papers.line(text, BOX, file=PLACE[0])))
    assert (PLACE in covered.patches) is is_hidden


@pytest.mark.parametrize("number", ["440300900101001", NUMBER])
def test_a_number_that_the_form_states_is_covered_on_any_paper(number: str) -> None:
    outcome = outcome_with(papers.line(f"法定代表人身份证号{number}", BOX, file=PLACE[0]))
    applicant = Applicant(legal_person=LegalPerson(name="李明华", id_number=number))
    for form, is_hidden in ((Form("a.yaml", Application(applicant=applicant), ()), True), (None, len(number) == 18)):
        covered = cover(replace(outcome, dossier=replace(outcome.dossier, form=form)))
        assert (PLACE in covered.patches) is is_hidden


@pytest.mark.parametrize(
    ("first", "second", "hidden"),
    [
        pytest.param("身份证号：440300199001", "01001X。", 2, id="a number over two lines"),
        pytest.param(f"身份证号：{NUMBER}", "01001号", 1, id="a whole number and another"),
        pytest.param("授权期限自2026", "2026年11月24日", 0, id="years"),
        pytest.param("身份证号：440300199001", "电话：01001X", 0, id="something stands between"),
    ],
)
def test_both_lines_of_a_number_that_goes_over_two_are_covered(first: str, second: str, hidden: int) -> None:
    lines = (papers.line(first, (0.1, 0.2, 0.9, 0.3), file=PLACE[0]), papers.line(second, BOX, file=PLACE[0]))
    assert len(cover(outcome_with(*lines)).patches.get(PLACE, ())) == hidden


def test_a_number_that_was_misread_is_covered_where_it_was_read() -> None:
    assert PLACE in cover(card("4403OO19900101OO1X")).patches


@pytest.mark.parametrize("box", [(0.0, 0.0, 0.001, 0.001), (0.999, 0.999, 1.0, 1.0), (0.0, 0.0, 1.0, 1.0)])
def test_places_at_the_edge_are_covered_too(box: tuple[float, float, float, float]) -> None:
    covered = cover(outcome_with(papers.line(NUMBER, box, file=PLACE[0]), size=(20, 10)))
    (patch,) = covered.patches[PLACE]
    assert patch.box.width > 0
    assert Image.open(BytesIO(patch.content)).size >= (1, 1)


def test_a_page_without_reveal_holds_the_number_nowhere_and_says_why() -> None:
    outcome = card()
    covered = cover(outcome)
    page = to_html(to_report(outcome), covered.pictures, lang="en", patches=covered.patches)
    assert NUMBER not in page
    assert "data-whole=" not in page
    assert 'class="patch"' not in page
    assert "Only a run with --reveal writes it." in page
    assert 'data-act="numbers"' not in page


def test_a_page_with_reveal_shows_the_number_masked_and_holds_it_whole() -> None:
    outcome = card()
    covered = cover(outcome)
    page = to_html(to_report(outcome, reveal=True), covered.pictures, lang="en", patches=covered.patches)
    assert f'data-whole="{NUMBER}">440300***********X</span>' in page
    assert page.count('class="patch"') == 1
    assert 'data-act="numbers"' in page
    assert f">{NUMBER}<" not in page
