"""The rule catalogue: one file per group, and the list of them in the catalogue's order."""

from collections.abc import Mapping
from types import MappingProxyType, ModuleType
from typing import Any

from validators.engine import Rule, rules_of
from validators.rules import application, category, store

MODULES: tuple[ModuleType, ...] = (application, category, store)
"""In the order of the catalogue."""


def _catalogue() -> Mapping[str, Rule[Any]]:
    rules = [rule for module in MODULES for rule in rules_of(module)]
    catalogue = {rule.id: rule for rule in rules}
    if len(catalogue) < len(rules):
        raise TypeError("a rule id is declared twice")
    return MappingProxyType(catalogue)


RULES: Mapping[str, Rule[Any]] = _catalogue()
"""Rule id → rule, in the order in which findings stand in a report."""
