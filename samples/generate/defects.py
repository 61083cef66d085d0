"""Dossiers in which one thing is wrong, and everything else holds."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from samples.generate.companies import Company, invent_company, licence_of
from samples.generate.conditions import Condition
from samples.generate.facts import Era, Facts, Kind, Licence, Mark, Notice, qr_of, ten_years_from
from samples.generate.files import Format
from samples.generate.identifiers import with_wrong_check_character
from samples.generate.papers import APPAREL, certificate, modern, notice
from samples.generate.plan import Expected, File, Form, Sample, Sheet, Store, edited, form_of

_SCANNED, _PHOTOGRAPHED = Condition.SCANNED, Condition.PHOTOGRAPHED


@dataclass(frozen=True)
class _Case:
    """A dossier that would be approved: an official apparel store; each defect changes one thing in it."""

    company: Company
    licence: Licence
    mark: Mark
    form: Form

    def sample(
        self, name: str, expected: Expected, *, form: Form | None = None, files: tuple[File, ...] = ()
    ) -> Sample:
        """Return the case as a sample, with its own form and files unless others are given."""
        return Sample(name, form or self.form, files or self.files(), expected)

    def files(
        self, licence: Licence | None = None, mark: Facts | None = None, *, condition: Condition = Condition.CLEAN
    ) -> tuple[File, ...]:
        """Return the two files, with another licence or mark if given; `condition` is the licence's."""
        return (
            File("licence.jpg", Format.JPEG, (Sheet(licence or self.licence, condition),)),
            File("trademark.pdf", Format.TEXT_PDF, (Sheet(mark or self.mark),)),
        )


def _case(name: str, city: str, brand: str, number: str, *, kind: Kind = Kind.COMPANY) -> _Case:
    company = invent_company(name, city, goods="服装、鞋帽", kind=kind)
    mark = certificate(company, brand, number, 25, APPAREL, date(2023, 6, 21))
    form = form_of(company, Store("apparel", "official", f"{brand} official store"), mark)
    return _Case(company, modern(company, established=date(2020, 5, 18)), mark, form)


def _rejected(*rules: str, why: str) -> Expected:
    return Expected("rejected", why, fail=rules)


def _review(*rules: str, why: str) -> Expected:
    return Expected("needs_review", why, fail=rules)


def _two_categories() -> Sample:
    case = _case("深圳市橙舟服饰有限公司", "深圳市", "ORANAVO", "69052217")
    form = edited(case.form, "store.category", ["apparel", "shoes"])
    return case.sample("two-categories", _rejected("APP002", why="the form chooses two major categories"), form=form)


def _unknown_key() -> Sample:
    case = _case("广州市木棉里服饰有限公司", "广州市", "KAPOKINI", "69117402")
    form = edited(case.form, "contact_phone", "not a key of the form")
    return case.sample(
        "form-unknown-key", _rejected("APP001", why="the form has a key that its schema does not know"), form=form
    )


def _expired() -> Sample:
    case = _case("杭州晚桂服饰有限公司", "杭州市", "OSMARIA", "69230586")
    licence = modern(case.company, established=date(2019, 6, 1), until=date(2024, 5, 31))
    files = case.files(licence, condition=_SCANNED)
    return case.sample(
        "licence-expired", _rejected("LIC206", why="the operating period ended on 2024-05-31"), files=files
    )


def _wrong_code() -> Sample:
    case = _case("厦门市鹭汀服饰有限公司", "厦门市", "EGRETTO", "69341155")
    code = with_wrong_check_character(case.company.code)
    licence = replace(case.licence, code=code, qr=qr_of(code))
    why = "the last character of the printed credit code is wrong; form and QR code carry the same wrong code"
    form = edited(case.form, "applicant.unified_social_credit_code", code)
    return case.sample("credit-code-wrong", _rejected("LIC202", why=why), form=form, files=case.files(licence))


def _other_person() -> Sample:
    case = _case("苏州市浅溪服饰有限公司", "苏州市", "BROOKELLO", "69455023")
    form = edited(case.form, "applicant.legal_person.name", "欧阳泽楷")
    expected = _rejected("XDC803", why="the form names another legal person than the licence")
    return case.sample("legal-person-differs", expected, form=form, files=case.files(condition=_PHOTOGRAPHED))


def _no_licence() -> Sample:
    case = _case("成都市竹里服饰有限公司", "成都市", "BAMBARRO", "69677450")
    files = case.files()[1:]
    return case.sample(
        "no-licence", _rejected("LIC201", why="there is no business licence in the dossier"), files=files
    )


def _branch() -> Sample:
    case = _case("深圳市蓝鲸屿服饰有限公司广州分公司", "广州市", "WHALORA", "69783096", kind=Kind.BRANCH)
    return case.sample("branch-licence", _review("LIC211", why="it is the licence of a branch"))


def _foreign_qr() -> Sample:
    case = _case("义乌市麦浪服饰有限公司", "义乌市", "GRAINELLE", "69891274")
    address = f"http://gsxt.gov.cn.licence-check.example/index.html?uniscid={case.company.code}"
    files = case.files(replace(case.licence, qr=address))
    expected = _rejected("LIC215", why="the QR code leads to a host that only looks like the publicity system's")
    return case.sample("qr-foreign-host", expected, files=files)


