"""Documents are told by title, labels and what speaks against them; pages become documents."""

from collections.abc import Sequence

import pytest

from extractors import DOCUMENT_TYPES
from pipeline.classify import OTHER, DocumentType, classify
from pipeline.model import (
    Box,
    Document,
    Failure,
    FailureCode,
    Fields,
    Message,
    PageRecord,
    ReadPage,
    ReadSource,
    Source,
    TextLine,
)

LICENCE = ("统一社会信用代码", "名称", "类型", "法定代表人", "注册资本", "成立日期", "经营范围", "登记机关")
CERTIFICATE = ("核定使用商品/服务项目（国际分类：25）", "注册人", "注册人地址", "注册日期", "有效期至")


def page(title: str, labels: Sequence[str] = (), *, number: int = 1, size: float = 0.08) -> ReadPage:
    texts = ([(title, size)] if title else []) + [(label, 0.025) for label in labels]
    lines = tuple(
        TextLine(
            text=text,
            box=Box(left=0.3, top=0.05 * row, right=0.7, bottom=0.05 * row + min(high, 0.045)),
            confidence=0.99,
            file="a.pdf",
            page=number,
        )
        for row, (text, high) in enumerate(texts)
    )
    return ReadPage(record=PageRecord(file="a.pdf", page=number, width=1000, height=1000, turned=0), lines=lines)


def source(*pages: ReadPage, failures: Sequence[Failure] = (), file: str = "a.pdf") -> ReadSource:
    made = Source(file=file, sha256="0" * 64, content=b"", media_type="application/pdf")
    return ReadSource(source=made, pages=pages, pages_total=max(len(pages), 1), failures=tuple(failures))


def told(*pages: ReadPage) -> list[Document]:
    return list(classify([source(*pages)], DOCUMENT_TYPES))


@pytest.mark.parametrize(
    ("title", "labels", "name"),
    [
        pytest.param("营业执照", LICENCE, "business_licence", id="licence"),
        pytest.param("营 业 执 照", LICENCE, "business_licence", id="letter-spaced"),
        pytest.param("营业执照（副本）1-1", LICENCE, "business_licence", id="with its copy"),
        pytest.param("企业法人营业执照", (), "business_licence", id="old title, labels not read"),
        pytest.param("个体工商户营业执照", (), "business_licence", id="individual"),
        pytest.param("企业法人营亚执照", LICENCE, "business_licence", id="one character misread"),
        pytest.param("", LICENCE, "business_licence", id="labels alone"),
        pytest.param("商标注册证", CERTIFICATE, "trademark_certificate", id="certificate"),
        pytest.param("商标注册申请受理通知书", ("申请号", "申请日期"), "trademark_acceptance_notice", id="notice"),
        pytest.param("食品经营许可证", ("统一社会信用代码", "法定代表人", "住所"), OTHER, id="food permit"),
        pytest.param("开户许可证", ("法定代表人", "核准号"), OTHER, id="bank account permit"),
        pytest.param("中华人民共和国组织机构代码证", ("机构名称",), OTHER, id="organisation code"),
        pytest.param("税务登记证", ("法定代表人", "经营范围", "住所"), OTHER, id="tax registration"),
        pytest.param("质量管理体系认证证书", ("统一社会信用代码", "住所"), OTHER, id="ISO"),
        pytest.param("会员证书", LICENCE[:3], OTHER, id="association"),
        pytest.param("中華民國商標註冊證", ("經濟部智慧財產局",), OTHER, id="Taiwan certificate"),
        pytest.param("商标续展注册证明", CERTIFICATE, OTHER, id="renewal"),
        pytest.param("商标注册申请不予受理通知书", ("申请号",), OTHER, id="refused acceptance"),
        pytest.param("计算机软件著作权登记证书", (), OTHER, id="copyright"),
        pytest.param(
            "品牌授权书",
            ("注册人", "商标注册证第1234567号"),
            "authorization_letter",
            id="letter that cites a certificate",
        ),
        pytest.param("LOGO", (), OTHER, id="logo"),
    ],
)
def test_type_of_a_page(title: str, labels: Sequence[str], name: str) -> None:
    (document,) = told(page(title, labels))
    assert document.type == name, document.type_reason
    assert document.type_reason


def test_a_title_within_a_sentence_is_no_title() -> None:
    (document,) = told(page("", ["凭营业执照依法自主开展经营活动的说明与其他文字"]))
    assert document.type == OTHER


def test_a_title_is_surer_than_labels_alone() -> None:
    (titled,), (untitled,) = told(page("营业执照", LICENCE)), told(page("", LICENCE))
    assert titled.type_confidence > untitled.type_confidence


def test_two_types_that_claim_a_page_are_an_ambiguity_that_names_both() -> None:
    class Nothing(Fields):
        """Reads nothing."""

    twins = [DocumentType(name, titles=("出入证",), read=lambda document: Nothing()) for name in ("first", "second")]
    (document,) = classify([source(page("出入证"))], twins)
    assert document.type == OTHER
    assert document.candidates == ("first", "second")
    assert "first" in document.type_reason
    assert "second" in document.type_reason


def test_pages_of_different_types_are_documents_of_their_own() -> None:
    documents = told(page("营业执照", LICENCE), page("商标注册证", CERTIFICATE, number=2))
    assert [(d.id, d.type, [p.page for p in d.pages]) for d in documents] == [
        ("d1", "business_licence", [1]),
        ("d2", "trademark_certificate", [2]),
    ]


def test_an_unrecognised_page_belongs_to_the_document_before_it() -> None:
    documents = told(page("商标注册证", CERTIFICATE), page("", ["续页文字"], number=2), page("", number=3))
    assert [[p.page for p in d.pages] for d in documents] == [[1, 2, 3]]
    assert documents[0].pages_total == 3


def test_a_look_alike_after_a_licence_is_a_document_of_its_own() -> None:
    documents = told(page("营业执照", LICENCE), page("食品经营许可证", ["住所"], number=2))
    assert [d.type for d in documents] == ["business_licence", OTHER]


def test_a_second_title_of_the_same_type_begins_a_second_document() -> None:
    documents = told(page("商标注册证", CERTIFICATE), page("商标注册证", CERTIFICATE, number=2))
    assert [[p.page for p in d.pages] for d in documents] == [[1], [2]]


def failure(page: int | None) -> Failure:
    return Failure(code=FailureCode.CORRUPT, file="a.pdf", page=page, message=Message(en="broken", zh="损坏"))


def test_a_file_that_could_not_be_read_is_a_document() -> None:
    (document,) = classify([source(failures=[failure(None)])], DOCUMENT_TYPES)
    assert (document.id, document.type, len(document.failures)) == ("d1", OTHER, 1)


def test_a_page_that_failed_counts_to_the_pages_before_it() -> None:
    pages = (page("营业执照", LICENCE), page("商标注册证", CERTIFICATE, number=3))
    first, second = classify([source(*pages, failures=[failure(2)])], DOCUMENT_TYPES)
    assert [f.page for f in first.failures] == [2]
    assert not second.failures
    assert first.pages_total == 2


def test_documents_are_numbered_across_files() -> None:
    documents = classify([source(page("营业执照")), source(page("LOGO"), file="b.pdf")], DOCUMENT_TYPES)
    assert [(d.id, d.file) for d in documents] == [("d1", "a.pdf"), ("d2", "b.pdf")]


def test_a_page_with_nothing_on_it_is_other() -> None:
    (document,) = told(page(""))
    assert document.type == OTHER
    assert not document.candidates
