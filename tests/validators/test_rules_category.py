"""CAT: classes, entry and deposit of the chosen category."""

from datetime import date
from typing import Any

import pytest

from extractors.base import Goods
from pipeline.form import Relation
from pipeline.verdict import Dossier, Status
from tests.validators import build
from validators import RULES
from validators.case import Case
from validators.policy import CategoryTerms, Entry
from validators.runner import run

PASS, FAIL, UNDETERMINED, NOT_APPLICABLE = Status.PASS, Status.FAIL, Status.UNDETERMINED, Status.NOT_APPLICABLE


def with_classes(*classes: Any, category: str = "apparel") -> Dossier:
    """Return a dossier with one certificate for each tuple of classes; None is a certificate not read."""
    papers = [build.certificate(nice_classes=each, file=f"{at}.jpg") for at, each in enumerate(classes)]
    return build.dossier(build.licence(), *papers, form=build.form(store=build.store(category=category)))


@pytest.mark.parametrize(
    ("classes", "cat601", "cat602", "cat603"),
    [
        pytest.param([(25,)], PASS, PASS, PASS, id="primary"),
        pytest.param([(25, 35)], PASS, PASS, PASS, id="primary and services"),
        pytest.param([(18,)], PASS, FAIL, PASS, id="secondary only"),
        pytest.param([(9,)], FAIL, NOT_APPLICABLE, PASS, id="another category's"),
        pytest.param([(35,)], FAIL, NOT_APPLICABLE, FAIL, id="services alone"),
        pytest.param([(9,), (25,)], PASS, PASS, PASS, id="a second certificate covers it"),
        pytest.param([(18,), None], PASS, UNDETERMINED, PASS, id="secondary, and one not read"),
        pytest.param([(9,), None], UNDETERMINED, UNDETERMINED, PASS, id="another, and one not read"),
        pytest.param([(35,), None], UNDETERMINED, UNDETERMINED, UNDETERMINED, id="services, and one not read"),
        pytest.param([None], UNDETERMINED, UNDETERMINED, UNDETERMINED, id="not read"),
        pytest.param([build.entity((9,), 0.3)], UNDETERMINED, UNDETERMINED, UNDETERMINED, id="read with doubt"),
        pytest.param([build.entity((9,), 0.3), (25,)], PASS, PASS, PASS, id="doubt does not matter"),
    ],
)
def test_classes_of_the_mark(classes: list[Any], cat601: Status, cat602: Status, cat603: Status) -> None:
    dossier = with_classes(*classes)
    assert [build.status(rule, dossier) for rule in ("CAT601", "CAT602", "CAT603")] == [cat601, cat602, cat603]


@pytest.mark.parametrize("rule", ["CAT601", "CAT602", "CAT603"])
def test_a_brand_without_papers_is_not_judged_by_class(rule: str) -> None:
    assert build.status(rule, build.dossier(build.licence())) is NOT_APPLICABLE


@pytest.mark.parametrize("rule", ["CAT601", "CAT602", "CAT603"])
def test_a_dossier_without_brands_is_not_judged_by_class(rule: str) -> None:
    finding = build.finding(rule, build.dossier(form=build.form(brands=())))
    assert (finding.status, finding.subject) == (NOT_APPLICABLE, "dossier")


def test_an_acceptance_notice_has_classes_too() -> None:
    assert build.status("CAT601", build.dossier(build.licence(), build.notice(nice_classes=(9,)))) is FAIL


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        pytest.param("official", FAIL, id="a store that needs a registered mark"),
        pytest.param("specialised", PASS, id="a store that takes a pending one"),
    ],
)
def test_a_class_that_is_only_applied_for_counts_where_such_marks_do(kind: str, status: Status) -> None:
    papers = build.certificate(nice_classes=(9,)), build.notice(file="03.jpg")
    dossier = build.dossier(build.licence(), *papers, form=build.form(store=build.store(type=kind)))
    assert build.status("CAT601", dossier) is status


