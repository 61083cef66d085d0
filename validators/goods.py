"""Which subcategories of the rulebook an item of goods belongs to, and which it resembles."""

from datetime import date

from extractors.base import Goods
from extractors.goods_terms import GoodsTerms
from validators.policy import Category, Subcategory
from validators.rulebook import Rulebook

Shelf = tuple[str, str]
"""Category and subcategory, by id."""


_TERMS: dict[tuple[str, date], GoodsTerms] = {}
"""By the rulebook's hash and day."""
_REMEMBERED = 16
"""Rulebooks whose terms are kept: of two marketplaces, on a few days."""


def goods_terms(rulebook: Rulebook) -> GoodsTerms:
    """Return the goods that the rulebook's subcategories are called by; made once."""
    key = (rulebook.identity.sha256, rulebook.as_of)
    if key not in _TERMS:
        if len(_TERMS) >= _REMEMBERED:
            _TERMS.clear()
        _TERMS[key] = GoodsTerms(
            {
                _kind(category, below): (*below.words, below.zh, below.en)
                for category in rulebook.categories
                for below in category.subcategories
            }
        )
    return _TERMS[key]


def _kind(category: Category, below: Subcategory) -> str:
    return f"{category.id}/{below.id}"


def shelves_of(item: Goods, rulebook: Rulebook) -> frozenset[Shelf]:
    """Return the subcategories that an item belongs to by its wording; empty where that is not known."""
    found = (kind.partition("/") for kind in goods_terms(rulebook).kinds_of(item.text))
    return frozenset((category, below) for category, _, below in found)


def groups_of(item: Goods, rulebook: Rulebook) -> frozenset[str]:
    """Return the similar groups of an item, as far as its wording tells."""
    wanted = shelves_of(item, rulebook)
    return frozenset(
        group
        for category in rulebook.categories
        for below in category.subcategories
        if (category.id, below.id) in wanted and (item.nice_class is None or item.nice_class in below.nice)
        for group in below.groups
    )


def covers(item: Goods, category: Category, below: Subcategory, rulebook: Rulebook) -> bool:
    """Whether an item names goods of a subcategory, in a class of it."""
    in_class = item.nice_class is None or item.nice_class in below.nice
    return in_class and _kind(category, below) in goods_terms(rulebook).kinds_of(item.text)


def may_cover(item: Goods, below: Subcategory, rulebook: Rulebook) -> bool:
    """Whether an item that does not name goods of a subcategory may be such all the same.

    Its wording is not known, or it is of the same similar group: by the office's table such goods are alike.
    """
    if item.nice_class is not None and item.nice_class not in below.nice:
        return False
    return not shelves_of(item, rulebook) or bool({*below.groups} & groups_of(item, rulebook))
