"""How values are written: one form for what pages write in several."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_OPENING, _CLOSING = "([{〔【《〈", ")]}〕】》〉"
_TO_FULL = str.maketrans({"(": "（", ")": "）", ":": "：", ";": "；", "?": "？", "!": "！"})
_SPACES = re.compile(r"\s+")
_LOOSE_SPACE = re.compile(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])")
_TIME = re.compile(r"(?<=\d)：(?=\d)")
_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_EDGES = " \t.,;:。，；：、·'\"`|_-—~*＊※#/\\^<>«»…★☆☑□■○●"
_PLACEHOLDER = re.compile(r"某某|[XＸ×*＊]{3,}|代用名", re.IGNORECASE)
_PERSON = re.compile(
    r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff〇]{2,4}|[\u4e00-\u9fff]{2,4}[、,][\u4e00-\u9fff]{2,4}"
)
_LONG_PERSON = re.compile(r"[\u3400-\u9fff]{1,8}(?:[·•.][\u3400-\u9fff]{1,8}){1,4}|[\u3400-\u9fff]{5,8}")
_FOREIGN_PERSON = re.compile(r"[A-Za-z][A-Za-z'.,\- ]{2,60}[A-Za-z.]")


def is_chinese(text: str) -> bool:
    """Whether a Chinese character stands in `text`."""
    return _HAN.search(text) is not None


def is_placeholder(text: str) -> bool:
    """Whether `text` stands for a value without being one, as on specimens: 某某公司, XXXX."""
    return _PLACEHOLDER.search(text) is not None


def tidy(text: str) -> str:
    """Return `text` with half-width letters and digits; in Chinese text no spaces and full-width punctuation."""
    text = unicodedata.normalize("NFKC", text)
    if not is_chinese(text):
        text = _SPACES.sub(" ", text).strip()
    else:
        # Most texts have no space, colon or comma: to look for one costs less than to try every place.
        text = (_LOOSE_SPACE.sub("", text) if _SPACES.search(text) else text).translate(_TO_FULL)
        # The colon of a time and the comma of a figure stay as they are.
        text = _TIME.sub(":", text) if "：" in text else text
        text = _COMMA.sub("，", text) if "," in text else text
    # Without the space between them, an accent and its letter are one character.
    return unicodedata.normalize("NFC", text)


def plain(text: str) -> str:
    """Return `text` half-width and without spaces, as grammars want it."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def narrow(sign: str) -> str:
    """Return a character half-width; one that would become several stays, so that places in a text stay, too."""
    half = unicodedata.normalize("NFKC", sign)
    return half if len(half) == 1 else sign


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """Return letters, figures and characters of a text alone: simplified, half-width, upper case, as titles are."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", simplified(text))).upper()


def simplified(text: str) -> str:
    """Return `text` in simplified characters: readers of mainland papers now and then take 粤 for 粵."""
    return str(_converter().convert(text))


def chinese(text: str) -> str:
    """Return a text of a mainland paper in normal form: tidy and in simplified characters."""
    return simplified(tidy(text))


def traditional(text: str) -> str:
    """Return a text of a Taiwanese paper with the simplified characters that readers take for its own put right.

    Only characters that Taiwan does not use (those outside Big5) are changed, so that none of its own is.
    """
    return "".join(sign if _is_in_big5(sign) else str(_to_traditional().convert(sign)) for sign in text)


def balanced(text: str) -> str:
    """Return `text` with a missing bracket closed at its end, and a stray one there removed."""
    missing = text.count("（") + text.count("(") - text.count("）") - text.count(")")
    if missing == 1 and not text.endswith(("（", "(")):
        return text + "）"
    if missing == 1:
        return text[:-1]
    return text[:-1] if missing == -1 and text.endswith(("）", ")")) else text


def trimmed(text: str) -> str:
    """Return `text` without the punctuation and ornaments at its ends that belong to no name."""
    return text.strip(_EDGES)


def person(text: str) -> str | None:
    """Return the natural person's name that `text` is: 2 to 4 Chinese characters, a transcribed or a Latin name."""
    text = trimmed(tidy(text))
    chinese = text.replace("•", "·").replace("・", "·")
    if _PERSON.fullmatch(chinese) or _LONG_PERSON.fullmatch(chinese):
        return re.sub(r"(?<=[\u3400-\u9fff])\.(?=[\u3400-\u9fff])", "·", chinese).replace("，", "、")
    return text if _FOREIGN_PERSON.fullmatch(text) else None


def _is_in_big5(sign: str) -> bool:
    try:
        sign.encode("big5")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _to_traditional() -> Any:
    import opencc

    return opencc.OpenCC("s2t")


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")
