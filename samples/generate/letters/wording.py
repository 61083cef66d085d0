"""How letters say what they grant: paragraphs of prose, and the rows of a form or table."""

from datetime import date

from samples.generate import printed
from samples.generate.facts import LONG_TERM, Letter

_NUMERALS = "零一二三四五六七八九"
_WORDS = ("zero", "one", "two", "three", "four", "five")
_KINDS_ZH = {"exclusive": "独占授权", "sole": "排他授权", "non_exclusive": "普通授权"}
_KINDS_EN = {"exclusive": "exclusive", "sole": "sole", "non_exclusive": "non-exclusive"}


def title(letter: Letter) -> str:
    """Return what stands over the letter."""
    if letter.language == "zh":
        return {"prose": "品牌授权书", "form": "商标使用授权书", "table": "授权书"}[letter.layout]
    return {
        "prose": "LETTER OF AUTHORIZATION",
        "form": "Brand Authorization Letter",
        "table": "Trademark Authorization",
    }[letter.layout]


def day(value: date, language: str) -> str:
    """Return a day as letters of that language write it."""
    return printed.short_day(value) if language == "zh" else f"{value:%B} {value.day}, {value.year}"


def paragraphs(letter: Letter) -> list[str]:
    """Return a letter in prose."""
    return _chinese(letter) if letter.language == "zh" else _english(letter)


def rows(letter: Letter) -> list[printed.Row]:
    """Return a letter as rows of label and value; what it is silent about has no row."""
    return _chinese_rows(letter) if letter.language == "zh" else _english_rows(letter)


def _chinese(letter: Letter) -> list[str]:
    marks = "、".join(f"“{mark}”" for mark in letter.marks)
    numbers, classes = "、".join(letter.numbers), "、".join(map(str, letter.nice_classes))
    kind = f"，授权性质为{_KINDS_ZH[letter.exclusivity]}" if letter.exclusivity else ""
    place = f"在{letter.territory}范围内" if letter.territory else ""
    us = "本人" if letter.by_person else "我公司"
    passing = {True: "被授权方有权转授权。", False: "被授权方不得转授权给任何第三方。", None: ""}[letter.sublicensing]
    return [
        f"{us}{letter.licensor}系{marks}商标（注册号：{numbers}，第{classes}类）的注册人。",
        f"兹授权{letter.licensee}{place}于{'、'.join(letter.platforms)}上开设店铺，销售上述品牌的商品{kind}。",
        f"授权期限：{_chinese_term(letter)}。{passing}",
        f"{us}对上述授权的真实性负责，并愿意承担由此产生的法律责任。",
    ]


def _chinese_term(letter: Letter) -> str:
    if letter.years:
        return f"{_NUMERALS[letter.years]}年，自本授权书签署之日起计算"
    start = day(letter.valid_from, "zh")
    return f"自{start}起长期有效" if letter.valid_to == LONG_TERM else f"自{start}起至{day(_last(letter), 'zh')}止"


def _chinese_rows(letter: Letter) -> list[printed.Row]:
    passing = {True: "被授权人有权转授权", False: "不得转授权", None: ""}[letter.sublicensing]
    found = [
        ("授权人", letter.licensor),
        ("被授权人", letter.licensee),
        ("授权品牌", "、".join(letter.marks)),
        ("商标注册号", "、".join(letter.numbers)),
        ("商标类别", "、".join(f"第{number}类" for number in letter.nice_classes)),
        ("授权类型", _KINDS_ZH.get(letter.exclusivity or "", "")),
        ("授权平台", "、".join(letter.platforms)),
        ("授权区域", letter.territory or ""),
        ("授权期限", _chinese_term(letter)),
        ("转授权", passing),
    ]
    return [(label, value) for label, value in found if value]


def _english(letter: Letter) -> list[str]:
    many = len(letter.marks) > 1
    marks = " and ".join(f"“{mark}”" for mark in letter.marks)
    kind = f"the {_KINDS_EN[letter.exclusivity]} right" if letter.exclusivity else "the right"
    place = {"worldwide": " worldwide", None: ""}.get(letter.territory, f" within {letter.territory}")
    passing = {
        True: "The authorized party has the right to sublicense this authorization.",
        False: "The authorized party may not sublicense this authorization to any third party.",
        None: "",
    }[letter.sublicensing]
    classes = " and ".join(map(str, letter.nice_classes))
    return [
        f"We, {letter.licensor}, being the owner of the trademark{'s' if many else ''} {marks} (Registration No"
        f"{'s' if many else ''}. {' and '.join(letter.numbers)}, Class {classes}), hereby authorize {letter.licensee} "
        f"to use the mark and sell its products on {_english_list(letter.platforms)}, and grant it {kind} to do "
        f"so{place}.",
        f"This authorization is valid {_english_term(letter)}. {passing}",
        "We confirm that the statements above are true and remain responsible for them.",
    ]


def _english_list(items: tuple[str, ...]) -> str:
    return ", ".join(items[:-1]) + f" and {items[-1]}" if len(items) > 1 else items[0]


def _english_term(letter: Letter) -> str:
    if letter.years:
        word = _WORDS[letter.years]
        return f"for {word} ({letter.years}) year{'s' if letter.years > 1 else ''} from the date of signing"
    start = day(letter.valid_from, "en")
    if letter.valid_to == LONG_TERM:
        return f"from {start} and is granted as a perpetual authorization"
    return f"from {start} to {day(_last(letter), 'en')}"


def _english_rows(letter: Letter) -> list[printed.Row]:
    passing = {True: "Allowed", False: "Not allowed", None: ""}[letter.sublicensing]
    found = [
        ("Licensor", letter.licensor),
        ("Licensee", letter.licensee),
        ("Trademark", ", ".join(letter.marks)),
        ("Registration No.", ", ".join(letter.numbers)),
        ("Class", ", ".join(map(str, letter.nice_classes))),
        ("Type of Authorization", _KINDS_EN.get(letter.exclusivity or "", "").capitalize()),
        ("Authorized Platforms", ", ".join(letter.platforms)),
        ("Territory", letter.territory or ""),
        ("Period of Validity", _english_term(letter)),
        ("Sub-licensing", passing),
    ]
    return [(label, value) for label, value in found if value]


def _last(letter: Letter) -> date:
    assert letter.valid_to != LONG_TERM
    return letter.valid_to
