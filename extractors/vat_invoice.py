"""The Chinese invoices: who sold to whom, when, what, by the boxes of the form (`purchase_invoice`)."""

import datetime
import re
from collections.abc import Iterator

from extractors.english_dates import dates_in
from extractors.labels import find_inside
from extractors.reading import Reading
from extractors.spelling import balanced, chinese, is_placeholder, simplified, trimmed
from extractors.values import plain
from pipeline.layout import Piece, Sheet, rows
from pipeline.model import Entity

_NAME = re.compile(r"^名称[:：]?|^名\s*称[:：]?")
_NAME_LABELS = ("名称", "购买方名称", "销售方名称", "购货单位名称", "销货单位名称")
_PARTY = re.compile(
    r"[\u4e00-\u9fff（）()A-Za-z0-9·]{2,}?(?:公司|厂|店|部|行|社|中心|合伙）|企业|个体工商户|工作室|院|所|局|馆|场|户)(?:[（(].{1,10}[)）])?"
)
_BUYER, _SELLER = re.compile(r"购买方|购货单位|购方|购买"), re.compile(r"销售方|销货单位|销方|销售")
_NUMBER = re.compile(r"(?:发票号码|发票编号|号码|N[oºO°][.:：]?)[:：]?(\d{20}|\d{8})(?!\d)", re.IGNORECASE)
_ITEM = re.compile(r"^[*＊✱](?P<sort>[^*＊]{1,20})[*＊✱](?P<name>[^¥￥]+)")
_DATE = re.compile(r"开票日期[:：]?")
_UNLABELLED = 0.9
"""Trust in a value that its form or place tells."""
_BY_PLACE = 0.85
"""Trust that the upper or left party is the buyer, as the form of all such invoices has it, where no label was read."""


def read_parties(sheet: Sheet) -> tuple[Entity[str] | None, Entity[str] | None]:
    """Return buyer and seller.

    On paper forms the buyer's box is above the goods and the seller's below; on fully digital ones the buyer's is left
    and the seller's right. Their labels run downwards along the boxes, one character a line, and are often not read.
    """
    named = list(_named(sheet))
    if not named:
        return None, None
    if len(named) == 1:
        side = _side(named[0], sheet)
        entity = _party(named[0], trust=_UNLABELLED)
        return (entity, None) if side == "buyer" else (None, entity) if side == "seller" else (None, None)
    # Side by side the left is the buyer, one above the other the upper.
    first, last = named[0], named[-1]
    beside = abs(first.level - last.level) < 1.5 * first.height
    buyer, seller = sorted((first, last), key=lambda piece: piece.left if beside else piece.level)
    sides = (_side(buyer, sheet), _side(seller, sheet))
    if sides == ("seller", "buyer"):
        buyer, seller = seller, buyer
    trust = 1.0 if sides in (("buyer", "seller"), ("seller", "buyer")) else _BY_PLACE
    return _party(buyer, trust=trust), _party(seller, trust=trust)


def _named(sheet: Sheet) -> Iterator[Piece]:
    """Yield what stands after each 名称, in reading order."""
    for row in rows(sheet.pieces):
        for index, piece in enumerate(row):
            text = plain(simplified(piece.text))
            if any(text.startswith(word) for word in _NAME_LABELS):
                rest = find_inside(piece, ("名称",))
                if rest is None and index + 1 < len(row):
                    rest = row[index + 1]
                if rest is not None and _is_party(rest):
                    yield rest
            elif text in ("称", "称:") or text.startswith(("称:", "称：")):
                # 名 称 is set wide, and its halves are lines of their own.
                rest = find_inside(piece, ("称",)) or (row[index + 1] if index + 1 < len(row) else None)
                if rest is not None and _is_party(rest):
                    yield rest


def _is_party(piece: Piece) -> bool:
    """Whether a text is a name of a company, one whose end was cut off included."""
    text = chinese(piece.text)
    return bool(_PARTY.search(text) or re.fullmatch(r"[\u4e00-\u9fff（）]{8,}", text))


def _side(name: Piece, sheet: Sheet) -> str:
    """Return whose box a name stands in, by the nearest label left of it: buyer, seller, or nothing."""
    own = plain(simplified(name.line.text[: name.start]))
    near: list[tuple[float, str]] = []
    for piece in sheet.pieces:
        text = plain(simplified(piece.text))
        label = "buyer" if _BUYER.search(text) else "seller" if _SELLER.search(text) else ""
        if len(text) <= 10 and label and piece.left < name.left and abs(piece.level - name.level) < 6 * name.height:
            near.append((abs(piece.level - name.level) + 0.3 * (name.left - piece.left), label))
    if _BUYER.search(own) or _SELLER.search(own):
        return "buyer" if _BUYER.search(own) else "seller"
    return min(near)[1] if near else ""


def _party(piece: Piece, *, trust: float) -> Entity[str] | None:
    value = trimmed(balanced(_NAME.sub("", chinese(piece.text))))
    if len(value) < 4 or is_placeholder(value):
        return None
    return Reading((piece,)).entity(value, trust=trust)


def read_day(sheet: Sheet) -> Entity[datetime.date] | None:
    """Return the day of issue: beside its label, or the only date of the page."""
    others: list[Reading] = []
    for row in rows(sheet.pieces):
        reading = Reading(tuple(row))
        text = plain(simplified(reading.text))
        if match := _DATE.search(text):
            dates = dates_in(text[match.end() :])
            if dates:
                own = tuple(piece for piece in row if re.search(r"日期|\d", piece.text))
                return Reading(own).entity(dates[0])
        elif len(dates_in(text)) == 1 and "年" in text:
            others.append(Reading(tuple(piece for piece in row if "年" in piece.text)))
    dates = dates_in(others[0].text) if len(others) == 1 else []
    return others[0].entity(dates[0], trust=_UNLABELLED) if dates else None


def read_number(sheet: Sheet) -> Entity[str] | None:
    """Return the number: 20 digits on fully digital invoices, 8 on the older ones."""
    for row in rows(sheet.pieces):
        text = plain(simplified(Reading(tuple(row)).text))
        if match := _NUMBER.search(text):
            own = tuple(piece for piece in row if match[1] in plain(piece.text)) or tuple(row)
            return Reading(own).entity(match[1], raw=match[1])
    # The number of a paper form stands large in its corner, with nothing but No before it.
    for piece in sheet.pieces:
        if re.fullmatch(r"(?:N[oºO°][.:]?)?\d{8}", plain(piece.text)) and piece.level < 0.35:
            value = re.sub(r"\D", "", plain(piece.text))
            return Reading((piece,)).entity(value, raw=value, trust=_UNLABELLED)
    return None


def read_items(sheet: Sheet) -> Entity[tuple[str, ...]] | None:
    """Return the goods: each begins with its sort between stars, `*服装*连衣裙`."""
    found = [(piece, match) for piece in sheet.pieces if (match := _ITEM.match(chinese(piece.text)))]
    if not found:
        return None
    items = tuple(f"*{match['sort']}*{trimmed(match['name'])}" for _, match in found)
    return Reading(tuple(piece for piece, _ in found)).entity(items)
