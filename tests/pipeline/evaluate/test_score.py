"""One document against its label."""

from pipeline.evaluate.score import score
from tests.pipeline.evaluate.parts import PlainYardstick, card, label

YARDSTICK = PlainYardstick()


def test_fields_are_exact_wrong_by_characters_or_not_read() -> None:
    document = card(owner=("Anna Rot", 0.9))
    told = score(label(entities={"owner": "Anna Roth", "number": "12345"}), [document], YARDSTICK)
    owner, number = told.fields
    assert (owner.exact, owner.errors, owner.characters, owner.confidence) == (False, 1, 9, 0.9)
    assert (number.exact, number.errors, number.characters, number.confidence) == (False, 5, 5, None)


def test_uncertain_fields_and_names_of_no_field_are_not_scored() -> None:
    told = score(
        label(entities={"owner": "Anna", "number": "1", "motto": "on"}, uncertain=["number"]),
        [card(owner=("Anna", 1.0))],
        YARDSTICK,
    )
    assert [field.field for field in told.fields] == ["owner"]
    assert told.not_scored == ("motto",)


def test_only_the_fields_asked_for_count() -> None:
    given = label(entities={"owner": "Anna", "number": "1"})
    assert [each.field for each in score(given, [card()], YARDSTICK, only=["number"]).fields] == ["number"]


def test_values_are_kept_only_when_they_are_to_be_shown() -> None:
    given, document = label(entities={"owner": "Anna"}), card(owner=("Anne", 1.0))
    hidden, shown = (score(given, [document], YARDSTICK, show=show).fields[0] for show in (False, True))
    assert (hidden.wanted, hidden.read) == (None, None)
    assert (shown.wanted, shown.read) == ("Anna", "raw Anne")


def test_of_several_documents_the_one_of_the_label_s_type_is_meant() -> None:
    told = score(label(entities={"owner": "A"}), [card(type="other"), card(owner=("A", 1.0))], YARDSTICK)
    assert (told.told, told.fields[0].exact) == ("card", True)


def test_of_several_pages_the_label_s_is_meant() -> None:
    documents = [card(page=1, owner=("A", 1.0)), card(page=2, owner=("B", 1.0))]
    assert score(label(entities={"owner": "B"}, page=2), documents, YARDSTICK).fields[0].exact


def test_a_document_told_for_another_type_has_read_nothing() -> None:
    told = score(label(type="card", entities={"owner": "A"}), [card(type="other")], YARDSTICK)
    assert (told.told, told.fields[0].confidence) == ("other", None)
    assert score(label(entities={"owner": "A"}), [], YARDSTICK).told == "other"
