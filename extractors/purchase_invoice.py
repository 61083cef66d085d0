"""Invoices by which a seller proves that it bought branded goods, Chinese or English.

Chinese are 增值税专用发票, 增值税普通发票 and 电子发票, fully digital since 2021 (国家税务总局公告2024年第11号),
English the commercial invoices that no form rules.
"""

import datetime
import re

from extractors import commercial_invoice, vat_invoice
from extractors.spelling import is_chinese, simplified
from extractors.values import plain
from pipeline.kinds import DocumentType, Heading
from pipeline.layout import lay_out
from pipeline.model import Document, Entity, Fields


class PurchaseInvoice(Fields):
    """Who sold what to whom, and when."""

    seller: Entity[str] | None = None
    buyer: Entity[str] | None = None
    date: Entity[datetime.date] | None = None
    number: Entity[str] | None = None
    items: Entity[tuple[str, ...]] | None = None


def read(document: Document) -> PurchaseInvoice:
    """Read an invoice, Chinese or English."""
    sheet = lay_out(document.lines, document.pages)
    if any(is_chinese(piece.text) and "发票" in simplified(plain(piece.text)) for piece in sheet.pieces):
        buyer, seller = vat_invoice.read_parties(sheet)
        return PurchaseInvoice(
            seller=seller,
            buyer=buyer,
            date=vat_invoice.read_day(sheet),
            number=vat_invoice.read_number(sheet),
            items=vat_invoice.read_items(sheet),
        )
    areas = commercial_invoice.areas_of(sheet)
    return PurchaseInvoice(
        seller=commercial_invoice.read_seller(sheet, areas),
        buyer=commercial_invoice.read_party(areas, "buyer"),
        date=commercial_invoice.read_day(areas),
        number=commercial_invoice.read_number(areas),
        items=commercial_invoice.read_items(sheet),
    )


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
        Heading(
            re.compile(r"(?:SALES|OFFICIAL|PAYMENT)?(?:INVOICE|RECEIPT)"),
            re.compile(r"(?:BILLTO|SOLDTO|BUYER|CONSIGNEE|CUSTOMER).*(?:LTD|LIMITED|INC|LLC|GMBH|CORP)"),
        ),
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
