"""The rules on what the fields of a business licence say of each other (LIC209 to LIC215)."""

from dataclasses import replace
from typing import Any

import pytest

from extractors.base import Money
from extractors.business_licence import LegalPersonRole
from pipeline.model import WHOLE_PAGE, Box, Document, Entity, EvidenceSource, Seal, SealShape, TextLine
from pipeline.verdict import Status
from tests.validators import build
from tests.validators.made_codes import credit_code, one_off

PASS, FAIL, UNDETERMINED, NOT_APPLICABLE = Status.PASS, Status.FAIL, Status.UNDETERMINED, Status.NOT_APPLICABLE
CODE = credit_code()
INDIVIDUAL = credit_code(start="92")
CAPITAL = Money(amount=500_000, currency="CNY")


def judged(rule: str, **facts: Any) -> Status:
    return build.status(rule, build.dossier(build.licence(**facts), build.certificate()))


@pytest.mark.parametrize(
    ("code", "role", "capital", "status"),
    [
        pytest.param(CODE, LegalPersonRole.LEGAL_REPRESENTATIVE, CAPITAL, PASS, id="company"),
        pytest.param(CODE, LegalPersonRole.PARTNER, None, PASS, id="partnership"),
        pytest.param(CODE, LegalPersonRole.PERSON_IN_CHARGE, None, PASS, id="branch"),
        pytest.param(CODE, LegalPersonRole.OPERATOR, None, FAIL, id="91 with operator"),
        pytest.param(INDIVIDUAL, LegalPersonRole.OPERATOR, None, PASS, id="individual business"),
        pytest.param(INDIVIDUAL, LegalPersonRole.LEGAL_REPRESENTATIVE, None, FAIL, id="92 with legal representative"),
        pytest.param(INDIVIDUAL, LegalPersonRole.OPERATOR, CAPITAL, FAIL, id="92 with capital"),
        pytest.param(INDIVIDUAL, None, CAPITAL, FAIL, id="92 with capital, role not read"),
        pytest.param(INDIVIDUAL, LegalPersonRole.OPERATOR, build.entity(CAPITAL, 0.5), PASS, id="capital in doubt"),
        pytest.param(CODE, None, CAPITAL, UNDETERMINED, id="role not read"),
        pytest.param(CODE, build.entity(LegalPersonRole.OPERATOR, 0.5), None, UNDETERMINED, id="role in doubt"),
        pytest.param(build.entity(CODE, 0.5), LegalPersonRole.OPERATOR, None, UNDETERMINED, id="code in doubt"),
        pytest.param(one_off(CODE), LegalPersonRole.OPERATOR, None, NOT_APPLICABLE, id="the code is LIC202's"),
        pytest.param(credit_code(start="93"), LegalPersonRole.OPERATOR, None, NOT_APPLICABLE, id="cooperative"),
        pytest.param(credit_code(start="51"), LegalPersonRole.OPERATOR, None, NOT_APPLICABLE, id="not commercial"),
    ],
)
def test_lic209_class_and_fields(code: Any, role: Any, capital: Any, status: Status) -> None:
    facts = {"unified_social_credit_code": code, "legal_person_role": role, "registered_capital": capital}
    assert judged("LIC209", **facts) is status


@pytest.mark.parametrize(
    ("code", "role", "words"),
    [
        (
            INDIVIDUAL,
            LegalPersonRole.LEGAL_REPRESENTATIVE,
            "of an individual business, but the licence names a legal rep",
        ),
        (CODE, LegalPersonRole.OPERATOR, "of an enterprise, but the licence names an operator"),
    ],
    ids=["individual business", "enterprise"],
)
def test_lic209_says_what_does_not_fit(code: str, role: LegalPersonRole, words: str) -> None:
    licence = build.licence(unified_social_credit_code=code, legal_person_role=role, registered_capital=None)
    assert words in build.finding("LIC209", build.dossier(licence)).message.en