def test_each_brand_is_judged_by_its_own_papers() -> None:
    other = build.brand(name="SECOND", trademark_number="51234567", relation=Relation.AUTHORIZED)
    dossier = build.dossier(
        build.certificate(),
        build.certificate(registration_number="51234567", mark_text="SECOND", nice_classes=(9,), file="03.jpg"),
        form=build.form(brands=(build.brand(), other)),
    )
    found = build.findings("CAT601", dossier)
    assert [(each.subject, each.status) for each in found] == [("brand:TESTRIVER", PASS), ("brand:SECOND", FAIL)]
    assert found[1].evidence[0].document == "d2"
    assert "SECOND" in build.remedies("CAT601", dossier)[0].message.en


def test_goods_that_belong_to_the_category_by_name_are_shown() -> None:
    goods = (Goods(nice_class=18, text="裤装"), Goods(nice_class=18, text="雨伞"))
    certificate = build.certificate(nice_classes=(18,), goods=goods)
    finding = build.finding("CAT602", build.dossier(build.licence(), certificate))
    assert "by name: 裤装)" in finding.message.en
    assert "：裤装）" in finding.message.zh


def test_goods_read_in_doubt_do_not_soften_the_finding() -> None:
    goods = build.entity((Goods(nice_class=18, text="裤装"),), 0.3)
    dossier = build.dossier(build.licence(), build.certificate(nice_classes=(18,), goods=goods))
    assert build.status("CAT602", dossier) is FAIL


def test_a_class_that_does_not_fit_is_told_with_those_that_would() -> None:
    finding = build.finding("CAT601", with_classes((9,)))
    assert finding.message.en == "TESTRIVER is protected in class 9; Apparel needs one of 18, 24, 25, 26"
    assert (finding.expected, finding.found) == ("18, 24, 25, 26", "9")


def test_a_category_that_accepts_services_does_not_ask_for_goods() -> None:
    dossier = with_classes((35,), category="special_category")
    assert [build.status(rule, dossier) for rule in ("CAT601", "CAT603")] == [PASS, NOT_APPLICABLE]


@pytest.mark.parametrize(
    ("category", "status"),
    [
        pytest.param("apparel", PASS, id="open"),
        pytest.param("hair_human_black", FAIL, id="by invitation"),
        pytest.param("e_cigarettes", UNDETERMINED, id="no source says"),
    ],
)
def test_entry_of_the_category(category: str, status: Status) -> None:
    assert build.status("CAT608", build.dossier(form=build.form(store=build.store(category=category)))) is status


@pytest.mark.parametrize(
    ("entry", "words"), [(Entry.CLOSED, "is closed"), (Entry.INVITATION, "is entered by invitation only")]
)
def test_who_may_enter_is_said(entry: Entry, words: str) -> None:
    rulebook = build.rulebook()
    apparel = rulebook.categories[0]
    changed = apparel.model_copy(update={"terms": apparel.terms.model_copy(update={"entry": entry})})
    case = Case(build.dossier(), rulebook.model_copy(update={"categories": (changed,)}))
    (ruling,) = run(RULES["CAT608"], case)
    assert (ruling.finding.status, ruling.finding.message.en) == (FAIL, f"Apparel {words}")


def test_a_category_is_judged_as_it_was_on_the_day() -> None:
    form = build.form(store=build.store(category="e_cigarettes"))
    assert build.status("CAT608", build.dossier(form=form, as_of=date(2021, 6, 1))) is PASS


@pytest.mark.parametrize(
    ("category", "status", "told"),
    [
        pytest.param("mobile_phones", PASS, "the deposit for Mobile phones is CNY 30,000", id="stated"),
        pytest.param(
            "personal_mobility",
            UNDETERMINED,
            "no deposit is on record for Self-balancing scooters, e-scooters & e-bikes",
            id="not stated",
        ),
    ],
)
def test_the_deposit_is_named(category: str, status: Status, told: str) -> None:
    finding = build.finding("CAT609", build.dossier(form=build.form(store=build.store(category=category))))
    assert (finding.status, finding.message.en) == (status, told)


def test_primary_and_secondary_classes_of_no_category_overlap() -> None:
    terms: list[CategoryTerms] = [category.terms for category in build.rulebook().categories]
    assert not any({*each.primary} & {*each.secondary} for each in terms)
