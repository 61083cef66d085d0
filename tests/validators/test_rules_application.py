"""APP: the application form."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.form import Account, Applicant, Application, Form, FormProblem, LegalPerson, Settlement
from pipeline.model import FailureCode, Message
from pipeline.verdict import Dossier, Status
from tests.validators import build
from validators import RULES
from validators.case import Case
from validators.runner import run

PASS, FAIL, UNDETERMINED, NOT_APPLICABLE = Status.PASS, Status.FAIL, Status.UNDETERMINED, Status.NOT_APPLICABLE


def problem(field: str) -> FormProblem:
    return FormProblem(field=field, message=Message(en="is wrong", zh="有误"))


def with_form(*problems: FormProblem, **changes: Any) -> Dossier:
    return build.dossier(form=build.form(*problems, **changes))


def with_store(**changes: Any) -> Dossier:
    return with_form(store=build.store(**changes))


NO_FORM = build.dossier(form=build.form(file=None))
BROKEN = build.dossier(form=Form("application.yaml", Application(), (problem(""),)))


@pytest.mark.parametrize("rule", [f"APP00{n}" for n in range(2, 8)])
@pytest.mark.parametrize("dossier", [pytest.param(NO_FORM, id="no form"), pytest.param(BROKEN, id="a broken form")])
def test_only_app001_speaks_of_a_form_that_is_not_there(rule: str, dossier: Dossier) -> None:
    assert build.status(rule, dossier) is NOT_APPLICABLE
    assert build.status("APP001", dossier) is FAIL


def test_a_valid_form_passes() -> None:
    assert build.status("APP001", build.dossier()) is PASS


def test_a_missing_form_is_asked_for() -> None:
    finding = build.finding("APP001", NO_FORM)
    assert (finding.message.en, finding.subject) == ("the dossier has no application form", "form")
    assert "application.yaml" in build.remedies("APP001", NO_FORM)[0].message.en


@pytest.mark.parametrize(
    ("file", "code", "status"),
    [
        pytest.param("all.zip", FailureCode.CORRUPT, UNDETERMINED, id="a damaged zip"),
        pytest.param("all.ZIP", FailureCode.ENCRYPTED, UNDETERMINED, id="a zip with a password"),
        pytest.param("papers", FailureCode.ARCHIVE_UNSAFE, UNDETERMINED, id="an archive of any name"),
        pytest.param("application.yaml", FailureCode.UNREADABLE, UNDETERMINED, id="a form that was not opened"),
        pytest.param("readme.json", FailureCode.UNSUPPORTED_TYPE, FAIL, id="a file that is no form"),
        pytest.param("02.jpg", FailureCode.CORRUPT, FAIL, id="a damaged paper"),
    ],
)
def test_a_form_may_be_in_what_was_not_opened(file: str, code: FailureCode, status: Status) -> None:
    unread = build.document(file=file, failure=code)
    dossier = build.dossier(build.licence(), unread, form=build.form(file=None))
    assert build.status("APP001", dossier) is status


def test_a_field_that_the_message_names_is_not_named_twice() -> None:
    told = FormProblem(field="store.type", message=Message(en="`store.type` is missing", zh="`store.type` 缺失"))
    message = build.finding("APP001", with_form(told)).message
    assert (message.en, message.zh) == ("`store.type` is missing", "`store.type` 缺失")


def test_every_problem_of_the_form_is_named_by_field() -> None:
    dossier = with_form(problem("store.colour"), problem("brands[0].office"))
    finding = build.finding("APP001", dossier)
    assert finding.message.en == "`store.colour`: is wrong; `brands[0].office`: is wrong"
    assert [each.message.zh for each in build.remedies("APP001", dossier)] == [
        "请更正申请表：`store.colour`：有误。",
        "请更正申请表：`brands[0].office`：有误。",
    ]


@pytest.mark.parametrize(
    ("category", "status"),
    [
        pytest.param("apparel", PASS, id="one"),
        pytest.param(("apparel",), PASS, id="a list of one"),
        pytest.param("unheard_of", PASS, id="one that does not exist is APP003's"),
        pytest.param(("apparel", "shoes"), FAIL, id="two"),
        pytest.param((), FAIL, id="an empty list"),
        pytest.param(None, FAIL, id="none"),
    ],
)
def test_exactly_one_category(category: Any, status: Status) -> None:
    assert build.status("APP002", with_store(category=category)) is status


def test_several_categories_are_named() -> None:
    assert build.finding("APP002", with_store(category=("apparel", "shoes"))).found == "apparel, shoes"


@pytest.mark.parametrize("field", ["store", "store.category"])
def test_a_store_that_is_not_valid_says_nothing_of_the_category(field: str) -> None:
    assert build.status("APP002", with_form(problem(field), store=build.store(category=None))) is NOT_APPLICABLE


def test_the_nearest_categories_are_not_called_all() -> None:
    dossier = with_store(category="aparel")
    assert "; the nearest: Apparel (`apparel`)" in build.finding("APP003", dossier).message.en
    (remedy,) = build.remedies("APP003", dossier)
    assert remedy.message.en.endswith(" Choose one major category of the marketplace.")
    assert remedy.message.zh.endswith("。请选择平台提供的经营大类。")


@pytest.mark.parametrize(
    ("category", "status"),
    [
        pytest.param("apparel", PASS, id="of the rulebook"),
        pytest.param("aparel", FAIL, id="misspelt"),
        pytest.param("Apparel", FAIL, id="another case is another id"),
        pytest.param(("apparel", "shoes"), NOT_APPLICABLE, id="several are APP002's"),
        pytest.param(None, NOT_APPLICABLE, id="none is APP002's"),
    ],
)
def test_the_category_exists(category: Any, status: Status) -> None:
    assert build.status("APP003", with_store(category=category)) is status


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("aparel", "服装服饰 · Apparel", id="a letter is missing"),
        pytest.param("Shoe", "鞋 · Shoes", id="singular"),
        pytest.param("平板电脑", "平板电脑 · Tablets", id="in Chinese"),
        pytest.param("mobile phones", "手机 · Mobile phones", id="a space"),
        pytest.param("Jewellery", "珠宝饰品及配件 · Jewellery & accessories", id="British"),
    ],
)
def test_the_nearest_category_is_suggested(written: str, meant: str) -> None:
    finding = build.finding("APP003", with_store(category=written))
    assert finding.expected is not None
    assert finding.expected.split(" / ")[0] == meant


def test_nothing_is_suggested_for_a_word_without_likeness() -> None:
    assert build.finding("APP003", with_store(category="qqqqzzzz")).expected is None


@pytest.mark.parametrize("rule", ["APP005", "CAT601", "CAT602", "CAT603", "CAT605", "CAT608", "CAT609"])
def test_an_unknown_category_is_held_against_the_seller_once(rule: str) -> None:
    assert build.status(rule, with_store(category="unheard_of")) is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        *(pytest.param(kind, PASS, id=kind) for kind in ("official", "exclusive", "specialised", "other")),
        pytest.param("flagship", FAIL, id="unknown"),
        pytest.param(None, NOT_APPLICABLE, id="none is APP001's"),
    ],
)
def test_the_store_type_exists(kind: str | None, status: Status) -> None:
    assert build.status("APP004", with_store(type=kind)) is status


@pytest.mark.parametrize(
    ("subcategories", "status"),
    [
        pytest.param(("dresses", "hats"), PASS, id="within"),
        pytest.param((), NOT_APPLICABLE, id="none declared"),
        pytest.param(("dresses", "handbags"), FAIL, id="one of another category"),
        pytest.param(("dress",), FAIL, id="unknown"),
    ],
)
def test_subcategories_lie_within_the_category(subcategories: tuple[str, ...], status: Status) -> None:
    assert build.status("APP005", with_store(subcategories=subcategories)) is status


def test_a_stray_subcategory_is_told_with_its_home_or_its_nearest() -> None:
    finding = build.finding("APP005", with_store(subcategories=("handbags", "dress")))
    assert finding.message.en == (
        "subcategory `handbags` does not lie in Apparel, it belongs to Luggage & bags; "
        "subcategory `dress` does not lie in Apparel, nearest: Dresses (`dresses`)"
    )


def test_a_category_without_subcategories_allows_any() -> None:
    book = build.rulebook()
    bare = tuple(each.model_copy(update={"subcategories": ()}) for each in book.categories)
    judged = Case(with_store(subcategories=("dresses",)), book.model_copy(update={"categories": bare}))
    (ruling,) = run(RULES["APP005"], judged)
    assert ruling.finding.status is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("login", "name", "status"),
    [
        pytest.param("email", "seller@example.com", PASS, id="e-mail"),
        pytest.param("email", "a.b+c@mail.example.co.uk", PASS, id="e-mail with plus and levels"),
        pytest.param("email", "seller@example", FAIL, id="no top level"),
        pytest.param("email", "seller example.com", FAIL, id="no at"),
        pytest.param("email", "seller@example.com\n", FAIL, id="a line break"),
        pytest.param("email", "13812345678", FAIL, id="a number as e-mail"),
        pytest.param("alipay", "seller@example.com", PASS, id="Alipay by e-mail"),
        pytest.param("alipay", "13812345678", PASS, id="Alipay by mobile"),
        pytest.param("alipay", "12812345678", FAIL, id="no mainland mobile"),
        pytest.param("alipay", "1381234567", FAIL, id="ten digits"),
        pytest.param("alipay", "+8613812345678", FAIL, id="with country code"),
        pytest.param("taobao", "星河小店", PASS, id="Taobao in Chinese"),
        pytest.param("taobao", "shop_01", PASS, id="Taobao in Latin"),
        pytest.param("taobao", "x", FAIL, id="Taobao too short"),
        pytest.param("taobao", "x" * 26, FAIL, id="Taobao too long"),
        pytest.param("taobao", "two words", FAIL, id="Taobao with a space"),
        pytest.param("wechat", "seller@example.com", FAIL, id="unknown kind"),
        pytest.param("email", None, NOT_APPLICABLE, id="no id"),
        pytest.param(None, "seller@example.com", NOT_APPLICABLE, id="no kind"),
    ],
)
def test_the_account_is_well_formed(login: str | None, name: str | None, status: Status) -> None:
    assert build.status("APP006", with_form(account=Account(login=login, id=name))) is status


def test_a_form_without_an_account_is_fine() -> None:
    assert build.status("APP006", with_form(account=None)) is NOT_APPLICABLE


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True, alphabet=st.characters(codec="ascii")))
def test_every_mainland_mobile_is_an_alipay_account(number: str) -> None:
    assert build.status("APP006", with_form(account=Account(login="alipay", id=number))) is PASS


def settled(holder: str | None = build.COMPANY, channel: str | None = "worldfirst") -> dict[str, Any]:
    return {"settlement": Settlement(channel=channel, account_holder=holder)}


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        pytest.param(settled(), PASS, id="the company"),
        pytest.param(settled(build.PERSON), PASS, id="the legal person"),
        pytest.param(settled(f" {build.COMPANY} "), PASS, id="spaces aside"),
        pytest.param(settled("深圳市别家贸易有限公司"), FAIL, id="another company"),
        pytest.param(settled("王某"), FAIL, id="another person"),
        pytest.param(settled(channel="paypal"), FAIL, id="unknown channel"),
        pytest.param(settled("Another Ltd."), UNDETERMINED, id="in another script, perhaps the same"),
        pytest.param(settled(None), PASS, id="no holder stated"),
        pytest.param(settled(None, channel="paypal"), FAIL, id="no holder, unknown channel"),
        pytest.param(settled(channel=None), PASS, id="no channel"),
        pytest.param(settled("别的公司", channel=None), FAIL, id="no channel, a stranger's account"),
        pytest.param(settled(None, channel=None), NOT_APPLICABLE, id="neither channel nor holder"),
        pytest.param({"settlement": None}, NOT_APPLICABLE, id="no settlement"),
    ],
)
def test_settlement_goes_to_the_applicant(changes: dict[str, Any], status: Status) -> None:
    assert build.status("APP007", with_form(**changes)) is status


@pytest.mark.parametrize(
    ("licence", "holder", "status"),
    [
        pytest.param(build.licence(company_name=None), "王某", UNDETERMINED, id="company not read"),
        pytest.param(build.licence(legal_person=None), "王某", UNDETERMINED, id="person not read"),
        pytest.param(build.licence(company_name=None), build.PERSON, PASS, id="the person is enough"),
        pytest.param(
            build.licence(legal_person=build.entity("王菜", 0.4)), "王某", UNDETERMINED, id="person read with doubt"
        ),
        pytest.param(
            build.licence(legal_person=build.entity("王某", 0.4)), "王某", PASS, id="agreement needs no confidence"
        ),
        pytest.param(build.certificate(), build.COMPANY, PASS, id="no licence, the form agrees with itself"),
        pytest.param(build.certificate(), "王某", UNDETERMINED, id="no licence"),
    ],
)
def test_a_holder_is_compared_with_what_was_read(licence: Any, holder: str, status: Status) -> None:
    dossier = build.dossier(licence, form=build.form(**settled(holder)))
    assert build.status("APP007", dossier) is status


def test_without_a_licence_and_a_named_applicant_the_holder_is_not_judged() -> None:
    dossier = build.dossier(build.certificate(), form=build.form(applicant=None, **settled("王某")))
    assert build.status("APP007", dossier) is NOT_APPLICABLE


def test_a_wrong_company_name_on_the_form_is_not_held_against_the_settlement() -> None:
    applicant = Applicant(company_name="深圳市错名贸易有限公司", legal_person=LegalPerson(name=build.PERSON))
    assert build.status("APP007", with_form(applicant=applicant, **settled())) is PASS
