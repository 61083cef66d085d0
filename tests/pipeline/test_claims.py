"""Types with several forms: what each form needs, and which one counts."""

import re
from collections.abc import Sequence

import pytest

from pipeline.claims import CLAIM, DocumentType, Heading, Variant, claims
from pipeline.model import Fields
from tests.pipeline.sheets import page


class Nothing(Fields):
    """Reads nothing."""


KIND = DocumentType(
    "pass",
    titles=("出入证",),
    read=lambda document: Nothing(),
    variants=(
        Variant(titles=("Certificate",), needs=(("Harbour Office", "Port Office"),), against=("~revoked",)),
        Variant(needs=(("ferry ticket",), ("valid until",)), suffices=True, against=("~withdrawn",)),
        Variant(headings=(Heading(re.compile("(DAY|NIGHT)PASS"), re.compile("HARBOUR")),)),
        Variant(titles=("Pilot Pass",), against=("~sample only",)),
        Variant(cues=("gate",), signs=(re.compile(r"GP\d{4}"),)),
    ),
)

PAGES = {
    "usual form": ("出入证", (), True),
    "another form": ("Certificate", ["issued by the Port Office"], True),
    "its title alone": ("Certificate", ["issued by the Tax Office"], False),
    "what speaks against one form": ("", ["Ferry Ticket", "Valid until May", "Withdrawn", "in May"], False),
    "what speaks against one form does not touch another": ("出入证", ["Withdrawn in May"], True),
    "what counts wherever it stands outweighs a title": ("Pilot Pass", ["This pass is a sample only."], False),
    "what ends the claim of a title that needs other words": ("Certificate", ["Harbour Office", "Revoked"], False),
    "words that suffice": ("", ["Ferry Ticket", "Valid until May", "some", "more lines"], True),
    "half of them": ("", ["Ferry Ticket", "some", "more lines"], False),
    "title by its form": ("NIGHT PASS", ["Harbour"], True),
    "title by its form, other page": ("NIGHT PASS", ["Station"], False),
    "a sign and a label": ("", ["GP 1234", "Gate", "some", "more lines"], False),
}


@pytest.mark.parametrize(("title", "labels", "claimed"), PAGES.values(), ids=PAGES)
def test_form(title: str, labels: Sequence[str], claimed: bool) -> None:
    (claim,) = claims(page(title, labels), [KIND])
    assert (claim.score >= CLAIM) is claimed, claim.reason


def test_a_sign_counts_twice_and_is_not_quoted() -> None:
    label, sign = (claims(page("", [text, "a", "b", "c"]), [KIND])[0] for text in ("Gate", "GP 1234"))
    assert sign.score == pytest.approx(2 * label.score, abs=0.02)
    assert "1234" not in sign.reason
