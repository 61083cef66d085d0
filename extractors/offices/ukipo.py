"""UKIPO's certificates of registration (Trade Marks Act 1994) and extracts of its register.

Marks cloned from EU marks (UK009…, UK008…) have no certificate, only an extract. The registration takes effect on the
day of filing (section 40 (3)), which the certificate calls the date "effective as of"; the term is often not printed.
"""

from extractors import inid, nice
from extractors.base import Office
from extractors.flow import Flow
from extractors.inid import read_coded
from extractors.offices.base import OfficeReader, level_of, office_entity, read_day, word_mark
from extractors.parties import Party, party_in_rows
from extractors.trademark_fields import TrademarkCertificate
from pipeline.classify import Variant
from pipeline.layout import Piece, lay_out
from pipeline.model import Document, Entity

_NUMBER = r"UK\s*0\s*0(?:\s*\d){9}"
_SHORT = r"(?<!\d)\d{7}(?!\d)"
_DATE = r"\d{1,2}(?:st|nd|rd|th)?\s*[A-Za-z]{3,9}\.?,?\s*\d{4}|\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}"
_END = (
    r"in\s*the\s*name\s*of|signed|registrar|representative|^\W*the\s+mark\s+shown|^\W*names?\s+and|^\W*owner|"
    r"^\W*dates\b"
)


def read(document: Document) -> TrademarkCertificate:
    """Read the fields of a certificate or an extract."""
    sheet = lay_out(document.lines, document.pages)
    flow = Flow(sheet.pieces)
    coded = read_coded(sheet)
    number = inid.number_in(flow.search(f"({_NUMBER})"), _NUMBER) or inid.number_in(
        flow.search(rf"(?:under\s*N[o0]\.?|trade\s*mark\s*n\S*)\s*:?\s*({_SHORT})"), _SHORT
    )
    named = party_in_rows(
        flow.search(
            r"in\s*the\s*name\s*of\s*:?\s*(.+?)(?=^\W*(?:signed|registrar|representative|class\s*\d|the mark|dated)|\Z)"
        )
    )
    owner = named if named.name else Party(coded.owner, coded.owner_address)
    lists = nice.read_lists(flow, stop=_END)
    return TrademarkCertificate(
        office=office_entity(sheet, Office.UKIPO, "trade marks act", "intellectual property office", _NUMBER),
        registration_number=number,
        mark_text=coded.mark_text or _mark(sheet.pieces),
        owner=owner.name,
        owner_address=owner.address,
        nice_classes=lists.classes if lists else coded.nice_classes,
        goods=lists.goods if lists else None,
        filing_date=coded.days.get("filing_date")
        or read_day(flow.search(rf"effective\s*(?:as\s*of|from)\s*(?:the\s*)?(?:date|filing date)?\W*({_DATE})")),
        registration_date=coded.days.get("registration_date")
        or read_day(flow.search(rf"entered\s*in\s*the\s*register\s*on\W*({_DATE})")),
        valid_to=coded.days.get("valid_to"),
    )


def _mark(pieces: tuple[Piece, ...]) -> Entity[str] | None:
    head = level_of(pieces, r"entered\s*in\s*the\s*register|effective\s*as")
    foot = level_of(pieces, r"^\W*class\s*\d|in\s*respect\s*of")
    if head is None or foot is None or foot.level < head.level:
        return None
    large = tuple(piece for piece in pieces if piece.height > 1.25 * head.height)
    return word_mark(large, top=head.bottom, bottom=foot.top, without=r"registrar|signed|certif|register")


READER = OfficeReader(
    Office.UKIPO,
    Variant(
        titles=(
            "Certificate of registration of trade mark",
            "Certificate of registration",
            "Trade mark details",
            "Registration certificate",
        ),
        cues=(
            "Trade Marks Act 1994",
            "I certify that the mark",
            "has been registered under No",
            "effective as of",
            "entered in the register on",
            "in respect of",
            "in the name of",
            "Date of entry in register",
            "Renewal date",
            "Filing date",
            "Intellectual Property Office",
            "Trade mark number",
        ),
        against=("~Trade Marks Act 1999", "~application has been received", "~examination report", "~filing receipt"),
        needs=(
            ("UK00", "Trade Marks Act 1994"),
            (
                "registered under No",
                "Date of entry in register",
                "entered in the register",
                "Status Registered",
                "StatusRegistered",
            ),
        ),
    ),
    read,
)
