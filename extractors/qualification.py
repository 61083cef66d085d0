"""Permits, certificates and test reports that categories of goods ask for; the kinds are in `qualifications`."""

from datetime import date

from extractors.qualifications import KINDS, fields
from extractors.qualifications.kinds import tell
from pipeline.kinds import DocumentType
from pipeline.layout import lay_out
from pipeline.model import Document, Entity, Fields, Term


class Qualification(Fields):
    """What a qualification says, whatever its kind."""

    kind: Entity[str] | None = None
    """ccc, ce, rohs, fcc, cpc, fda, test_report, food_production, … : the ids that rulebooks ask for."""
    certificate_number: Entity[str] | None = None
    holder: Entity[str] | None = None
    products: Entity[tuple[str, ...]] | None = None
    valid_from: Entity[date] | None = None
    """First day of the printed term, else the day of issue: from then on the paper says what it says."""
    valid_to: Entity[Term] | None = None
    issuer: Entity[str] | None = None


def read(document: Document) -> Qualification:
    """Read the fields of a qualification; nothing is read of one whose kind cannot be told."""
    sheet = lay_out(document.lines, document.pages)
    told = tell(sheet)
    if told is None:
        return Qualification()
    face = fields.lay_out_face(sheet, told)
    start, end = fields.read_term(face)
    return Qualification(
        kind=told.title.entity(told.kind.name, trust=told.trust),
        certificate_number=fields.read_certificate_number(face),
        holder=fields.read_holder(face),
        products=fields.read_products(face),
        valid_from=start,
        valid_to=end,
        issuer=fields.read_issuer(face),
    )


TYPE = DocumentType(
    "qualification",
    titles=tuple(title for kind in KINDS for title in kind.titles),
    headings=tuple(heading for kind in KINDS for heading in kind.all_headings),
    read=read,
    essential=(("holder",), ("certificate_number", "products"), ("valid_to", "valid_from")),
    cues=(
        "许可证编号",
        "日常监督管理机构",
        "投诉举报电话",
        "主体业态",
        "经营项目",
        "食品类别",
        "质量安全负责人",
        "库房地址",
        "注册证编号",
        "强制性产品认证",
        "报告编号",
        "委托单位",
        "样品名称",
        "检验依据",
        "FCCIDENTIFIER",
        "SOLERESPONSIBILITY",
    ),
    against=(
        "营业执照",
        "~药品经营许可证",
        "~药品生产许可证",
        "~专利证书",
        "会员证书",
        "等级证书",
        "批准证书",
        "管理体系认证证书",
        "MANAGEMENT SYSTEM CERTIFICATE",
    ),
)
