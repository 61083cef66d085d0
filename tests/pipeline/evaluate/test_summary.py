"""Many documents, counted."""

from pipeline.evaluate.summary import summarise
from tests.pipeline.evaluate.parts import field, scored


def test_exact_and_character_rates_per_field() -> None:
    told = summarise(
        [
            scored("a", field("owner"), field("number", errors=2)),
            scored("b", field("owner", errors=1), field("number", errors=10, sure=None)),
        ]
    )
    number, owner = told.fields
    assert (owner.exact, owner.total, owner.exact_rate, owner.character_error_rate) == (1, 2, 0.5, 0.05)
    assert (number.exact_rate, number.character_error_rate, number.read, number.sure_and_wrong) == (0, 0.6, 1, 1)
    assert [miss.id for miss in number.misses] == ["a", "b"]
    assert (told.fields_total, told.fields_exact) == (4, 1)


def test_types_are_counted_and_a_look_alike_may_be_anything_but_a_type_of_the_set() -> None:
    told = summarise(
        [
            scored("a"),
            scored("b", told="other"),
            scored("c", type=None, told="permit"),
            scored("d", type=None, told="card"),
        ]
    )
    assert (told.types.right, told.types.total, told.types.accuracy) == (2, 4, 0.5)
    assert [(row.type, row.told, row.count) for row in told.types.confusion] == [
        ("card", "card", 1), ("card", "other", 1), ("look_alike", "card", 1), ("look_alike", "permit", 1),
    ]  # fmt: skip
    assert [row.id for row in told.types.wrong] == ["b", "d"]


def test_a_look_alike_may_be_told_for_nothing_where_other_papers_are_labelled_as_such() -> None:
    told = summarise([scored("a"), scored("b", type="other", told="other"), scored("c", type=None, told="other")])
    assert told.types.accuracy == 1


def test_the_high_bin_is_a_share_of_all_fields_those_not_read_included() -> None:
    told = summarise([scored("a", field("owner", sure=0.95), field("number", errors=10, sure=None))])
    assert (told.calibration.high_count, told.calibration.high_right, told.calibration.high_share) == (1, 1, 0.5)


def test_a_document_is_decided_by_its_least_confidence_and_only_if_all_was_read() -> None:
    told = summarise(
        [
            scored("a", field("owner", sure=0.99), field("number", sure=0.8)),
            scored("b", field("owner", sure=0.9)),
            scored("c", field("owner", sure=0.99), field("number", errors=10, sure=None)),
            scored("d", field("owner", sure=0.7, errors=1)),
            scored("e", field("owner", sure=None, errors=10), told="other"),
        ]
    )
    strict = told.unattended.documents[0]
    assert (strict.decided, strict.total, strict.threshold) == (2, 5, 0.8)


def test_a_dossier_is_decided_as_a_whole() -> None:
    told = summarise(
        [
            scored("a", field("owner", sure=0.9), dossier="x"),
            scored("b", field("owner", sure=0.95), dossier="x"),
            scored("c", field("owner", sure=0.99), dossier="y"),
            scored("d", field("owner", sure=0.5, errors=1), dossier="y"),
        ]
    )
    assert told.unattended.dossiers is not None
    strict = told.unattended.dossiers[0]
    assert (strict.decided, strict.total, strict.threshold) == (1, 2, 0.9)


def test_results_are_grouped_by_quality_where_there_are_few() -> None:
    told = summarise([scored("a", field("owner"), quality="clean"), scored("b", quality="scanned")])
    assert [(group.quality, group.exact) for group in told.groups] == [("clean", 1), ("scanned", 0)]
    assert summarise([scored(str(each), quality=str(each)) for each in range(9)]).groups == ()
