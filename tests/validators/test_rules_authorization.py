"""AUT501: a right to someone else's brand is proven."""

from typing import Any

import pytest

from pipeline.form import Relation
from pipeline.model import Document, FailureCode
from pipeline.verdict import Dossier, Status
from tests.validators import build

PASS, FAIL, UNDETERMINED, NOT_APPLICABLE = Status.PASS, Status.FAIL, Status.UNDETERMINED, Status.NOT_APPLICABLE
STRANGER = "杭州云试服饰股份有限公司"


def branded(owner: Any, relation: Relation | None, *more: Document, kind: str = "specialised") -> Dossier:
    form = build.form(brands=(build.brand(relation=relation),), store=build.store(type=kind))
    return build.dossier(build.licence(), build.certificate(owner=owner), *more, form=form)


@pytest.mark.parametrize(
    ("dossier", "status"),
    [
        pytest.param(branded(build.COMPANY, Relation.AUTHORIZED), PASS, id="it is the applicant's own after all"),
        pytest.param(branded(STRANGER, Relation.AUTHORIZED), FAIL, id="declared, no letter"),
        pytest.param(branded(STRANGER, None), FAIL, id="nothing declared, no letter"),
        pytest.param(branded(STRANGER, Relation.OWNER), NOT_APPLICABLE, id="declared as owned is XDC804's"),
        pytest.param(branded(None, Relation.AUTHORIZED), FAIL, id="owner not read, declared as another's"),
        pytest.param(branded(None, None), UNDETERMINED, id="owner not read, nothing declared"),
        pytest.param(branded(build.entity(STRANGER, 0.4), None), UNDETERMINED, id="owner read with doubt"),
        pytest.param(
            branded(STRANGER, Relation.AUTHORIZED, build.document(file="letter.pdf")),
            UNDETERMINED,
            id="a paper of unknown type may be the letter",
        ),
        pytest.param(
            branded(STRANGER, Relation.AUTHORIZED, build.document(failure=FailureCode.CORRUPT)),
            UNDETERMINED,
            id="a file that cannot be read may be the letter",
        ),
    ],
)
def test_a_right_to_anothers_brand_is_proven(dossier: Dossier, status: Status) -> None:
    assert build.status("AUT501", dossier) is status


def test_only_a_store_of_many_brands_may_show_an_invoice() -> None:
    assert build.finding("AUT501", branded(STRANGER, None)).expected == "authorization_letter or purchase_invoice"
    exclusive = build.finding("AUT501", branded(STRANGER, None, kind="exclusive"))
    assert exclusive.expected == "authorization_letter"


def test_the_seller_is_asked_for_a_letter() -> None:
    (remedy,) = build.remedies("AUT501", branded(STRANGER, Relation.AUTHORIZED))
    assert remedy.document == "authorization_letter"
