"""What dossiers have in common, by which they find each other in the results database, on SQLite and on PostgreSQL."""

import hashlib
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.records import Decision, FileOnRecord, MarkOnRecord, NumberOnRecord, PictureOnRecord
from pipeline.register import keys_of
from pipeline.store import DATABASE, Store, neighbours, open_store
from pipeline.store.database import version_of
from pipeline.store.tables import VERSION
from tests.pipeline.test_store import entry, execute

FILE = FileOnRecord(sha256="ab", type="other", file="x")
MARK = MarkOnRecord(text="Z")
HELD = (
    entry("a").model_copy(update={"company_code": "C", "marks": (MARK,)}),
    entry("b", Decision.REJECTED).model_copy(update={"company_code": "C", "marks": (MARK,)}),
    entry("c", Decision.REJECTED).model_copy(update={"files": (FILE,)}),
    entry("d").model_copy(update={"company_code": "X", "company_name": "Y"}),
    entry("m", Decision.NEEDS_REVIEW).model_copy(update={"company_code": "C", "files": (FILE,)}),
    entry("n").model_copy(update={"company_code": "C"}),
)


def names_beside(store: Store, name: str) -> list[str]:
    return [each.dossier_id for each in store.beside(name)[0].entries]


def test_a_dossier_is_given_what_it_has_in_common_with_earlier_ones(tmp_path: Path, database: str | None) -> None:
    with open_store(tmp_path, database=database) as store:
        for each in HELD:
            store.put(each, "1" * 64)
        assert names_beside(store, "m") == ["a", "c"], "neither what was rejected nor what comes later"
        assert store.with_neighbours() == {"b", "m", "n"}
        store.put(HELD[0].model_copy(update={"decision": Decision.REJECTED}), "1" * 64)
        store.remove("c")
        assert names_beside(store, "m") == names_beside(store, "never seen") == []
        assert store.with_neighbours() == set()


