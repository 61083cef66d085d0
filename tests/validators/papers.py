"""Builds by hand what stands beside licence and certificate: letters, identity cards, proofs, qualifications."""

from datetime import date
from typing import Any

from extractors import codes
from extractors.authorization_letter import AuthorizationLetter, Exclusivity
from extractors.base import Office
from extractors.paper_fields import IdentityCard, PurchaseInvoice, Qualification, Sex
from extractors.trademark_fields import (
    NoticeKind,
    TrademarkAssignment,
    TrademarkChange,
    TrademarkNotice,
    TrademarkRenewal,
)
from pipeline.model import Document
from tests.validators import build

OWNER = "杭州云试服饰股份有限公司"
AGENT = "宁波试港品牌管理有限公司"
NATURAL = "周可试"


def id_number(first17: str) -> str:
    """Return an invented citizen identification number, its check character right."""
    return first17 + codes.resident_id_check_character(first17)


def letter(*, file: str = "letter.jpg", **changes: Any) -> Document:
    """Return the letter by which the owner lets the invented company use its mark."""
    defaults = {
        "licensor": OWNER,
        "licensee": build.COMPANY,
        "marks": (build.BRAND,),
        "trademark_numbers": (build.NUMBER,),
        "nice_classes": (25,),
        "exclusivity": Exclusivity.EXCLUSIVE,
        "platforms": ("速卖通",),
        "territory": "全球",
        "sublicensing": False,
        "valid_from": date(2025, 1, 1),
        "valid_to": date(2027, 12, 31),
        "signed_date": date(2024, 12, 20),
        "sealed": True,
        "signed": True,
    }
    fields = AuthorizationLetter(**build.filled(defaults, changes, file))
    return build.document("authorization_letter", fields, file=file)


def first_link(*, file: str = "letter-1.jpg", **changes: Any) -> Document:
    """Return the letter by which the owner lets an agent use its mark and pass it on."""
    defaults: dict[str, Any] = {"licensee": AGENT, "sublicensing": True, "exclusivity": Exclusivity.EXCLUSIVE}
    return letter(file=file, **{**defaults, **changes})


def second_link(*, file: str = "letter-2.jpg", **changes: Any) -> Document:
    """Return the letter by which the agent passes the right on to the invented company."""
    defaults: dict[str, Any] = {"licensor": AGENT, "exclusivity": Exclusivity.NON_EXCLUSIVE}
    return letter(file=file, **{**defaults, **changes})


def identity_card(*, file: str = "id.jpg", **changes: Any) -> Document:
    """Return the legal person's identity card, both sides; issued at 36 years of age, so for 20 years."""
    defaults = {
        "name": build.PERSON,
        "sex": Sex.MALE,
        "birth_date": date(1985, 3, 12),
        "address": "广东省深圳市南山区试验路2号",
        "id_number": build.ID_NUMBER,
        "issuing_authority": "深圳市公安局南山分局",
        "valid_from": date(2021, 5, 6),
        "valid_to": date(2041, 5, 6),
    }
    return build.document("identity_card", IdentityCard(**build.filled(defaults, changes, file)), file=file)


def qualification(*, file: str = "permit.jpg", **changes: Any) -> Document:
    """Return a food business permit of the invented company."""
    defaults = {
        "kind": "food_business",
        "certificate_number": "JY14403050000123",
        "holder": build.COMPANY,
        "products": ("预包装食品",),
        "valid_from": date(2024, 3, 1),
        "valid_to": date(2029, 2, 28),
        "issuer": "深圳市市场监督管理局",
    }
    return build.document("qualification", Qualification(**build.filled(defaults, changes, file)), file=file)


def invoice(*, file: str = "invoice.jpg", **changes: Any) -> Document:
    """Return the invoice for goods of the brand that the invented company bought."""
    defaults = {
        "seller": AGENT,
        "buyer": build.COMPANY,
        "date": date(2026, 9, 1),
        "number": "24312000000012345678",
        "items": (f"{build.BRAND} 连衣裙",),
    }
    return build.document("purchase_invoice", PurchaseInvoice(**build.filled(defaults, changes, file)), file=file)


def assignment(*, file: str = "assignment.jpg", **changes: Any) -> Document:
    """Return the proof that the mark was assigned to the invented company."""
    defaults = {
        "office": Office.CNIPA,
        "registration_number": build.NUMBER,
        "nice_classes": (25,),
        "assignee": build.COMPANY,
        "certified_date": date(2023, 5, 20),
    }
    fields = TrademarkAssignment(**build.filled(defaults, changes, file))
    return build.document("trademark_assignment", fields, file=file)


def change(*, file: str = "change.jpg", **changes: Any) -> Document:
    """Return the proof that the mark's owner is now called as the invented company is."""
    defaults = {
        "office": Office.CNIPA,
        "registration_number": build.NUMBER,
        "nice_classes": (25,),
        "new_owner_name": build.COMPANY,
        "certified_date": date(2022, 5, 20),
    }
    return build.document("trademark_change", TrademarkChange(**build.filled(defaults, changes, file)), file=file)


def renewal(*, file: str = "renewal.jpg", **changes: Any) -> Document:
    """Return the proof that the registration of the mark was renewed, for the ten years after the certificate's."""
    defaults = {
        "office": Office.CNIPA,
        "registration_number": build.NUMBER,
        "nice_classes": (25,),
        "valid_from": date(2030, 6, 7),
        "valid_to": date(2040, 6, 6),
        "certified_date": date(2026, 1, 20),
    }
    return build.document("trademark_renewal", TrademarkRenewal(**build.filled(defaults, changes, file)), file=file)


def office_notice(*, file: str = "notice.jpg", **changes: Any) -> Document:
    """Return a notice of the office about the mark that is not one of acceptance."""
    defaults = {
        "office": Office.CNIPA,
        "kind": NoticeKind.REFUSAL,
        "application_number": build.NUMBER,
        "notice_date": date(2026, 10, 20),
    }
    return build.document("trademark_notice", TrademarkNotice(**build.filled(defaults, changes, file)), file=file)
