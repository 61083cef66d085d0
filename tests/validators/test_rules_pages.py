"""The rules on pictures and languages (DOC102, DOC107), and what becomes of blank pages (DOC103)."""

from dataclasses import replace
from typing import Any

import pytest

from extractors import DOCUMENT_TYPES
from pipeline.model import Document, FailureCode, PageQuality
from pipeline.verdict import Status
from tests.validators import build
from validators.wording import ENTITY_NAMES

PASS, FAIL, UNDETERMINED, NOT_APPLICABLE = Status.PASS, Status.FAIL, Status.UNDETERMINED, Status.NOT_APPLICABLE

GOOD = PageQuality(
    ink=0.2, sharpest=0.8, brightness=250, text_height=40.0, contrast=0.5, edge=0.04, glare=0.0, legible=0.97
)
BLANK = PageQuality(ink=0.0, sharpest=0.01, brightness=250)
LOGO = PageQuality(ink=0.2, sharpest=0.8, brightness=250)
BLUR = PageQuality(ink=0.1, sharpest=0.04, brightness=250)
NIGHT = PageQuality(ink=0.0, sharpest=0.04, brightness=10)


def picture(document: Document, *, side: int = 2000, **changes: Any) -> Document:
    """Return the document with a picture that is good but for the changes."""
    (page,) = document.pages
    quality = GOOD.model_copy(update=changes)
    return replace(document, pages=(page.model_copy(update={"width": side, "height": side // 2}),), quality=(quality,))


def unread(**changes: Any) -> Document:
    """Return a licence whose code was not read, on such a picture."""
    return picture(build.licence(unified_social_credit_code=None), **changes)


FAULTS = {
    "small": ({"side": 500}, "500 pixels at its longest side instead of 800", "300 dpi"),
    "low letters": ({"text_height": 8.0}, "lines 8 pixels high instead of 13", "300 dpi"),
    "blurred letters": ({"edge": 0.2}, "blurred", "focus"),
    "blurred all over": ({"sharpest": 0.1}, "blurred", "focus"),
    "dark": ({"brightness": 30, "sharpest": 0.1}, "too dark", "daylight"),
    "burnt out": ({"contrast": 0.1}, "hardly any contrast", "do not brighten"),
    "glare": ({"glare": 0.3}, "glare over 30% of the text", "flash"),
    "cut off": ({"cut": ("left", "bottom")}, "text cut off at the left and bottom", "four corners"),
    "illegible": ({"legible": 0.4}, "only 40% of its characters legible", "original"),
}


@pytest.mark.parametrize(("changes", "told", "advice"), FAULTS.values(), ids=FAULTS)
def test_doc102_names_what_is_wrong_with_the_picture_and_what_to_do(
    changes: dict[str, Any], told: str, advice: str
) -> None:
    judged = build.dossier(unread(**changes))
    finding = build.finding("DOC102", judged)
    assert finding.status is FAIL
    assert finding.message.en == (f"page 1 is hard to read: {told}; not read for sure: unified social credit code")
    assert finding.message.zh.startswith("第1页难以识别：")
    (remedy,) = build.remedies("DOC102", judged)
    assert advice in remedy.message.en
    assert remedy.document == "business_licence"
    assert "01.jpg" in remedy.message.zh


@pytest.mark.parametrize("changes", [each[0] for each in FAULTS.values()], ids=FAULTS)
def test_doc102_refuses_no_picture_that_was_read(changes: dict[str, Any]) -> None:
    assert build.status("DOC102", build.dossier(picture(build.licence(), **changes))) is PASS


def test_doc102_is_not_about_facts_that_are_missing_on_a_good_picture() -> None:
    assert build.status("DOC102", build.dossier(unread())) is PASS


def test_doc102_holds_what_was_read_in_doubt_to_be_unread() -> None:
    doubtful = build.licence(unified_social_credit_code=build.entity(build.CODE, 0.5))
    assert build.status("DOC102", build.dossier(picture(doubtful, edge=0.2))) is FAIL


def test_doc102_tells_several_faults_and_each_thing_to_do_once() -> None:
    judged = build.dossier(unread(side=500, edge=0.2, sharpest=0.1))
    assert "500 pixels" in build.finding("DOC102", judged).message.en
    assert "blurred" in build.finding("DOC102", judged).message.en
    (remedy,) = build.remedies("DOC102", judged)
    assert remedy.message.en.count("focus") == 1


def with_quality(document: Document, *quality: PageQuality | None, **changes: Any) -> Document:
    return replace(document, quality=quality, **changes)


UNKNOWN = build.document()
NO_TEXT = build.document(blank=True)
HARDLY = GOOD.model_copy(update={"legible": 0.3, "edge": 0.3})


@pytest.mark.parametrize(
    ("document", "status"),
    [
        pytest.param(with_quality(build.licence(unified_social_credit_code=None), None), NOT_APPLICABLE, id="PDF text"),
        pytest.param(build.document(failure=FailureCode.CORRUPT), NOT_APPLICABLE, id="DOC101's"),
        pytest.param(with_quality(UNKNOWN, HARDLY, type_confidence=0.95), NOT_APPLICABLE, id="some other paper"),
        pytest.param(with_quality(UNKNOWN, HARDLY, type_confidence=0.7), FAIL, id="with labels of a known type"),
        pytest.param(with_quality(build.document(legibility=0.3), HARDLY), FAIL, id="it may be anything"),
        pytest.param(
            with_quality(UNKNOWN, GOOD.model_copy(update={"glare": 0.5}), type_confidence=0.7),
            FAIL,
            id="half burnt out",
        ),
        pytest.param(with_quality(UNKNOWN, GOOD, type_confidence=0.7), PASS, id="unknown and legible"),
        pytest.param(
            with_quality(build.document(candidates=["business_licence"]), HARDLY), FAIL, id="in dispute and illegible"
        ),
        pytest.param(with_quality(NO_TEXT, BLANK), NOT_APPLICABLE, id="blank"),
        pytest.param(with_quality(NO_TEXT, LOGO), PASS, id="logo"),
        pytest.param(with_quality(NO_TEXT, BLUR), FAIL, id="nothing but blur"),
        pytest.param(with_quality(NO_TEXT, NIGHT), FAIL, id="dark"),
    ],
)
def test_doc102_judges_pictures_that_matter(document: Document, status: Status) -> None:
    assert build.status("DOC102", build.dossier(document)) is status


def test_the_blank_back_of_a_paper_is_no_bad_picture() -> None:
    front = build.licence(unified_social_credit_code=None)
    (page,) = front.pages
    both = replace(front, pages=(page, page.model_copy(update={"page": 2})), quality=(GOOD, BLANK))
    assert build.status("DOC102", build.dossier(both)) is PASS


def test_whatever_is_essential_has_a_name_for_messages() -> None:
    essential = {group[0] for kind in DOCUMENT_TYPES for group in kind.essential}
    assert essential <= set(ENTITY_NAMES)


def test_doc103_does_not_complain_of_a_blank_page() -> None:
    assert build.status("DOC103", build.dossier(with_quality(NO_TEXT, BLANK))) is NOT_APPLICABLE
    assert build.status("DOC103", build.dossier(with_quality(NO_TEXT, LOGO))) is FAIL


def test_a_blank_page_is_no_paper_that_is_missing() -> None:
    # A page on which nothing was read may be the licence; one on which nothing stands is not.
    assert build.status("LIC201", build.dossier(with_quality(NO_TEXT, LOGO))) is UNDETERMINED
    assert build.status("LIC201", build.dossier(with_quality(NO_TEXT, BLANK))) is FAIL


SPANISH = "El titular de la marca concede a la empresa el derecho de uso de las marcas en los países por un año con sus"
ENGLISH = "This is the translation of the letter by which the owner of the mark has given the right to use it in the EU"


def written(text: str, *, confidence: float = 0.99, file: str = "01.jpg") -> Document:
    paper = build.document(file=file)
    (line,) = paper.lines
    lines = tuple(line.model_copy(update={"text": each, "confidence": confidence}) for each in (text, text))
    return replace(paper, lines=lines)


def doc107(*documents: Document) -> Status:
    return build.findings("DOC107", build.dossier(*documents))[0].status


def test_doc107_asks_for_a_translation() -> None:
    judged = build.dossier(written(SPANISH))
    finding = build.finding("DOC107", judged)
    assert (finding.status, finding.found) == (FAIL, "Spanish")
    assert "西班牙语" in finding.message.zh


@pytest.mark.parametrize(
    ("documents", "status"),
    [
        pytest.param([written(ENGLISH)], PASS, id="English"),
        pytest.param([written("一份中文材料")], PASS, id="Chinese"),
        pytest.param([written(SPANISH), written(ENGLISH, file="02.jpg")], PASS, id="with its translation"),
        pytest.param([written(SPANISH), written("译文：商标权利人", file="02.jpg")], PASS, id="in Chinese"),
        pytest.param([written(SPANISH), written("商标权利人", file="02.jpg")], FAIL, id="with some other paper"),
        pytest.param([written(f"{SPANISH} {ENGLISH}")], PASS, id="in both languages"),
        pytest.param([written(SPANISH, confidence=0.5)], UNDETERMINED, id="not legible"),
        pytest.param([build.document(blank=True)], NOT_APPLICABLE, id="no text"),
    ],
)
def test_doc107_language(documents: list[Document], status: Status) -> None:
    assert doc107(*documents) is status


def test_lines_of_a_document_prove_nothing_about_another() -> None:
    # Each document is judged by itself: the Spanish one fails, whatever comes before it.
    findings = build.findings("DOC107", build.dossier(written("商标权利人"), written(SPANISH, file="02.jpg")))
    assert [finding.status for finding in findings] == [PASS, FAIL]
