"""What a seller is told to send or do.

Nothing here helps a forger: no check digit, no detail of what gave a paper away.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model import Message
from pipeline.verdict import Action, Remedy
from validators.wording import DOCUMENT_NAMES


@dataclass(frozen=True)
class Advice:
    """A remedy before it is known whom it concerns; `{subject}` stands for the brand or file."""

    action: Action
    document: str | None
    """Document type to send; None for the form."""
    en: str
    zh: str

    def remedy(self, rule: str, subject: str) -> Remedy:
        """Return the remedy for one finding.

        Args:
            rule: Id of the rule.
            subject: What the seller calls the subject: a brand, a file; empty where nothing needs naming.
        """
        message = Message(en=self.en.replace("{subject}", subject), zh=self.zh.replace("{subject}", subject))
        return Remedy(rule=rule, action=self.action, document=self.document, message=message)


def correct_form(en: str, zh: str) -> Advice:
    """Return the advice to correct the application form."""
    return Advice(Action.CORRECT_FORM, None, en, zh)


def supplement(document: str, en: str, zh: str) -> Advice:
    """Return the advice to add a document of this type."""
    return Advice(Action.SUPPLEMENT, document, en, zh)


def resubmit(document: str, en: str, zh: str) -> Advice:
    """Return the advice to send a document of this type anew."""
    return Advice(Action.RESUBMIT, document, en, zh)


def contact(en: str, zh: str) -> Advice:
    """Return the advice to talk to the marketplace."""
    return Advice(Action.CONTACT, None, en, zh)


def clear_scan(document: str) -> Advice:
    """Return the advice to send a clear colour scan of a document of this type."""
    name = DOCUMENT_NAMES[document]
    return resubmit(
        document,
        f"Send a clear colour scan of your original {name.en}, all four corners visible.",
        f"请重新提交{name.zh}原件的清晰彩色扫描件，四角完整可见。",
    )


def without_doubles(remedies: Iterable[Remedy]) -> tuple[Remedy, ...]:
    """Return the remedies in order, each thing to do once, under the first rule that asks for it."""
    once: dict[tuple[Action, str | None, str], Remedy] = {}
    for remedy in remedies:
        once.setdefault((remedy.action, remedy.document, remedy.message.en), remedy)
    return tuple(once.values())
