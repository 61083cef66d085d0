"""What the journal tells of the desk's work, and the labelled set that comes of it."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.evaluate.truth import load_truth, place_of
from pipeline.review.desk import Desk
from pipeline.review.events import Outcome, Reason
from pipeline.review.expiries import endings
from pipeline.review.labelled import labels_of, write_labelled
from pipeline.review.seen import Choice
from pipeline.review.shelf import gist_of
from pipeline.review.statistics import FieldCount, statistics

NAME = "legal-person-differs"
SAMPLES = Path(__file__).parents[3] / "samples" / "dossiers"


def decide(desk: Desk, name: str, outcome: Outcome, reason: Reason = Reason.AS_JUDGED) -> int:
    seen = desk.see(name)
    return desk.decide(name, seen.standing.version, "li", Choice(outcome, reason), gist=gist_of(seen.recorded)).number


def put(desk: Desk, entity: str, typed: str | None) -> int:
    version = desk.see(NAME).standing.version
    return desk.put_value(NAME, version, "li", document="d1", entity=entity, typed=typed).number


def test_decisions_that_stand_are_counted(desk: Desk) -> None:
    decide(desk, "starriver", Outcome.APPROVED)
    decide(desk, NAME, Outcome.APPROVED, Reason.HARMLESS)
    number = decide(desk, "licence-expired", Outcome.REJECTED)
    desk.undo("licence-expired", 1, "wang", number=number)
    found = statistics(desk.engine, desk.journal)
    assert found.outcomes == {("approved", "approved"): 1, ("rejected", "approved"): 1}
    assert (found.decided, found.agreeing, found.undone) == (2, 1, 1)
    assert found.reviewers == {"li": 2}
    assert found.waiting == {"open": 2, "decided": 2}


def test_field_that_is_put_right_most_comes_first(desk: Desk) -> None:
    put(desk, "company_name", None)
    put(desk, "legal_person", "欧阳泽楷")
    put(desk, "address", "别处")
    put(desk, "address", "他处")
    fields = statistics(desk.engine, desk.journal).fields
    assert fields == (
        FieldCount("business_licence", "address", 0, 1),
        FieldCount("business_licence", "legal_person", 0, 1),
        FieldCount("business_licence", "company_name", 1, 0),
    )
    assert [each.wrong for each in fields] == [1, 1, 0]


def test_labels_are_what_reviewers_read_and_nobody_took_back(desk: Desk) -> None:
    put(desk, "company_name", None)
    put(desk, "legal_person", "欧阳泽楷")
    number = put(desk, "address", "别处")
    desk.undo(NAME, desk.see(NAME).standing.version, "li", number=number)
    (label,) = labels_of(desk)
    assert label.entities == {"company_name": "苏州市浅溪服饰有限公司", "legal_person": "欧阳泽楷"}
    assert (label.dossier, label.type, label.file) == (NAME, "business_licence", "licence.jpg")


def test_labelled_set_is_one_that_evaluate_reads(desk: Desk, tmp_path: Path) -> None:
    put(desk, "legal_person", "欧阳泽楷")
    counts = write_labelled(desk, tmp_path / "labelled", SAMPLES)
    assert counts == {"labels": 1, "values": 1, "dossiers": 1}
    (label,) = load_truth(tmp_path / "labelled")
    assert place_of(label, tmp_path / "labelled").path.read_bytes() == (SAMPLES / NAME / label.file).read_bytes()
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "labelled").rglob("*"))


def test_labelled_set_goes_into_a_new_folder(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no reviewer"):
        write_labelled(desk, tmp_path / "labelled")
    put(desk, "legal_person", "欧阳泽楷")
    write_labelled(desk, tmp_path / "labelled")
    with pytest.raises(UsageError, match="not empty"):
        write_labelled(desk, tmp_path / "labelled")


def test_links_in_a_dossier_are_not_followed(desk: Desk, tmp_path: Path) -> None:
    put(desk, "legal_person", "欧阳泽楷")
    dossier = tmp_path / "in" / NAME
    dossier.mkdir(parents=True)
    (tmp_path / "secret").write_text("secret")
    (dossier / "application.yaml").write_text("store: {category: apparel, type: other}")
    (dossier / "licence.jpg").symlink_to(tmp_path / "secret")
    write_labelled(desk, tmp_path / "labelled", tmp_path / "in")
    names = {path.name for path in (tmp_path / "labelled").rglob("*")}
    assert "application.yaml" in names
    assert "licence.jpg" not in names


def test_papers_run_out_soonest_first(desk: Desk) -> None:
    found, total = endings(desk.engine, as_of=date(2026, 11, 24), within=3650)
    assert total == len(found) > 0
    assert [each.ends for each in found] == sorted(each.ends for each in found)
    assert "licence-expired" not in {each.dossier_id for each in found if each.type == "business_licence"}
    assert endings(desk.engine, as_of=date(2026, 11, 24), within=0) == ((), 0)
