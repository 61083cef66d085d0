"""Values of the report's JSON as people read them."""

import unicodedata
from itertools import groupby

from pydantic import JsonValue

from pipeline.model import Look
from pipeline.report.titles import VALUES, title
from pipeline.report.words import phrase


def in_words(value: JsonValue, lang: str) -> str:
    """Return `value` as one line: lists by commas, money with its currency, goods with their class."""
    if isinstance(value, bool):
        return phrase("yes" if value else "no", lang)
    if isinstance(value, list):
        goods = [item for item in value if isinstance(item, dict) and "text" in item]
        return _goods(goods, lang) if goods else phrase("comma", lang).join(in_words(item, lang) for item in value)
    if isinstance(value, dict):
        return _composed(value, lang)
    if isinstance(value, int | float):
        return f"{value:,}" if abs(value) >= 1_000_000 else str(value)
    return title(VALUES, value, lang) if isinstance(value, str) and value in VALUES else str(value)


def _composed(value: dict[str, JsonValue], lang: str) -> str:
    amount = value.get("amount")
    if isinstance(amount, int | float):
        return money(amount, str(value.get("currency", "")))
    return phrase("comma", lang).join(
        f"{name.replace('_', ' ')} {in_words(item, lang)}" for name, item in value.items()
    )


def _goods(goods: list[dict[str, JsonValue]], lang: str) -> str:
    """Join goods, each class named once before those that belong to it."""
    parts = []
    for nice_class, group in groupby(goods, key=lambda item: item.get("class")):
        names = "；".join(in_words(item["text"], lang) for item in group)
        parts.append(names if nice_class is None else f"[{nice_class}] {names}")
    return "；".join(parts)


def bare(text: str) -> str:
    """Return `text` for comparing by eye: width, case and spaces aside."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def money(amount: float, currency: str) -> str:
    """Return an amount with its currency, such as "CNY 10,000"."""
    return f"{currency} {amount:,}"


def percent(confidence: float) -> str:
    """Return a confidence as a percentage, never rounded up to 100."""
    whole = int(confidence * 100 + 1e-9)
    return f"{whole}%" if whole < 99 or confidence == 1 else f"{int(confidence * 1000 + 1e-9) / 10:g}%"


def looked(look: Look, lang: str) -> str:
    """Return how a field was looked at again, what was read and how surely, and whether that was taken."""
    read = phrase("look.nothing", lang) if look.raw is None else f"{look.raw} ({percent(look.confidence)})"
    outcome = (read, phrase("look.won", lang)) if look.won else (read,)
    return phrase("comma", lang).join((phrase(f"look.{look.way}", lang), *outcome))
