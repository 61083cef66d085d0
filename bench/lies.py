"""What a lying PDF claims, so that it can be told whether it was believed."""

from dataclasses import dataclass
from random import Random

from bench.pages import Base, Spot
from samples.generate.facts import Kind
from samples.generate.lots import random_company

LEAST_CHARACTERS = 6


@dataclass(frozen=True)
class Lie:
    """A PDF whose text layer lies."""

    content: bytes
    claimed: str = ""
    """What nobody may take for what the page shows; empty where nothing counts but being told."""
    shown: str = ""
    """What the layer leaves out, and the page shows."""
    must_be_told: bool = False
    """Whether the claim must be among what is told, and not to be believed is not enough."""


def lie(chance: Random) -> str:
    """Return what a forger wants to be read: another company, or its code."""
    company = random_company(chance, Kind.COMPANY)
    return f"统一社会信用代码 {company.code}" if chance.random() < 0.3 else company.name


def target(page: Base, chance: Random, *, least: int = LEAST_CHARACTERS) -> Spot:
    """Return a line to hide or to lie about, of those that stand on the page once."""
    texts = [line.text for line in page.lines]
    long = [line for line in page.lines if len(line.text) >= least and texts.count(line.text) == 1]
    return chance.choice(long or page.lines)
