"""Dates on business licences, whole, in pieces and under seals."""

from datetime import date

import pytest

from extractors.business_licence import read
from pipeline.model import LONG_TERM
from tests.extractors.licence import DAY, portrait, values
from tests.extractors.paper import line, paper


@pytest.mark.parametrize(
    ("texts", "day"),
    [
        pytest.param(["2019年06月03日"], DAY, id="whole"),
        pytest.param(["2019", "年06月03", "日"], DAY, id="in pieces"),
        pytest.param(["2019年06日03日"], DAY, id="month misread as day"),
        pytest.param(["2019年06月C3日"], DAY, id="zero read as a letter"),
        pytest.param(["二〇一九年六月三日"], DAY, id="in words"),
        pytest.param(["2019", "06", "03"], DAY, id="figures alone"),
        pytest.param(["2019", "年", "日"], None, id="month and day under the seal"),
        pytest.param(["2019年", "16"], None, id="month under the seal"),
    ],
)
def test_issue_date(texts: list[str], day: date | None) -> None:
    lines = [line("登记机关", 0.5, 0.7), *(line(text, 0.6 + 0.1 * place, 0.78) for place, text in enumerate(texts))]
    assert values(lines).get("issue_date") == day


def test_a_blank_end_that_may_just_not_have_been_read_is_doubted() -> None:
    blank = read(paper(portrait([("营业期限", "2019年06月03日至")]))).valid_to
    printed = read(paper(portrait([("营业期限", "2019年06月03日至 年 月 日")]))).valid_to
    assert blank is not None
    assert printed is not None
    assert (blank.value, printed.value) == (LONG_TERM, LONG_TERM)
    assert blank.confidence < 0.8 < printed.confidence