def _other_mark() -> Sample:
    case = _case("杭州拾光里服饰有限公司", "杭州市", "SOLQUENTO", "70014639")
    files = case.files(mark=replace(case.mark, text="HARBINIQUE"))
    return case.sample(
        "mark-differs", _rejected("TMK402", why="the certificate shows another mark than the declared one"), files=files
    )


def _class_35() -> Sample:
    case = _case("深圳市码头街服饰有限公司", "深圳市", "DOCKERIA", "70126387")
    goods = ("为零售目的在通讯媒体上展示商品", "替他人推销", "商业管理辅助", "广告", "进出口代理")
    mark = replace(case.mark, nice_class=35, goods=goods)
    form = form_of(case.company, Store("apparel", "official", "DOCKERIA official store"), mark)
    expected = _rejected("CAT601", "CAT603", why="the mark is registered for services of class 35 alone")
    return case.sample("class-35-only", expected, form=form, files=case.files(mark=mark))


def _official_pending() -> Sample:
    case = _case("广州市山茶里服饰有限公司", "广州市", "CAMELLORI", "94208816")
    pending = notice(case.company, "CAMELLORI", "94208816", 25, filed=date(2026, 7, 23), noticed=date(2026, 8, 14))
    expected = _rejected("STO701", why="an official store needs a registered mark; this one is only applied for")
    return case.sample("official-not-registered", expected, files=case.files(mark=pending))


def _corrupt() -> Sample:
    case = _case("厦门市沙坡尾服饰有限公司", "厦门市", "SANDORIO", "70239548")
    broken = File("补充材料.jpg", Format.CORRUPT, (Sheet(case.licence, width=800),))
    expected = _review("DOC101", why="a third file cannot be opened")
    return case.sample("corrupt-file", expected, files=(*case.files(), broken))


def _old_notice() -> Sample:
    case = _case("苏州市平江里服饰有限公司", "苏州市", "PINGARLO", "83450192")
    pending: Notice = notice(
        case.company, "PINGARLO", "83450192", 25, filed=date(2025, 2, 18), noticed=date(2025, 3, 11)
    )
    form = edited(case.form, "store.type", "exclusive")
    form = edited(form, "store.name", "PINGARLO city store")
    expected = _review("TMK407", why="the acceptance notice is 20 months old")
    return case.sample("notice-too-old", expected, form=form, files=case.files(mark=pending, condition=_PHOTOGRAPHED))


def _booklet() -> Sample:
    case = _case("成都市老茶厂服饰有限公司", "成都市", "TEALEAFO", "70341067")
    day = date(2011, 6, 15)
    licence = licence_of(
        case.company, Era.PRE_2014, established=day, issued=day, until=date(2041, 6, 14), copy="duplicate"
    )
    applicant = case.form["applicant"]
    assert isinstance(applicant, dict)
    rest = {key: value for key, value in applicant.items() if key != "unified_social_credit_code"}
    expected = _review("LIC205", why="a licence of 2011 with a 15-digit registration number and no credit code")
    return case.sample(
        "licence-before-2014",
        expected,
        form=edited(case.form, "applicant", rest),
        files=case.files(licence, condition=_SCANNED),
    )


def _mark_expired() -> Sample:
    case = _case("青岛市石老人服饰有限公司", "青岛市", "ROCKELDO", "13865214")
    start = date(2015, 3, 21)
    mark = replace(case.mark, style="paper", registered=start, valid_to=ten_years_from(start))
    files = (case.files()[0], File("certificate.jpg", Format.JPEG, (Sheet(mark, _SCANNED),)))
    expected = _rejected(
        "TMK404", "TMK413", why="the registration ended on 2025-03-20 and its six months of grace are over"
    )
    return case.sample("trademark-expired", expected, files=files)


def _no_food_licence() -> Sample:
    company = invent_company("青岛市礁石食品有限公司", "青岛市", goods="食品、茶叶")
    goods = ("茶", "糖果", "糕点", "蜂蜜", "调味品", "咖啡")
    mark = certificate(company, "REEFORDA", "69560318", 30, goods, date(2023, 6, 21))
    store = Store("food", "exclusive", "REEFORDA tea store")
    case = _Case(company, modern(company, established=date(2020, 9, 24)), mark, form_of(company, store, mark))
    expected = _rejected("CAT605", why="the category needs a food licence and none is in the dossier")
    return case.sample("qualification-missing", expected, files=case.files(condition=_SCANNED))


def defects() -> tuple[Sample, ...]:
    """Return every dossier with a defect."""
    makers: tuple[Callable[[], Sample], ...] = (
        _two_categories, _unknown_key, _expired, _wrong_code, _other_person, _no_licence, _branch,
        _foreign_qr, _other_mark, _class_35, _official_pending, _corrupt, _old_notice, _booklet, _mark_expired,
        _no_food_licence,
    )  # fmt: skip
    return tuple(make() for make in makers)
