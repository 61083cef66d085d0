"""The phrases of reports for people; `{…}` is filled in by whoever says it.

They stand by name in the catalogues, `pipeline/locale/*/LC_MESSAGES/report.po`.
"""

from collections.abc import Mapping

from pipeline.catalogues import messages
from pipeline.model import Message

_DOMAIN = "report"


def _both() -> Mapping[str, Message]:
    english, chinese = messages(_DOMAIN, "en"), messages(_DOMAIN, "zh")
    return {name: Message(en=text, zh=chinese[name]) for name, text in english.items()}


PHRASES = _both()
"""Name → what it says in both languages."""


def phrase(name: str, lang: str) -> str:
    """Return a phrase by its name; an unknown name is a defect and raises KeyError."""
    return spoken(PHRASES[name], lang)


def phrases_below(prefix: str) -> Mapping[str, Message]:
    """Return the phrases whose names begin with a prefix and a dot, without these."""
    return {name.removeprefix(f"{prefix}."): said for name, said in PHRASES.items() if name.startswith(f"{prefix}.")}


def spoken(message: Message, lang: str) -> str:
    """Return `message` in one language, `en` or `zh`."""
    return message.zh if lang == "zh" else message.en
