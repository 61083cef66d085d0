"""AUT: by whose hand a letter is (docs/sources.md#authorization)."""

from collections.abc import Iterator

from extractors.paper_fields import IdentityCard
from pipeline.model import Entity, Message
from pipeline.verdict import Severity
from validators.case import Case
from validators.chain.letters import LETTER
from validators.chain.subjects import LETTERS, UsedLetter
from validators.engine import NotApplicable, Objection, Undetermined, first_page, if_known, known, rule
from validators.parties import Agreement, is_natural_person, same_party
from validators.remedies import resubmit, supplement
from validators.wording import NONE, documents_in_both, in_both

IDENTITY_CARD = "identity_card"

SEALED = resubmit(
    LETTER,
    "Send the letter {subject} as its licensor signed and sealed it, scanned in colour.",
    "请提供经授权人签字并加盖公章的授权书彩色扫描件（{subject}）。",
)
ID_OF_THE_OWNER = supplement(
    IDENTITY_CARD,
    "The licensor in {subject} is a natural person: send a copy of that person's identity card, signed by hand.",
    "{subject} 的授权人为自然人，请提供其本人签字的身份证复印件。",
)


@rule(
    "AUT514",
    on=LETTERS,
    severity=Severity.MAJOR,
    cites="the licensor's seal or signature (ysznh pxaelbrkpa, Tmall); docs/sources.md#authorization",
    zh="授权书有授权人签章",
    remedy=SEALED,
)
def letter_is_sealed_or_signed(letter: UsedLetter, case: Case) -> Iterator[Objection]:
    """A seal or a signature of the licensor is seen on the letter."""
    marks = (letter.fields.sealed, letter.fields.signed)
    read = [mark for mark in (if_known(each) for each in marks) if mark is not None]
    if any(mark.value for mark in read):
        return
    if len(read) < len(marks):
        raise Undetermined(
            en=f"whether {letter.document.file} bears the licensor's seal or signature could not be told",
            zh=f"{letter.document.file} 是否有授权人盖章或签字无法判断",
            evidence=[first_page(letter.document)],
        )
    yield Objection(
        Message(
            en=f"{letter.document.file} bears neither seal nor signature",
            zh=f"{letter.document.file} 上既无盖章也无签字",
        ),
        expected=in_both(Message(en="seal or signature", zh="印章或签名")),
        found=in_both(Message(en="neither", zh="均无")),
        evidence=[*read, first_page(letter.document)],
    )


@rule(
    "AUT515",
    on=LETTERS,
    severity=Severity.MAJOR,
    cites="wodefinance.com/Trademarkregistration/lkiufosrcr.html (Tmall); docs/sources.md#authorization",
    zh="自然人授权附有其身份证复印件",
    remedy=ID_OF_THE_OWNER,
)
def natural_licensor_shows_an_identity_card(letter: UsedLetter, case: Case) -> Iterator[Objection]:
    """A licensor who is a natural person adds a signed copy of the identity card."""
    licensor = known(letter.fields.licensor, "licensor")
    natural = is_natural_person(licensor.value)
    if natural is False:
        raise NotApplicable(en="the licensor is no natural person", zh="授权人非自然人")
    floor = case.rulebook.policy.min_confidence
    told = [(same_party(card.fields.name, licensor, below=floor), card) for card in case.papers(IdentityCard)]
    if any(agreement is Agreement.SAME for agreement, _ in told):
        return
    unclear = [card.document for agreement, card in told if agreement is Agreement.UNCLEAR]
    if natural is None or unclear:
        raise Undetermined(
            en=f"whether {licensor.value} is a natural person whose identity card is here cannot be told",
            zh=f"无法判断授权人“{licensor.value}”是否为自然人、其身份证是否已提供",
            evidence=[licensor, *map(first_page, unclear)],
        )
    case.rule_out(IDENTITY_CARD)
    yield _no_card(licensor)


def _no_card(licensor: Entity[str]) -> Objection:
    return Objection(
        Message(
            en=f"the licensor {licensor.value} is a natural person, and no copy of that person's identity card is here",
            zh=f"授权人“{licensor.value}”为自然人，材料中没有其身份证复印件",
        ),
        expected=documents_in_both(IDENTITY_CARD),
        found=NONE,
        evidence=[licensor],
    )
