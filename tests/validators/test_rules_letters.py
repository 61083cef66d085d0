"""AUT505 to AUT512, AUT514 and AUT515: what a single letter says."""

from datetime import date
from typing import Any

import pytest

from extractors.authorization_letter import Exclusivity
from pipeline.model import LONG_TERM, FailureCode
from pipeline.verdict import Status
from tests.validators import build, papers
from tests.validators.clean import Scenario, clean_dossier

PASS, FAIL, UNDETERMINED, NOT_APPLICABLE = Status.PASS, Status.FAIL, Status.UNDETERMINED, Status.NOT_APPLICABLE
NONE = object()
"""Instead of a letter's changes: no letter at all."""


def of_one(rule: str, changes: Any) -> Status:
    """Run a rule on the dossier with one letter."""
    return build.status(rule, clean_dossier(Scenario.ONE_LINK, letter=None if changes is NONE else changes))


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        pytest.param({}, PASS, id="mark and number"),
        pytest.param({"trademark_numbers": None}, PASS, id="the mark alone"),
        pytest.param({"marks": None}, PASS, id="the number alone"),
        pytest.param({"marks": ("HILLBROOK", "TESTRIVER®")}, PASS, id="among several"),
        pytest.param({"trademark_numbers": ("第41234567号",)}, PASS, id="the number in words"),
        pytest.param({"marks": ("TESTRIDER",)}, FAIL, id="another mark"),
        pytest.param({"trademark_numbers": ("41234561",)}, FAIL, id="another number"),
        pytest.param({"marks": ("TEST-RIVER",)}, UNDETERMINED, id="punctuation"),
        pytest.param({"marks": build.entity(("TESTRIDER",), 0.4)}, UNDETERMINED, id="read with doubt"),
        pytest.param({"marks": None, "trademark_numbers": None}, UNDETERMINED, id="neither read"),
        pytest.param(
            {"marks": build.entity(("TESTRIVER",), 0.4), "trademark_numbers": None},
            UNDETERMINED,
            id="right, with doubt",
        ),
        pytest.param(NONE, NOT_APPLICABLE, id="no letter"),
    ],
)
def test_aut505_mark(changes: Any, status: Status) -> None:
    assert of_one("AUT505", changes) is status


def test_aut505_a_number_with_a_doubtful_digit_is_for_a_person() -> None:
    doubtful = build.in_doubt_at("41234568", "8")
    numbers = doubtful.model_copy(update={"value": ("41234568",)})
    assert of_one("AUT505", {"trademark_numbers": numbers}) is UNDETERMINED
    finding = build.finding("AUT505", clean_dossier(Scenario.ONE_LINK, letter={"trademark_numbers": ("41234568",)}))
    assert "character 8 is 8 instead of 7" in finding.message.en


@pytest.mark.parametrize(
    ("changes", "in_force", "enough", "soon"),
    [
        pytest.param({}, PASS, PASS, PASS, id="runs"),
        pytest.param({"valid_to": LONG_TERM}, PASS, NOT_APPLICABLE, NOT_APPLICABLE, id="without end"),
        pytest.param({"valid_to": date(2026, 11, 23)}, FAIL, NOT_APPLICABLE, NOT_APPLICABLE, id="ended yesterday"),
        pytest.param({"valid_to": date(2026, 11, 24)}, PASS, FAIL, NOT_APPLICABLE, id="last day"),
        pytest.param({"valid_to": date(2027, 2, 21)}, PASS, FAIL, NOT_APPLICABLE, id="89 days"),
        pytest.param({"valid_to": date(2027, 2, 22)}, PASS, PASS, FAIL, id="90 days"),
        pytest.param({"valid_to": date(2027, 5, 22)}, PASS, PASS, FAIL, id="179 days"),
        pytest.param({"valid_to": date(2027, 5, 23)}, PASS, PASS, PASS, id="180 days"),
        pytest.param({"valid_from": date(2026, 11, 25)}, FAIL, NOT_APPLICABLE, NOT_APPLICABLE, id="begins tomorrow"),
        pytest.param({"valid_from": None}, PASS, PASS, PASS, id="from its signature"),
        pytest.param(
            {"valid_from": None, "signed_date": date(2026, 12, 1)},
            FAIL,
            NOT_APPLICABLE,
            NOT_APPLICABLE,
            id="unsigned yet",
        ),
        pytest.param({"valid_from": None, "signed_date": None}, UNDETERMINED, PASS, PASS, id="no beginning read"),
        pytest.param({"valid_to": None}, UNDETERMINED, UNDETERMINED, UNDETERMINED, id="no end read"),
        pytest.param(
            {"valid_to": build.entity(date(2020, 1, 1), 0.5)},
            UNDETERMINED,
            UNDETERMINED,
            UNDETERMINED,
            id="end in doubt",
        ),
        pytest.param(NONE, NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE, id="no letter"),
    ],
)
def test_aut506_to_aut508_share_the_term(changes: Any, in_force: Status, enough: Status, soon: Status) -> None:
    assert [of_one(rule, changes) for rule in ("AUT506", "AUT507", "AUT508")] == [in_force, enough, soon]


