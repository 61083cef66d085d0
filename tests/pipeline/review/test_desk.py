"""What a reviewer can do to a dossier, and what comes of it."""

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.model import EvidenceSource
from pipeline.report.json import load_report, to_json
from pipeline.review import leases
from pipeline.review.desk import Desk
from pipeline.review.events import Event, Outcome, Reason, Undone, Valued
from pipeline.review.journal import Overtaken
from pipeline.review.seen import Choice, Held, NoSuchDossier
from pipeline.review.shelf import gist_of
from pipeline.verdict import Decision
from tests.pipeline.review.conftest import Opener, put_reports

NAME = "legal-person-differs"
"""The form names another legal person than the licence."""
FORM_SAYS = "欧阳泽楷"


def decide(
    desk: Desk, by: str, outcome: Outcome, reason: Reason = Reason.AS_JUDGED, *, dossier_id: str = NAME
) -> Event:
    seen = desk.see(dossier_id)
    return desk.decide(dossier_id, seen.standing.version, by, Choice(outcome, reason), gist=gist_of(seen.recorded))


def put_right(desk: Desk, *, seen: int = 0, by: str = "li", typed: str | None = FORM_SAYS) -> Event:
    return desk.put_value(NAME, seen, by, document="d1", entity="legal_person", typed=typed)


def test_value_put_right_is_judged_at_once(desk: Desk) -> None:
    body = put_right(desk).body
    assert isinstance(body, Valued)
    assert (body.decision_before, body.decision_after) == (Decision.REJECTED, Decision.APPROVED)
    assert [(change.rule, change.before, change.after) for change in body.changed] == [
        ("XDC803", "fail blocker", "pass")
    ]
    seen = desk.see(NAME)
    assert seen.report.decision is Decision.APPROVED
    assert (seen.case.judged, seen.case.wrong) == ("approved", 0)


def test_value_put_right_is_evidence_of_a_reviewer_at_its_place(desk: Desk) -> None:
    put_right(desk)
    seen = desk.see(NAME)
    machine = seen.recorded.documents[0].entities["legal_person"].evidence[0]
    entity = seen.report.documents[0].entities["legal_person"]
    assert (entity.value, entity.confidence) == (FORM_SAYS, 1)
    assert [(each.source, each.box, each.page) for each in entity.evidence] == [
        (EvidenceSource.REVIEWER, machine.box, machine.page)
    ]


def test_machines_report_stays_and_the_new_version_lies_beside_it(desk: Desk) -> None:
    report = desk.out / "reports" / f"{NAME}.json"
    before = report.read_bytes()
    event = put_right(desk)
    version = desk.out / "reviewed" / NAME / f"v{event.version}.json"
    assert report.read_bytes() == before
    assert load_report(version.read_text(encoding="utf-8")) == desk.see(NAME).report
    assert version.stat().st_mode & 0o777 == 0o600
    desk.undo(NAME, 1, "li", number=event.number)
    assert (version.parent / "v2.json").read_bytes() == to_json(desk.see(NAME).recorded).encode()
    assert version.exists()


def test_value_confirmed_keeps_the_machines_proof(desk: Desk) -> None:
    body = put_right(desk, typed=None).body
    assert isinstance(body, Valued)
    assert body.was_right
    seen = desk.see(NAME)
    sources = [each.source for each in seen.report.documents[0].entities["legal_person"].evidence]
    assert sources[0] is EvidenceSource.REVIEWER
    assert len(sources) > 1
    assert seen.report.decision is Decision.REJECTED


def test_value_taken_back_leaves_the_machines(desk: Desk) -> None:
    event = put_right(desk)
    undone = desk.undo(NAME, 1, "wang", number=event.number).body
    assert isinstance(undone, Undone)
    assert (undone.decision_before, undone.decision_after) == (Decision.APPROVED, Decision.REJECTED)
    seen = desk.see(NAME)
    assert seen.report == seen.recorded
    assert (seen.case.judged, seen.case.wrong) == ("rejected", 1)
    assert [each.number for each in seen.events] == [1, 2]


