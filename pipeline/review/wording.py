"""What the desk calls things, for the catalogues: what is translated where it is shown is named here."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path
from urllib.parse import quote

from babel.dates import format_date, format_datetime
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup
from pydantic import JsonValue

from pipeline.catalogues import translations
from pipeline.model import Message
from pipeline.report.html import coded
from pipeline.report.titles import ENTITIES, STORE_TYPES, TYPES, rule_titles, spoken, title
from pipeline.report.values import in_words, percent
from pipeline.review.events import Outcome, Reason

CATALOGUES = Path(__file__).parent / "locale"
LOCALES = {"en": "en_GB", "zh": "zh_Hans_CN"}
"""Language of the desk → how dates are written there."""


def texts(lang: str) -> NullTranslations:
    """Return what the desk says in a language: English stands in the program, Chinese in the catalogue."""
    return translations("review", lang, CATALOGUES)


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
PROGRESS: Mapping[str, str] = {
    "waiting": _("Waits"),
    "reading": _("Is read"),
    "done": _("Done"),
    "failed": _("Could not be read"),
}
ROLES: Mapping[str, str] = {
    "reviewer": _("Reviewer"),
    "supervisor": _("Supervisor"),
    "read-only": _("Reads only"),
}
TOLD: Mapping[str, str] = {
    "dossier.decided": _("decided"),
    "dossier.reopened": _("opened again"),
    "upload.finished": _("upload read"),
}
"""Of what a webhook tells."""
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
    _("the batch was run without --reveal: no file of it holds these numbers whole"),
    _("the report is no longer among the batch's results"),
    _("there is no such dossier on the desk"),
    _("it is no earlier attempt of the same company"),
    _("name and password do not belong together"),
    _("too many failed attempts; wait a quarter of an hour"),
    _("sign in first"),
    _("too many uploads wait already; try again in some minutes"),
    _("choose a zip, or the files of one dossier"),
    _("the form is not from this page; load it again"),
    _("this account may only read"),
    _("this is for supervisors"),
    _("the second reviewer must be a supervisor"),
    _("another supervisor has to do this to you"),
    _("the two new passwords differ"),
    _("a password has at least 10 characters"),
    _("a name has up to 64 letters, digits, and . _ @ -"),
    _("there are too many webhooks; remove one first"),
    _("a webhook is an address such as https://example.com/dossier, without a user in it"),
)
"""What the desk answers to what it cannot do."""


def parts_of(outcome: str) -> tuple[str, str]:
    """Return how a rule came out, such as `fail blocker`, as texts to translate: status, and severity if any."""
    status, _, severity = outcome.partition(" ")
    return STATUSES.get(status, status), SEVERITIES.get(severity, severity)


def moment(at: datetime, lang: str) -> str:
    """Return a time as usual there, to the minute, in the machine's time zone."""
    return _minute(int(at.timestamp() // 60), lang)


def since(seconds: float, lang: str) -> str:
    """Return a time that is given in seconds since 1970."""
    return _minute(int(seconds // 60), lang)


@lru_cache(maxsize=20_000)
def _minute(minutes: int, lang: str) -> str:
    """Return a minute since 1970; a page of the queue holds fifty, and writing them out took a seventh of its time."""
    at = datetime.fromtimestamp(minutes * 60, UTC).astimezone()
    return str(format_datetime(at, "short", locale=LOCALES[lang]))


def day(value: date | str, lang: str) -> str:
    """Return a day as usual there; a text is the day as `2026-11-24`."""
    at = date.fromisoformat(value) if isinstance(value, str) else value
    return str(format_date(at, "medium", locale=LOCALES[lang]))


def number(count: int) -> str:
    """Return a count with its thousands parted, which both languages do by a comma."""
    return f"{count:,}"


def rule(name: str, lang: str) -> str:
    """Return what holds when a rule passes; nothing for a rule that is not known here."""
    return spoken(rule_titles()[name], lang) if name in rule_titles() else ""


class Settled(Extension):
    """Translates `_("…")` while a template is compiled, since each language has templates of its own."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the template's tokens, with texts in place of what asks for them."""
        waiting: list[Token] = []
        for token in stream:
            waiting.append(token)
            if [each.type for each in waiting] != _ASKS[: len(waiting)] or waiting[0].value != "_":
                yield from waiting
                waiting = []
            elif len(waiting) == len(_ASKS):
                text: str = self.environment.globals["gettext"](waiting[2].value)  # type: ignore[operator]
                yield Token(token.lineno, "string", text)
                waiting = []
        yield from waiting


_ASKS = ["name", "lparen", "string", "rparen"]


@dataclass(frozen=True)
class Words:
    """What templates say, under one name."""

    judged: Mapping[str, str] = field(default_factory=lambda: JUDGED)
    outcomes: Mapping[str, str] = field(default_factory=lambda: OUTCOMES)
    reasons: Mapping[str, str] = field(default_factory=lambda: REASONS)
    states: Mapping[str, str] = field(default_factory=lambda: STATES)
    progress: Mapping[str, str] = field(default_factory=lambda: PROGRESS)
    roles: Mapping[str, str] = field(default_factory=lambda: ROLES)
    told: Mapping[str, str] = field(default_factory=lambda: TOLD)
    refusals: tuple[str, ...] = REFUSALS
    parts: Callable[[str], tuple[str, str]] = parts_of
    spoken: Callable[[Message, str], str] = spoken
    coded: Callable[[str], Markup] = coded
    percent: Callable[[float], str] = percent
    value: Callable[[JsonValue, str], str] = in_words
    moment: Callable[[datetime, str], str] = moment
    since: Callable[[float, str], str] = since
    day: Callable[[date | str, str], str] = day
    number: Callable[[int], str] = number
    rule: Callable[[str, str], str] = rule

    def entity(self, name: str, lang: str) -> str:
        """Return what people call a field."""
        return title(ENTITIES, name, lang)

    def kind(self, name: str, lang: str) -> str:
        """Return what people call a document type."""
        return title(TYPES, name, lang)

    def store_type(self, name: str, lang: str) -> str:
        """Return what people call a store type."""
        return title(STORE_TYPES, name, lang)

    def quoted(self, name: str) -> str:
        """Return a name as a part of an address."""
        return quote(name, safe="")