def test_aut506_counts_the_days() -> None:
    message = build.finding("AUT506", clean_dossier(Scenario.ONE_LINK, letter={"valid_to": date(2026, 5, 31)})).message
    assert "ended on 2026-05-31, 177 days before 2026-11-24" in message.en
    assert "已过 177 天" in message.zh


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        pytest.param({}, PASS, id="ends before the mark"),
        pytest.param({"letter": {"valid_to": date(2030, 6, 6)}}, PASS, id="ends with the mark"),
        pytest.param({"letter": {"valid_to": date(2030, 6, 7)}}, FAIL, id="a day longer"),
        pytest.param({"letter": {"valid_to": LONG_TERM}}, FAIL, id="without end"),
        pytest.param(
            {"letter": {"valid_to": date(2035, 1, 1)}, "add": (papers.renewal(),)}, PASS, id="the mark was renewed"
        ),
        pytest.param(
            {"letter": {"valid_to": date(2035, 1, 1)}, "add": (papers.renewal(registration_number=None),)},
            UNDETERMINED,
            id="perhaps renewed",
        ),
        pytest.param({"certificate": {"valid_to": None}}, UNDETERMINED, id="the mark's end not read"),
        pytest.param({"letter": {"valid_to": None}}, UNDETERMINED, id="the letter's end not read"),
        pytest.param({"certificate": {"valid_to": date(2020, 1, 1)}}, NOT_APPLICABLE, id="the mark is TMK404's"),
        pytest.param({"certificate": None}, NOT_APPLICABLE, id="no certificate"),
    ],
)
def test_aut509_term_of_the_mark(changes: dict[str, Any], status: Status) -> None:
    assert build.status("AUT509", clean_dossier(Scenario.ONE_LINK, **changes)) is status


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        pytest.param({}, {}, PASS, id="as wide"),
        pytest.param({}, {"valid_to": date(2028, 1, 1)}, FAIL, id="ends later"),
        pytest.param({}, {"valid_from": date(2024, 1, 1)}, FAIL, id="begins earlier"),
        pytest.param({}, {"valid_to": LONG_TERM}, FAIL, id="never ends"),
        pytest.param({"valid_to": LONG_TERM}, {"valid_to": LONG_TERM}, PASS, id="neither ends"),
        pytest.param({}, {"nice_classes": (18, 25)}, FAIL, id="a class more"),
        pytest.param({"nice_classes": (18, 25)}, {}, PASS, id="a class less"),
        pytest.param({}, {"nice_classes": None}, PASS, id="silent about classes"),
        pytest.param(
            {"exclusivity": Exclusivity.NON_EXCLUSIVE}, {"exclusivity": Exclusivity.EXCLUSIVE}, FAIL, id="kind"
        ),
        pytest.param({}, {"platforms": ("各大电商平台",)}, FAIL, id="all platforms of one"),
        pytest.param({"platforms": ("所有电商平台",)}, {}, PASS, id="one platform of all"),
        pytest.param({}, {"platforms": ("亚马逊",)}, FAIL, id="another platform"),
        pytest.param({}, {"platforms": ("某跨境商城",)}, UNDETERMINED, id="an unknown platform"),
        pytest.param({"territory": "中国大陆"}, {}, FAIL, id="the world of the mainland"),
        pytest.param({"territory": "美国、俄罗斯"}, {"territory": "美国"}, PASS, id="one country of two"),
        pytest.param({"territory": "除美国以外的全球"}, {"territory": "美国"}, UNDETERMINED, id="what is taken away"),
        pytest.param({"territory": "除美国以外的全球"}, {}, UNDETERMINED, id="the world of all but one"),
        pytest.param({"territory": "东南亚"}, {}, UNDETERMINED, id="the world of an unknown territory"),
        pytest.param({"valid_to": None}, {}, UNDETERMINED, id="end not read"),
    ],
)
def test_aut510_narrowing(first: dict[str, Any], second: dict[str, Any], status: Status) -> None:
    registered = {"nice_classes": (9, 18, 25)}
    dossier = clean_dossier(Scenario.TWO_LINKS, certificate=registered, letter=first, second_letter=second)
    found = {finding.subject: finding.status for finding in build.findings("AUT510", dossier)}
    assert found == {"d3": PASS, "d4": status}


