"""The rule catalogue: one file per group, and the list of them in the catalogue's order."""

from collections.abc import Mapping
from types import MappingProxyType, ModuleType
from typing import Any

from validators.engine import Rule, rules_of
from validators.rules import (
    across,
    application,
    authenticity,
    authorization,
    authorization_hand,
    authorization_mark,
    authorization_reach,
    authorization_term,
    category,
    category_goods,
    copies,
    documents,
    identity,
    identity_card,
    licence,
    licence_dates,
    licence_face,
    licence_marks,
    on_record,
    pages,
    qualification_papers,
    qualifications,
    store,
    store_name,
    trademark,
    trademark_changes,
    trademark_dates,
    trademark_number,
    trademark_restricted,
    trademark_standing,
    watch_list,
)

MODULES: tuple[ModuleType, ...] = (
    application,
    documents,
    copies,
    pages,
    identity,
    identity_card,
    licence,
    licence_dates,
    licence_face,
    licence_marks,
    trademark,
    trademark_changes,
    trademark_dates,
    trademark_number,
    trademark_restricted,
    trademark_standing,
    authenticity,
    authorization,
    authorization_hand,
    authorization_mark,
    authorization_reach,
    authorization_term,
    category,
    category_goods,
    qualification_papers,
    qualifications,
    store,
    store_name,
    on_record,
    across,
    watch_list,
)
"""Every module of this folder."""


def _catalogue() -> Mapping[str, Rule[Any]]:
    # The number in an id counts through all groups.
    rules = sorted((rule for module in MODULES for rule in rules_of(module)), key=lambda rule: rule.id[3:])
    catalogue = {rule.id: rule for rule in rules}
    if len(catalogue) < len(rules):
        raise TypeError("a rule id is declared twice")
    return MappingProxyType(catalogue)


RULES: Mapping[str, Rule[Any]] = _catalogue()
"""Rule id → rule, in the order in which findings stand in a report."""
