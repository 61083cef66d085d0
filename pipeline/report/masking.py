"""Resident identity numbers (GB 11643) leave no report in the clear: the first six and the last character stay."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pydantic import JsonValue
from stdnum.cn import ric

from pipeline.identity_numbers import LEAST_OF_ONE, LOOKS_LIKE_ONE, bears_date, mask_number

_RUN_OF_DIGITS = re.compile(r"\d+", re.ASCII)
# What the reader took for a number on an identity card may have lost characters, or be one half of it.
_PART_OF_ONE = re.compile(r"[\dXx][\dXx\s]*", re.ASCII)
_SECRET = re.compile(r"[1-8]\d{13,16}[\dXx]", re.ASCII)
# The number with characters misread as letters, as the page's text has it before it was put right.
_MISREAD_SECRET = re.compile(r"(?=(?:[^\d]*\d){12})[0-9A-Za-z]{15,20}", re.ASCII)
# A credit code of a commercial registration starts so, and some consist of digits alone.
_COMMERCIAL = ("91", "92", "93")
# Hashes are not text. The dossier's id names the files of its report, and has no number in it (`names.dossier_id`).
_KEPT = frozenset({"sha256", "pixels", "dossier_id"})


@dataclass(frozen=True)
class _Secret:
    """A number that must not stand anywhere, and how to look for it in thousands of texts that do not hold it."""

    digits: str
    """Its longest run of digits: what holds the number holds this, and to look for it costs next to nothing."""
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, number: str) -> "_Secret":
        runs = _RUN_OF_DIGITS.findall(number)
        return cls(max(runs, key=len, default=""), re.compile(re.escape(number), re.IGNORECASE))


def is_like_number(text: str) -> bool:
    """Whether what is given as an identity number is long enough to look for it elsewhere: it may be misread or old."""
    return bool(_SECRET.fullmatch(text) or _MISREAD_SECRET.fullmatch(text))


def mask_report(report: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """Return the JSON of a report with every identity number masked, wherever it stands: values, messages, paths."""
    declared = filter(is_like_number, _declared(report))
    secrets = [_Secret.of(number) for number in sorted(set(declared))]
    return {key: value if key in _KEPT else _each_masked(value, secrets) for key, value in report.items()}


def _each_masked(value: JsonValue, secrets: Sequence[_Secret]) -> JsonValue:
    """Return a part of a report with its members masked; one look at the JSON of most tells that they hold none."""
    if not isinstance(value, list):
        return _masked(value, secrets)
    return [_masked(item, secrets) if _may_hold_one(item, secrets) else item for item in value]


def _may_hold_one(value: JsonValue, secrets: Sequence[_Secret]) -> bool:
    text = json.dumps(value, ensure_ascii=False)
    return (
        '"id_number"' in text
        or LEAST_OF_ONE.search(text) is not None
        or any(secret.digits in text for secret in secrets)
    )


def mask_text(text: str, secrets: Iterable[str] = ()) -> str:
    """Return `text` with what looks like an identity number masked, and each of `secrets`, whatever it looks like."""
    return _text_masked(text, [_Secret.of(secret) for secret in secrets])


def mask_value(name: str, value: JsonValue, secrets: Iterable[str] = ()) -> JsonValue:
    """Return what stands under `name`, as a report has it: an identity number masked, others wherever they stand."""
    return _of_key(name, value, [_Secret.of(secret) for secret in secrets])


def _text_masked(text: str, secrets: Sequence[_Secret]) -> str:
    for secret in secrets:
        if secret.digits in text:
            text = secret.pattern.sub(lambda match: mask_number(match[0]), text)
    if not LEAST_OF_ONE.search(text):
        return text
    return LOOKS_LIKE_ONE.sub(lambda match: mask_number(match[0]) if _is_one(match) else match[0], text)


def _is_one(match: re.Match[str]) -> bool:
    number = "".join(match.groups())
    return bears_date(match) and (not number.startswith(_COMMERCIAL) or bool(ric.is_valid(number)))


def _declared(value: JsonValue) -> Iterator[str]:
    """Yield every string below a key `id_number`: of the form, or of an identity card's entity."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _strings(item) if key == "id_number" else _declared(item)
    elif isinstance(value, list):
        for item in value:
            yield from _declared(item)


def _strings(value: JsonValue) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)


def _masked(value: JsonValue, secrets: Sequence[_Secret]) -> JsonValue:
    if isinstance(value, str):
        return _text_masked(value, secrets)
    if isinstance(value, list):
        return [_masked(item, secrets) for item in value]
    if isinstance(value, dict):
        return {key: _of_key(key, item, secrets) for key, item in value.items()}
    return value


def _of_key(key: str, value: JsonValue, secrets: Sequence[_Secret]) -> JsonValue:
    if key in _KEPT:
        return value
    return _number_masked(value) if key == "id_number" else _masked(value, secrets)


def _number_masked(value: JsonValue) -> JsonValue:
    """Mask the form's number, or the entity that an identity card's number became, whether well-formed or not."""
    if isinstance(value, str):
        return mask_number(value)
    if not isinstance(value, dict):
        return value
    printed = [item for key in ("value", "raw") if isinstance(item := value.get(key), str)]
    return {key: _part_masked(key, item, printed) for key, item in value.items()}


def _part_masked(key: str, value: JsonValue, printed: list[str]) -> JsonValue:
    """Mask one part of an identity number's entity: its value, its corrections or the lines that prove it."""
    if isinstance(value, list):
        return [_part_masked(key, item, printed) for item in value]
    if isinstance(value, dict):
        return {name: _part_masked(name, item, printed) for name, item in value.items()}
    if not isinstance(value, str):
        return value
    if key in ("value", "raw"):
        return mask_number(value)
    if key in ("from", "to"):
        return "*"  # with its position, a corrected character is part of the number
    return _line_masked(value, printed) if key == "text" else mask_text(value, printed)


def _line_masked(text: str, printed: list[str]) -> str:
    """Mask a line that proves the number: all of it like the number, half of it, or misread, wholly."""
    masked = mask_text(text, [number for number in printed if len(number) > 7])
    if masked != text:
        return masked
    return _PART_OF_ONE.sub(lambda match: "*" * len(match[0]), text)
