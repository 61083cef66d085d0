"""What the desk calls things, for the catalogues: what is translated where it is shown is named here."""

from collections.abc import Callable, Mapping

from pipeline.review.events import Outcome, Reason

Translate = Callable[[str], str]


def _(message: str) -> str:
    """Mark a text for the catalogues."""
    return message


OUTCOMES: Mapping[str, str] = {
    Outcome.APPROVED: _("Approved"),
    Outcome.REJECTED: _("Rejected"),
    Outcome.DOCUMENTS: _("Documents asked for"),
}
JUDGED: Mapping[str, str] = {
    "approved": _("Approved"),
    "needs_review": _("Needs review"),
    "rejected": _("Rejected"),
}
REASONS: Mapping[str, str] = {
    Reason.AS_JUDGED: _("As the rules found"),
    Reason.ORIGINAL_SEEN: _("The original or the register says so"),
    Reason.HARMLESS: _("What was found does not matter here"),
    Reason.INCOMPLETE: _("Something is missing or cannot be read"),
    Reason.DOUBTFUL: _("A paper is not to be trusted"),
    Reason.OTHER: _("Another reason, see the note"),
}
STATES: Mapping[str, str] = {
    "open": _("Open"),
    "second": _("Waits for a second reviewer"),
    "decided": _("Decided"),
}
STATUSES: Mapping[str, str] = {
    "": _("not checked"),
    "pass": _("passed"),
    "fail": _("failed"),
    "undetermined": _("undetermined"),
    "not_applicable": _("not applicable"),
}
SEVERITIES: Mapping[str, str] = {
    "blocker": _("blocker"),
    "major": _("major"),
    "minor": _("minor"),
    "info": _("info"),
}
REFUSALS = (
    _("it is decided already; undo that first"),
    _("the rules do not approve it: choose why you do"),
    _("say the reason in the note"),
    _("there is no decision that waits for a second reviewer"),
    _("the second reviewer must be somebody else"),
    _("there is nothing to take back"),
    _("the note is empty"),
    _("there is no such field in this dossier"),
    _("nothing was read there that could be confirmed; write what stands on the page"),
    _("identity numbers are masked in every report, and so cannot be put right here"),
    _("write what stands on the page"),
    _("the report is no longer among the batch's results"),
)
"""What the desk answers to what it cannot do."""


def told(outcome: str, translate: Translate) -> str:
    """Return how a rule came out, such as `fail blocker`, in words."""
    status, _, severity = outcome.partition(" ")
    words = translate(STATUSES.get(status, status))
    return f"{words} ({translate(SEVERITIES.get(severity, severity))})" if severity else words
