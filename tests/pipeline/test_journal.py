from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.journal import Done, Glance, Journal
from pipeline.report.row import Row
from pipeline.verdict import Decision

HASH = "0123456789abcdef" * 4
# What a company calls itself is not ours to choose.
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30),
    st.sampled_from(['"', "\\", '},"glance":{"judged":"', '\\"},"page":null', "深圳市", "}}", "\u2028", "\n"]),
)
ROWS = st.builds(
    Row,
    dossier_id=st.just("ash"),
    decision=st.sampled_from([*Decision, None]),
    company_name=TEXTS,
    category=TEXTS,
    failed_rules=st.lists(TEXTS, max_size=2).map(tuple),
)
GLANCES = st.builds(
    Glance, judged=st.just(HASH), dossier=st.just(HASH), beside=st.sampled_from(["", HASH]), kept=st.just(HASH)
)
DONES = st.builds(
    Done,
    id=st.just("ash"),
    fingerprint=st.just(HASH),
    files=st.dictionaries(st.sampled_from(["reports/ash.json", "reports/ash.html", "reports/贸.json"]), st.just(HASH)),
    page=st.sampled_from([None, "en", "zh"]),
    row=st.none() | ROWS,
    glance=st.none() | GLANCES,
)


@given(done=DONES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
def test_what_a_glance_sees_of_a_line_is_what_stands_there(done: Done, tmp_path: Path) -> None:
    (tmp_path / "state.jsonl").write_bytes(done.line())
    journal = Journal(tmp_path / "state.jsonl")
    journal.refresh()
    seen, whole = journal.seen("ash"), journal.get("ash")
    journal.close()
    assert whole == done
    if done.row is None or done.glance is None:
        assert seen is None
        return
    assert seen is not None
    assert (seen.id, seen.files, seen.page) == (done.id, tuple(done.files), done.page)
    assert seen.decision == done.row.decision
    assert (seen.judged, seen.dossier, seen.beside, seen.kept) == tuple(done.glance.model_dump().values())


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ('"decision":"approved"', '"decision":"perfect"'),
        ('"id":"ash"', '"id":"oak"'),
        ('"page":null', '"page":7'),
        ('"judged"', '"judge"'),
    ],
)
def test_a_line_that_says_something_else_says_nothing_at_a_glance(tmp_path: Path, good: str, bad: str) -> None:
    row = Row(dossier_id="ash", decision=Decision.APPROVED)
    glance = Glance(judged=HASH, dossier=HASH, beside="", kept=HASH)
    line = Done(id="ash", fingerprint=HASH, files={"reports/ash.json": HASH}, row=row, glance=glance).line().decode()
    assert good in line
    (tmp_path / "state.jsonl").write_text(line.replace(good, bad, 1), encoding="utf-8")
    journal = Journal(tmp_path / "state.jsonl")
    journal.refresh()
    assert journal.seen("ash") is None
    journal.close()
