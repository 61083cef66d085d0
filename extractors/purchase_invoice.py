"""Invoices by which a seller proves that it bought branded goods: 增值税专用发票, 增值税普通发票, 电子发票 (fully digital
since 2021; 国家税务总局公告2024年第11号), and commercial invoices in English.
"""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence

from extractors.areas import values
from extractors.english_dates import dates_in
from extractors.labels import Label, find_inside, find_labels
from extractors.reading import Reading
from extractors.spelling import balanced, chinese, is_chinese, is_placeholder, simplified, tidy, trimmed
from extractors.values import plain
from pipeline.claims import DocumentType, Heading
from pipeline.layout import Piece, Sheet, lay_out, rows
from pipeline.model import Document, Entity, Fields


class PurchaseInvoice(Fields):
    """Who sold what to whom, and when."""

    seller: Entity[str] | None = None
    buyer: Entity[str] | None = None
    date: Entity[datetime.date] | None = None
    number: Entity[str] | None = None
    items: Entity[tuple[str, ...]] | None = None


_ENGLISH = (
    Label("seller", ("seller", "sellername", "supplier", "vendor", "exporter", "shipper", "from", "soldby", "issuedby"), rows=2),
    Label("buyer", ("buyer", "buyername", "billto", "soldto", "customer", "consignee", "importer", "to", "messrs", "client"), rows=2),
    Label("number", ("invoicenumber", "invoiceno", "invoice", "commercialinvoiceno", "invno", "receiptno"), looks=r"\d"),
    Label("date", ("invoicedate", "dateofinvoice", "date", "dateissued", "issuedate"), looks=r"\d{4}"),
    Label("other", ("address", "add", "tel", "phone", "email", "attn", "contractno", "orderno", "pono", "termsofpayment", "shippedto"), rows=3),
)
_NAME = re.compile(r"^名称[:：]?|^名\s*称[:：]?")
_NAME_LABELS = ("名称", "购买方名称", "销售方名称", "购货单位名称", "销货单位名称")
_PARTY = re.compile(
    r"[\u4e00-\u9fff（）()A-Za-z0-9·]{2,}?(?:公司|厂|店|部|行|社|中心|合伙）|企业|个体工商户|工作室|院|所|局|馆|场|户)(?:[（(].{1,10}[)）])?"
)
_COMPANY = re.compile(r"\b(?:Ltd|Limited|Inc|LLC|GmbH|Corp|Corporation|Company|S\.?A|B\.?V|PLC|Trading|Factory)\b", re.IGNORECASE)
_BUYER, _SELLER = re.compile(r"购买方|购货单位|购方|购买"), re.compile(r"销售方|销货单位|销方|销售")
_NUMBER = re.compile(r"(?:发票号码|发票编号|号码|N[oºO°][.:：]?)[:：]?(\d{20}|\d{8})(?!\d)", re.IGNORECASE)
_CODE = re.compile(r"(?:发票号码|号码)[:：]?")
_ITEM = re.compile(r"^[*＊✱](?P<sort>[^*＊]{1,20})[*＊✱](?P<name>[^¥￥]+)")
_DATE = re.compile(r"开票日期[:：]?")
_UNLABELLED = 0.9
"""Trust in a value that its form or place tells."""
_BY_PLACE = 0.85
"""Trust that the upper or left party is the buyer, as the form of all such invoices has it, where no label was read."""
_HEADS = ("description", "goods", "item", "product", "commodity", "particulars")
_TABLE_END = re.compile(r"^(?:sub)?total|^amount|^grand|^say|^bank|^remark|^payment|^vat|^tax|^shipping|^signature|^thank", re.IGNORECASE)


def read(document: Document) -> PurchaseInvoice:
    """Read an invoice, Chinese or English."""
    sheet = lay_out(document.lines, document.pages)
    if any(is_chinese(piece.text) and "发票" in simplified(plain(piece.text)) for piece in sheet.pieces):
        return _read_chinese(sheet)
    return _read_english(sheet)


def _read_chinese(sheet: Sheet) -> PurchaseInvoice:
    buyer, seller = _parties(sheet)
    return PurchaseInvoice(
        seller=seller, buyer=buyer, date=_chinese_date(sheet), number=_chinese_number(sheet), items=_chinese_items(sheet)
    )


def _parties(sheet: Sheet) -> tuple[Entity[str] | None, Entity[str] | None]:
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


def _chinese_date(sheet: Sheet) -> Entity[datetime.date] | None:
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


def _chinese_number(sheet: Sheet) -> Entity[str] | None:
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


def _chinese_items(sheet: Sheet) -> Entity[tuple[str, ...]] | None:
    """Return the goods: each begins with its sort between stars, `*服装*连衣裙`."""
    found = [(piece, match) for piece in sheet.pieces if (match := _ITEM.match(chinese(piece.text)))]
    if not found:
        return None
    items = tuple(f"*{match['sort']}*{trimmed(match['name'])}" for _, match in found)
    return Reading(tuple(piece for piece, _ in found)).entity(items)


