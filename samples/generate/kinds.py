"""Every kind of document that can be drawn by lot: one line each."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from samples.generate import letters, lots
from samples.generate.facts import Facts


@dataclass(frozen=True)
class DrawnKind:
    """A kind of document that is drawn by lot."""

    name: str
    """Its type by the contract; with an office or a variant behind a slash where one type has several drawings."""
    random_facts: Callable[[Random], Facts]
    """Invents what one such document says."""
    weight: int = 1
    """How many are drawn for each of the least frequent."""


KINDS: tuple[DrawnKind, ...] = (
    DrawnKind("business_licence", lots.random_licence, weight=3),
    DrawnKind("trademark_certificate", lots.random_certificate, weight=2),
    DrawnKind("trademark_acceptance_notice", lots.random_notice),
    DrawnKind("authorization_letter", letters.random_facts, weight=2),
)
"""Every kind."""
