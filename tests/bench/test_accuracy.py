"""The table of what was to be reached."""

from bench.accuracy import Goal, goals
from pipeline.evaluate.score import DocumentScore, FieldScore
from pipeline.evaluate.summary import summarise
from tests.pipeline.evaluate.parts import field, scored


def licence(number: int, *fields: FieldScore) -> DocumentScore:
    return scored(f"bl-{number}", *fields, type="business_licence", told="business_licence")


def met(sets: dict[str, list[DocumentScore]]) -> dict[tuple[str, str], Goal]:
    evaluations = {name: summarise(scores) for name, scores in sets.items()}
    every = [score for scores in sets.values() for score in scores]
    return {(goal.set_name, goal.figure): goal for goal in goals(evaluations, every)}


def test_real_licences_are_held_to_their_own_figures() -> None:
    code, scope = "unified_social_credit_code", "business_scope"
    right = [licence(each, field(code), field(scope, errors=2, characters=100)) for each in range(9)]
    told = met({"real": [*right, licence(9, field(code, errors=1, sure=0.93), field(scope, characters=100))]})
    assert told["real, licences", "credit code"].reached.startswith("9/10")
    assert not told["real, licences", "credit code"].met
    assert not told["real, licences", "wrong codes at 0.9 or more"].met
    assert told["real, licences", "business_scope, CER"].met
    assert ("real, licences", "legal_person") not in told


def test_numbers_of_certificates_and_letters_are_taken_together() -> None:
    told = met(
        {
            "real": [
                scored("tm", field("registration_number"), type="trademark_certificate", told="trademark_certificate"),
                scored(
                    "al", field("trademark_numbers", errors=1), type="authorization_letter", told="authorization_letter"
                ),
            ]
        }
    )
    assert told["real, certificates and letters", "number"].reached.startswith("1/2")


def test_every_field_must_reach_the_goal_of_its_condition() -> None:
    mixed = [licence(each, field("address"), field("copy", errors=int(each == 0))) for each in range(30)]
    told = met({"drawn, scanned": mixed, "drawn, photographed": mixed})
    assert not told["drawn, scanned", "every field of every type"].met
    assert told["drawn, photographed", "every field of every type"].met
    assert "1 of 2 fields" in told["drawn, scanned", "every field of every type"].reached


def test_a_look_alike_taken_for_the_real_thing_is_counted() -> None:
    told = met({"real": [licence(1, field("address")), scored("dx", type=None, told="business_licence")]})
    assert not told["real", "look-alikes taken for the real thing"].met


def test_calibration_is_over_all_sets() -> None:
    sure, unsure = field("address", sure=0.95), field("copy", sure=0.5, errors=1)
    told = met({"samples": [licence(1, sure)], "drawn, clean": [licence(2, unsure)]})
    assert told["all sets", "of all fields at 0.9 or more"].reached.startswith("50")
    assert told["all sets", "right at 0.9 or more"].met
    assert told["all sets", "ECE"].reached == "0.275"
