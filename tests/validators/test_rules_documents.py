"""The rules on every document (DOC101, DOC103)."""

from dataclasses import replace

import pytest

from extractors.facts import dossier_of
from pipeline.model import Document, FailureCode, Message, Remark
from pipeline.report.explain import explain
from pipeline.report.html import to_html
from pipeline.report.json import load_report, to_json
from pipeline.verdict import Status
from tests.validators import build
from tests.validators.reports import report_of
from validators import judge

PASS, FAIL, UNDETERMINED, NOT_APPLICABLE = Status.PASS, Status.FAIL, Status.UNDETERMINED, Status.NOT_APPLICABLE


def of_last(rule: str, *documents: Document) -> Status:
    return build.findings(rule, build.dossier(*documents))[-1].status


@pytest.mark.parametrize(
    ("document", "status"),
    [
        pytest.param(build.licence(), PASS, id="read"),
        pytest.param(build.document(), PASS, id="read, type unknown"),
        pytest.param(build.document(failure=FailureCode.ENCRYPTED), FAIL, id="encrypted"),
        pytest.param(replace(build.licence(), pages_total=3), FAIL, id="pages left unread"),
        pytest.param(build.document(failure=FailureCode.TIMEOUT), FAIL, id="takes too long"),
        pytest.param(build.document(failure=FailureCode.INTERNAL), UNDETERMINED, id="a defect of the program"),
    ],
)
def test_doc101_can_be_read(document: Document, status: Status) -> None:
    assert of_last("DOC101", document) is status


def test_doc101_asks_nothing_of_the_seller_for_a_defect_of_the_program() -> None:
    assert not build.remedies("DOC101", build.dossier(build.document(failure=FailureCode.INTERNAL)))


def test_doc101_names_the_reason_and_asks_for_the_file() -> None:
    judged = build.dossier(build.document(file="a/scan.pdf", failure=FailureCode.ENCRYPTED))
    assert "(encrypted)" in build.finding("DOC101", judged).message.en
    (remedy,) = build.remedies("DOC101", judged)
    assert "a/scan.pdf" in remedy.message.en
    assert "a/scan.pdf" in remedy.message.zh


def remarked(code: FailureCode) -> Document:
    remark = Remark(code=code, file="01.jpg", message=Message(en="it is odd.", zh="情况特殊。"))
    return replace(build.licence(), remarks=(remark,))


@pytest.mark.parametrize(
    ("code", "status"),
    [
        pytest.param(FailureCode.TYPE_MISMATCH, PASS, id="its name claims another kind"),
        pytest.param(FailureCode.ENCRYPTED, PASS, id="encrypted with an empty password"),
        pytest.param(FailureCode.CORRUPT, UNDETERMINED, id="its pages cannot be counted again"),
    ],
)
def test_doc101_tells_what_is_odd_about_a_file_that_was_read(code: FailureCode, status: Status) -> None:
    judged = build.dossier(remarked(code))
    found = build.finding("DOC101", judged)
    assert (found.status, found.message.en) == (status, f"01.jpg: it is odd ({code})")
    assert found.message.zh == f"01.jpg：情况特殊（{code}）"
    assert not build.remedies("DOC101", judged), "there is nothing for the seller to do"


def test_what_is_odd_about_a_file_changes_no_decision_and_is_in_the_report() -> None:
    plain, odd = (
        judge(build.dossier(document, build.certificate()), build.rulebook())
        for document in (build.licence(), remarked(FailureCode.TYPE_MISMATCH))
    )
    assert odd.decision is plain.decision
    report = report_of(build.dossier(remarked(FailureCode.TYPE_MISMATCH)))
    again = dossier_of(load_report(to_json(report))).documents[0]
    assert again.remarks == remarked(FailureCode.TYPE_MISMATCH).remarks
    assert "Worth knowing: 01.jpg: it is odd. (type_mismatch)" in explain(report, None, "en")
    assert "<b>备注</b>：01.jpg · <span" in to_html(report, {}, lang="zh")


@pytest.mark.parametrize(
    ("document", "status"),
    [
        pytest.param(build.certificate(), PASS, id="known"),
        pytest.param(build.document(), FAIL, id="unknown"),
        pytest.param(build.document(legibility=0.3), UNDETERMINED, id="not legible"),
        pytest.param(build.document(legibility=0.6), FAIL, id="just legible"),
        pytest.param(
            build.document(candidates=["business_licence", "trademark_certificate"]), UNDETERMINED, id="claimed by two"
        ),
        pytest.param(build.document(failure=FailureCode.CORRUPT), NOT_APPLICABLE, id="DOC101's"),
    ],
)
def test_doc103_type(document: Document, status: Status) -> None:
    assert of_last("DOC103", document) is status


def test_doc103_names_what_it_may_be() -> None:
    judged = build.dossier(build.document(candidates=["business_licence", "trademark_certificate"]))
    message = build.finding("DOC103", judged).message
    assert message.en.startswith("it may be a business licence or a trademark certificate")
    assert "营业执照或商标注册证" in message.zh
    notice = build.dossier(build.document(candidates=["trademark_acceptance_notice"]))
    assert build.finding("DOC103", notice).message.en.startswith("it may be an acceptance notice")
