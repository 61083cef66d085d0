"""Lists in running text: goods of a certificate, activities of a business scope. Cheap: no language model is loaded."""

import re
from dataclasses import dataclass
from enum import StrEnum

from extractors.spelling import balanced, is_chinese, tidy, trimmed

_OPEN, _CLOSE = "（([【〔", "）)]】〕"
_BRACKETED = re.compile(rf"[{re.escape(_OPEN)}]([^{re.escape(_OPEN + _CLOSE)}]*)(?:[{re.escape(_CLOSE)}]|$)")
_STRONG, _WEAK = "；;。\n", "，,、"
_BRACKETS = re.compile(f"[{re.escape(_OPEN + _CLOSE)}]")
_SIGNS = re.compile(f"[{re.escape(_OPEN + _CLOSE + _STRONG + _WEAK)}]")
"""What the cutting of a list looks at; all else is passed over at once."""
_KINDS = re.compile(r"(许可(?:经营)?项目|一般(?:经营)?项目|一般性经营项目)[:：]")
_REMARK = re.compile(
    r"^(?:依法须经批准|除依法须经批准|企业依法自主|企业经营涉及|市场主体依法|以上(?:范围|项目|经营)|法律|国家法律|经相关部门|"
    r"凭.{0,12}经营|具体经营项目|不得从事|不含|未取得)"
)


class ItemKind(StrEnum):
    """Under which head an activity of a scope stands."""

    GENERAL = "general"
    """一般项目, or no head at all: open to anyone."""
    LICENSED = "licensed"
    """许可项目: needs a permit of its own."""


@dataclass(frozen=True)
class ScopeItem:
    """One activity of a business scope."""

    kind: ItemKind
    text: str


def split_items(text: str) -> tuple[str, ...]:
    """Return the items of a list, parted by semicolons, or by commas where there is none; brackets stay whole."""
    return _items(tidy(text))


def _items(text: str) -> tuple[str, ...]:
    separators = _STRONG if any(sign in _STRONG for sign in _outside(text).rstrip(_STRONG)) else _STRONG + _WEAK
    return tuple(item for item in (balanced(trimmed(part)) for part in _parts(text, separators)) if item)


def split_scope(text: str) -> tuple[ScopeItem, ...]:
    """Return the activities of a business scope, its remarks (依法须经批准的项目…) left out."""
    pieces = _KINDS.split(tidy(text))
    items: list[ScopeItem] = []
    for head, body in zip(["", *pieces[1::2]], pieces[0::2], strict=True):
        kind = ItemKind.LICENSED if head.startswith("许可") else ItemKind.GENERAL
        items += [ScopeItem(kind, item) for item in _items(_tidied(_without_remarks(body))) if not _REMARK.match(item)]
    return tuple(items)


def _tidied(piece: str) -> str:
    """Return a piece of a tidy text as if it had been tidied by itself: only without Chinese is it another."""
    return piece if is_chinese(piece) else tidy(piece)


def _without_remarks(text: str) -> str:
    return _BRACKETED.sub(lambda match: "；" if _REMARK.match(match[1]) else match[0], text)


def _outside(text: str) -> str:
    """Return what of `text` stands outside brackets."""
    if not _BRACKETS.search(text):
        return text
    kept, start, depth = [], 0, 0
    for bracket in _BRACKETS.finditer(text):
        before, depth = depth, _depth_after(bracket[0], depth)
        if depth and not before:
            kept.append(text[start : bracket.start()])
        elif before and not depth:
            start = bracket.start()
    return "".join(kept) + ("" if depth else text[start:])


def _parts(text: str, separators: str) -> list[str]:
    if not _BRACKETS.search(text):
        return re.split(f"[{re.escape(separators)}]", text)
    parts, start, depth = [], 0, 0
    for sign in _SIGNS.finditer(text):
        depth = _depth_after(sign[0], depth)
        if depth == 0 and sign[0] in separators:
            parts.append(text[start : sign.start()])
            start = sign.end()
    return [*parts, text[start:]]


def _depth_after(sign: str, depth: int) -> int:
    return max(depth + (sign in _OPEN) - (sign in _CLOSE), 0)
