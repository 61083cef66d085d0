"""What reviewers do is never lost: not with the database, not with the file, not by a full disk."""

import json
import multiprocessing
import os
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.review.database import DATABASE
from pipeline.review.desk import Desk
from pipeline.review.events import Event, Outcome, Reason
from pipeline.review.journal import JOURNAL, Overtaken
from pipeline.review.seen import Choice
from pipeline.review.shelf import gist_of
from tests.pipeline.review.conftest import Opener

REJECT = Choice(Outcome.REJECTED, Reason.AS_JUDGED)


def reject(desk: Desk, dossier_id: str = "credit-code-wrong") -> Event:
    seen = desk.see(dossier_id)
    return desk.decide(dossier_id, seen.standing.version, "li", REJECT, gist=gist_of(seen.recorded))


def close(desk: Desk) -> Path:
    desk.engine.dispose()
    return desk.out


def lines(out: Path) -> list[str]:
    return (out / JOURNAL).read_text(encoding="utf-8").split("\n")[:-1]


def test_every_event_is_sealed_to_the_one_before(desk: Desk) -> None:
    first = reject(desk)
    second = desk.note("starriver", 0, "wang", "looks well")
    assert second.previous == first.seal
    assert [Event.model_validate_json(line) for line in lines(desk.out)] == [first, second]
    assert first.is_whole
    assert not first.model_copy(update={"by": "wang"}).is_whole


def test_journal_is_for_its_owner_alone(desk: Desk) -> None:
    reject(desk)
    modes = {path.name: path.stat().st_mode & 0o777 for path in desk.out.glob("desk.*")}
    assert {JOURNAL, DATABASE} <= modes.keys()
    assert set(modes.values()) == {0o600}


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda path: path.unlink(), id="deleted"),
        pytest.param(lambda path: path.write_bytes(b"garbage" * 1000), id="garbled"),
        pytest.param(lambda path: os.truncate(path, path.stat().st_size // 2), id="truncated"),
        pytest.param(lambda path: path.write_bytes(b""), id="emptied"),
    ],
)
def test_decisions_outlive_the_database(open_desk: Opener, damage: object) -> None:
    out = close_after_rejecting(open_desk)
    for side in ("-wal", "-shm"):
        (out / f"{DATABASE}{side}").unlink(missing_ok=True)
    damage(out / DATABASE)  # type: ignore[operator]
    again = open_desk().see("credit-code-wrong")
    assert again.case.state == "decided"
    assert again.case.decided_by == "li"


def close_after_rejecting(open_desk: Opener) -> Path:
    desk = open_desk()
    reject(desk)
    return close(desk)


def test_database_of_a_newer_version_is_set_aside_and_filled_again(open_desk: Opener) -> None:
    desk = open_desk()
    reject(desk)
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 99")
    out = close(desk)
    assert open_desk().see("credit-code-wrong").case.state == "decided"
    assert (out / f"{DATABASE}.set-aside-1").exists()


def test_decisions_outlive_the_file(open_desk: Opener) -> None:
    out = close_after_rejecting(open_desk)
    written = lines(out)
    (out / JOURNAL).unlink()
    open_desk()
    assert lines(out) == written


def test_half_line_of_a_crash_goes(open_desk: Opener) -> None:
    out = close_after_rejecting(open_desk)
    with (out / JOURNAL).open("a") as file:
        file.write('{"number": 2, "dossier_id": "starr')
    desk = open_desk()
    assert len(lines(out)) == 1
    desk.note("starriver", 0, "li", "goes on")
    assert len(lines(out)) == 2


def test_line_that_was_changed_is_put_right_and_the_damaged_file_kept(open_desk: Opener) -> None:
    out = close_after_rejecting(open_desk)
    (line,) = lines(out)
    (out / JOURNAL).write_text(line.replace('"rejected"', '"approved"') + "\n", encoding="utf-8")
    assert open_desk().see("credit-code-wrong").case.outcome == "rejected"
    assert lines(out) == [line]
    assert '"approved"' in (out / f"{JOURNAL}.set-aside-1").read_text(encoding="utf-8")


def test_event_that_only_the_file_holds_is_taken_up(open_desk: Opener) -> None:
    """As when the disk gets full between the file and the database, or another process has written it."""
    desk, other = open_desk(), open_desk()
    reject(other)
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM desk_events")
    desk.note("starriver", 0, "wang", "second")
    assert [event.number for event in desk.journal.all()] == [1, 2]
    assert desk.see("credit-code-wrong").case.state == "decided"


def test_lost_event_is_told_and_the_rest_stays(open_desk: Opener, caplog: pytest.LogCaptureFixture) -> None:
    desk = open_desk()
    reject(desk)
    desk.note("starriver", 0, "li", "one")
    desk.note("starriver", 1, "li", "two")
    out = close(desk)
    (out / DATABASE).unlink()
    one, _, three = lines(out)
    (out / JOURNAL).write_text(f"{one}\n{three}\n", encoding="utf-8")
    seen = open_desk().see("starriver")
    assert [event.version for event in seen.events] == [2]
    assert seen.standing.version == 2
    assert "1 events are missing" in caplog.text


def test_disk_that_is_full_changes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(UsageError, match="nothing was changed"):
            reject(desk)
    assert desk.see("credit-code-wrong").case.state == "open"
    assert lines(desk.out) == []
    assert reject(desk).number == 1


def test_of_two_who_saw_the_same_one_wins(desk: Desk) -> None:
    seen = desk.see("credit-code-wrong")
    gist = gist_of(seen.recorded)
    desk.decide("credit-code-wrong", 0, "li", REJECT, gist=gist)
    with pytest.raises(Overtaken) as caught:
        desk.decide("credit-code-wrong", 0, "wang", REJECT, gist=gist)
    assert [event.by for event in caught.value.since] == ["li"]


def test_processes_that_write_at_once_lose_nothing(open_desk: Opener) -> None:
    desk = open_desk()
    context = multiprocessing.get_context("spawn")
    others = [context.Process(target=leave_notes, args=(desk.out, name)) for name in ("starriver", "licence-expired")]
    for process in others:
        process.start()
    for process in others:
        process.join(60)
    assert [process.exitcode for process in others] == [0, 0]
    desk.note("credit-code-wrong", 0, "li", "after them")
    events = list(desk.journal.all())
    assert [event.number for event in events] == list(range(1, 42))
    assert [event.line() for event in events] == lines(desk.out)
    assert open_desk().journal.restore() == 0
    assert desk.see("starriver").case.version == 20


def leave_notes(out: Path, name: str) -> None:
    desk = Opener(out)()
    for number in range(20):
        desk.note(name, number, "wang", f"note {number}")


def test_log_names_nobody(open_desk: Opener, caplog: pytest.LogCaptureFixture) -> None:
    out = close_after_rejecting(open_desk)
    (out / DATABASE).write_bytes(b"garbage" * 1000)
    (out / JOURNAL).write_text(json.dumps({"by": "canary-name"}) + "\n" + lines(out)[0] + "\n", encoding="utf-8")
    open_desk()
    assert "set aside" in caplog.text
    assert "canary" not in caplog.text
    assert "credit-code-wrong" not in caplog.text
