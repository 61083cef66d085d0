"""CNIPA's notice that a trademark application was accepted (商标注册申请受理通知书), the paper behind "TM"."""

from datetime import date

from extractors.base import Office
from pipeline.model import Entity, Fields


class TrademarkAcceptanceNotice(Fields):
    """What an acceptance notice says; acceptance does not mean approval."""

    office: Entity[Office] | None = None
    application_number: Entity[str] | None = None
    mark_text: Entity[str] | None = None
    applicant: Entity[str] | None = None
    nice_classes: Entity[tuple[int, ...]] | None = None
    filing_date: Entity[date] | None = None
    notice_date: Entity[date] | None = None
