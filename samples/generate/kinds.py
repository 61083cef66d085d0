"""Every kind of document that can be drawn by lot: one line each."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from random import Random

from samples.generate import letters, lots, office_paper, paper_lots
from samples.generate.facts import Act, Facts
from samples.generate.foreign import lots as foreign_lots


@dataclass(frozen=True)
class DrawnKind:
    """A kind of document that is drawn by lot."""

    name: str
    """Its type by the contract; with an office or a variant behind a slash where one type has several drawings."""
    random_facts: Callable[[Random], Facts]
    """Invents what one such document says."""
    weight: int = 1
    """How many are drawn for each of the least frequent."""


def _random_notice(chance: Random) -> Facts:
    return office_paper.random_facts(
        chance, chance.choice((Act.REFUSAL, Act.PARTIAL_REFUSAL, Act.FEE, Act.PUBLICATION))
    )


KINDS: tuple[DrawnKind, ...] = (
    DrawnKind("business_licence", lots.random_licence, weight=3),
    DrawnKind("trademark_certificate", lots.random_certificate, weight=2),
    DrawnKind("trademark_certificate/abroad", foreign_lots.random_facts, weight=3),
    DrawnKind("trademark_acceptance_notice", lots.random_notice),
    DrawnKind("trademark_renewal", partial(office_paper.random_facts, act=Act.RENEWAL)),
    DrawnKind("trademark_assignment", partial(office_paper.random_facts, act=Act.ASSIGNMENT)),
    DrawnKind("trademark_change", partial(office_paper.random_facts, act=Act.CHANGE)),
    DrawnKind("trademark_notice", _random_notice),
    DrawnKind("authorization_letter", letters.random_facts, weight=2),
    DrawnKind("identity_card", paper_lots.random_card),
    DrawnKind("qualification/permit", paper_lots.random_permit),
    DrawnKind("qualification/registration", paper_lots.random_registration),
    DrawnKind("qualification/ccc", paper_lots.random_ccc),
    DrawnKind("qualification/certificate", paper_lots.random_english),
    DrawnKind("qualification/report", paper_lots.random_report),
    DrawnKind("purchase_invoice/vat", paper_lots.random_vat_invoice),
    DrawnKind("purchase_invoice/commercial", paper_lots.random_commercial_invoice),
)
"""Every kind."""
