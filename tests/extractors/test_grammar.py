"""The likeliest string that a grammar allows: found where the reader saw it, never made up."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.wrong_codes import CREDIT_CODES, RESIDENT_IDS, Kind, credit_code, measure, resident_id, wrong_ones
from extractors.grammar import Grammar, Spelling, fit
from extractors.grammars import (
    DATE,
    PROVINCES,
    REGISTRATION_NUMBER,
    RESIDENT_ID,
    TRADEMARK_NUMBER,
    fit_province,
)
from pipeline.ocr.ppocr import PpOcr

SURE = 0.999
Others = dict[int, tuple[tuple[str, float], ...]]


def read(text: str, unclear: dict[int, float] | None = None, others: Others | None = None) -> Spelling:
    return Spelling(
        text=text,
        probabilities=tuple((unclear or {}).get(place, SURE) for place in range(len(text))),
        alternatives=tuple((others or {}).get(place, (("~", 0.001),)) for place in range(len(text))),
    )


@pytest.mark.parametrize(
    ("grammar", "text", "place", "seen", "meant"),
    [
        pytest.param(DATE, "2019年13月05日", 6, "2", "2019年12月05日", id="no 13th month"),
        pytest.param(DATE, "二〇一九年五月三十二日", 9, "一", "二〇一九年五月三十一日", id="no 32nd of May"),
        pytest.param(DATE, "2019年02月30日", 8, "2", "2019年02月20日", id="nor February a 30th"),
        pytest.param(TRADEMARK_NUMBER, "1234S678", 4, "5", "12345678", id="a letter among figures"),
    ],
)
def test_a_rival_that_the_reader_saw_is_taken_if_it_fits(
    grammar: Grammar, text: str, place: int, seen: str, meant: str
) -> None:
    fitted = fit(read(text, {place: 0.6}, {place: ((seen, 0.35),)}), grammar)
    assert fitted is not None
    assert (fitted.text, fitted.changed) == (meant, (place,))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param("2019年O6月C3日", "2019年06月03日", id="letters for zeros"),
        pytest.param("2019年06日03日", "2019年06月03日", id="the sign of the month"),
        pytest.param("二Q一九年六月三日", "二〇一九年六月三日", id="in words"),
        pytest.param("2019年06月03日", None, id="a date as read"),
        pytest.param("2019年33月03日", None, id="a month that is none, read clearly"),
        pytest.param("2019年06月", None, id="no day"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_only_signs_that_no_date_has_are_put_right_where_they_are_clear(text: str, meant: str | None) -> None:
    fitted = fit(read(text), DATE)
    assert (fitted and fitted.text) == meant


@pytest.mark.parametrize(
    ("probability", "rival", "fits"),
    [
        pytest.param(0.6, 0.3, True, id="unclear, and the right figure was seen"),
        pytest.param(0.6, 0.03, False, id="unclear, but the right figure was hardly seen"),
        pytest.param(0.95, 0.3, False, id="clear"),
    ],
)
@pytest.mark.parametrize("place", range(18))
def test_a_substitute_must_be_a_real_competitor(place: int, probability: float, rival: float, fits: bool) -> None:
    number = resident_id(Random(place))
    sign = next(sign for sign in "7531" if sign != number[place])
    wrong = number[:place] + sign + number[place + 1 :]
    fitted = fit(read(wrong, {place: probability}, {place: ((number[place], rival),)}), RESIDENT_ID)
    assert (fitted is not None) is fits
    assert fitted is None or fitted.text == number


def test_of_two_equal_strings_none_is_taken() -> None:
    doubt = dict.fromkeys(range(15), 0.4)
    others: Others = {place: tuple((sign, 0.3) for sign in "0123456789") for place in range(15)}
    assert fit(read("440300100123450", doubt, others), REGISTRATION_NUMBER) is None


@given(st.sampled_from(PROVINCES), st.data())
def test_the_name_of_a_province_is_put_right(name: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(name) - 1))
    text = name[:place] + "一" + name[place + 1 :] + "某某路1号"
    fitted = fit_province(read(text, {place: 0.5}, {place: ((name[place], 0.4),)}))
    assert fitted is not None
    assert fitted.name == name
    assert [(each.position, each.read, each.meant) for each in fitted.corrections] == [(place, "一", name[place])]


def test_an_address_that_begins_with_no_province_stays() -> None:
    assert fit_province(read("深圳市南山区某某路1号")) is None
    assert fit_province(read("广东省深圳市南山区", {0: 0.5}, {0: (("山", 0.4),)})) is None


@pytest.mark.engine
@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        pytest.param(CREDIT_CODES, [credit_code(Random(seed)) for seed in range(200)], id="credit codes"),
        pytest.param(RESIDENT_IDS, [resident_id(Random(seed)) for seed in range(40)], id="identification numbers"),
    ],
)
def test_a_wrong_code_that_is_printed_is_not_repaired(kind: Kind, codes: list[str], ppocr: PpOcr) -> None:
    # One of its wrong sisters each; `python -m bench.wrong_codes` takes all.
    wrong = [Random(code).choice(list(wrong_ones(code, kind))) for code in codes]
    count = measure(ppocr.recogniser, kind, wrong, Random(7))
    assert count.repaired == 0, count
    assert count.as_printed > 0.95 * count.printed, count
