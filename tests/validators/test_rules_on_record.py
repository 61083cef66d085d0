"""STO707 and STO708 on decisions on record, and what goes on record."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.records import Decision, MarkOnRecord, OnRecord, Records
from pipeline.register import entry_of
from pipeline.store import open_store
from pipeline.verdict import Dossier, Status
from tests.validators import build
from tests.validators.reports import report_of

OTHER_CODE = "91440300MA5TEXT20F"


def entry(**changes: Any) -> OnRecord:
    """Return another company's approved official store of the built dossier's mark."""
    stated = {
        "dossier_id": "another", "as_of": date(2026, 11, 1), "decision": Decision.APPROVED,
        "company_code": OTHER_CODE, "company_name": "杭州另星贸易有限公司", "store_type": "official",
        "category": "apparel",
        "marks": (MarkOnRecord(text=build.BRAND, office="CNIPA", number=build.NUMBER, classes=(25,)),),
    }  # fmt: skip
    return OnRecord(**{**stated, **changes})


def own(number: int, **changes: Any) -> OnRecord:
    """Return an approved store of the same company, of another mark."""
    marks = (MarkOnRecord(text=f"OTHER{number}", classes=(9,)),)
    return entry(dossier_id=f"own{number}", company_code=build.CODE, company_name=build.COMPANY, marks=marks, **changes)


def beside(*entries: OnRecord, dossier: Dossier | None = None) -> Dossier:
    return replace(dossier or build.dossier(), records=Records(entries=entries))


@pytest.mark.parametrize(
    ("other", "status"),
    [
        pytest.param(entry(), Status.FAIL, id="same number"),
        pytest.param(entry(decision=Decision.NEEDS_REVIEW), Status.PASS, id="not approved"),
        pytest.param(entry(decision=Decision.REJECTED), Status.PASS, id="rejected"),
        pytest.param(entry(store_type="exclusive"), Status.PASS, id="another type of store"),
        pytest.param(
            entry(marks=(MarkOnRecord(text=build.BRAND.lower(), number="99", classes=(25, 18)),)),
            Status.FAIL,
            id="same word and class",
        ),
        pytest.param(
            entry(marks=(MarkOnRecord(text=build.BRAND, number="99", classes=(9,)),)),
            Status.PASS,
            id="same word, other goods",
        ),
        pytest.param(
            entry(marks=(MarkOnRecord(text="OTHER", number=build.NUMBER, office="USPTO"),)),
            Status.PASS,
            id="another office",
        ),
        pytest.param(entry(marks=(MarkOnRecord(text="OTHER", number="41234568"),)), Status.PASS, id="another mark"),
    ],
)
def test_mark_held_by_another_official_store(other: OnRecord, status: Status) -> None:
    assert build.status("STO707", beside(other)) is status


def test_without_a_record_nothing_is_asked() -> None:
    assert build.status("STO707", build.dossier()) is Status.NOT_APPLICABLE
    assert build.status("STO708", build.dossier()) is Status.NOT_APPLICABLE


def test_an_empty_record_is_a_record() -> None:
    assert build.status("STO707", beside()) is Status.PASS
    assert build.status("STO708", beside()) is Status.PASS


def test_other_store_types_may_share_a_mark() -> None:
    dossier = build.dossier(form=build.form(store=build.store(type="specialised")))
    assert build.status("STO707", beside(entry(), dossier=dossier)) is Status.NOT_APPLICABLE


def test_the_finding_names_the_dossier_and_its_day() -> None:
    found = build.finding("STO707", beside(entry()))
    assert (found.found, "2026-11-01" in found.message.en, "another" in found.message.zh) == ("another", True, True)


@pytest.mark.parametrize(
    ("stores", "status"),
    [
        pytest.param([own(n, category="apparel") for n in range(2)], Status.PASS, id="third in a category"),
        pytest.param([own(n, category="apparel") for n in range(3)], Status.FAIL, id="fourth in a category"),
        pytest.param([own(n, category=f"c{n}") for n in range(5)], Status.PASS, id="sixth in all"),
        pytest.param([own(n, category=f"c{n}") for n in range(6)], Status.FAIL, id="seventh in all"),
        pytest.param(
            [own(n, category=f"c{n}", decision=Decision.REJECTED) for n in range(6)], Status.PASS, id="rejected ones"
        ),
        pytest.param([entry(dossier_id=f"x{n}") for n in range(9)], Status.PASS, id="another company's"),
    ],
)
def test_number_of_stores(stores: list[OnRecord], status: Status) -> None:
    assert build.status("STO708", beside(*stores)) is status


def test_a_company_without_a_code_is_told_by_its_name() -> None:
    stores = [own(n).model_copy(update={"company_code": None}) for n in range(3)]
    assert build.status("STO708", beside(*stores)) is Status.FAIL


# What is on record


def test_a_report_puts_company_store_marks_and_files_on_record() -> None:
    found = entry_of(report_of(build.dossier(), dossier_id="a"))
    assert (found.dossier_id, found.as_of, found.company_code, found.store_type) == (
        "a",
        build.AS_OF,
        build.CODE,
        "official",
    )
    assert found.marks[0] == MarkOnRecord(text=build.BRAND, office="CNIPA", number=build.NUMBER, classes=(25,))
    assert [held.type for held in found.files] == ["business_licence", "trademark_certificate"]


def test_only_those_that_come_before_are_asked() -> None:
    days = {
        "older": date(2026, 11, 1),
        "a": build.AS_OF,
        "built": build.AS_OF,
        "z": build.AS_OF,
        "newer": date(2027, 1, 1),
    }
    records = Records(entries=tuple(entry(dossier_id=name, as_of=day) for name, day in days.items()))
    assert [each.dossier_id for each in records.before(build.AS_OF, "built").entries] == ["older", "a"]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_in_which_dossiers_get_done_changes_nothing(order: tuple[int, ...], tmp_path: Path) -> None:
    """As a batch does it: judged beside what is on record, again where that has changed, until nothing changes."""
    from validators import judge

    names = ("a", "b", "c")
    decisions = dict[str, str]()
    with open_store(tmp_path) as store:
        for _ in range(4):
            for at in order:
                dossier = replace(build.dossier(), id=names[at], records=store.beside(names[at])[0])
                decision = judge(dossier, build.rulebook()).decision
                assert decision
                decisions[names[at]] = decision
                store.put(entry(dossier_id=names[at], as_of=build.AS_OF, decision=decision), "0" * 64)
    assert decisions == {"a": "approved", "b": "rejected", "c": "rejected"}