@pytest.mark.parametrize(
    ("kind", "name", "status"),
    [
        pytest.param("有限责任公司", "深圳市试星贸易有限公司", PASS, id="limited"),
        pytest.param("有限责任公司（自然人独资）", "试星有限责任公司", PASS, id="limited, long form"),
        pytest.param("有限责任公司(港澳台法人独资)", "试星（深圳）有限公司", PASS, id="foreign-invested"),
        pytest.param("其他股份有限公司(非上市)", "试星科技股份有限公司", PASS, id="joint stock"),
        pytest.param("股份有限公司", "试星科技有限公司", FAIL, id="joint stock named limited"),
        pytest.param("有限责任公司", "试星科技股份有限公司", FAIL, id="limited named joint stock"),
        pytest.param("有限责任公司", "试星商行", FAIL, id="limited named as a shop"),
        pytest.param("个体工商户", "深圳市南山区试星服装店", PASS, id="individual business"),
        pytest.param("个体工商户", "深圳市试星贸易有限公司", FAIL, id="individual business named as a company"),
        pytest.param("个体工商户", "试星贸易公司", FAIL, id="individual business named as an unlimited company"),
        pytest.param("个体工商户", "试星有限服装店", PASS, id="individual business with the word limited"),
        pytest.param("个人独资企业", "试星有限工作室", FAIL, id="sole proprietorship that claims to be limited"),
        pytest.param("个人独资企业", "试星设计公司", FAIL, id="sole proprietorship named as a company"),
        pytest.param("個體工商戶", "深圳市试星贸易有限公司", FAIL, id="the same in traditional characters"),
        pytest.param("个人独资企业", "深圳市试星设计工作室", PASS, id="sole proprietorship"),
        pytest.param("个人独资企业", "深圳市试星设计有限公司", FAIL, id="sole proprietorship named limited"),
        pytest.param("有限合伙企业", "试星投资合伙企业（有限合伙）", PASS, id="limited partnership"),
        pytest.param("普通合伙企业", "试星会计师事务所（特殊普通合伙）", PASS, id="special partnership"),
        pytest.param("普通合伙企业", "试星投资有限公司", FAIL, id="partnership named limited"),
        pytest.param("农民专业合作社", "试星果蔬专业合作社", PASS, id="cooperative"),
        pytest.param("农民专业合作社", "试星果蔬有限公司", FAIL, id="cooperative named limited"),
        pytest.param("集体所有制", "试星百货公司", PASS, id="a type that excludes nothing"),
        pytest.param("有限责任公司分公司", "试星贸易有限公司广州分公司", PASS, id="branch"),
        pytest.param(None, "试星贸易有限公司", UNDETERMINED, id="type not read"),
        pytest.param("有限责任公司", None, UNDETERMINED, id="name not read"),
        pytest.param(build.entity("个体工商户", 0.5), "试星贸易有限公司", UNDETERMINED, id="type in doubt"),
    ],
)
def test_lic210_type_and_name(kind: Any, name: Any, status: Status) -> None:
    assert judged("LIC210", company_type=kind, company_name=name) is status


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        pytest.param({}, PASS, id="company"),
        pytest.param({"company_name": "试星贸易有限公司广州分公司"}, FAIL, id="by name"),
        pytest.param({"company_name": "试星贸易有限公司广州营业部"}, FAIL, id="by name, business department"),
        pytest.param({"company_name": "试星烟酒营业部"}, PASS, id="a shop of that name"),
        pytest.param({"company_type": "有限责任公司分公司(自然人独资)"}, FAIL, id="by type"),
        pytest.param({"legal_person_role": LegalPersonRole.PERSON_IN_CHARGE}, FAIL, id="by person in charge"),
        pytest.param({"company_name": None}, UNDETERMINED, id="name not read"),
        pytest.param({"company_name": None, "company_type": "分公司"}, FAIL, id="name not read, type is enough"),
        pytest.param({"company_name": build.entity("试星有限公司广州分公司", 0.5)}, UNDETERMINED, id="name in doubt"),
    ],
)
def test_lic211_branch(facts: dict[str, Any], status: Status) -> None:
    assert judged("LIC211", **facts) is status


