"""The rules on every document (DOC101, DOC103)."""

from dataclasses import replace

import pytest

from pipeline.model import Document, FailureCode
from pipeline.verdict import Status
from tests.validators import build

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
