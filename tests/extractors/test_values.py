"""Dates, terms and amounts are read in all forms of Chinese papers, and nothing else is."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.dates import find_dates, parse_date
from extractors.numerals import parse_number
from extractors.values import Period, parse_money, parse_period
from pipeline.model import LONG_TERM

JUNE = date(2015, 6, 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2015年06月01日", JUNE),
        ("2015年6月1日", JUNE),
        ("2015 年 6 月 1 日", JUNE),
        ("２０１５年６月１日", JUNE),
        ("二〇一五年六月一日", JUNE),
        ("二○一五年六月一日", JUNE),
        ("二0一五年六月一日", JUNE),
        ("二O一五年六月一日", JUNE),
        ("2O15年06月01日", None),
        ("2015年O6月01日", None),
        ("二零一五年零六月零一日", JUNE),
        ("贰零壹伍年零陆月零壹日", JUNE),
        ("2015-06-01", JUNE),
        ("2015/6/1", JUNE),
        ("2015.06.01", JUNE),
        ("二〇一五年五月廿九日", date(2015, 5, 29)),
        ("二〇一五年五月卅一日", date(2015, 5, 31)),
        ("二〇〇八年十月二十七日", date(2008, 10, 27)),
        ("二零零七年七月十七日", date(2007, 7, 17)),
        ("二〇一〇年十二月三十日", date(2010, 12, 30)),
        ("2015年13月01日", None),
        ("2015年02月30日", None),
        ("2015年06月", None),
        ("年月日", None),
        ("2015年六月二一日", None),
        ("2015-06/01", None),
        ("成立于2015年06月01日", None),
        ("0015年06月01日", None),
        ("", None),
    ],
)
def test_date(text: str, value: date | None) -> None:
    assert parse_date(text) == value


def test_dates_are_found_within_text_in_order() -> None:
    assert find_dates("自2015年06月01日起，2099年99月99日，至二〇一六年七月二日") == [JUNE, date(2016, 7, 2)]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("长期", Period(None, LONG_TERM)),
        ("/长期", Period(None, LONG_TERM)),
        ("永久", Period(None, LONG_TERM)),
        ("永续经营", Period(None, LONG_TERM)),
        ("无固定期限", Period(None, LONG_TERM)),
        ("******", Period(None, LONG_TERM)),
        ("2015年06月01日至2035年05月31日", Period(JUNE, date(2035, 5, 31))),
        ("自2015年06月01日至2035年05月31日止", Period(JUNE, date(2035, 5, 31))),
        ("自公元2015年06月01日至2025年05月31日止", Period(JUNE, date(2025, 5, 31))),
        ("二〇一五年六月一日至二〇三五年五月三十一日", Period(JUNE, date(2035, 5, 31))),
        ("2015年06月01日至长期", Period(JUNE, LONG_TERM)),
        ("2015年06月01日至永久", Period(JUNE, LONG_TERM)),
        ("2015年06月01日至年月日", Period(JUNE, LONG_TERM)),
        ("2015年06月01日至 年 月 日", Period(JUNE, LONG_TERM)),
        ("2015年06月01日至******", Period(JUNE, LONG_TERM)),
        ("2015年06月01日至", Period(JUNE, LONG_TERM)),
        ("至2035年05月31日", Period(None, date(2035, 5, 31))),
        ("2015年06月01日里2035年05月31日", Period(JUNE, date(2035, 5, 31))),
        ("2015-06-01至2035-05-31", Period(JUNE, date(2035, 5, 31))),
        ("2035年05月31日至2015年06月01日", None),
        ("2015年06月01日", None),
        ("50至2062年01月01日", None),
        ("二十年", None),
        ("", None),
    ],
)
def test_period(text: str, period: Period | None) -> None:
    assert parse_period(text) == period


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("壹佰万元整", 1_000_000, "CNY"),
        ("人民币壹佰万元整", 1_000_000, "CNY"),
        ("人民币 伍佰万圆整", 5_000_000, "CNY"),
        ("（人民币）壹仟万元", 10_000_000, "CNY"),
        ("人民币：陆仟柒佰万元整", 67_000_000, "CNY"),
        ("捌佰伍拾万元人民币", 8_500_000, "CNY"),
        ("贰仟万圆整", 20_000_000, "CNY"),
        ("壹仟零捌拾万元整", 10_800_000, "CNY"),
        ("壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元整", 123_456_789, "CNY"),
        ("貳佰萬圓整", 2_000_000, "CNY"),
        ("十万元", 100_000, "CNY"),
        ("100万元人民币", 1_000_000, "CNY"),
        ("100.000000万人民币", 1_000_000, "CNY"),
        ("人民币5000.0000万元整", 50_000_000, "CNY"),
        ("人民币100000.0000万元整", 1_000_000_000, "CNY"),
        ("500万人民币元", 5_000_000, "CNY"),
        ("300万元", 3_000_000, "CNY"),
        ("3,000,000元", 3_000_000, "CNY"),
        ("0.5万元", 5_000, "CNY"),
        ("12.34元", Decimal("12.34"), "CNY"),
        ("50.0（万元）人民币", 500_000, "CNY"),
        ("伍佰万美元", 5_000_000, "USD"),
        ("美元伍拾万元", 500_000, "USD"),
        ("伍仟万港币", 50_000_000, "HKD"),
        ("2亿日元", 200_000_000, "JPY"),
    ],
)
def test_money(text: str, amount: int | Decimal, currency: str) -> None:
    money = parse_money(text)
    assert money is not None
    assert (money.amount, money.currency) == (amount, currency)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1000",
        "万元",
        "壹百佰万元",
        "万壹元",
        "人民币美元100万",
        "零元",
        "详见公示系统",
        "2015年06月01日",
        "1,00万元",
    ],
)
def test_what_is_no_amount_is_none(text: str) -> None:
    assert parse_money(text) is None


DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
SIGNS = "〇一二三四五六七八九"


def in_words(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else SIGNS[tens] + "十") + (SIGNS[ones] if ones else "")


@given(DAYS)
def test_every_day_is_read_back_from_figures(day: date) -> None:
    assert parse_date(f"{day.year}年{day.month:02}月{day.day:02}日") == day == parse_date(day.isoformat())


@given(DAYS)
def test_every_day_is_read_back_from_words(day: date) -> None:
    year = "".join(SIGNS[int(digit)] for digit in str(day.year))
    assert parse_date(f"{year}年{in_words(day.month)}月{in_words(day.day)}日") == day


def bank_numeral(number: int) -> str:
    """Write a number below 10^12 as banks do."""
    digits, text, zero = "零壹贰叁肆伍陆柒捌玖", "", False
    places = ["", "拾", "佰", "仟"]
    for group, unit in ((number // 10**8, "亿"), (number // 10**4 % 10**4, "万"), (number % 10**4, "")):
        if group == 0:
            zero = bool(text)
            continue
        for place in (3, 2, 1, 0):
            digit = group // 10**place % 10
            if digit:
                text += ("零" if zero else "") + digits[digit] + places[place]
                zero = False
            elif text:
                zero = True
        text += unit
        zero = zero and not (unit and group % 10)
    return text


@given(st.integers(1, 10**12 - 1))
def test_every_amount_is_read_back_from_bank_numerals(number: int) -> None:
    assert parse_number(bank_numeral(number)) == number
    money = parse_money(f"人民币{bank_numeral(number)}元整")
    assert money is not None
    assert money.amount == number


@given(st.text(alphabet="零一二壹贰十拾百佰千仟万亿元圆整人民币美0123456789.年月日至长期永久*自-/ ", max_size=24))
def test_parsers_never_raise(text: str) -> None:
    parse_date(text)
    parse_period(text)
    parse_money(text)
    parse_number(text)
    find_dates(text)