def test_of_thousands_with_one_brand_the_first_of_each_type_of_store_are_given(
    tmp_path: Path, database: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.store.neighbours.MOST_TOLD", 2)
    sellers = [entry(f"s{at}").model_copy(update={"marks": (MARK,), "store_type": "specialised"}) for at in range(9)]
    holder = entry("t").model_copy(update={"marks": (MARK,), "store_type": "official"})
    with open_store(tmp_path, database=database) as store:
        for each in (*reversed(sellers), holder):
            store.put(each, "1" * 64)
        store.put(entry("u").model_copy(update={"marks": (MARK,)}), "1" * 64)
        assert names_beside(store, "u") == ["s0", "s1", "t"]
        store.remove("s0")
        assert names_beside(store, "u") == ["s1", "s2", "t"]


PICTURE = PictureOnRecord(page=2, pixels="cd")
NUMBER = NumberOnRecord(series="purchase_invoice", number="1", holder="Y", document="d1", file="x")


@pytest.mark.parametrize(
    ("held", "is_found"),
    [
        pytest.param(
            {"files": (FILE.model_copy(update={"sha256": "ef", "pictures": (PICTURE,)}),)}, True, id="picture"
        ),
        pytest.param({"numbers": (NUMBER.model_copy(update={"holder": "Z"}),)}, True, id="number"),
        pytest.param({"files": (FILE.model_copy(update={"sha256": "ef"}),)}, False, id="nothing"),
    ],
)
def test_dossiers_are_found_by_picture_and_by_number(
    tmp_path: Path, database: str | None, held: dict[str, object], is_found: bool
) -> None:
    later = {"files": (FILE.model_copy(update={"pictures": (PICTURE,)}),), "numbers": (NUMBER,)}
    with open_store(tmp_path, database=database) as store:
        store.put(entry("b").model_copy(update=later), "1" * 64)
        before = store.digest_beside("b")
        store.put(entry("a", Decision.REJECTED).model_copy(update=held), "1" * 64)
        assert names_beside(store, "b") == (["a"] if is_found else [])
        assert (store.digest_beside("b") != before) is is_found
        assert store.with_neighbours() == ({"b"} if is_found else set())
        store.remove("a")
        assert names_beside(store, "b") == []


def test_a_dossier_of_more_pictures_than_one_question_holds_finds_others(
    tmp_path: Path, database: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.store.neighbours.ASKED_AT_ONCE", 3)
    pictures = tuple(PictureOnRecord(page=at, pixels=f"{at}") for at in range(1, 11))
    with open_store(tmp_path, database=database) as store:
        for at, name in enumerate("cab"):
            one = FILE.model_copy(update={"sha256": name, "pictures": (pictures[4 * at],)})
            store.put(entry(name).model_copy(update={"files": (one,)}), "1" * 64)
        everything = FILE.model_copy(update={"pictures": pictures})
        store.put(entry("z").model_copy(update={"files": (everything,)}), "1" * 64)
        assert names_beside(store, "z") == ["a", "b", "c"]
        store.put(entry("z"), "1" * 64)
        assert names_beside(store, "z") == []


def test_what_dossiers_have_in_common_is_made_anew_where_it_is_not_what_was_written(
    tmp_path: Path, database: str | None
) -> None:
    where = database or tmp_path / DATABASE
    with open_store(tmp_path, database=database) as store:
        for each in HELD:
            store.put(each, "1" * 64)
    execute(where, "UPDATE held SET as_of = '2001-01-01' WHERE dossier_id = 'n'")
    with open_store(tmp_path, database=database) as store:
        assert names_beside(store, "b") == ["a", "n"]
        store.mend()
        assert names_beside(store, "b") == ["a"]


def test_what_another_version_made_is_made_anew(
    tmp_path: Path, database: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dossier that looks for others by one key, while they stand under another, would be approved beside nothing."""
    with monkeypatch.context() as before, open_store(tmp_path, database=database) as store:
        before.setattr(neighbours, "keys_of", lambda entry: {f"{key} of before": True for key in keys_of(entry)})
        before.setattr(neighbours, "making", lambda: "before")
        store.mend()
        for each in HELD:
            store.put(each, "1" * 64)
        assert store.with_neighbours()
    with open_store(tmp_path, database=database) as store:
        for each in HELD:
            store.put(each, "1" * 64)
        assert names_beside(store, "n") == []
        store.mend()
        assert names_beside(store, "n") == ["a"]
        assert store.is_made_as_now()


@pytest.mark.parametrize("module", neighbours.MAKERS, ids=lambda module: module.__name__)
def test_another_source_of_what_makes_keys_is_another_making(
    module: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Path(str(module.__file__))
    other = tmp_path / source.name
    other.write_bytes(source.read_bytes() + b"#")
    monkeypatch.setattr(module, "__file__", str(other))
    assert neighbours.making.__wrapped__() != neighbours.making()


def test_nothing_else_of_ours_has_a_part_in_keys() -> None:
    full = entry("a").model_copy(
        update={
            "company_code": "9144 0300",
            "company_name": "Zürich（深圳）Company Limited",
            "marks": (MarkOnRecord(text="開心®", number="12,345"),),
            "files": (FILE.model_copy(update={"pictures": (PICTURE,)}),),
            "numbers": (NUMBER,),
        }
    )
    ran: set[str] = set()
    sys.setprofile(lambda frame, event, _: ran.add(frame.f_code.co_filename) if event == "call" else None)
    try:
        keys_of(full)
    finally:
        sys.setprofile(None)
    root = Path(neighbours.__file__).parent.parent.parent
    ours = {name for name in ran if Path(name).is_relative_to(root / "pipeline")}
    assert ours == {str(module.__file__) for module in neighbours.MAKERS}


def test_entries_of_version_3_stay_and_find_each_other(tmp_path: Path, database: str | None) -> None:
    """They know nothing of pictures and numbers, and what they have in common is worked out by the rules of now."""
    where = database or tmp_path / DATABASE
    old = {"dossier_id": "m", "as_of": "2026-11-24", "decision": "rejected", "company_code": "C",
           "files": [{"sha256": "ab", "type": "other", "file": "x"}], "marks": [], "terms": None}  # fmt: skip
    written = json.dumps(old)
    with open_store(tmp_path, database=database) as store:
        for each in HELD:
            store.put(each, "1" * 64)
    sha256 = hashlib.sha256(written.encode()).hexdigest()
    version = "UPDATE meta SET value = '3' WHERE name = 'version'" if database else "PRAGMA user_version = 3"
    execute(
        where,
        f"UPDATE dossiers SET entry = '{written.replace(':', chr(92) + ':')}', entry_sha256 = '{sha256}' "
        "WHERE dossier_id = 'm'",
        "DELETE FROM held WHERE dossier_id <> 'n'",
        version,
    )
    with open_store(tmp_path, database=database) as store:
        found = store.get("m")
        assert found
        assert (found.files, found.numbers, found.stated_code) == ((FILE,), (), None)
        assert names_beside(store, "m") == ["a", "c"]
        assert store.with_neighbours() == {"b", "m", "n"}
        with store.connection.begin():
            assert version_of(store.connection) == VERSION