def _read_english(sheet: Sheet) -> PurchaseInvoice:
    areas = {name: Reading(tuple(some)) for name, some in values(sheet, find_labels(sheet, _ENGLISH)).items() if some}
    return PurchaseInvoice(
        seller=_english_party(areas, "seller") or _letterhead(sheet, areas),
        buyer=_english_party(areas, "buyer"),
        date=_english_date(areas),
        number=_english_number(areas),
        items=_english_items(sheet),
    )


def _english_party(areas: Mapping[str, Reading], name: str) -> Entity[str] | None:
    if (reading := areas.get(name)) is None:
        return None
    for count in range(1, len(rows(reading.pieces)) + 1):
        part = Reading(tuple(piece for row in rows(reading.pieces)[:count] for piece in row))
        if _COMPANY.search(part.text):
            return part.entity(tidy(part.text).strip(" ,;:"))
    first = Reading(tuple(rows(reading.pieces)[0]))
    value = tidy(first.text).strip(" ,;:")
    return first.entity(value, trust=0.7) if len(value) >= 4 and not is_placeholder(value) else None


def _letterhead(sheet: Sheet, areas: Mapping[str, Reading]) -> Entity[str] | None:
    """Return the company at the head of the page: a commercial invoice is written on its seller's paper."""
    taken = {id(piece.line) for reading in areas.values() for piece in reading.pieces}
    first = next((row for row in rows(sheet.pieces) if _COMPANY.search(Reading(tuple(row)).text)), None)
    if first is None or any(id(piece.line) in taken for piece in first) or first[0].level > 0.3:
        return None
    reading = Reading(tuple(first))
    return reading.entity(tidy(reading.text).strip(" ,;:"), trust=_BY_PLACE)


def _english_date(areas: Mapping[str, Reading]) -> Entity[datetime.date] | None:
    reading = areas.get("date")
    dates = dates_in(reading.text) if reading else []
    return reading.entity(dates[0]) if reading and len(dates) == 1 else None


def _english_number(areas: Mapping[str, Reading]) -> Entity[str] | None:
    reading = areas.get("number")
    match = re.search(r"[A-Z0-9][A-Z0-9\-/._]{2,30}", plain(reading.text).upper()) if reading else None
    if reading is None or match is None or not re.search(r"\d", match[0]):
        return None
    return reading.entity(match[0].rstrip("-/._"), raw=reading.text)


def _english_items(sheet: Sheet) -> Entity[tuple[str, ...]] | None:
    """Return the column of the goods' descriptions, from its head to the total."""
    head = next((piece for piece in sheet.pieces if _is_head(piece, sheet.pieces)), None)
    if head is None:
        return None
    found: list[Piece] = []
    for row in rows(piece for piece in sheet.pieces if piece.level > head.level + 0.6 * head.height):
        if _TABLE_END.search(re.sub(r"[^A-Za-z]", "", row[0].text)):
            break
        inside = [piece for piece in row if _under(piece, head) and re.search(r"[A-Za-z]{3}", piece.text)]
        found += inside[:1]
    return Reading(tuple(found)).entity(tuple(tidy(piece.text) for piece in found)) if found else None


def _is_head(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Whether `piece` heads the column of goods: its word, and the head of the quantities beside it."""
    if not any(word in piece.text.lower() for word in _HEADS):
        return False
    level = [other for other in pieces if abs(other.level - piece.level) < piece.height]
    return any(re.search(r"qty|quantity|unit|price|amount", other.text, re.IGNORECASE) for other in level)


def _under(piece: Piece, head: Piece) -> bool:
    return min(piece.right, head.right) > max(piece.left, head.left) or abs(piece.left - head.left) < 2 * head.height


TYPE = DocumentType(
    "purchase_invoice",
    titles=(
        "增值税专用发票",
        "增值税普通发票",
        "增值税电子普通发票",
        "增值税电子专用发票",
        "电子发票增值税专用发票",
        "电子发票普通发票",
        "机动车销售统一发票",
        "COMMERCIAL INVOICE",
        "TAX INVOICE",
        "VAT INVOICE",
        "SALES INVOICE",
    ),
    headings=(
        Heading(re.compile(r"[\u4e00-\u9fff]{2,8}增值税(?:电子)?(?:专用|普通)发票(?:发票联|抵扣联|记账联)?")),
        Heading(re.compile(r"INVOICE"), re.compile(r"(?:BILLTO|SOLDTO|BUYER|CONSIGNEE|CUSTOMER).*(?:LTD|LIMITED|INC|LLC|GMBH|CORP)")),
    ),
    read=read,
    essential=(("seller", "buyer"), ("number", "date")),
    cues=(
        "发票代码",
        "发票号码",
        "开票日期",
        "价税合计",
        "纳税人识别号",
        "货物或应税劳务",
        "项目名称",
        "购买方",
        "销售方",
        "税率",
        "开票人",
        "规格型号",
    ),
    against=("营业执照", "授权书"),
)
