"""Permits, certificates and test reports that categories of goods ask for."""

from datetime import date

from pipeline.model import Entity, Fields, Term


class Qualification(Fields):
    """What a qualification says, whatever its kind."""

    kind: Entity[str] | None = None
    """ccc, ce, rohs, fcc, cpc, fda, test_report, food_production, … : the ids that rulebooks ask for."""
    certificate_number: Entity[str] | None = None
    holder: Entity[str] | None = None
    products: Entity[tuple[str, ...]] | None = None
    valid_from: Entity[date] | None = None
    valid_to: Entity[Term] | None = None
    issuer: Entity[str] | None = None
