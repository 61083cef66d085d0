"""Chains of authorization: which letters are taken, where a chain breaks, and what reports show of it."""

from datetime import date
from typing import Any

import pytest

from extractors.authorization_letter import Exclusivity
from pipeline.form import Relation
from pipeline.model import Document
from pipeline.verdict import Authorization, Decision, Dossier, Role, Status
from tests.validators import build, papers
from tests.validators.clean import Scenario, clean_dossier
from validators import judge
from validators.chain import chains

PASS, FAIL, UNDETERMINED = Status.PASS, Status.FAIL, Status.UNDETERMINED
OTHER = "苏州另试商贸有限公司"
SECOND, SECOND_NUMBER = "HILLBROOK", "51234567"


def letters_of(dossier: Dossier, at: int = 0) -> list[str]:
    return [link.document.file for link in chains(build.case(dossier))[at].links]


def record(dossier: Dossier, at: int = 0) -> Authorization:
    return judge(dossier, build.rulebook()).authorizations[at]


def authorized(*letters: Document, kind: str = "specialised", owner: str = papers.OWNER) -> Dossier:
    form = build.form(brands=(build.brand(relation=Relation.AUTHORIZED),), store=build.store(type=kind))
    return build.dossier(build.licence(), build.certificate(owner=owner), *letters, form=form)


FIRST, LAST, DIRECT = papers.first_link(), papers.second_link(), papers.letter()
OLD = papers.letter(file="old.jpg", valid_from=date(2019, 1, 1), valid_to=date(2022, 1, 1))
SOLE = papers.letter(file="sole.jpg", exclusivity=Exclusivity.SOLE, valid_to=date(2029, 1, 1))
STRAY = papers.letter(file="stray.jpg", licensor=OTHER, licensee="常州旧试有限公司")


@pytest.mark.parametrize(
    ("letters", "kind", "taken"),
    [
        pytest.param([DIRECT], "official", ["letter.jpg"], id="one"),
        pytest.param([FIRST, LAST], "exclusive", ["letter-1.jpg", "letter-2.jpg"], id="two"),
        pytest.param([LAST, FIRST], "exclusive", ["letter-1.jpg", "letter-2.jpg"], id="two, the last comes first"),
        pytest.param([FIRST, LAST, DIRECT], "exclusive", ["letter.jpg"], id="the direct one of two ways"),
        pytest.param([OLD, DIRECT], "official", ["letter.jpg"], id="the one in force"),
        pytest.param([OLD, FIRST, LAST], "exclusive", ["letter-1.jpg", "letter-2.jpg"], id="in force, though longer"),
        pytest.param([SOLE, DIRECT], "official", ["letter.jpg"], id="exclusive, where that is asked"),
        pytest.param([SOLE, DIRECT], "exclusive", ["sole.jpg"], id="the one that runs longest"),
        pytest.param([STRAY, DIRECT], "official", ["letter.jpg"], id="not the one between strangers"),
        pytest.param([FIRST, STRAY], "official", ["letter-1.jpg"], id="the one that goes astray, of no better"),
        pytest.param([], "official", [], id="none"),
    ],
)
def test_the_best_of_several_ways_is_taken(letters: list[Document], kind: str, taken: list[str]) -> None:
    assert letters_of(authorized(*letters, kind=kind)) == taken


@pytest.mark.parametrize(
    ("changes", "status", "broken_at"),
    [
        pytest.param({}, PASS, None, id="complete"),
        pytest.param({"letter": {"licensor": OTHER}}, FAIL, 1, id="does not begin at the registrant"),
        pytest.param({"second_letter": {"licensor": OTHER}}, FAIL, 2, id="does not join"),
        pytest.param({"second_letter": {"licensee": OTHER}}, FAIL, 3, id="goes astray"),
        pytest.param({"second_letter": {"licensor": None}}, UNDETERMINED, None, id="a licensor not read"),
        pytest.param({"certificate": {"owner": None}}, UNDETERMINED, None, id="the owner not read"),
        pytest.param(
            {"letter": {"licensor": "Hangzhou Yunshi Apparel Co., Ltd."}}, UNDETERMINED, None, id="in English"
        ),
        pytest.param({"letter": None, "second_letter": None}, FAIL, None, id="no letter"),
    ],
)
def test_a_chain_is_told_with_the_link_at_which_it_breaks(
    changes: dict[str, Any], status: Status, broken_at: int | None
) -> None:
    told = record(clean_dossier(Scenario.TWO_LINKS, **changes))
    assert (told.status, told.broken_at) == (status, broken_at)


def test_nodes_lead_from_the_registrant_to_the_applicant() -> None:
    told = record(clean_dossier(Scenario.TWO_LINKS))
    assert [(node.name, node.role) for node in told.nodes] == [
        (papers.OWNER, Role.REGISTRANT),
        (papers.AGENT, Role.LICENSEE),
        (build.COMPANY, Role.APPLICANT),
    ]
    assert [(link.licensor, link.licensee, link.document, link.status) for link in told.links] == [
        (0, 1, "d3", PASS),
        (1, 2, "d4", PASS),
    ]
    assert told.nodes[-1].documents == ("d4", "d1")


