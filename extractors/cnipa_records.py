"""What CNIPA's short papers have in common: proofs of renewal, assignment and change, and notices.

They state what was decided in a sentence (兹核准第 N 号商标续展注册), name parties and class
beside labels, and bear a day at the seal.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from extractors import cnipa_fields
from extractors.areas import readings
from extractors.base import Office
from extractors.flow import Flow
from extractors.labels import Label, find_labels
from extractors.nice import classes_in
from extractors.overprints import lay_out_print
from extractors.reading import Reading
from extractors.values import parse_period
from pipeline.layout import Sheet
from pipeline.model import Document, Entity, Term

_NUMBER = r"(?<!\d)(G?[1-9]\d{4,7}[A-Z]?)(?![\dA-Z])"
_DAY = r"(?:公元)?[0-9零〇○一二三四五六七八九]{4}年.{1,3}?月.{1,4}?日"
_SENTENCE = re.compile(r"证明|通知书|核准第|特此|^\W*兹")
COMMON_LABELS = (
    Label("number", ("注册号", "商标注册号", "商标注册证号", "注册证号", "申请号", "商标申请号"), rows=1),
    Label("nice_classes", ("类别", "国际分类", "商品类别", "商品/服务类别", "类号", "核定使用商品类别"), rows=2),
    Label("mark", ("商标名称", "商标", "商标图样"), rows=2),
    Label("agent", ("代理机构名称", "代理机构", "代理人", "商标代理机构"), rows=2),
    Label("address", ("地址", "受让人地址", "注册人地址", "变更后注册人地址", "变更后地址", "转让人地址"), rows=4),
    Label("issuer", ("发文编号", "发文日期", "核准日期", "核准变更日期", "核准转让日期"), rows=1),
)
"""Labels of all of them; some are read, all of them end the value before."""


@dataclass(frozen=True)
class Record:
    """A short paper, laid out."""

    sheet: Sheet
    flow: Flow
    """Its text as one, without spaces."""
    areas: Mapping[str, Reading]
    """What stands at each label."""


def open_record(document: Document, labels: Sequence[Label]) -> Record:
    """Lay a paper out and find what stands at the labels, the common ones too."""
    sheet = lay_out_print(document)
    # A title or sentence that begins with 商标 is not the label 商标.
    body = Sheet(tuple(piece for piece in sheet.pieces if not _SENTENCE.search(piece.text)), sheet.width)
    found = find_labels(body, (*labels, *COMMON_LABELS))
    areas = readings(body, found)
    return Record(sheet, Flow(sheet.pieces, dense=True), areas)


def read_office(record: Record, *titles: str) -> Entity[Office] | None:
    """Return CNIPA, proved by the title or by its name."""
    title = cnipa_fields.first_with(record.sheet.pieces, *titles, "知识产权局", "商标局")
    return Reading((title,)).entity(Office.CNIPA) if title else None


def read_number(record: Record) -> Entity[str] | None:
    """Return the number of the mark: within 第 N 号, or at its label."""
    found = record.flow.search(rf"第{_NUMBER}号")
    if found is not None:
        return found.entity(found.text.upper())
    reading = record.areas.get("number")
    match = re.search(_NUMBER, reading.text.replace(" ", "")) if reading else None
    return reading.entity(match[1]) if reading and match else None


def read_classes(record: Record) -> Entity[tuple[int, ...]] | None:
    """Return the classes: at their label, or within 第 N 类."""
    reading = record.areas.get("nice_classes")
    if reading is not None and (classes := classes_in(reading.text)):
        return reading.entity(classes)
    found = record.flow.search(r"(?:第(?=[\d、,]+类)|国际分类[:：]?)([\d、,]+)")
    classes = classes_in(found.text) if found else ()
    return found.entity(classes, trust=0.95) if found and classes else None


def read_term(record: Record) -> tuple[Entity[date] | None, Entity[Term] | None]:
    """Return the two ends of the term that the paper grants."""
    found = record.flow.search(rf"(自?{_DAY}[至到]{_DAY})")
    period = parse_period(found.text) if found else None
    if found is None or period is None or period.start is None or period.end is None:
        return None, None
    return found.entity(period.start), found.entity(period.end)


def read_certified(record: Record) -> Entity[date] | None:
    """Return the day at the seal: the lowest date that stands by itself; else the one after 核准…日期."""
    return cnipa_fields.read_lowest_date(record.sheet) or cnipa_fields.read_single_date(record.areas.get("issuer"))