@pytest.mark.parametrize(
    ("platforms", "territory", "status"),
    [
        pytest.param(("速卖通",), "全球", PASS, id="named, everywhere"),
        pytest.param(("全球速卖通（AliExpress）平台",), None, PASS, id="named, silent about territory"),
        pytest.param(None, "worldwide, except Russia", FAIL, id="but for a market"),
        pytest.param(None, "全球范围内（不含俄罗斯）", FAIL, id="but for a market, in Chinese"),
        pytest.param(None, "除美国、欧盟以外的全球", FAIL, id="but for two, said first"),
        pytest.param(None, "全球，俄罗斯除外", FAIL, id="but for a market, said last"),
        pytest.param(None, "Worldwide (excluding mainland China and the Russian Federation)", FAIL, id="but for both"),
        pytest.param(None, "worldwide excluding mainland China", PASS, id="but for where it does not sell"),
        pytest.param(None, "全球（除中国大陆外）", PASS, id="but for the mainland"),
        pytest.param(None, "中国大陆以外的全球地区", PASS, id="outside the mainland"),
        pytest.param(None, "欧洲以外的全球地区", FAIL, id="outside a market"),
        pytest.param(None, "全球，但俄罗斯、美国不在授权范围内", FAIL, id="but for two, not in reach"),
        pytest.param(None, "全球（美国禁售）", FAIL, id="but for a market where it is forbidden"),
        pytest.param(None, "全球，不含俄罗斯市场", FAIL, id="but for what is called a market"),
        pytest.param(None, "全球，大陆地区除外", PASS, id="but for the mainland, said last"),
        pytest.param(None, "worldwide outside Russia", FAIL, id="outside a market, in English"),
        pytest.param(None, "worldwide, save for Russia", FAIL, id="save for a market"),
        pytest.param(None, "全球，俄罗斯不适用", UNDETERMINED, id="does not apply"),
        pytest.param(None, "worldwide with the exclusion of Russia", UNDETERMINED, id="with the exclusion of"),
        pytest.param(None, "worldwide; not for Russia", UNDETERMINED, id="in words that are not worked out"),
        pytest.param(None, "全球无地域限制", PASS, id="no limit"),
        pytest.param(None, "worldwide without territorial limit", PASS, id="no limit, in English"),
        pytest.param(None, "海内外", PASS, id="at home and abroad"),
        pytest.param(None, "exclusively worldwide", PASS, id="exclusive, and nothing excluded"),
        pytest.param(None, "worldwide, except certain countries", UNDETERMINED, id="but for some that are not named"),
        pytest.param(None, "全球（不含俄罗斯）及巴西（不含里约）", UNDETERMINED, id="two exceptions"),
        pytest.param(None, "亚洲（不含日本）", UNDETERMINED, id="from an unknown territory"),
        pytest.param(None, "中国大陆（不含新疆）", UNDETERMINED, id="a part of the mainland"),
        pytest.param(None, "worldwide", PASS, id="everywhere, silent about platforms"),
        pytest.param(("all e-commerce platforms",), "Worldwide", PASS, id="all platforms"),
        pytest.param(("Amazon", "AliExpress"), "全世界范围内", PASS, id="among others"),
        pytest.param(("国内外电子商务平台",), "全球", PASS, id="platforms here and abroad"),
        pytest.param(("cross-border e-commerce platforms",), None, PASS, id="platforms in general"),
        pytest.param(("国内各大电商平台",), "全球", UNDETERMINED, id="platforms of the mainland"),
        pytest.param(("other online platforms",), "全球", UNDETERMINED, id="other platforms"),
        pytest.param(("京东平台", "淘宝网店"), "全球", FAIL, id="others alone"),
        pytest.param(("阿里巴巴国际站",), "全球", FAIL, id="a sister marketplace"),
        pytest.param(("速卖通",), "中国大陆地区（不含港澳台）", FAIL, id="the mainland alone"),
        pytest.param(("速卖通",), "in the People's Republic of China", FAIL, id="China in English"),
        pytest.param(("某跨境商城",), "全球", UNDETERMINED, id="an unknown platform"),
        pytest.param(("所有电商平台（速卖通除外）",), "全球", FAIL, id="all but this one"),
        pytest.param(("速卖通以外的所有电商平台",), "全球", FAIL, id="outside this one"),
        pytest.param(("所有电商平台，速卖通不在授权范围",), "全球", FAIL, id="this one not in reach"),
        pytest.param(("all platforms apart from AliExpress",), "全球", FAIL, id="apart from this one"),
        pytest.param(("电商平台 (except 天猫, 速卖通)",), "全球", FAIL, id="all but two"),
        pytest.param(("除亚马逊、天猫以外的电商平台",), "全球", PASS, id="all but others"),
        pytest.param(("all e-commerce platforms (except Amazon)",), "全球", PASS, id="all but another, in English"),
        pytest.param(("电商平台 (except 某商城)",), "全球", UNDETERMINED, id="all but an unknown one"),
        pytest.param(("速卖通",), "美国、俄罗斯", UNDETERMINED, id="some countries"),
        pytest.param(None, None, UNDETERMINED, id="neither read"),
        pytest.param(build.entity(("京东",), 0.4), "全球", UNDETERMINED, id="platform in doubt"),
    ],
)
def test_aut511_reach(platforms: Any, territory: Any, status: Status) -> None:
    assert of_one("AUT511", {"platforms": platforms, "territory": territory}) is status