@pytest.mark.parametrize(
    ("scope", "status"),
    [
        pytest.param("一般项目：日用百货零售", PASS, id="retail"),
        pytest.param("货物进出口", PASS, id="import and export"),
        pytest.param("货 物 進 出 口", PASS, id="letter-spaced, traditional"),
        pytest.param("帽子生产", PASS, id="goods of the category"),
        pytest.param("餐饮服务；住宿服务", FAIL, id="neither"),
        pytest.param("家具制造", FAIL, id="goods of another category"),
        pytest.param("试样件制造", UNDETERMINED, id="goods that no category is known to have"),
        pytest.param("餐饮服务（不得从事零售）", FAIL, id="trade only in a remark"),
        pytest.param(None, UNDETERMINED, id="not read"),
        pytest.param(build.entity("餐饮服务", 0.5), UNDETERMINED, id="read with doubt"),
    ],
)
def test_lic212_scope(scope: Any, status: Status) -> None:
    assert judged("LIC212", business_scope=scope) is status


@pytest.mark.parametrize(
    ("scope", "status"),
    [
        pytest.param("帽子零售", PASS, id="trade"),
        pytest.param("帽子生产", UNDETERMINED, id="goods, of no category to compare them with"),
    ],
)
def test_lic212_needs_no_form(scope: str, status: Status) -> None:
    inspected = build.dossier(build.licence(business_scope=scope), inspecting=True)
    assert build.status("LIC212", inspected) is status


def sealed(shape: SealShape, ring: str = "") -> Document:
    box = Box(left=0.7, top=0.6, right=0.9, bottom=0.8)
    text = TextLine(text=ring, box=box, confidence=0.6) if ring else None
    return replace(build.licence(), seals=(Seal(box=box, shape=shape, text=text),))


@pytest.mark.parametrize(
    ("licence", "status"),
    [
        pytest.param(sealed(SealShape.ROUND), PASS, id="round"),
        pytest.param(sealed(SealShape.ROUND, "河间县市场监督管理局"), PASS, id="round, a registrar's"),
        pytest.param(sealed(SealShape.ROUND, "河间星河贸易有限公司"), UNDETERMINED, id="round, a company's"),
        pytest.param(sealed(SealShape.SQUARE), UNDETERMINED, id="a person's chop"),
        pytest.param(build.licence(), UNDETERMINED, id="none: it may be a copy in black"),
    ],
)
def test_lic213_wants_a_round_seal_that_is_no_companys(licence: Document, status: Status) -> None:
    assert build.status("LIC213", build.dossier(licence)) is status


@pytest.mark.parametrize(
    ("division", "address", "status"),
    [
        pytest.param("440300", "广东省深圳市南山区试验路1号", PASS, id="same province"),
        pytest.param("440305", "深圳市南山区试验路1号", PASS, id="address without province"),
        pytest.param("310115", "深圳市南山区试验路1号", FAIL, id="other province"),
        pytest.param("000000", "深圳市南山区试验路1号", FAIL, id="nobody's division"),
        pytest.param("660100", "新疆维吾尔自治区石河子市试验路1号", PASS, id="Construction Corps"),
        pytest.param("100000", "深圳市南山区试验路1号", NOT_APPLICABLE, id="national registrar"),
        pytest.param("440300", "试验园区1号", UNDETERMINED, id="address names no place"),
        pytest.param("440300", None, UNDETERMINED, id="address not read"),
        pytest.param("440300", build.entity("上海市试验路1号", 0.5), UNDETERMINED, id="address in doubt"),
    ],
)
def test_lic214_province(division: str, address: Any, status: Status) -> None:
    code = credit_code(division=division)
    assert judged("LIC214", unified_social_credit_code=code, address=address) is status


def test_lic214_leaves_a_broken_code_to_lic202() -> None:
    assert judged("LIC214", unified_social_credit_code=one_off(CODE)) is NOT_APPLICABLE


def payload(text: str) -> Entity[str]:
    line = TextLine(text=text, box=WHOLE_PAGE, confidence=1, source=EvidenceSource.BARCODE, file="01.jpg")
    return Entity(value=text, raw=text, confidence=1, evidence=(line,))


