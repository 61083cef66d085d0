"""Chinese business licences (营业执照) of all eras; the 2019 faces by 国市监注〔2018〕253号.

How the face is laid out is in `licence_face`, how its codes are told in `credit_code`
and `licence_codes`.
"""

from datetime import date

from pydantic import Field

from extractors import licence_fields as fields
from extractors import licence_foot as foot
from extractors.base import Money
from extractors.credit_code import adds_up
from extractors.licence_codes import payload_codes, read_credit_code, read_registration_number
from extractors.licence_face import CopyKind, LegalPersonRole, Template, lay_out_face
from pipeline.classify import DocumentType
from pipeline.model import Document, Entity, Fields, Term

__all__ = ["TYPE", "BusinessLicence", "CopyKind", "LegalPersonRole", "Template", "read"]


class BusinessLicence(Fields):
    """What a business licence says."""

    unified_social_credit_code: Entity[str] | None = None
    registration_number: Entity[str] | None = None
    company_name: Entity[str] | None = None
    company_type: Entity[str] | None = None
    legal_person: Entity[str] | None = None
    legal_person_role: Entity[LegalPersonRole] | None = None
    registered_capital: Entity[Money] | None = None
    establishment_date: Entity[date] | None = None
    valid_from: Entity[date] | None = None
    valid_to: Entity[Term] | None = None
    address: Entity[str] | None = None
    business_scope: Entity[str] | None = None
    composition: Entity[str] | None = None
    issue_date: Entity[date] | None = None
    registration_authority: Entity[str] | None = None
    copy_kind: Entity[CopyKind] | None = Field(default=None, alias="copy")
    template: Entity[Template] | None = None
    qr_code: Entity[str] | None = None


def read(document: Document) -> BusinessLicence:
    """Read the fields of a licence of any era; what is not on the face, or not legible, stays None."""
    face = lay_out_face(document)
    code = read_credit_code(face)
    person, role = fields.read_legal_person(face)
    period_start, period_end = fields.read_period(face)
    return BusinessLicence(
        unified_social_credit_code=code,
        registration_number=read_registration_number(face) if code is None else None,
        company_name=fields.read_company_name(face),
        company_type=fields.read_company_type(face),
        legal_person=person,
        legal_person_role=role,
        registered_capital=fields.read_money(face, "registered_capital"),
        establishment_date=fields.read_date(face, "establishment_date"),
        valid_from=period_start,
        valid_to=period_end,
        address=fields.read_long(face, "address"),
        business_scope=fields.read_long(face, "business_scope"),
        composition=fields.read_composition(face),
        issue_date=foot.read_issue_date(face),
        registration_authority=foot.read_authority(face),
        copy_kind=foot.read_copy(face),
        template=foot.read_template(face),
        qr_code=foot.read_qr_code(face),
    )


def contested(licence: Fields) -> frozenset[str]:
    """Name the code if it does not add up, or if the QR code beside it bears another one."""
    code = licence.unified_social_credit_code if isinstance(licence, BusinessLicence) else None
    if not isinstance(licence, BusinessLicence) or code is None:
        return frozenset()
    beside = payload_codes(licence.qr_code.evidence) if licence.qr_code else {}
    is_contested = not adds_up(code.value) or (bool(beside) and code.value not in beside)
    return frozenset({"unified_social_credit_code"} if is_contested else ())


TYPE = DocumentType(
    "business_licence",
    titles=(
        "营业执照",
        "企业法人营业执照",
        "企业营业执照",
        "个体工商户营业执照",
        "合伙企业营业执照",
        "个人独资企业营业执照",
        "农民专业合作社法人营业执照",
        "农民专业合作社营业执照",
        "电子营业执照",
    ),
    read=read,
    one_page=True,
    continuations=("年度检验",),
    essential=(
        ("unified_social_credit_code", "registration_number"),
        ("company_name",),
        ("legal_person",),
        ("establishment_date",),
    ),
    contested=contested,
    cues=(
        "统一社会信用代码",
        "注册号",
        "法定代表人",
        "经营者",
        "注册资本",
        "成立日期",
        "注册日期",
        "营业期限",
        "经营范围",
        "登记机关",
        "住所",
        "组成形式",
        "总局监制",
        "企业信用信息公示系统",
        "依法须经批准的项目",
    ),
    against=(
        "许可证",
        "许可证书",
        "开户许可证",
        "组织机构代码证",
        "税务登记证",
        "登记证",
        "登记证书",
        "认证证书",
        "批准证书",
        "备案凭证",
        "备案登记表",
        "资质证书",
        "等级证书",
        "会员证书",
        "专利证书",
        "法人证书",
        "执业证书",
        "合格证",
        "荣誉证书",
        "授权书",
        "受理通知书",
        "登记通知书",
        "变更通知书",
        "商标注册证",
        "登记基本情况",
        "企业信用信息公示报告",
        "登记信息查询单",
    ),
)
