"""Business licences built by hand: an invented company, and labels with values in one column."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from extractors.business_licence import read
from pipeline.model import TextLine
from tests.extractors.paper import column, line, paper

COMPANY = "深圳市试星贸易有限公司"
TYPE = "有限责任公司（自然人独资）"
SCOPE = "一般项目：服装零售；鞋帽批发；货物进出口。|（依法须经批准的项目，经相关部门批准后方可开展经营活动）"
ADDRESS = "广东省深圳市试验区不存在路1号|甲座909室"
WHOLE_SCOPE, WHOLE_ADDRESS = SCOPE.replace("|", ""), ADDRESS.replace("|", "")
DAY = date(2019, 6, 3)


def values(lines: Sequence[TextLine], barcodes: Sequence[TextLine] = ()) -> dict[str, Any]:
    fields = read(paper(lines, barcodes=barcodes))
    return {name: entity.value for name, entity in fields.entities().items()}


def portrait(pairs: Sequence[tuple[str, str]], *, title: str = "营业执照") -> list[TextLine]:
    return [line(title, 0.35, 0.1, height=0.08), *column(pairs)]