OTHER = credit_code("MA5G7HJL")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("http://www.gsxt.gov.cn/index.html?uniscid=" + CODE, PASS, id="publicity system"),
        pytest.param("https://aic.sz.gov.cn:8443/licence", PASS, id="provincial host with port"),
        pytest.param("HTTP://WWW.GSXT.GOV.CN/X", PASS, id="upper case"),
        pytest.param("http://gov.cn/", PASS, id="gov.cn itself"),
        pytest.param("www.gsxt.gov.cn/a", PASS, id="without scheme"),
        pytest.param("http://gsxt.gov.cn./a", PASS, id="dot at the end"),
        pytest.param("http://www.gsxt.gov.cn/%7BQWE123RTY456UIO789%7D", PASS, id="random string in the address"),
        pytest.param(f"统一社会信用代码：{CODE} 名称：试星", PASS, id="plain text with the code"),
        pytest.param("名称：试星贸易有限公司", PASS, id="plain text without a code"),
        pytest.param("http://evilgov.cn/", FAIL, id="ends alike"),
        pytest.param("http://gov.cn.example.com/", FAIL, id="begins alike"),
        pytest.param("http://gsxt.gov.cn@example.com/", FAIL, id="user name in front"),
        pytest.param("http://example.com\\@gsxt.gov.cn/", FAIL, id="backslash"),
        pytest.param("http:\\\\example.com", FAIL, id="backslashes for slashes"),
        pytest.param("http://example.com/?gsxt.gov.cn", FAIL, id="in the query"),
        pytest.param("http://gsxt.gоv.cn/", FAIL, id="Cyrillic letter"),
        pytest.param("http://[::1", FAIL, id="broken address"),
        pytest.param("example.com/licence", FAIL, id="other host without scheme"),
        pytest.param("javascript:alert(1)", FAIL, id="script"),
        pytest.param("weixin://dl/business", FAIL, id="other scheme"),
        pytest.param("ftp://www.gsxt.gov.cn/", FAIL, id="not http"),
        pytest.param(f"http://www.gsxt.gov.cn/?uniscid={OTHER}", FAIL, id="another code in the address"),
        pytest.param(f"统一社会信用代码：{OTHER}，名称：试星", FAIL, id="another code in plain text"),
        pytest.param(f"统一社会信用代码：{one_off(CODE)}", FAIL, id="a labelled code that does not add up"),
        pytest.param(f"名称：试星 http://example.com/ {CODE}", FAIL, id="address in plain text"),
    ],
)
def test_lic215_qr_code(text: str, status: Status) -> None:
    assert judged("LIC215", unified_social_credit_code=CODE, qr_code=payload(text)) is status


@pytest.mark.parametrize(
    ("printed", "qr", "status"),
    [
        pytest.param(CODE, None, NOT_APPLICABLE, id="no QR code"),
        pytest.param(build.entity(OTHER, 0.5), payload(CODE), UNDETERMINED, id="printed code in doubt"),
        pytest.param(None, payload(CODE), UNDETERMINED, id="printed code not read"),
        pytest.param(None, payload("http://www.gsxt.gov.cn/"), PASS, id="nothing to compare"),
        pytest.param(None, payload("http://example.com/"), FAIL, id="foreign host, whatever is printed"),
        pytest.param(one_off(CODE), payload(CODE), UNDETERMINED, id="the printed code is LIC202's"),
    ],
)
def test_lic215_and_the_printed_code(printed: Any, qr: Any, status: Status) -> None:
    assert judged("LIC215", unified_social_credit_code=printed, qr_code=qr) is status


def test_lic215_is_undetermined_where_the_differing_character_was_read_in_doubt() -> None:
    differing = "".join(theirs for theirs, ours in zip(OTHER, CODE, strict=True) if theirs != ours)
    read = build.in_doubt_at(OTHER, differing)
    assert judged("LIC215", unified_social_credit_code=read, qr_code=payload(CODE)) is UNDETERMINED
