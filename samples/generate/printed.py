"""Values as registrars print them: dates, terms, and which label goes with which value on which face."""

from datetime import date

from samples.generate.facts import LONG_TERM, Era, Kind, Licence, Term

_NUMERALS = "〇一二三四五六七八九"


def day(value: date) -> str:
    """Return 2019年06月03日."""
    return f"{value:%Y年%m月%d日}"


def short_day(value: date) -> str:
    """Return 2019年6月3日, as notices write it."""
    return f"{value.year}年{value.month}月{value.day}日"


def day_in_numerals(value: date) -> str:
    """Return 二〇一一年六月十五日."""
    year = "".join(_NUMERALS[int(digit)] for digit in str(value.year))
    return f"{year}年{_count(value.month)}月{_count(value.day)}日"


def _count(number: int) -> str:
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens] + "十"
    return lead + (_NUMERALS[ones] if ones else "")


def term(period: tuple[date | None, Term]) -> str:
    """Return 2019年06月03日至2039年06月02日, or with 长期 as its end, or 长期 alone."""
    start, end = period
    last = "长期" if end == LONG_TERM else day(end)
    return f"{day(start)}至{last}" if start else last


Row = tuple[str, str]
"""A label and its value."""

_PERSON = {
    Kind.COMPANY: "法定代表人",
    Kind.PARTNERSHIP: "执行事务合伙人",
    Kind.INDIVIDUAL: "经营者",
    Kind.BRANCH: "负责人",
}
_PLACE = {
    Kind.COMPANY: "住所",
    Kind.PARTNERSHIP: "主要经营场所",
    Kind.INDIVIDUAL: "经营场所",
    Kind.BRANCH: "营业场所",
}
_PERIOD = {Kind.PARTNERSHIP: "合伙期限"}
_START = {Kind.INDIVIDUAL: "注册日期"}


def _heading(licence: Licence) -> list[Row]:
    return [("名称", licence.name), ("类型", licence.company_type)]


def _dates(licence: Licence) -> list[Row]:
    rows = [(_START.get(licence.kind, "成立日期"), day(licence.established))]
    if licence.period:
        rows.append((_PERIOD.get(licence.kind, "营业期限"), term(licence.period)))
    return rows


def _worth(licence: Licence) -> list[Row]:
    rows = [("注册资本", licence.capital or ""), ("组成形式", licence.composition or "")]
    return [row for row in rows if row[1]]


def left_column(licence: Licence) -> list[Row]:
    """Return the rows left of the fold on a 2019 face, without the scope (国市监注〔2018〕253号)."""
    return [*_heading(licence), (_PERSON[licence.kind], licence.person)]


def right_column(licence: Licence) -> list[Row]:
    """Return the rows right of the fold on a 2019 face."""
    return [*_worth(licence), *_dates(licence), (_PLACE[licence.kind], licence.address)]


def portrait_rows(licence: Licence) -> list[Row]:
    """Return the rows of a 2014 face, formats A, C, F and G, without the scope."""
    person = (_PERSON[licence.kind], licence.person)
    place = (_PLACE[licence.kind], licence.address)
    if licence.kind is Kind.INDIVIDUAL:
        return [person, *_heading(licence), place, *_worth(licence), *_dates(licence)]
    return [*_heading(licence), place, person, *_worth(licence), *_dates(licence)]


def booklet_rows(licence: Licence) -> list[Row]:
    """Return the rows of a company's licence before 2014, without scope and dates."""
    capital = licence.capital or ""
    return [
        ("名称", licence.name),
        ("住所", licence.address),
        ("法定代表人姓名", licence.person),
        ("注册资本", capital),
        ("实收资本", capital),
        ("公司类型", licence.company_type),
    ]


def publicity_system(era: Era) -> str:
    """Return the label of the publicity system's address below the frame."""
    return "国家企业信用信息公示系统网址：" if era is Era.LANDSCAPE_2019 else "企业信用信息公示系统网址："


IMPRINT = {
    Era.PRE_2014: "中华人民共和国国家工商行政管理总局制",
    Era.PORTRAIT_2014: "中华人民共和国国家工商行政管理总局监制",
    Era.LANDSCAPE_2019: "国家市场监督管理总局监制",
}
"""Who supervises the printing, below the frame."""
