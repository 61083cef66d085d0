"""Letters of authorization (授权书), Chinese and English, as prose, form or table: one link of a chain each.

What such letters must say: docs/sources.md#authorization-letters. Turkish ones are read as far as their parties go.
"""

from collections.abc import Sequence
from dataclasses import replace

from extractors.letters import companies, turkish, values
from extractors.letters.exceptions import is_withdrawn
from extractors.letters.fields import AuthorizationLetter as AuthorizationLetter
from extractors.letters.fields import Exclusivity as Exclusivity
from extractors.letters.letter import Letter
from extractors.letters.seals import seal_near
from extractors.letters.spans import LetterSpan, find_spans
from extractors.letters.terms import read_term
from extractors.letters.text import LetterText, compose
from extractors.letters.words import AGAINST, CUES, TITLES, Part
from extractors.overprints import lay_out_print
from pipeline.classify import DocumentType
from pipeline.model import Document, Seal

_MOST = 30
"""Spans of one part that are looked at from either end of a letter."""
_WITHDRAWN = 0.5
"""Trust in what stands on a paper that takes an authorization back."""


def read(document: Document) -> AuthorizationLetter:
    """Read what a letter grants; of a page that tells of several links, the first one, and that in doubt."""
    text = compose(lay_out_print(document))
    if not text.text:
        return AuthorizationLetter()
    if turkish.is_turkish(text.text):
        return turkish.read(text)
    return read_text(text, find_spans(text.text), seals=document.seals)


def read_text(
    text: LetterText, spans: Sequence[LetterSpan], *, seals: Sequence[Seal] | None = None
) -> AuthorizationLetter:
    """Return what a letter grants, given where its text says what; any way of finding that may be tried.

    Args:
        text: The letter's text.
        spans: Where it says what.
        seals: Those seen on its pages; None where nobody looked for any.
    """
    letter = companies.one_link(Letter(text, _few(spans)))
    if is_withdrawn(text.text):
        letter = replace(letter, trust=_WITHDRAWN * letter.trust)
    licensor = companies.read_party(letter, Part.LICENSOR)
    licensee = companies.read_party(letter, Part.LICENSEE, other=licensor)
    term = read_term(letter)
    return AuthorizationLetter(
        licensor=licensor,
        licensee=licensee,
        licensees=companies.read_licensees(letter, licensor),
        marks=values.read_marks(letter),
        trademark_numbers=values.read_numbers(letter),
        nice_classes=values.read_classes(letter),
        exclusivity=values.read_exclusivity(letter),
        platforms=values.read_platforms(letter),
        territory=values.read_territory(letter),
        sublicensing=values.read_sublicensing(letter),
        valid_from=term.valid_from,
        valid_to=term.valid_to,
        signed_date=term.signed_date,
        sealed=seal_near(letter, seals),
    )


def _few(spans: Sequence[LetterSpan]) -> tuple[LetterSpan, ...]:
    """Return the first and last spans of each part: no letter says one thing a hundred times, only a hostile page."""
    kept: list[LetterSpan] = []
    for part in Part:
        own = [span for span in spans if span.part is part]
        kept += own if len(own) <= 2 * _MOST else own[:_MOST] + own[-_MOST:]
    return tuple(sorted(kept, key=lambda span: (span.start, span.stop)))


TYPE = DocumentType(
    "authorization_letter",
    titles=TITLES,
    read=read,
    essential=(("licensor",), ("licensee",), ("marks", "trademark_numbers")),
    cues=CUES,
    against=AGAINST,
)
