"""Whose a paper is: whether it names the company that applies, and which number of it was given out only once.

The same for facts as they were read and for those that a report tells, so that what goes on record is what a later
dossier is compared with (docs/adr/0020-same-picture-same-number.md).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.report.values import bare
from pipeline.sameness import canonical_company

Read = Callable[[str], Any]
"""Gives a field of a document by its name; None where it was not read."""

_SHARED = ("qualification", "identity_card")
_WORDED_BY_MAKERS = frozenset({"ce", "rohs", "ukca", "fcc", "fda"})
"""Kinds of qualification that a maker words itself: what stands there as a number may be a product's or a law's."""
_FEWEST_FIGURES = 6
"""Of a number that two papers do not share by chance."""
_COUNTED_BY_THE_STATE = 20
"""Figures of an electronic invoice's number, which no two sellers share."""


def is_shared(kind: str) -> bool:
    """Whether papers of a type are rightly handed in by several companies as they are.

    Those of a mark and of goods by all who sell them, an identity card by the companies of one person.
    """
    return kind.startswith("trademark_") or kind in _SHARED


def names_company(kind: str, read: Read, *, code: str | None, name: str | None) -> bool | None:
    """Whether a paper names a company as the one that it is for; None where that is not told.

    A business licence names its own, a letter whoever it authorizes, an invoice its buyer.

    Args:
        kind: The paper's type.
        read: Gives what it says.
        code: The company's credit code, if it is known.
        name: The company's name, if it is known.
    """
    if kind == "business_licence" and code and (read_code := read("unified_social_credit_code")):
        return bare(str(read_code)) == bare(code)
    if kind == "business_licence":
        parties = [read("company_name")]
    elif kind == "authorization_letter":
        parties = [read("licensee"), *(read("licensees") or ())]
    elif kind == "purchase_invoice":
        parties = [read("buyer")]
    else:
        return None
    named = {canonical_company(str(party)) for party in parties if party}
    return canonical_company(name) in named if name and named else None


@dataclass(frozen=True)
class Numbered:
    """A number that is given out once."""

    series: str
    """In which no other paper of another holder has it."""
    number: str
    by: str
    """Field that holds it."""
    holder: str
    """Field that names who it was given to."""


_FIELDS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "business_licence": (("unified_social_credit_code", "registration_number"), "company_name"),
    "trademark_certificate": (("registration_number",), "owner"),
    "trademark_acceptance_notice": (("application_number",), "applicant"),
    "qualification": (("certificate_number",), "holder"),
    "purchase_invoice": (("number",), "buyer"),
    "identity_card": (("id_number",), "name"),
}


def number_of(kind: str, read: Read) -> Numbered | None:
    """Return the number that tells a paper from all others of its type; None where it has none, or none was read."""
    fields, holder = _FIELDS.get(kind, ((), ""))
    by = next((field for field in fields if read(field)), None)
    number = bare(str(read(by))) if by else ""
    if by is None or sum(sign.isdigit() for sign in number) < _FEWEST_FIGURES:
        return None
    series = _series(kind, by, number, read)
    return Numbered(series, number, by, holder) if series else None


def _series(kind: str, by: str, number: str, read: Read) -> str | None:
    if kind.startswith("trademark_"):
        office = str(read("office") or "other")
        return None if office == "other" else f"trademark/{office}/{by}"
    if kind == "qualification":
        named = str(read("kind") or "")
        return f"{kind}/{named}" if named and named not in _WORDED_BY_MAKERS else None
    if kind == "purchase_invoice" and len(number) != _COUNTED_BY_THE_STATE:
        # Each seller counts for itself.
        seller = read("seller")
        return f"{kind}/{canonical_company(str(seller))}" if seller else None
    return f"{kind}/{by}" if kind == "business_licence" else kind