def test_field_that_was_not_read_can_be_filled_in(desk: Desk) -> None:
    desk.put_value(NAME, 0, "li", document="d1", entity="composition", typed="个人经营")
    assert desk.see(NAME).report.documents[0].entities["composition"].value == "个人经营"


@pytest.mark.parametrize(
    ("document", "entity", "typed", "says"),
    [
        pytest.param("d1", "issue_date", "soon", "a date such as", id="no date"),
        pytest.param("d1", "issue_date", " ", "write what stands", id="nothing"),
        pytest.param("d1", "mark_text", "X", "no such field", id="field of another paper"),
        pytest.param("d99", "issue_date", "2026-01-01", "no such field", id="no such document"),
        pytest.param("d1", "composition", None, "nothing was read", id="nothing to confirm"),
    ],
)
def test_what_a_field_cannot_hold_is_refused(
    desk: Desk, document: str, entity: str, typed: str | None, says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        desk.put_value(NAME, 0, "li", document=document, entity=entity, typed=typed)
    assert not desk.see(NAME).events


def test_identity_number_is_not_written_anywhere_else(desk: Desk) -> None:
    put_reports(desk.out, "id-card-expired")
    desk.intake.refresh()
    papers = desk.see("id-card-expired").report.documents
    card = next(each for each in papers if "id_number" in each.entities)
    with pytest.raises(UsageError, match="masked"):
        desk.put_value("id-card-expired", 0, "li", document=card.id, entity="id_number", typed="11010519491231002X")


def test_approval_against_the_rules_needs_a_reason(desk: Desk) -> None:
    with pytest.raises(UsageError, match="choose why"):
        decide(desk, "li", Outcome.APPROVED)
    assert decide(desk, "li", Outcome.APPROVED, Reason.ORIGINAL_SEEN).number == 1


def test_other_reason_needs_a_note(desk: Desk) -> None:
    with pytest.raises(UsageError, match="note"):
        decide(desk, "li", Outcome.REJECTED, Reason.OTHER)


def test_decision_is_undone_and_made_anew(desk: Desk) -> None:
    event = decide(desk, "li", Outcome.REJECTED)
    assert desk.see(NAME).case.state == "decided"
    with pytest.raises(UsageError, match="undo that first"):
        decide(desk, "li", Outcome.DOCUMENTS)
    desk.undo(NAME, 1, "li", number=event.number)
    decide(desk, "li", Outcome.DOCUMENTS)
    seen = desk.see(NAME)
    assert (seen.case.state, seen.case.outcome) == ("decided", "documents")
    assert [each.body.kind for each in seen.events] == ["decided", "undone", "decided"]
    with pytest.raises(UsageError, match="nothing to take back"):
        desk.undo(NAME, 3, "li", number=event.number)


def test_second_reviewer_must_agree_to_an_approval_against_the_machine(open_desk: Opener) -> None:
    desk = open_desk(four_eyes=True)
    decide(desk, "li", Outcome.APPROVED, Reason.ORIGINAL_SEEN)
    assert desk.see(NAME).case.state == "second"
    with pytest.raises(UsageError, match="somebody else"):
        desk.second(NAME, 1, "li", agrees=True)
    desk.second(NAME, 1, "wang", agrees=True)
    assert desk.see(NAME).case.state == "decided"


def test_second_reviewer_who_does_not_agree_opens_it_again(open_desk: Opener) -> None:
    desk = open_desk(four_eyes=True)
    decide(desk, "li", Outcome.APPROVED, Reason.ORIGINAL_SEEN)
    desk.second(NAME, 1, "wang", agrees=False, note="the original says otherwise")
    seen = desk.see(NAME)
    assert (seen.case.state, seen.case.outcome) == ("open", None)


def test_putting_values_right_is_no_way_around_the_second_reviewer(open_desk: Opener) -> None:
    desk = open_desk(four_eyes=True)
    put_right(desk)
    decide(desk, "li", Outcome.APPROVED)
    assert desk.see(NAME).case.state == "second"


def test_what_the_machine_approved_needs_no_second_reviewer(open_desk: Opener) -> None:
    desk = open_desk(four_eyes=True)
    decide(desk, "li", Outcome.APPROVED, dossier_id="starriver")
    assert desk.see("starriver").case.state == "decided"


def test_dossier_that_somebody_works_on_is_theirs(open_desk: Opener) -> None:
    desk = open_desk()
    leases.take(desk.engine, NAME, "wang", now=desk.seconds())
    with pytest.raises(Held) as caught:
        decide(desk, "li", Outcome.REJECTED)
    assert caught.value.lease.holder == "wang"
    open_desk.clock.forward(minutes=11)
    assert decide(desk, "li", Outcome.REJECTED).by == "li"


def test_decision_gives_the_dossier_back(desk: Desk) -> None:
    leases.take(desk.engine, NAME, "li", now=desk.seconds())
    decide(desk, "li", Outcome.REJECTED)
    assert leases.lease_of(desk.engine, NAME, now=desk.seconds()) is None


def test_another_report_opens_what_was_decided(open_desk: Opener) -> None:
    desk = open_desk()
    decide(desk, "li", Outcome.REJECTED)
    put_changed(desk.out)
    desk.intake.refresh()
    while desk.intake.read_some():
        pass
    seen = desk.see(NAME)
    assert seen.case.state == "open"
    assert seen.standing.lapsed


def put_changed(out: Path) -> None:
    """Verify the dossier again: the licence is another file now."""
    path = out / "reports" / f"{NAME}.json"
    rewrite(path, path.read_text(encoding="utf-8").replace("程国春", "程国秋"))


def rewrite(path: Path, text: str) -> None:
    """Write a report as a batch does: whole, under its name at once."""
    unfinished = path.with_suffix(".new")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)


