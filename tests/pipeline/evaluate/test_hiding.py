"""Identity numbers among the values that an evaluation shows."""

import json

from pipeline.evaluate.hiding import hide_numbers
from pipeline.evaluate.page import to_html
from pipeline.evaluate.score import DocumentScore, FieldScore
from pipeline.evaluate.summary import Evaluation, summarise
from tests.pipeline.evaluate.parts import scored

TRUE, READ, MISREAD = "44030019900101001X", "44030019900101007X", "4403OO19900101001X"


def miss(name: str, wanted: str, read: str | None) -> FieldScore:
    return FieldScore(
        field=name, exact=False, errors=1, characters=18, confidence=0.9, wanted=wanted, read=read,
    )  # fmt: skip


def evaluation(*documents: DocumentScore) -> Evaluation:
    return summarise(documents)


def test_numbers_are_masked_and_other_values_stay() -> None:
    document = scored(
        "one", miss("id_number", TRUE, READ), miss("owner", "Anna Rot", "Anna Roth"),
        miss("address", "Rotbach 1", f"Rotbach 1 {TRUE} {MISREAD}"), miss("id_number", TRUE, MISREAD),
    )  # fmt: skip
    told = json.loads(hide_numbers(evaluation(document)).model_dump_json())
    assert not [number for number in (TRUE, READ, MISREAD) if number in json.dumps(told)]
    shown = {row["field"]: row["misses"][0] for row in told["fields"]}
    assert (shown["id_number"]["wanted"], shown["id_number"]["read"]) == ("440300***********X", "440300***********X")
    assert (shown["owner"]["wanted"], shown["owner"]["read"]) == ("Anna Rot", "Anna Roth")
    assert "Anna Rot" in to_html(hide_numbers(evaluation(document)), lang="en")


def test_names_of_documents_are_masked_and_none_gets_lost() -> None:
    lost = [scored(number).model_copy(update={"lost": "crash"}) for number in (TRUE, READ)]
    told = hide_numbers(evaluation(*lost))
    assert dict(told.lost) == {"440300***********X": "crash", "440300***********X~2": "crash"}
    assert told.documents == 2
    assert TRUE in evaluation(*lost).lost


def test_what_is_counted_stays() -> None:
    document = scored("one", miss("id_number", TRUE, None))
    before = evaluation(document)
    after = hide_numbers(before)
    assert (after.types, after.calibration, after.unattended) == (before.types, before.calibration, before.unattended)
    assert [row.misses[0].errors for row in after.fields] == [1]
