"""What the rulebook says of subcategories and qualifications."""

import pytest

from tests.validators import build
from validators.policy import Category, Subcategory
from validators.wording import QUALIFICATION_KINDS

CATEGORIES = build.rulebook().categories
SUBCATEGORIES = [(category, below) for category in CATEGORIES for below in category.subcategories]


def test_every_category_has_subcategories_and_there_are_150_in_all() -> None:
    assert all(category.subcategories for category in CATEGORIES)
    assert len(SUBCATEGORIES) >= 150


@pytest.mark.parametrize(("category", "below"), SUBCATEGORIES, ids=[below.id for _, below in SUBCATEGORIES])
def test_goods_of_a_subcategory_are_named_in_both_languages(category: Category, below: Subcategory) -> None:
    assert below.nice
    assert [word for word in below.words if not word.isascii()]
    assert [word for word in below.words if word.isascii()]
    assert {*below.nice} <= {*category.terms.primary, *category.terms.secondary}
    assert {int(group[:2]) for group in below.groups} <= {*below.nice}


def test_similar_groups_are_known_for_most() -> None:
    assert sum(bool(below.groups) for _, below in SUBCATEGORIES) >= 120
    dresses = next(below for _, below in SUBCATEGORIES if below.id == "dresses")
    assert dresses.groups == ("2501",)


@pytest.mark.parametrize("category", CATEGORIES, ids=lambda category: category.id)
def test_qualifications_are_of_known_kinds_and_say_where_they_are_asked_for(category: Category) -> None:
    for asked in category.terms.qualifications:
        assert set(asked.kinds) <= set(QUALIFICATION_KINDS)
        # Papers on goods that any market asks for: batteries in transport, precious metals.
        assert asked.markets or {*asked.kinds} <= {"un38_3", "test_report"}


def test_papers_that_must_be_the_applicants_own_are_told() -> None:
    own = {
        (category.id, kind)
        for category in CATEGORIES
        for asked in category.terms.qualifications
        if asked.holder_is_applicant
        for kind in asked.kinds
    }
    assert ("health_care", "medical_device_operation") in own
    assert ("travel_coupons", "travel_agency") in own


def test_no_subcategory_belongs_to_two_categories() -> None:
    ids = [below.id for each in build.rulebook().categories for below in each.subcategories]
    assert len(ids) == len(set(ids))
