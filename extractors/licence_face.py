"""The face of a business licence: what its labels are called in all eras (docs/sources.md#licence-labels)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from extractors.areas import readings
from extractors.labels import FoundLabel, Label, find_labels
from extractors.overprints import lay_out_print
from extractors.paper_fields import LegalPersonRole
from extractors.reading import Reading
from extractors.spelling import is_chinese
from pipeline.layout import Piece, Sheet, lay_out
from pipeline.model import Document, TextLine

ROLES = {
    "法定代表人": LegalPersonRole.LEGAL_REPRESENTATIVE,
    "经营者": LegalPersonRole.OPERATOR,
    "负责人": LegalPersonRole.PERSON_IN_CHARGE,
    "执行事务合伙人": LegalPersonRole.PARTNER,
    "合伙人": LegalPersonRole.PARTNER,
    "投资人": LegalPersonRole.INVESTOR,
    "业主": LegalPersonRole.OPERATOR,
}
"""Beginning of the label of the natural person → role."""

_MONEY = r"[万元圆]"

LABELS = (
    Label(
        "company_name",
        ("名称", "企业名称", "字号名称", "名称字号"),
        tails=("称",),
        heads=("名",),
        rows=2,
        looks=r"(公司|厂|店|部|社|行)$",
    ),
    Label(
        "company_type",
        ("类型", "公司类型", "企业类型", "主体类型", "商事主体类型", "经济性质", "企业性质"),
        tails=("型", "体类型", "司类型", "业类型", "业类"),
        heads=("类",),
        rows=2,
        looks=r"有限|责任|个体|合伙|独资|股份|集体",
    ),
    Label(
        "legal_person",
        (
            "法定代表人",
            "法定代表人姓名",
            "法定代表人负责人",
            "经营者",
            "经营者姓名",
            "负责人",
            "负责人姓名",
            "投资人",
            "投资人姓名",
            "执行事务合伙人",
            "执行事务合伙人姓名",
            "业主姓名",
        ),
        tails=("定代表人", "代表人", "事务合伙人", "营者"),
        looks=r"^[\u4e00-\u9fff]{2,4}$",
    ),
    Label(
        "registered_capital",
        ("注册资本", "注册资金", "出资额", "成员出资总额", "资金数额", "认缴注册资本"),
        tails=("册资本", "资本"),
        looks=_MONEY,
    ),
    Label("paid_in_capital", ("实收资本",), looks=_MONEY),
    Label(
        "establishment_date", ("成立日期", "注册日期", "登记日期"), tails=("立日期", "册日期", "日期"), looks=r"年.+月"
    ),
    Label(
        "period",
        ("营业期限", "经营期限", "合伙期限", "执照有效期", "执照有效期限", "有效期限"),
        tails=("业期限", "期限"),
        rows=2,
        looks=r"[至到]|长期",
    ),
    Label(
        "address",
        ("住所", "主要经营场所", "经营场所", "营业场所", "地址", "企业住所", "营业地址"),
        tails=("营场所", "业场所", "场所", "所"),
        heads=("住",),
        rows=4,
    ),
    Label(
        "business_scope",
        ("经营范围", "业务范围", "经营范围及方式", "经营范围及主营"),
        tails=("营范围", "范围"),
        rows=60,
    ),
    Label("composition", ("组成形式",), tails=("成形式",)),
)
"""What is read beside its label."""

STOPS = (
    Label("authority", ("登记机关", "发照机关", "核发机关", "发证机关"), tails=("记机关", "照机关", "机关"), rows=6),
    Label("issue_date", ("发照日期", "核准日期", "发证日期"), rows=2),
    Label("warning", ("重要提示", "提示", "须知", "说明"), rows=40),
)
"""What ends the value above it."""

_OVERPRINT = re.compile(
    r"复印无效|[此本]复印件|与原件相符|^(?:此|本)?(?:文件|件|照|证)?仅(?:供|作|用于|限.{0,12}使用)|^使用$|水印|^[SCJDGLI.]{3,8}$|^电子营业执照$"
)
"""Watermarks and stamps that lie over fields; lines of the scope with 仅限分支机构经营 are none."""
_GROUND = re.compile(r"\s*(?:S?C?JDG[LI1]?|SCJD?|CJDG?L?|GSZJ+Z?|GJGSZJ+Z?|(?<=[日元整圆期])[JDGL]{1,3}$)\s*")
"""Letters of the pale ground of licences, in the pieces that readers make of them."""
_TILE = re.compile(r"S?CJDG?L?|S?C?JDGL")
_TILES = 2
"""Tiles of the ground that must have been read by themselves before less than most of one is taken for it."""
_GROUND_AT_ENDS = re.compile(
    rf"{_GROUND.pattern}|^\s*(?:SC|CJ|JD|DG|GL)(?![A-Za-z])\s*|^\s*[SCJDGL](?=\d{{4}}\s*年)|(?<=[日元整圆期）])[SCJDGL]{{1,3}}$"
)
"""The same where the ground was seen: two letters of it that begin a line count too."""
_SECOND_COLUMN = re.compile(
    r"(?<=[^\s:：])\s+(?P<label>(?:注\s*册\s*资\s*[本金]|成\s*立\s*日\s*期|注\s*册\s*日\s*期|营\s*业\s*期\s*限|合\s*伙\s*期\s*限|组\s*成\s*形\s*式|"
    r"住\s+所|出\s*资\s*额|经\s*营\s*场\s*所|营\s*业\s*场\s*所)\s*\S)"
)
"""A label of the right column that detection joined to the value beside it, as long names make it."""
_FURNITURE = re.compile(
    r"证照编号|企业标识|^编号|^http|^www\.|系统网址|公示系统|应当于每年|年度报告|扫描二维码|扫描市场主体|监管信息|总局监?制|数字签名"
)
"""What every form has printed on it besides the fields."""


@dataclass(frozen=True)
class Face:
    """A licence laid out: what stands beside which label."""

    sheet: Sheet
    """Everything on it, furniture and overprints included."""
    labels: Mapping[str, FoundLabel]
    areas: Mapping[str, Reading]
    """By name of the label; empty ones are left out."""
    barcodes: tuple[TextLine, ...]
    """Payloads of the codes on it."""
    rings: tuple[Piece, ...] = ()
    """What the rings of its seals say."""


def lay_out_face(document: Document) -> Face:
    """Find the labels of `document` and what belongs to each."""
    whole, codes = lay_out_print(document), lay_out(document.barcodes, document.pages)
    tiled = _is_tiled(whole)
    sheet = Sheet(
        pieces=tuple(part for piece in whole.pieces for part in _without_ground(piece, tiled=tiled)), width=whole.width
    )
    shown = [part for piece in sheet.pieces if not _is_furniture(piece) for part in _columns_apart(piece)]
    fields = Sheet(pieces=tuple(shown), width=sheet.width)
    rings = lay_out([seal.text for seal in document.seals if seal.text], document.pages)
    found = find_labels(fields, (*LABELS, *STOPS))
    return Face(
        sheet=sheet,
        labels={label.label.name: label for label in found},
        areas=readings(fields, found),
        barcodes=tuple(piece.line for piece in codes.pieces),
        rings=rings.pieces,
    )


def _is_tiled(sheet: Sheet) -> bool:
    """Whether letters of the ground were read by themselves, so that parts of them in other lines are no surprise."""
    return sum(_TILE.fullmatch(piece.text) is not None for piece in sheet.pieces) >= _TILES


def _without_ground(piece: Piece, *, tiled: bool) -> Iterator[Piece]:
    """Yield the stretches of a line between letters of the tiled ground (SCJDGL) that were read into it."""
    start = 0
    form = _GROUND_AT_ENDS if tiled else _GROUND
    for match in form.finditer(piece.text) if is_chinese(piece.text) else ():
        if match.start() > start:
            yield piece.part(start, match.start())
        start = match.end()
    if start < len(piece.text):
        yield piece.part(start)


def _columns_apart(piece: Piece) -> Iterator[Piece]:
    """Yield a line across both columns of a face in two parts: before the label of the second, and from it."""
    match = _SECOND_COLUMN.search(piece.text)
    if match is None:
        yield piece
    else:
        yield piece.part(0, match.start())
        yield piece.part(match.start("label"))


def _is_furniture(piece: Piece) -> bool:
    text = re.sub(r"\s", "", piece.text)
    return bool(_OVERPRINT.search(text) or _FURNITURE.search(text))
