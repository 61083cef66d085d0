"""Documents are told by title, labels and what speaks against them; pages become documents."""

from collections.abc import Sequence

import pytest

from extractors import DOCUMENT_TYPES
from pipeline.classify import OTHER, DocumentType, Variant, claims, classify
from pipeline.model import Box, Document, Failure, FailureCode, Fields, Message, PageQuality, ReadPage, TextLine
from tests.pipeline.sheets import page, source

LICENCE = ("统一社会信用代码", "名称", "类型", "法定代表人", "注册资本", "成立日期", "经营范围", "登记机关")
CERTIFICATE = ("核定使用商品/服务项目（国际分类：25）", "注册人", "注册人地址", "注册日期", "有效期至")


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
        pytest.param("食品经营许可证", ("统一社会信用代码", "法定代表人", "住所"), "qualification", id="food permit"),
        pytest.param("危险化学品经营许可证", ("统一社会信用代码",), OTHER, id="permit of another kind"),
        pytest.param("", ("姓名", "性别男", "民族汉", "住址", "公民身份号码"), "identity_card", id="front of a card"),
        pytest.param("居民身份证", ("签发机关", "有效期限"), "identity_card", id="back of a card"),
        pytest.param("", ("林试样", "男 汉", "1990年3月7日", "44030019900307123X"), "identity_card", id="no label"),
        pytest.param("电子发票（普通发票）", ("发票号码", "开票日期"), "purchase_invoice", id="invoice"),
        pytest.param("EMC TEST REPORT", ("Report No.",), "qualification", id="title with a part that varies"),
        pytest.param("CERTIFICATE OF CONFORMITY", ("Directive 2014/30/EU",), "qualification", id="title and law"),
        pytest.param("CERTIFICATE OF CONFORMITY", ("ISO 9001:2015",), OTHER, id="shared title, other law"),
        pytest.param("开户许可证", ("法定代表人", "核准号"), OTHER, id="bank account permit"),
        pytest.param("中华人民共和国组织机构代码证", ("机构名称",), OTHER, id="organisation code"),
        pytest.param("税务登记证", ("法定代表人", "经营范围", "住所"), OTHER, id="tax registration"),
        pytest.param("质量管理体系认证证书", ("统一社会信用代码", "住所"), OTHER, id="ISO"),
        pytest.param("会员证书", LICENCE[:3], OTHER, id="association"),
        pytest.param("中華民國商標註冊證", ("經濟部智慧財產局",), "trademark_certificate", id="Taiwan certificate"),
        pytest.param("商标续展注册证明", CERTIFICATE, "trademark_renewal", id="renewal"),
        pytest.param("商标注册申请不予受理通知书", ("申请号",), "trademark_notice", id="refused acceptance"),
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


def test_a_title_over_two_rows_is_one() -> None:
    def with_rows(*titles: str) -> ReadPage:
        lines = tuple(
            TextLine(
                text=text,
                box=Box(left=0.3, top=0.1 * row, right=0.7, bottom=0.1 * row + (0.06 if row < 2 else 0.02)),
                confidence=0.99,
                file="a.pdf",
            )
            for row, text in enumerate((*titles, "Applicant", "Product", "Model"))
        )
        return ReadPage(record=page("").record, lines=lines)

    (document,) = told(with_rows("GRANT OF EQUIPMENT", "AUTHORIZATION"))
    assert document.type == "qualification", document.type_reason
    (document,) = told(with_rows("GRANT OF EQUIPMENT", "LEASE"))
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
    documents = told(page("营业执照", LICENCE), page("税务登记证", ["住所"], number=2))
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


EMPTY = PageQuality(ink=0.0, sharpest=0.01, brightness=250)
DARK = PageQuality(ink=0.0, sharpest=0.01, brightness=20)
LOGO = PageQuality(ink=0.1, sharpest=0.5, brightness=250)


