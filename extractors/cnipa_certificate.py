"""Trademark registration certificates of CNIPA (商标注册证).

Paper until 2018, paper with a QR code from 2018 to 2021, electronic since 2022-01-01 (CNIPA announcement 453).
"""

from datetime import date
from enum import StrEnum

from pydantic import Field

from extractors.base import Goods, Office
from pipeline.model import Entity, Fields, Term


class Register(StrEnum):
    """Which register a mark stands on; only the USPTO has two."""

    PRINCIPAL = "principal"
    SUPPLEMENTAL = "supplemental"


class TrademarkCertificate(Fields):
    """What a registration certificate says, whichever office issued it."""

    office: Entity[Office] | None = None
    registration_number: Entity[str] | None = None
    application_number: Entity[str] | None = None
    mark_text: Entity[str] | None = None
    owner: Entity[str] | None = None
    owner_address: Entity[str] | None = None
    nice_classes: Entity[tuple[int, ...]] | None = None
    goods: Entity[tuple[Goods, ...]] | None = None
    filing_date: Entity[date] | None = None
    registration_date: Entity[date] | None = None
    valid_from: Entity[date] | None = None
    valid_to: Entity[Term] | None = None
    register_kind: Entity[Register] | None = Field(default=None, alias="register")
    designations: Entity[tuple[str, ...]] | None = None