@pytest.mark.parametrize(
    ("sublicensing", "status"),
    [
        pytest.param(True, PASS, id="may be passed on"),
        pytest.param(False, FAIL, id="may not"),
        pytest.param(None, UNDETERMINED, id="silent"),
        pytest.param(build.entity(False, 0.4), UNDETERMINED, id="read with doubt"),
    ],
)
def test_aut512_passing_on(sublicensing: Any, status: Status) -> None:
    dossier = clean_dossier(Scenario.TWO_LINKS, letter={"sublicensing": sublicensing})
    found = {finding.subject: finding.status for finding in build.findings("AUT512", dossier)}
    assert found == {"d3": status, "d4": NOT_APPLICABLE}


@pytest.mark.parametrize(
    ("sealed", "signed", "status"),
    [
        pytest.param(True, False, PASS, id="sealed"),
        pytest.param(False, True, PASS, id="signed"),
        pytest.param(None, True, PASS, id="signed, the seal cannot be told"),
        pytest.param(False, False, FAIL, id="neither"),
        pytest.param(False, None, UNDETERMINED, id="unsealed, the signature cannot be told"),
        pytest.param(None, None, UNDETERMINED, id="neither can be told"),
        pytest.param(build.entity(False, 0.4), False, UNDETERMINED, id="unsealed, with doubt"),
    ],
)
def test_aut514_hand(sealed: Any, signed: Any, status: Status) -> None:
    assert of_one("AUT514", {"sealed": sealed, "signed": signed}) is status


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        pytest.param({}, PASS, id="with the card"),
        pytest.param({"licensor_card": None}, FAIL, id="without"),
        pytest.param({"licensor_card": {"name": "王别之"}}, FAIL, id="another's card"),
        pytest.param({"licensor_card": {"name": None}}, UNDETERMINED, id="name on the card not read"),
        pytest.param(
            {"licensor_card": None, "add": (build.document(failure=FailureCode.CORRUPT),)},
            UNDETERMINED,
            id="a paper that may be it",
        ),
        pytest.param({"letter": {"licensor": papers.OWNER}}, NOT_APPLICABLE, id="a company"),
        pytest.param({"letter": {"licensor": "Blue Hill"}}, UNDETERMINED, id="a person or a company"),
        pytest.param({"letter": {"licensor": "Blue Hill GmbH"}}, NOT_APPLICABLE, id="a company abroad"),
        pytest.param({"letter": {"licensor": None}}, UNDETERMINED, id="licensor not read"),
    ],
)
def test_aut515_natural_persons(changes: dict[str, Any], status: Status) -> None:
    assert build.status("AUT515", clean_dossier(Scenario.NATURAL_OWNER, **changes)) is status


# AUT510: what the first letter has to give is the registration.


@pytest.mark.parametrize(
    ("certificate", "letter", "status"),
    [
        pytest.param({}, {"nice_classes": (25,)}, PASS, id="the mark's class"),
        pytest.param({}, {"nice_classes": None}, NOT_APPLICABLE, id="silent"),
        pytest.param({"nice_classes": None}, {"nice_classes": (25,)}, UNDETERMINED, id="certificate not read"),
        pytest.param({}, {"nice_classes": (9,)}, FAIL, id="another class"),
        pytest.param({}, {"nice_classes": (9, 25)}, FAIL, id="one class more"),
        pytest.param({}, {"nice_classes": build.entity((9,), 0.4)}, UNDETERMINED, id="read with doubt"),
        pytest.param({}, {"nice_classes": (9, 25), "marks": (build.BRAND, "HILLBROOK")}, UNDETERMINED, id="two marks"),
    ],
)
def test_a_first_letter_grants_no_class_that_is_not_registered(
    certificate: dict[str, Any], letter: dict[str, Any], status: Status
) -> None:
    assert build.status("AUT510", clean_dossier(Scenario.ONE_LINK, certificate=certificate, letter=letter)) is status