def test_a_break_parts_the_nodes() -> None:
    told = record(clean_dossier(Scenario.TWO_LINKS, second_letter={"licensor": OTHER}))
    assert [node.role for node in told.nodes] == [Role.REGISTRANT, Role.LICENSEE, Role.LICENSOR, Role.APPLICANT]
    assert [(link.licensor, link.licensee, link.status) for link in told.links] == [(0, 1, PASS), (2, 3, FAIL)]


def test_what_rules_say_of_a_letter_becomes_its_links_status() -> None:
    (link,) = record(clean_dossier(Scenario.ONE_LINK, letter={"valid_to": date(2027, 1, 1)})).links
    assert (link.status, link.rules) == (FAIL, ("AUT507",))


def test_ones_own_brand_needs_no_link() -> None:
    told = record(clean_dossier())
    assert (told.own, told.status, told.links) == (True, PASS, ())
    assert [node.role for node in told.nodes] == [Role.REGISTRANT, Role.APPLICANT]


def test_an_owner_is_told_after_assignment() -> None:
    proof = papers.assignment(assignee=papers.OWNER)
    told = record(clean_dossier(Scenario.ONE_LINK, certificate={"owner": OTHER}, add=(proof,)))
    assert (told.nodes[0].name, told.nodes[0].documents) == (papers.OWNER, ("d2", "d4"))


def two_brands(*letters: Document) -> Dossier:
    brands = (
        build.brand(relation=Relation.AUTHORIZED),
        build.brand(name=SECOND, trademark_number=SECOND_NUMBER, relation=Relation.AUTHORIZED),
    )
    second = build.certificate(file="03.jpg", mark_text=SECOND, registration_number=SECOND_NUMBER, owner=papers.NATURAL)
    form = build.form(brands=brands, store=build.store(type="specialised", name="Good Things store"))
    return build.dossier(build.licence(), build.certificate(owner=papers.OWNER), second, *letters, form=form)


SECOND_LETTER = papers.letter(
    file="second.jpg", licensor=papers.NATURAL, marks=(SECOND,), trademark_numbers=(SECOND_NUMBER,)
)


def test_each_of_several_brands_has_its_own_chain() -> None:
    dossier = two_brands(SECOND_LETTER, DIRECT)
    assert [letters_of(dossier, at) for at in (0, 1)] == [["letter.jpg"], ["second.jpg"]]


def test_a_letter_of_another_brand_is_no_letter_of_this_one() -> None:
    dossier = two_brands(DIRECT)
    assert letters_of(dossier, 1) == []
    found = {finding.subject: finding.status for finding in build.findings("AUT501", dossier)}
    assert found == {f"brand:{build.BRAND}": PASS, f"brand:{SECOND}": FAIL}


def test_one_letter_may_speak_of_several_brands() -> None:
    both = papers.letter(marks=(build.BRAND, SECOND), trademark_numbers=(build.NUMBER, SECOND_NUMBER))
    dossier = two_brands(both)
    assert [letters_of(dossier, at) for at in (0, 1)] == [["letter.jpg"], ["letter.jpg"]]
    (in_force,) = build.findings("AUT506", dossier)
    assert in_force.subject == "d4"
    told = {finding.subject: finding.status for finding in build.findings("AUT502", dossier)}
    assert told == {f"brand:{build.BRAND}": PASS, f"brand:{SECOND}": FAIL}


def test_among_many_letters_the_right_one_is_found() -> None:
    many = [papers.letter(file=f"{at}.jpg", licensor=OTHER, licensee=f"试{at}有限公司") for at in range(40)]
    assert letters_of(authorized(*many, DIRECT)) == ["letter.jpg"]


SEVERAL = {"licensee": build.entity(papers.AGENT, 0.5), "licensees": (papers.AGENT, build.COMPANY)}
SPECIALISED = {"type": "specialised", "name": "Anything store"}


def test_a_letter_to_several_authorizes_each_of_them() -> None:
    dossier = clean_dossier(Scenario.ONE_LINK, letter=SEVERAL, store=SPECIALISED)
    verdict = judge(dossier, build.rulebook())
    assert verdict.decision is Decision.APPROVED
    assert [node.name for node in verdict.authorizations[0].nodes] == [papers.OWNER, build.COMPANY]


def test_whom_a_letter_to_several_does_not_name_it_does_not_authorize() -> None:
    changed = {**SEVERAL, "licensees": (papers.AGENT, "温州试远品牌管理有限公司")}
    dossier = clean_dossier(Scenario.ONE_LINK, letter=changed, store=SPECIALISED)
    assert build.status("AUT504", dossier) is Status.UNDETERMINED


def test_one_of_several_licensees_may_pass_the_right_on() -> None:
    changed = {**SEVERAL, "licensees": ("温州试远品牌管理有限公司", papers.AGENT), "sublicensing": True}
    dossier = clean_dossier(Scenario.TWO_LINKS, letter=changed)
    assert build.status("AUT503", dossier) is Status.PASS


def test_a_doubtful_list_of_licensees_authorizes_nobody() -> None:
    changed = {**SEVERAL, "licensees": build.entity((papers.AGENT, build.COMPANY), 0.5)}
    dossier = clean_dossier(Scenario.ONE_LINK, letter=changed, store=SPECIALISED)
    assert build.status("AUT504", dossier) is Status.UNDETERMINED


def test_an_exclusive_right_of_several_is_for_a_person() -> None:
    assert build.status("STO702", clean_dossier(Scenario.ONE_LINK, letter=SEVERAL)) is Status.UNDETERMINED
