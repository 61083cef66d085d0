"""What people see of a dry run."""

from io import StringIO
from typing import Any

from rich.console import Console

from validators.rulebook_tables import trial_table

FOUND: dict[str, Any] = {
    "reports": 3,
    "decisions_changed": 1,
    "changes": [
        {
            "dossier_id": "a",
            "before": "needs_review",
            "after": "approved",
            "rules": [{"rule": "APP006", "subject": "form", "before": "fail (major)", "after": "pass"}],
        }
    ],
    "rules": {"APP006": 2},
    "kept": {"IDN302": 3},
    "judged_by_unknown_rulebook": 0,
    "unreadable": [],
}


def shown(found: dict[str, Any]) -> str:
    console = Console(width=220, record=True, file=StringIO())
    console.print(trial_table(found))
    return console.export_text()


def test_a_change_is_told_in_words_with_what_the_rule_is_about() -> None:
    text = shown(FOUND)
    assert "needs review" in text
    assert "APP006 form: fail (major) → pass (The login account is well-formed for its kind" in text


def test_rules_are_told_that_change_no_decision() -> None:
    assert "with or without the decision: APP006 (2)" in shown(FOUND)
    assert "with or without" not in shown({**FOUND, "rules": {}})


def test_a_rule_of_another_version_is_no_defect() -> None:
    change = {**FOUND["changes"][0], "rules": [{"rule": "ZZZ999", "subject": "d1", "before": "pass", "after": "pass"}]}
    assert "no rule of this version" in shown({**FOUND, "changes": [change]})
