"""Names of companies in rows that may hold an address besides, in Chinese or English."""

import re

from extractors.reading import Reading
from extractors.spelling import balanced, chinese, is_chinese, tidy, trimmed
from pipeline.layout import rows

_LATIN_LABEL = re.compile(r"^[A-Za-z][A-Za-z .&/()'\-]{2,40}[:：]\s*")
"""English beside a Chinese label."""
_STRAY = re.compile(r"(?<=[A-Za-z.])\s*[\u4e00-\u9fff]$")
"""A Chinese character at the end of a Latin name: a frame or a stroke that was read as one."""
_FORMS = r"Co\.?,?\s*,?Ltd|Ltd|Limited|Inc|LLC|GmbH|Corp|Corporation|Company|PLC|S\.?A\.?|B\.?V\.?"
_WHOLE = re.compile(
    r"(?:公司|厂|店|经营部|商行|合作社|工作室|中心|集团|研究院|超市|馆)(?:[(（].{0,12}[)）])?$|"
    + rf"\b(?:{_FORMS}|Factory)(?!\w)",
    re.IGNORECASE,
)
_END = re.compile(rf"^(.*?\b(?:{_FORMS})\.?)(?=[\s,;]|$)", re.IGNORECASE)


def is_company(text: str) -> bool:
    """Whether `text` ends like a Chinese company's name, or has the legal form of a foreign one in it."""
    return _WHOLE.search(text) is not None


def without_latin_label(text: str) -> str:
    """Return a value without the English label that stands between a Chinese one and it: `委托单位 Applicant: …`."""
    return _LATIN_LABEL.sub("", text.strip())


def company_name(text: str) -> str:
    """Return a name in its normal form, without an English label before it or an English address after it."""
    text = _STRAY.sub("", without_latin_label(text))
    if is_chinese(text):
        return trimmed(balanced(chinese(text)))
    text = tidy(text).strip(" ,;:|_-*#")
    match = _END.match(text)
    return match[1] if match else text


def name_rows(reading: Reading, *, with_address: bool) -> Reading:
    """Return the rows of a name without those of an address below it.

    Args:
        reading: All rows of the value.
        with_address: Whether an address certainly follows, so that the first row is the name if none looks like one.
    """
    parts = rows(reading.pieces)
    for count in range(1, len(parts) + 1):
        upper = Reading(tuple(piece for row in parts[:count] for piece in row))
        if is_company(company_name(upper.text)):
            return upper
    return Reading(tuple(parts[0])) if with_address else reading
