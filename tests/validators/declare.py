"""Declares rules for tests and runs them on hand-built dossiers."""

from collections.abc import Callable, Iterator
from typing import Any

from extractors.paper_fields import BusinessLicence
from pipeline.model import Message
from pipeline.verdict import Dossier, Severity
from tests.validators import build
from validators.case import Case
from validators.engine import Answer, Rule, rule, rules_of
from validators.remedies import correct_form
from validators.runner import Ruling, run

ADVICE = correct_form("Mend {subject}.", "请更正{subject}。")


def said(text: str) -> Message:
    """Return a message."""
    return Message(en=text, zh=f"中：{text}")


def make(check: Callable[[Any, Case], Iterator[Answer]], on: Any = BusinessLicence, **options: Any) -> Rule[Any]:
    """Declare a rule and return it."""
    check.__doc__ = check.__doc__ or "It holds."
    options = {"severity": Severity.BLOCKER, "cites": "a test", "zh": "成立", "remedy": ADVICE, **options}
    rule("TST001", on=on, **options)(check)
    return rules_of(check.__module__)[-1]


def ruling(check: Callable[[Any, Case], Iterator[Answer]], dossier: Dossier | None = None, **options: Any) -> Ruling:
    """Declare a rule, run it on its one subject and return what came out."""
    (only,) = run(make(check, **options), build.case(dossier or build.dossier()))
    return only
