"""The kinds of qualification, each known by its title and, where titles are shared, by the law it names."""

from extractors.qualifications import american, asian, ccc, cosmetics, european, food, medical, reports, tobacco
from extractors.qualifications.base import Kind

KINDS: tuple[Kind, ...] = (
    *ccc.KINDS,
    *food.KINDS,
    *cosmetics.KINDS,
    *medical.KINDS,
    *tobacco.KINDS,
    *american.KINDS,
    *asian.KINDS,
    *european.KINDS,
    *reports.KINDS,
)
"""Every kind; of several whose law stands on a page with a shared title, the first is told."""
