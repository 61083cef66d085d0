"""DOC106 beside other dossiers: the same file, picture or number with another applicant."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from extractors.paper_fields import PurchaseInvoice
from pipeline.form import Applicant
from pipeline.model import WHOLE_PAGE, Document, Seal, SealShape
from pipeline.records import Decision, FileOnRecord, NumberOnRecord, OnRecord, PictureOnRecord, Records
from pipeline.register import entry_of
from pipeline.verdict import Dossier, Finding, Status
from tests.validators import build, papers
from tests.validators.reports import report_of
from tests.validators.shown import pixels, shown

PASS, FAIL, UNDETERMINED = Status.PASS, Status.FAIL, Status.UNDETERMINED
OTHER_CODE, OTHER_COMPANY = "91440300MA5TEXT207", "杭州另星贸易有限公司"
CODE_MISREAD = OTHER_CODE[:-1] + "G"


def entry(*files: FileOnRecord, **changes: Any) -> OnRecord:
    """Return an earlier dossier of another company."""
    stated = {
        "dossier_id": "another", "as_of": date(2026, 11, 1), "decision": Decision.NEEDS_REVIEW,
        "company_code": OTHER_CODE, "company_name": OTHER_COMPANY, "files": files,
    }  # fmt: skip
    return OnRecord(**{**stated, **changes})


def held(paper: Document, *, own: bool | None = None, same: str = "bytes", **changes: Any) -> FileOnRecord:
    """Return a document as another dossier held it: the same bytes, or other bytes and the pictures alone."""
    pictures = [PictureOnRecord(page=page.page, pixels=page.pixels) for page in paper.pages if page.pixels]
    stated = {
        "sha256": paper.sha256 if same == "bytes" else "0" * 64, "type": paper.type, "file": "theirs.webp",
        "document": "d7", "own": own, "pictures": tuple(pictures),
    }  # fmt: skip
    return FileOnRecord(**{**stated, **changes})


def judged(document: Document, *entries: OnRecord, beside: tuple[Document, ...] = (), **dossier: Any) -> Finding:
    """Return what becomes of a document that stands first in a dossier beside others."""
    made = build.dossier(document, *beside, **dossier)
    return build.findings("DOC106", replace(made, records=Records(entries=entries)))[0]


LICENCE = shown(build.licence(), "licence")
UNREAD = shown(build.licence(unified_social_credit_code=None), "licence")
NAMELESS = shown(build.licence(unified_social_credit_code=None, company_name=None), "licence")


@pytest.mark.parametrize("same", ["bytes", "pixels"])
@pytest.mark.parametrize(
    ("company", "own", "status"),
    [
        pytest.param({}, False, FAIL, id="licence of another applicant"),
        pytest.param({}, None, UNDETERMINED, id="not told whose it was there"),
        pytest.param({"company_code": build.CODE}, True, PASS, id="the same applicant again"),
        pytest.param({"company_code": None}, False, FAIL, id="told by the name"),
        pytest.param({"company_code": None, "company_name": build.COMPANY}, True, PASS, id="same by the name"),
        pytest.param({"company_code": None, "company_name": None}, False, UNDETERMINED, id="nobody knows whose"),
        pytest.param({"company_code": CODE_MISREAD}, False, FAIL, id="misread code, other name"),
        pytest.param(
            {"company_code": CODE_MISREAD, "company_name": build.COMPANY}, True, PASS, id="misread code, same name"
        ),
        pytest.param({"company_name": build.COMPANY}, False, UNDETERMINED, id="two sound codes, one name"),
    ],
)
def test_a_licence_of_another_applicant(company: dict[str, Any], own: bool | None, status: Status, same: str) -> None:
    assert judged(LICENCE, entry(held(LICENCE, own=own, same=same), **company)).status is status


def test_the_finding_names_both_places() -> None:
    found = judged(LICENCE, entry(held(LICENCE, own=False, same="pixels")))
    assert "page 1 of 01.jpg" in found.message.en
    assert "(dossier another, page 1 of theirs.webp)" in found.message.en
    assert "材料 another，theirs.webp 第1页" in found.message.zh
    assert (found.found, found.evidence[0].file) == ("another", "01.jpg")


@pytest.mark.parametrize(
    ("licence", "applicant", "status"),
    [
        pytest.param(UNREAD, {}, FAIL, id="by the form's code"),
        pytest.param(UNREAD, {"unified_social_credit_code": None}, FAIL, id="by the licence's name"),
        pytest.param(NAMELESS, {}, FAIL, id="by the form alone"),
        pytest.param(NAMELESS, {"unified_social_credit_code": OTHER_CODE}, PASS, id="the same by the form's code"),
        pytest.param(
            NAMELESS, {"unified_social_credit_code": None, "company_name": None}, UNDETERMINED, id="by nothing"
        ),
    ],
)
def test_without_a_code_on_the_licence_the_check_is_not_skipped(
    licence: Document, applicant: dict[str, Any], status: Status
) -> None:
    stated = {"company_name": build.COMPANY, "unified_social_credit_code": build.CODE, **applicant}
    form = build.form(applicant=Applicant(**stated))
    other = entry(held(licence, own=False, same="pixels"))
    found = judged(licence, other, form=form)
    # Where nothing is read of the licence, whose it is cannot be told either.
    assert found.status is (UNDETERMINED if licence is NAMELESS and status is FAIL else status)


def test_one_licence_under_two_companies_forms_is_of_two_applicants() -> None:
    """Its code is the same wherever it is read; who used it is what the forms say."""
    other = entry(
        held(LICENCE, own=True, same="pixels"),
        company_code=build.CODE,
        company_name=build.COMPANY,
        stated_code=OTHER_CODE,
        stated_name=OTHER_COMPANY,
    )
    assert judged(LICENCE, other).status is FAIL
    slip = other.model_copy(update={"stated_name": build.COMPANY})
    assert judged(LICENCE, slip).status is PASS, "a wrong code in an earlier form is a slip of the pen"


OWN = FileOnRecord(sha256="5" * 64, type="business_licence", file="own.jpg", document="d1", own=True)


def test_the_licence_of_a_marks_owner_is_shared_by_its_sellers_and_the_owner() -> None:
    owners = build.licence(
        file="owner.jpg", unified_social_credit_code="91330100MA2TEXT086", company_name="杭州云试服饰股份有限公司"
    )
    other = entry(held(owners, own=False), OWN)
    assert judged(owners, other, beside=(build.licence(),)).status is PASS, "handed in by two sellers"
    assert judged(LICENCE, entry(held(LICENCE, own=False), OWN)).status is PASS, "handed in by a seller before"
    assert judged(LICENCE, entry(held(LICENCE, own=False))).status is FAIL, "the only licence there"


LETTER = shown(papers.letter(), "letter", "end")
UPSTREAM = shown(papers.first_link(), "upstream")
OWN_LETTER = FileOnRecord(sha256="6" * 64, type="authorization_letter", file="own.jpg", document="d2", own=True)


@pytest.mark.parametrize(
    ("document", "beside", "others", "status"),
    [
        pytest.param(UPSTREAM, (papers.second_link(),), (False, ()), PASS, id="upstream of one's own link"),
        pytest.param(UPSTREAM, (), (False, ()), FAIL, id="none of one's own"),
        pytest.param(LETTER, (), (False, (OWN_LETTER,)), PASS, id="upstream of the other's own link"),
        pytest.param(LETTER, (), (False, ()), FAIL, id="the other has none of its own"),
        pytest.param(LETTER, (), (True, ()), PASS, id="it names both"),
    ],
)
def test_a_letter_of_another_applicant(
    document: Document, beside: tuple[Document, ...], others: tuple[bool, tuple[FileOnRecord, ...]], status: Status
) -> None:
    own, rest = others
    other = entry(held(document, own=own, same="pixels"), *rest)
    assert judged(document, other, beside=(*beside, build.licence())).status is status


@pytest.mark.parametrize(
    ("sealed", "status"), [pytest.param(True, FAIL, id="sealed"), pytest.param(False, PASS, id="a leaflet")]
)
def test_one_page_of_two_letters(sealed: bool, status: Status) -> None:
    theirs = held(shown(papers.letter(), "their own first page", "end"), own=False, same="pixels")
    seal = Seal(box=WHOLE_PAGE, shape=SealShape.ROUND, file="letter.jpg", page=2)
    mine = replace(LETTER, seals=(seal,) if sealed else ())
    assert judged(mine, entry(theirs), beside=(build.licence(),)).status is status


@pytest.mark.parametrize("document", [build.certificate(), papers.identity_card(), papers.qualification()])
def test_what_many_may_have_is_shared(document: Document) -> None:
    paper = shown(document, "paper")
    assert judged(paper, entry(held(paper)), beside=(build.licence(),)).status is PASS


def test_a_paper_of_unknown_type_is_for_a_person() -> None:
    paper = shown(build.document(file="x.jpg"), "paper")
    assert judged(paper, entry(held(paper)), beside=(build.licence(),)).status is UNDETERMINED


def test_the_second_file_of_a_document_counts() -> None:
    two = shown(papers.letter(), "letter", "end", files=("one.jpg", "two.jpg"))
    theirs = FileOnRecord(
        sha256=two.files[1][1], type="authorization_letter", file="t.jpg", own=False, document="d1",
        pictures=(PictureOnRecord(page=1, pixels=pixels("end")),),
    )  # fmt: skip
    seal = Seal(box=WHOLE_PAGE, shape=SealShape.ROUND, file="two.jpg", page=1)
    found = judged(replace(two, seals=(seal,)), entry(theirs), beside=(build.licence(),))
    assert (found.status, found.evidence[0].file) == (FAIL, "two.jpg")


def test_of_several_papers_in_one_file_the_same_is_meant() -> None:
    certificate = held(LICENCE, type="trademark_certificate", document="d1")
    owners = held(LICENCE, own=False, document="d2")
    letter = held(LICENCE, own=True, type="authorization_letter", document="d0")
    assert judged(LICENCE, entry(letter, certificate, owners)).status is FAIL
    assert judged(LICENCE, entry(letter, certificate, owners, OWN)).status is PASS
    assert judged(LICENCE, entry(certificate)).status is PASS


# Numbers


def invoice(**changes: Any) -> Document:
    stated = {"seller": papers.OWNER, "buyer": build.COMPANY, "date": date(2026, 5, 1), "number": "2" * 20}
    return build.document(
        "purchase_invoice", PurchaseInvoice(**build.filled(stated, changes, "inv.jpg")), file="inv.jpg"
    )


@pytest.mark.parametrize(
    ("document", "changes", "status"),
    [
        pytest.param(build.certificate(), {"owner": OTHER_COMPANY}, UNDETERMINED, id="a mark of two owners"),
        pytest.param(build.certificate(), {}, PASS, id="a mark sold by many"),
        pytest.param(build.certificate(), {"owner": "Another Star Trading Ltd."}, PASS, id="another script"),
        pytest.param(build.certificate(), {"owner": build.COMPANY.replace("试", "拭")}, PASS, id="perhaps misread"),
        pytest.param(build.notice(), {"applicant": OTHER_COMPANY}, UNDETERMINED, id="an application of two"),
        pytest.param(papers.qualification(), {"holder": OTHER_COMPANY}, UNDETERMINED, id="a permit of two holders"),
        pytest.param(papers.qualification(), {}, PASS, id="a permit of one holder"),
        pytest.param(invoice(), {"buyer": OTHER_COMPANY}, UNDETERMINED, id="an invoice to two buyers"),
        pytest.param(build.licence(), {"company_name": OTHER_COMPANY}, UNDETERMINED, id="a code of two companies"),
        pytest.param(
            papers.identity_card(), {"name": papers.NATURAL, "issuing_authority": None}, PASS, id="never on record"
        ),
    ],
)
def test_a_number_of_two_holders_is_for_a_person(document: Document, changes: dict[str, Any], status: Status) -> None:
    assert document.fields
    changed = {name: value and build.entity(value) for name, value in changes.items()}
    theirs = replace(document, fields=document.fields.model_copy(update=changed))
    on_record = entry_of(report_of(build.dossier(theirs), dossier_id="another")).model_copy(
        update={"as_of": date(2026, 11, 1), "decision": Decision.APPROVED, "files": ()}
    )
    assert judged(document, on_record, beside=(build.licence(file="l.jpg"),)).status is status


def test_invoices_of_two_sellers_may_have_one_number() -> None:
    mine = invoice(number="00123456")
    theirs = NumberOnRecord(series="purchase_invoice/another", number="00123456", holder="x", document="d1", file="y")
    assert judged(mine, entry(numbers=(theirs,)), beside=(build.licence(),)).status is PASS
    same_seller = theirs.model_copy(update={"series": f"purchase_invoice/{papers.OWNER}", "holder": OTHER_COMPANY})
    assert judged(mine, entry(numbers=(same_seller,)), beside=(build.licence(),)).status is UNDETERMINED


def mark_of(owner: str, **changes: Any) -> OnRecord:
    said = NumberOnRecord(
        series="trademark/CNIPA/registration_number", number=build.NUMBER, holder=owner, document="d2", file="y"
    )
    return entry(numbers=(said,), **changes)


def test_a_mark_that_changed_hands_with_proof_is_no_doubt() -> None:
    others = mark_of(OTHER_COMPANY, decision=Decision.APPROVED)
    proof = build.document("trademark_assignment", file="p.jpg")
    assert judged(build.certificate(), others, beside=(build.licence(),)).status is UNDETERMINED
    assert judged(build.certificate(), others, beside=(build.licence(), proof)).status is PASS


def test_only_an_approved_dossier_casts_doubt_on_a_mark() -> None:
    """Or a forger could hold up everybody who sells it."""
    others = mark_of(OTHER_COMPANY, decision=Decision.REJECTED)
    assert judged(build.certificate(), others, beside=(build.licence(),)).status is PASS


def test_a_dossier_that_an_earlier_version_put_on_record_is_read() -> None:
    """It has bytes to go by, and of the first file alone."""
    files = [{"sha256": LICENCE.sha256, "type": "business_licence", "file": "01.jpg"}]
    written = {"dossier_id": "another", "as_of": "2026-11-01", "decision": "approved", "company_code": OTHER_CODE,
               "files": files}  # fmt: skip
    other = OnRecord.model_validate(written)
    assert judged(LICENCE, other).status is UNDETERMINED
    assert judged(shown(build.licence(file="x.jpg"), "licence"), other).status is PASS


def test_nothing_is_asked_without_a_record() -> None:
    (found, _) = build.findings("DOC106", Dossier(**vars(build.dossier())))
    assert found.status is PASS