def test_decision_on_a_report_that_was_not_seen_is_refused(desk: Desk) -> None:
    gist = gist_of(desk.see(NAME).recorded)
    put_changed(desk.out)
    with pytest.raises(Overtaken):
        desk.decide(NAME, 0, "li", Choice(Outcome.REJECTED, Reason.AS_JUDGED), gist=gist)


def test_same_content_in_another_run_stays_decided(desk: Desk) -> None:
    decide(desk, "li", Outcome.REJECTED)
    path = desk.out / "reports" / f"{NAME}.json"
    report = load_report(path.read_text(encoding="utf-8"))
    slower = report.provenance.seconds.model_copy(update={"read": 99.0})
    provenance = report.provenance.model_copy(update={"seconds": slower})
    rewrite(path, to_json(report.model_copy(update={"provenance": provenance})))
    desk.intake.refresh()
    while desk.intake.read_some():
        pass
    assert desk.see(NAME).case.state == "decided"


def test_value_read_on_another_file_lapses(desk: Desk) -> None:
    put_right(desk)
    path = desk.out / "reports" / f"{NAME}.json"
    digest = desk.see(NAME).recorded.documents[0].sha256
    rewrite(path, path.read_text(encoding="utf-8").replace(digest, "0" * 64))
    seen = desk.see(NAME)
    assert seen.report.decision is Decision.REJECTED
    assert [event.number for event in seen.lapsed_values] == [1]


def test_queue_goes_by_the_machine_again_once_the_report_is_another(desk: Desk) -> None:
    put_right(desk)
    put_changed(desk.out)
    desk.intake.refresh()
    assert desk.see(NAME).case.judged in ("approved", "rejected")
    while desk.intake.read_some():
        pass
    assert (desk.see(NAME).case.judged, desk.see(NAME).case.wrong) == ("rejected", 1)


def test_no_such_dossier(desk: Desk) -> None:
    for name in ("nobody", "../../etc/passwd", ""):
        with pytest.raises(NoSuchDossier):
            desk.see(name)


def test_earlier_attempts_are_the_same_companys(desk: Desk) -> None:
    report = desk.see(NAME).recorded
    earlier = report.model_copy(update={"dossier_id": "first-attempt", "as_of": report.as_of.replace(day=1)})
    (desk.out / "reports" / "first-attempt.json").write_text(to_json(earlier), encoding="utf-8")
    put_reports(desk.out, "toys-ccc")
    desk.intake.refresh()
    assert [case.dossier_id for case in desk.earlier(desk.see(NAME).case)] == ["first-attempt"]
    assert desk.earlier(desk.see("first-attempt").case) == ()
