"""CNIPA's proofs of renewal, assignment and change, and the notices that are none of acceptance."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from extractors import DOCUMENT_TYPES, trademark_assignment, trademark_change, trademark_notice, trademark_renewal
from extractors.base import Office
from extractors.trademark_fields import NoticeKind
from pipeline.classify import DocumentType, claims
from pipeline.model import PageRecord, ReadPage
from tests.extractors.offices.lines import Row, certificate, page

OWNER, FORMER = "深圳市试星贸易有限公司", "深圳市旧星商贸有限公司"
RENEWAL: list[Row] = [
    "!商标续展注册证明", "",
    "兹核准第 4123456 号商标续展注册，续展注册有效期自2020年01月07",
    "日至2030年01月06日。",
    "商标：试星", "类别：第25类", f"注册人：{OWNER}", "注册人地址：广东省深圳市不存在路1号",
    ((0.6, "国家知识产权局"),), ((0.6, "2019年10月20日"),),
]  # fmt: skip
ASSIGNMENT: list[Row] = [
    "!核准商标转让证明", "", "兹核准第4123456号商标转让注册。", "商标：试星", "类别：第9、25类",
    f"转让人名称：{FORMER}", f"受让人名称：{OWNER}", "受让人地址：广东省深圳市不存在路1号",
    ((0.6, "国家知识产权局"),), ((0.6, "2019年10月20日"),),
]  # fmt: skip
CHANGE: list[Row] = [
    "!注册商标变更证明", "", "兹核准第4123456A号商标注册人名义变更。", "类别：25",
    f"变更前注册人名义：{FORMER}", f"变更后注册人名义：{OWNER}",
    ((0.6, "国家知识产权局"),), ((0.6, "2019年10月20日"),),
]  # fmt: skip


def read(kind: DocumentType[Any], rows: Sequence[Row]) -> dict[str, Any]:
    fields = kind.read(certificate(page(rows, step=0.06, height=0.03)))
    return {name: entity.value for name, entity in fields.entities().items()}


def test_renewal() -> None:
    assert read(trademark_renewal.TYPE, RENEWAL) == {
        "office": Office.CNIPA,
        "registration_number": "4123456",
        "nice_classes": (25,),
        "valid_from": date(2020, 1, 7),
        "valid_to": date(2030, 1, 6),
        "certified_date": date(2019, 10, 20),
    }


def test_assignment() -> None:
    assert read(trademark_assignment.TYPE, ASSIGNMENT) == {
        "office": Office.CNIPA,
        "registration_number": "4123456",
        "nice_classes": (9, 25),
        "assignee": OWNER,
        "certified_date": date(2019, 10, 20),
    }


def test_change() -> None:
    assert read(trademark_change.TYPE, CHANGE) == {
        "office": Office.CNIPA,
        "registration_number": "4123456A",
        "nice_classes": (25,),
        "new_owner_name": OWNER,
        "certified_date": date(2019, 10, 20),
    }


def test_a_change_of_address_alone_has_no_new_name() -> None:
    rows = [row for row in CHANGE if not str(row).startswith("变更")] + ["变更后注册人地址：广东省深圳市不存在路2号"]
    assert "new_owner_name" not in read(trademark_change.TYPE, rows)


@pytest.mark.parametrize(
    ("title", "code", "kind"),
    [
        ("商标驳回通知书", "BHTZ01", NoticeKind.REFUSAL),
        ("商标部分驳回通知书", "BFBH01", NoticeKind.PARTIAL_REFUSAL),
        ("商标注册申请缴费通知书", "JFTZ01", NoticeKind.FEE),
        ("商标初步审定公告通知书", "CSGG01", NoticeKind.PUBLICATION),
        ("商标注册申请补正通知书", "BZTZ01", NoticeKind.OTHER),
    ],
)
def test_notices(title: str, code: str, kind: NoticeKind) -> None:
    rows: list[Row] = [
        ((0.6, f"发文编号：TMZC71234567{code}"),), f"!{title}", "", "申请号：71234567", "类别：第25类",
        f"申请人：{OWNER}",
        "经审查，我局决定如下。", ((0.6, "国家知识产权局"),), ((0.6, "2023年10月20日"),),
    ]  # fmt: skip
    wanted = {"office": Office.CNIPA, "kind": kind, "application_number": "71234567", "notice_date": date(2023, 10, 20)}
    assert read(trademark_notice.TYPE, rows) == wanted
    without = [row for row in rows if not str(row).startswith("申请号")]
    assert read(trademark_notice.TYPE, without) == wanted


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            ["!United States Patent and Trademark Office", "", "NON-FINAL OFFICE ACTION", "Serial No. 88/123,456",
             "Issue date: March 4, 2020"],
            {"office": Office.USPTO, "kind": NoticeKind.REFUSAL, "application_number": "88123456",
             "notice_date": date(2020, 3, 4)},
            id="USPTO",
        ),
        pytest.param(
            ["!European Union Intellectual Property Office", "", "Notification of refusal for part of the goods",
             "Application No: 018123456", "Alicante, date 04/03/2020"],
            {"office": Office.EUIPO, "kind": NoticeKind.PARTIAL_REFUSAL, "application_number": "018123456",
             "notice_date": date(2020, 3, 4)},
            id="EUIPO",
        ),
    ],
)  # fmt: skip
def test_refusals_of_other_offices(rows: list[Row], expected: dict[str, object]) -> None:
    assert read(trademark_notice.TYPE, rows) == expected


@pytest.mark.parametrize(
    ("rows", "name"),
    [(RENEWAL, "trademark_renewal"), (ASSIGNMENT, "trademark_assignment"), (CHANGE, "trademark_change")],
)
def test_a_proof_is_claimed_by_its_type_alone(rows: Sequence[Row], name: str) -> None:
    record = PageRecord(file="a.jpg", page=1, width=1500, height=1000, turned=0)
    ranked = claims(ReadPage(record=record, lines=tuple(page(rows, step=0.06, height=0.03))), DOCUMENT_TYPES)
    assert ranked[0].name == name
    assert ranked[0].score > 0.9
    assert ranked[1].score < 0.5


@pytest.mark.parametrize(
    "kind",
    [trademark_renewal.TYPE, trademark_assignment.TYPE, trademark_change.TYPE, trademark_notice.TYPE],
    ids=lambda kind: kind.name,
)
def test_an_empty_page_has_no_fields(kind: DocumentType[Any]) -> None:
    assert read(kind, []) == {}


def test_the_day_may_stand_at_its_label_and_the_class_in_the_sentence() -> None:
    rows: list[Row] = [
        "!商标转让证明",
        "",
        "兹核准第4123456号商标（第25类）转让注册。",
        f"受让人名称：{OWNER}",
        "核准日期：2019年10月20日",
    ]
    found = read(trademark_assignment.TYPE, rows)
    assert (found["certified_date"], found["nice_classes"]) == (date(2019, 10, 20), (25,))
