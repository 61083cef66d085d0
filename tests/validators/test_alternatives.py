"""Which other store types the applicant could open."""

from dataclasses import replace

import pytest

from pipeline.form import Account
from pipeline.report.explain import explain
from pipeline.report.html import to_html
from pipeline.verdict import Decision, Dossier
from tests.validators import build
from tests.validators.reports import report_of
from validators import judge


def decisions(dossier: Dossier) -> dict[str, Decision]:
    return {each.type: each.decision for each in judge(dossier, build.rulebook()).alternatives}


def as_type(dossier: Dossier, store_type: str) -> Dossier:
    assert dossier.form
    assert dossier.form.application
    store = dossier.form.application.store.model_copy(update={"type": store_type, "name": None})
    application = dossier.form.application.model_copy(update={"store": store})
    return replace(dossier, form=replace(dossier.form, application=application))


def test_only_other_types_are_told_and_only_where_this_one_is_not_approved() -> None:
    assert set(decisions(build.dossier(build.licence(), build.notice()))) == {"exclusive", "specialised", "other"}
    assert decisions(build.dossier()) == {}


def test_a_pending_mark_will_do_for_an_exclusive_store() -> None:
    dossier = build.dossier(build.licence(), build.notice())
    verdict = judge(dossier, build.rulebook())
    assert verdict.decision is Decision.REJECTED
    assert decisions(dossier)["exclusive"] is Decision.APPROVED


def test_what_stands_against_a_type_is_named() -> None:
    form = build.form(account=Account(login="email", id="nobody"))
    dossier = as_type(build.dossier(build.licence(), build.notice(), form=form), "exclusive")
    (official,) = (each for each in judge(dossier, build.rulebook()).alternatives if each.type == "official")
    assert (official.decision, official.missing) == (Decision.REJECTED, ("APP006", "STO701"))


def test_what_is_wrong_with_every_type_stays_so() -> None:
    dossier = build.dossier(build.certificate())
    found = judge(dossier, build.rulebook()).alternatives
    assert {each.decision for each in found} == {Decision.REJECTED}
    assert all("LIC201" in each.missing for each in found)


DOSSIERS = [
    build.dossier(),
    build.dossier(build.licence(), build.notice()),
    build.dossier(build.licence(company_type="个体工商户"), build.certificate()),
    build.dossier(build.licence(), build.certificate(mark_text="星河试验")),
    build.dossier(build.licence(), build.certificate(owner="杭州他人服饰有限公司")),
    build.dossier(build.licence(), build.certificate(), form=build.form(brands=())),
    build.dossier(
        build.licence(),
        build.certificate(owner="杭州他人服饰有限公司"),
        form=build.form(brands=(build.brand(relation="authorized"),)),
    ),
]


@pytest.mark.parametrize("dossier", DOSSIERS, ids=range(len(DOSSIERS)))
@pytest.mark.parametrize("applied", ["official", "exclusive", "specialised", "other"])
def test_an_alternative_is_what_judging_under_that_type_yields(dossier: Dossier, applied: str) -> None:
    """Rules that are not run again are those to which the type makes no difference."""
    for store_type, decision in decisions(as_type(dossier, applied)).items():
        assert judge(as_type(dossier, store_type), build.rulebook()).decision is decision


def test_without_a_known_type_there_is_none() -> None:
    assert judge(as_type(build.dossier(), "superstore"), build.rulebook()).alternatives == ()
    assert judge(build.dossier(inspecting=True), build.rulebook()).alternatives == ()


def test_people_read_it_in_a_sentence() -> None:
    report = report_of(build.dossier(build.licence(), build.notice()))
    sentence = "As exclusive store this dossier would be approved."
    assert sentence in explain(report, None, "en")
    assert sentence in to_html(report, {}, lang="en")
    assert "以专卖店申请，本材料可通过。" in to_html(report, {}, lang="zh")
