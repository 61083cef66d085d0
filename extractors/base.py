"""What the readers of several document types share: their values and how they are declared."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field, PlainSerializer

from pipeline.model import Record


def _plain_number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


class Money(Record):
    """An amount of money."""

    amount: Annotated[Decimal, PlainSerializer(_plain_number, return_type=int | float)]
    """In units of the currency, not in 万."""
    currency: str
    """ISO 4217."""


class Goods(Record):
    """One item of goods or services, under its Nice class."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    nice_class: int | None = Field(alias="class", ge=1, le=45)
    """None where the page does not say which of several classes it belongs to."""
    text: str


class Office(StrEnum):
    """The trademark offices that the contract names."""

    CNIPA = "CNIPA"
    USPTO = "USPTO"
    EUIPO = "EUIPO"
    UKIPO = "UKIPO"
    WIPO = "WIPO"
    TIPO = "TIPO"
    BOIP = "BOIP"
    OEPM = "OEPM"
    IPINDIA = "IPINDIA"
    OTHER = "other"
