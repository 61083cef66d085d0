"""What became of a registration: owners after assignments and changes, terms after renewals."""

from datetime import date
from typing import Any

import pytest

from extractors.base import Office
from pipeline.model import Document
from tests.validators import build, papers
from validators.case import Case, Paper
from validators.engine import Undetermined
from validators.registration import expiry_of, registrant_of
from validators.rules.trademark import certificates_of

OLD, NEW = "常州旧试有限公司", "苏州另试商贸有限公司"


def judged(*proofs: Document, **certificate: Any) -> tuple[Paper[Any], Case]:
    case = build.case(build.dossier(build.licence(), build.certificate(owner=OLD, **certificate), *proofs))
    assert case.application is not None
    return certificates_of(case.application.brands[0], case)[0], case


@pytest.mark.parametrize(
    ("proofs", "owner"),
    [
        pytest.param([], OLD, id="as printed"),
        pytest.param([papers.assignment(assignee=NEW)], NEW, id="assigned"),
        pytest.param([papers.change(new_owner_name=NEW)], NEW, id="renamed"),
        pytest.param(
            [papers.change(new_owner_name=NEW), papers.assignment()], build.COMPANY, id="renamed, then assigned"
        ),
        pytest.param(
            [papers.assignment(), papers.change(new_owner_name=NEW)], build.COMPANY, id="in any order of papers"
        ),
        pytest.param([papers.assignment(assignee=NEW, registration_number="5")], OLD, id="another registration's"),
        pytest.param([papers.assignment(assignee=NEW, office=Office.USPTO)], OLD, id="another office's"),
        pytest.param([papers.assignment(assignee=NEW, nice_classes=(9,))], OLD, id="for other classes"),
        pytest.param([papers.assignment(assignee=None)], None, id="assignee not read"),
        pytest.param([papers.assignment(certified_date=date(2026, 11, 25))], None, id="assigned on a day to come"),
        pytest.param([papers.assignment(registration_number=None)], None, id="number not read"),
        pytest.param([papers.change(), papers.assignment(certified_date=None)], None, id="order not read"),
        pytest.param([build.document("trademark_change")], None, id="nothing of it read"),
    ],
)
def test_the_present_owner(proofs: list[Document], owner: str | None) -> None:
    registrant = registrant_of(*judged(*proofs))
    if owner is None:
        with pytest.raises(Undetermined):
            registrant.known()
    else:
        assert registrant.known().value == owner


@pytest.mark.parametrize(
    ("proofs", "end", "unclear"),
    [
        pytest.param([], date(2030, 6, 6), 0, id="as printed"),
        pytest.param([papers.renewal()], date(2040, 6, 6), 0, id="renewed"),
        pytest.param([papers.renewal(), papers.renewal(valid_to=date(2050, 6, 6))], date(2050, 6, 6), 0, id="twice"),
        pytest.param([papers.renewal(valid_to=date(2020, 6, 6))], date(2030, 6, 6), 0, id="an earlier renewal"),
        pytest.param([papers.renewal(registration_number="5")], date(2030, 6, 6), 0, id="another registration's"),
        pytest.param([papers.renewal(valid_to=None)], date(2030, 6, 6), 1, id="term not read"),
    ],
)
def test_the_end_of_the_term(proofs: list[Document], end: date, unclear: int) -> None:
    expiry = expiry_of(*judged(*proofs))
    assert (expiry.end.value, len(expiry.unclear)) == (end, unclear)


def test_the_law_ends_a_term_that_the_office_never_prints() -> None:
    american = {"office": Office.USPTO, "valid_to": None, "registration_date": date(2024, 1, 23)}
    end = expiry_of(*judged(**american)).end
    assert end.value == date(2034, 1, 23)
    assert end.evidence


@pytest.mark.parametrize(
    "certificate",
    [
        pytest.param({"office": Office.USPTO, "registration_date": date(2014, 1, 21)}, id="first term over"),
        pytest.param({"office": Office.USPTO, "registration_date": None}, id="no day either"),
        pytest.param({"registration_date": date(2024, 1, 21)}, id="an office that prints it"),
    ],
)
def test_an_end_that_nothing_tells_stops_the_rule(certificate: dict[str, object]) -> None:
    with pytest.raises(Undetermined):
        expiry_of(*judged(valid_to=None, **certificate))
