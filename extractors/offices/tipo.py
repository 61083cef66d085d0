"""TIPO's registration certificates (中華民國商標註冊證), in traditional characters.

The term is printed in years of our era, the day of issue in years of the Republic (民國). It is ten years from
the day of registration (Trademark Act of Taiwan, article 33), which is the first day of the term.
"""

import re
from datetime import date

from extractors import nice
from extractors.base import Goods, Office
from extractors.dates import REPUBLIC_BEGAN, find_days
from extractors.flow import Flow, Found
from extractors.items import split_items
from extractors.offices.base import OfficeReader, level_of, office_entity, read_number, word_mark
from extractors.spelling import tidy, traditional, trimmed
from extractors.trademark_fields import TrademarkCertificate
from pipeline.classify import Variant
from pipeline.layout import Piece, Sheet, lay_out, rows
from pipeline.model import Document, Entity

_NUMBER = r"(?<!\d)0\d{7}(?!\d)"
_PERIOD = r"(\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*起?\s*至\s*(\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)"
_ISSUED = r"(?<![\d])\s*\d{1,3}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
_LARGER = 1.25
_LABEL = "商標權人"
_NO_MARK = r"註|冊|號數|權人|圖樣|^[名稱圖樣標]\s*[:：]?$|名稱|證書"


def read(document: Document) -> TrademarkCertificate:
    """Read the fields of a certificate."""
    sheet = lay_out(document.lines, document.pages)
    flow = Flow(sheet.pieces)
    start, end = _term(flow)
    number = level_of(sheet.pieces, _NUMBER)
    classes = nice.read_classes(flow.last(r"第\s*(0[0-4]\d)(?!\d)") or flow.last(r"第\s*(\d{1,2})\s*類"))
    return TrademarkCertificate(
        office=office_entity(sheet, Office.TIPO, "中華民國商標註冊證", "智慧財產局", "經濟部"),
        registration_number=read_number(flow.search(f"({_NUMBER})"), r"0\d{7}"),
        mark_text=_mark(sheet, flow, number),
        owner=_owner(sheet, flow, number),
        nice_classes=classes,
        goods=_goods(flow, classes.value if classes else ()),
        registration_date=_registered(flow, start, end),
        valid_from=start,
        valid_to=end,
    )


def _term(flow: Flow) -> tuple[Entity[date] | None, Entity[date] | None]:
    first, last = flow.search(_PERIOD, 1), flow.search(_PERIOD, 2)
    start, end = (find_days(found.text) if found else [] for found in (first, last))
    if not (first and last and start and end):
        return None, None
    if ten_years_before(end[0].value) != start[0].value:
        # One of the two was misread; which, only the day of issue can say.
        return None, last.entity(end[0].value, trust=0.9)
    return first.entity(start[0].value), last.entity(end[0].value)


def ten_years_before(last: date) -> date | None:
    """Return the first day of the ten years that end on `last`; None for a day that no term ends on."""
    following = date.fromordinal(last.toordinal() + 1)
    try:
        return following.replace(year=following.year - 10)
    except ValueError:
        return None


def _registered(flow: Flow, start: Entity[date] | None, end: Entity[date] | None) -> Entity[date] | None:
    """Return the day of registration: the first of the term, or what the end and the day of issue agree on."""
    if start is not None:
        return start
    issued = flow.last(rf"({_ISSUED})")
    if end is None or issued is None or not isinstance(end.value, date):
        return None
    first = ten_years_before(end.value)
    parts = re.findall(r"\d+", issued.text)
    # The seal lies on the year, whose first figure may be lost: 110 is then read as 10.
    same = first is not None and str(first.year - REPUBLIC_BEGAN).endswith(parts[0])
    if first is None or not same or (first.month, first.day) != (int(parts[1]), int(parts[2])):
        return None
    return issued.entity(first, trust=0.95, besides=end.evidence)


def _owner(sheet: Sheet, flow: Flow, number: Piece | None) -> Entity[str] | None:
    """Return the owner: behind its label or, where that is not legible, on the row under the number's."""
    found = flow.search(r"^\W*商標權人\s*[:：]?\s*(.+?)$") or flow.search(r"權人\s*[:：]\s*(.+?)$")
    if found is None and number is not None:
        under = [row for row in rows(sheet.pieces) if row[0].level > number.level + 0.4 * number.height]
        found = _behind_label(Flow(under[0])) if under else None
    value = traditional(trimmed(tidy(found.text))) if found else ""
    return found.entity(value) if found and len(value) >= 2 else None


def _behind_label(flow: Flow) -> Found | None:
    colon = re.search("[:：]", flow.text[:8])
    alike = sum(read == meant for read, meant in zip(flow.text, _LABEL, strict=False)) >= 2
    start = colon.end() if colon else len(_LABEL) if alike else None
    return flow.found(start, len(flow.text)) if start is not None else None


def _mark(sheet: Sheet, flow: Flow, number: Piece | None) -> Entity[str] | None:
    """Return the words of the specimen, larger than the print, or else what stands behind the mark's label."""
    foot = level_of(sheet.pieces, r"\d{4}\s*年.*至")
    if number is not None and foot is not None:
        large = tuple(piece for piece in sheet.pieces if piece.height > _LARGER * number.height)
        shown = word_mark(large, top=number.bottom, bottom=foot.top, without=_NO_MARK)
        if shown is not None:
            return shown
    named = flow.search(r"名\s*稱\s*[:：]\s*(\S.*?)$")
    value = traditional(trimmed(tidy(named.text))) if named else ""
    return named.entity(value) if named and value else None


def _goods(flow: Flow, classes: tuple[int, ...]) -> Entity[tuple[Goods, ...]] | None:
    found = flow.search(r"服務名稱\s*[:：]?\s*(.+?)(?=^[^\n]*(?:經濟部|智慧財|中華民國)|\Z)")
    if found is None:
        return None
    nice_class = classes[0] if len(classes) == 1 else None
    text = traditional("".join(found.rows))
    items = tuple(Goods(nice_class=nice_class, text=item) for item in split_items(text))
    return found.entity(items) if items else None


READER = OfficeReader(
    Office.TIPO,
    Variant(
        titles=("中華民國商標註冊證", "商標註冊證"),
        cues=(
            "經濟部",
            "智慧財產局",
            "註冊號數",
            "商標權人",
            "權利期間",
            "商品或服務名稱",
            "中華民國",
            "商標法施行細則",
            "類別",
        ),
        against=("~專利證書", "~核駁", "~申請書", "~註冊申請"),
        needs=(("中華民國", "智慧財", "經濟部"), ("註冊證", "註册證", "注冊證", "权利期間", "權利期間")),
    ),
    read,
)