@pytest.mark.parametrize(
    ("quality", "reason"),
    [
        pytest.param(EMPTY, "a blank page", id="empty sheet"),
        pytest.param(DARK, "a picture without text", id="dark photo"),
        pytest.param(LOGO, "a picture without text", id="logo"),
        pytest.param(None, "a picture without text", id="not measured"),
    ],
)
def test_a_page_with_nothing_to_read_is_other_and_says_why(quality: PageQuality | None, reason: str) -> None:
    (document,) = told(page("", quality=quality))
    assert (document.type, document.type_reason, document.candidates) == (OTHER, reason, ())


def test_the_blank_back_of_a_page_belongs_to_it() -> None:
    (document,) = told(page("营业执照", LICENCE), page("", number=2, quality=EMPTY))
    assert [p.page for p in document.pages] == [1, 2]


def test_a_paper_does_not_begin_with_a_blank_page() -> None:
    documents = told(page("", quality=EMPTY), page("", ["一份说明"], number=2))
    assert documents[0].type_reason == "a blank page"
    assert [[p.page for p in d.pages] for d in documents] == [[1], [2]]


def test_what_follows_a_paper_of_one_page_is_no_part_of_it() -> None:
    documents = told(page("营业执照", LICENCE), page("", ["姓名", "住址"], number=2))
    assert [d.type for d in documents] == ["business_licence", OTHER]


def test_a_first_page_is_no_part_of_what_stands_before_it() -> None:
    documents = told(page("商标注册证", CERTIFICATE), page("", ["一份说明", "第1页 共3页"], number=2))
    assert [d.type for d in documents] == ["trademark_certificate", OTHER]


@pytest.mark.parametrize(
    ("second", "documents"),
    [
        pytest.param(page("", [*CERTIFICATE, "第7654321号"], number=2), 2, id="another number"),
        pytest.param(page("", [*CERTIFICATE, "第1234567号"], number=2), 1, id="the same number"),
        pytest.param(page("商标注册证", [*CERTIFICATE, "第1234567号"], number=2), 2, id="title again"),
        pytest.param(page("商标注册证", [*CERTIFICATE, "第1234567号", "第2页"], number=2), 1, id="title, page 2"),
        pytest.param(page("商标注册证", [*CERTIFICATE, "第7654321号", "第2页"], number=2), 2, id="page 2 of another"),
    ],
)
def test_pages_of_one_type_are_one_paper_or_two(second: ReadPage, documents: int) -> None:
    assert len(told(page("商标注册证", [*CERTIFICATE, "第1234567号"]), second)) == documents


def sure_of(variant: Variant, *texts: str) -> float:
    """Return how strongly a type with this one form claims a page of these lines, the first of them a title."""

    class Nothing(Fields):
        """Reads nothing."""

    kind = DocumentType("pass", titles=(), read=lambda document: Nothing(), variants=(variant,))
    return claims(page(texts[0], texts[1:]), [kind])[0].score


SHARED = Variant(
    titles=("Certificate of registration",),
    cues=("Mark", "Owner", "Class", "Number"),
    against=("~copyright",),
    needs=(("Office of Samplonia",),),
)


def test_a_shared_title_counts_only_beside_words_of_its_own() -> None:
    assert sure_of(SHARED, "CERTIFICATE OF REGISTRATION", "Office of Samplonia") > 0.9
    assert sure_of(SHARED, "CERTIFICATE OF REGISTRATION", "Mark", "Owner", "Class", "Number") == 0


def test_a_phrase_against_a_shared_title_ends_the_claim() -> None:
    assert sure_of(SHARED, "CERTIFICATE OF REGISTRATION", "Office of Samplonia", "a copyright") == 0


def test_words_of_its_own_may_suffice() -> None:
    suffices = Variant(needs=(("Office of Samplonia",),), suffices=True)
    assert sure_of(suffices, "anything", "Office of Samplonia") >= 0.5
    assert sure_of(suffices, "anything", "else") == 0


def test_accents_do_not_count() -> None:
    accented = Variant(titles=("Título de registro",))
    assert sure_of(accented, "TITULO DE REGISTRO") > 0.9
    assert sure_of(Variant(titles=("Titulo de registro",)), "TÍTULO DE REGISTRO") > 0.9
