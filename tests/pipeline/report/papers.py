"""Two papers of the dossier built by hand: what stands on them and where, and what was read of it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from extractors.base import Goods, Money, Office
from extractors.business_licence import BusinessLicence, CopyKind, LegalPersonRole, Template
from extractors.trademark_fields import TrademarkCertificate
from pipeline.model import Box, Correction, Look, TextLine, Way

COMPANY = "深圳市星河跨境电子商务有限公司"
CODE = "91440300MA5EXAMPLE"
ID_NUMBER = "44030019900101001X"
LICENCE_FILE, CERTIFICATE_FILE, BROKEN_FILE = "资料/01.jpg", "certificate.pdf", "scan 3.heic"


def line(text: str, box: tuple[float, float, float, float], *, file: str, page: int = 1) -> TextLine:
    left, top, right, bottom = box
    return TextLine(
        text=text, box=Box(left=left, top=top, right=right, bottom=bottom), confidence=0.97, file=file, page=page
    )


LINES = {
    "unified_social_credit_code": line(f"统一社会信用代码 {CODE}", (0.08, 0.2, 0.36, 0.235), file=LICENCE_FILE),
    "company_name": line(COMPANY, (0.19, 0.32, 0.47, 0.36), file=LICENCE_FILE),
    "company_type": line("有限责任公司", (0.19, 0.4, 0.32, 0.44), file=LICENCE_FILE),
    "legal_person": line("李明华", (0.19, 0.48, 0.25, 0.52), file=LICENCE_FILE),
    "scope 1": line("一般项目：服装服饰批发；服装服饰零售；互联网销售", (0.19, 0.56, 0.5, 0.6), file=LICENCE_FILE),
    "scope 2": line("（除销售需要许可的商品）。", (0.19, 0.61, 0.36, 0.65), file=LICENCE_FILE),
    "registered_capital": line("壹佰万元整", (0.66, 0.32, 0.76, 0.36), file=LICENCE_FILE),
    "establishment_date": line("2016年03月15日", (0.66, 0.4, 0.79, 0.44), file=LICENCE_FILE),
    "term": line("2016年03月15日至2026年03月14日", (0.66, 0.48, 0.92, 0.52), file=LICENCE_FILE),
    "address": line("深圳市南山区示例路 8 号", (0.66, 0.56, 0.87, 0.6), file=LICENCE_FILE),
    "issue_date": line("2019年06月03日", (0.7, 0.83, 0.83, 0.87), file=LICENCE_FILE),
    "registration_number": line("第 1234567B 号", (0.4, 0.18, 0.6, 0.2), file=CERTIFICATE_FILE),
    "mark_text": line("STARRIVER", (0.36, 0.27, 0.64, 0.31), file=CERTIFICATE_FILE),
    "goods": line("连衣裙；帽子；鞋（截止）", (0.2, 0.41, 0.52, 0.435), file=CERTIFICATE_FILE),
    "classes": line("国际分类：25", (0.2, 0.37, 0.36, 0.395), file=CERTIFICATE_FILE),
    "owner": line(COMPANY, (0.3, 0.56, 0.68, 0.585), file=CERTIFICATE_FILE),
    "registration_date": line("注册日期 2018年07月14日", (0.2, 0.66, 0.5, 0.685), file=CERTIFICATE_FILE),
    "validity": line("有效期至 2028年07月13日", (0.54, 0.66, 0.84, 0.685), file=CERTIFICATE_FILE),
}
FINE_PRINT = {
    "legal_person_role": line("法定代表人", (0.08, 0.48, 0.17, 0.52), file=LICENCE_FILE),
    "copy_kind": line("（副本）", (0.46, 0.16, 0.54, 0.2), file=LICENCE_FILE),
    "template": line("国家市场监督管理总局监制", (0.7, 0.94, 0.92, 0.97), file=LICENCE_FILE),
    "office": line("国家知识产权局", (0.55, 0.8, 0.8, 0.83), file=CERTIFICATE_FILE),
}
"""Not on the pages that are drawn."""


def _read(value: object, raw: str, confidence: float, *names: str, **more: Sequence[Correction | Look]) -> object:
    """Return an entity as a model takes it, read where the lines of these names stand."""
    evidence = tuple((LINES | FINE_PRINT)[name] for name in names)
    return {"value": value, "raw": raw, "confidence": confidence, "evidence": evidence, **more}


def licence_fields() -> BusinessLicence:
    meant = Correction(position=16, read="I", meant="L", why="the check character allows no other")
    in_vain = Look(way=Way.WITHOUT_RED, raw=None, confidence=0, won=False)
    won = Look(way=Way.WHOLE_PAGE, raw="李明华", confidence=0.97, won=True)
    scope = ("一般项目：服装服饰批发；服装服饰零售；互联网销售", "（除销售需要许可的商品）。")
    fields = {
        "unified_social_credit_code": _read(
            CODE, "91440300MA5EXAMPIE", 0.93, "unified_social_credit_code", corrections=(meant,)
        ),
        "company_name": _read(COMPANY, COMPANY, 0.99996, "company_name"),
        "company_type": _read("有限责任公司", "有限责任公司", 0.98, "company_type"),
        "legal_person": _read("李明华", "李明华", 0.97, "legal_person", looks=(in_vain, won)),
        "legal_person_role": _read(LegalPersonRole.LEGAL_REPRESENTATIVE, "法定代表人", 0.97, "legal_person_role"),
        "registered_capital": _read(
            Money(amount=Decimal(1_000_000), currency="CNY"), "壹佰万元整", 0.95, "registered_capital"
        ),
        "establishment_date": _read(date(2016, 3, 15), "2016年03月15日", 0.98, "establishment_date"),
        "valid_from": _read(date(2016, 3, 15), "2016年03月15日", 0.97, "term"),
        "valid_to": _read(date(2026, 3, 14), "2026年03月14日", 0.97, "term"),
        "address": _read("深圳市南山区示例路 8 号", "深圳市南山区示例路 8 号", 0.92, "address"),
        "business_scope": _read("".join(scope), "\n".join(scope), 0.9, "scope 1", "scope 2"),
        "issue_date": _read(date(2019, 6, 3), "2019年06月03日", 0.97, "issue_date"),
        "copy_kind": _read(CopyKind.DUPLICATE, "（副本）", 0.99, "copy_kind"),
        "template": _read(Template.LANDSCAPE_2019, "国家市场监督管理总局监制", 0.96, "template"),
    }
    return BusinessLicence.model_validate(fields)


def certificate_fields() -> TrademarkCertificate:
    goods = ((25, "连衣裙"), (25, "帽子"), (None, "鞋"))
    fields = {
        "office": _read(Office.CNIPA, "国家知识产权局", 0.99, "office"),
        "registration_number": _read("12345678", "1234567B", 0.61, "registration_number"),
        "mark_text": _read("STARRIVER", "STARRIVER", 0.98, "mark_text"),
        "owner": _read(COMPANY, COMPANY, 0.98, "owner"),
        "nice_classes": _read((25,), "25", 0.99, "classes"),
        "goods": _read(
            tuple(Goods(nice_class=number, text=text) for number, text in goods),
            "连衣裙；帽子；鞋（截止）",
            0.94,
            "goods",
        ),
        "registration_date": _read(date(2018, 7, 14), "2018年07月14日", 0.97, "registration_date"),
        "valid_to": _read(date(2028, 7, 13), "2028年07月13日", 0.97, "validity"),
    }
    return TrademarkCertificate.model_validate(fields)
