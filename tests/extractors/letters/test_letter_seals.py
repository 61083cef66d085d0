"""A seal counts where it stands by the licensor's signature; where nobody looked, nothing is said."""

import pytest

from extractors.letters.letter import Letter
from extractors.letters.seals import seal_near
from extractors.letters.spans import find_spans
from extractors.letters.text import compose
from pipeline.layout import lay_out
from pipeline.model import Box, Seal, SealShape
from tests.extractors.letters.page import document, line


def seal(box: Box, page: int = 1) -> Seal:
    return Seal(box=box, shape=SealShape.ROUND, file="a.jpg", page=page)


def signed_letter() -> Letter:
    page = document([line("授权人（盖章）：甲试有限公司", 0.5, 0.8), line("日期：2026年1月1日", 0.5, 0.85)])
    text = compose(lay_out(page.lines, page.pages))
    return Letter(text, find_spans(text.text))


BY_IT = Box(left=0.6, top=0.75, right=0.8, bottom=0.88)
FAR = Box(left=0.1, top=0.1, right=0.25, bottom=0.2)


@pytest.mark.parametrize(
    ("seals", "seen"),
    [
        pytest.param([seal(BY_IT)], True, id="by the signature"),
        pytest.param([seal(FAR)], False, id="elsewhere"),
        pytest.param([seal(BY_IT, page=2)], False, id="on another page"),
        pytest.param([], False, id="none"),
    ],
)
def test_seals(seals: list[Seal], seen: bool) -> None:
    found = seal_near(signed_letter(), seals)
    assert found is not None
    assert found.value is seen
    assert seen or found.confidence <= 0.6


def test_where_nobody_looked_nothing_is_said() -> None:
    assert seal_near(signed_letter(), None) is None
