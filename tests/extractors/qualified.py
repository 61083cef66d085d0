"""Builds qualifications by hand: Chinese permits in two columns, English papers in rows."""

from collections.abc import Sequence
from typing import Any

from extractors.qualification import Qualification, read
from pipeline.model import TextLine
from tests.extractors.paper import column, line, paper

HOLDER = "深圳市试星贸易有限公司"
AUTHORITY = "深圳市市场监督管理局"
CODE = "91440397MA5TEXT0X5"


def permit(title: str, left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]]) -> list[TextLine]:
    return [
        line(title, 0.3, 0.1, height=0.07),
        *column(left, left=0.05, top=0.25, step=0.07),
        *column(right, left=0.55, top=0.25, step=0.07),
        line("国家市场监督管理总局监制", 0.4, 0.95),
    ]


FOOD = permit(
    "食品经营许可证",
    [
        ("经营者名称：", HOLDER),
        ("社会信用代码：", CODE),
        ("法定代表人：", "林试样"),
        ("住所：", "深圳市星屿区望川路18号"),
        ("经营场所：", "深圳市星屿区望川路18号"),
        ("经营项目：", "预包装食品销售；散装食品销售"),
    ],
    [
        ("许可证编号：", "JY14403970012345"),
        ("发证机关：", AUTHORITY),
        ("签发日期：", "2023年05月02日"),
        ("有效期至：", "2028年05月01日"),
    ],
)


def english(title: str, rows: Sequence[str]) -> list[TextLine]:
    return [
        line(title, 0.2, 0.1, height=0.06),
        *(line(text, 0.05, 0.25 + 0.06 * at, height=0.025) for at, text in enumerate(rows)),
    ]


def values(lines: Sequence[TextLine]) -> dict[str, Any]:
    fields = read(paper(lines, kind="qualification"))
    assert isinstance(fields, Qualification)
    return {name: entity.value for name, entity in fields.entities().items()}


ENGLISH = (
    "Certificate No.: TR2305001234",
    "Applicant: Shenzhen Testriver Toys Co., Ltd.",
    "Address: Room 301, Yunzhan Building, Shenzhen, China",
    "Product: Plush bear",
    "Model: TR-100",
    "Complies with directives {laws}",
    "Date of issue: 12 March 2026",
    "Valid until: March 11, 2031",
    "Clearfall Testing Services Co., Ltd.",
)
"""Rows of an English certificate; `{laws}` is to be filled in."""
