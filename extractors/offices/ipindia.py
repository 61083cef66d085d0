"""Certificates of the Indian Trade Marks Registry (Form RG-2): the black and white template and the gold-bordered one.

The certificate is a sentence: whose mark, in which class, under which number, as of which date; that date counts as the
day of registration (Trade Marks Act 1999, section 23). Goods and mark may stand on an annexed page. What is in Hindi
is not read; recognisers make noise of it, which the patterns step over. Text layers of these files lose spaces.
"""

from collections.abc import Sequence

from extractors import inid, nice
from extractors.base import Goods, Office
from extractors.flow import Flow, Found
from extractors.offices.base import OfficeReader, level_of, office_entity, read_day, word_mark
from extractors.parties import party_in_text
from extractors.trademark_fields import TrademarkCertificate
from pipeline.classify import Variant
from pipeline.layout import Piece, Sheet, lay_out, rows
from pipeline.model import Document, Entity

_NUMBER = r"(?<!\d)\d{5,8}(?!\d)"
_DATE = r"\d{1,2}(?:st|nd|rd|th)?\s*[A-Za-z]{3,9}\s*,?\s*\d{4}"
_FIGURES = r"\d{1,2}\s*[-/]\s*\d{1,2}\s*[-/]\s*\d{4}"
_KIND = (
    r"\s*,[\s,;(]*(?:(?:an?\s+)?ind\w{1,4}dual|propriet\w+|sole\s*propriet|partner\w*|(?:an?\s+)?company\s*incorporated|"
    r"body[\s-]*incorporat|manufactur|merchant|service\s*provider|\(?\s*single\s*firm|limited\s*liability|"
    r"start\s*-?\s*up|small\s*enterprise|trading\s*as|indian\s*national)"
)
"""What follows the address: what kind of owner it is, and what it does."""
_OWNER = rf"name\s*\(?s?\)?\s*(?:of)?\s*[:;]?\s*-?\s*(.+?)(?={_KIND}|^\W*In\s*Class)"
_GAP = 3.0


def read(document: Document) -> TrademarkCertificate:
    """Read the fields of a certificate of either template."""
    sheet = lay_out(document.lines, document.pages)
    flow = Flow(sheet.pieces)
    owner = party_in_text(flow.search(rf"registered\s*in\s*the\s*{_OWNER}") or flow.search(_OWNER))
    classes = nice.read_classes(flow.search(r"In\s*Class\s*[:.]?\s*((?:\d{1,2}\s*(?:,|&|and)?\s*)+)"))
    return TrademarkCertificate(
        office=office_entity(sheet, Office.IPINDIA, r"government\s*of\s*india", r"trade\s*marks\s*act,?\s*1999"),
        registration_number=inid.number_in(flow.search(rf"Under\s*N[o0]\.?\s*({_NUMBER})"), _NUMBER)
        or inid.number_in(flow.search(rf"Trade\s*Mark\s*N[o0]\.?\s*[:.]?\s*({_NUMBER})"), _NUMBER),
        mark_text=_mark(sheet),
        owner=owner.name,
        owner_address=owner.address,
        nice_classes=classes,
        goods=_goods(sheet, classes.value if classes else ()),
        registration_date=read_day(flow.search(rf"as\s*of\s*the\s*date\s*({_DATE})"))
        or read_day(flow.search(rf"Date\s*[:.]?\s*({_FIGURES})")),
    )


def _goods(sheet: Sheet, classes: Sequence[int]) -> Entity[tuple[Goods, ...]] | None:
    annexed = level_of(sheet.pieces, r"goods\s*(?:and|&)?\s*services?\s*as\s*annexed")
    listed = level_of(sheet.pieces, r"goods\s*(?:/?\s*services?\s*)?description")
    if annexed is not None or listed is not None:
        return nice.read_goods(_below(sheet.pieces, listed) if listed else None, classes)
    field = _field(sheet)
    found = Flow(piece for piece in field if not _is_centred(piece, sheet)) if field else None
    return nice.read_goods(found.found(0, len(found.text)) if found else None, classes)


def _below(pieces: Sequence[Piece], heading: Piece) -> Found | None:
    """Return the rows under a heading down to the first wide gap."""
    taken: list[Piece] = []
    last = heading.level
    under = [piece for piece in pieces if piece.level > heading.level + 0.5 * heading.height]
    for row in rows(under):
        if row[0].level - last > _GAP * heading.height:
            break
        taken += [piece for piece in row if len(piece.text) > 2]
        last = row[0].level
    flow = Flow(taken)
    return flow.found(0, len(flow.text))


def _field(sheet: Sheet) -> list[Piece]:
    """Return what stands between the sentence and the line of the seal: goods at the margin, the mark in the middle."""
    head, foot = level_of(sheet.pieces, r"in\s*respect\s*of"), level_of(sheet.pieces, r"sealed\s*at\s*my")
    if head is None or foot is None:
        return []
    bottom = min([foot.top, *(piece.top for piece in sheet.pieces if _is_noise(piece) and piece.level > head.level)])
    return [piece for piece in sheet.pieces if head.level + 0.5 * head.height < piece.level < bottom]


def _is_noise(piece: Piece) -> bool:
    """Whether a line is of the Hindi text: the reader was unsure of nearly every character."""
    return piece.line.confidence < 0.75


def _is_centred(piece: Piece, sheet: Sheet) -> bool:
    away = abs((piece.left + piece.right) / 2 - sheet.width / 2)
    return away < 0.08 * sheet.width and piece.left > 0.2 * sheet.width


def _mark(sheet: Sheet) -> Entity[str] | None:
    centred = tuple(piece for piece in _field(sheet) if _is_centred(piece, sheet))
    return word_mark(centred, top=-1.0, bottom=1e9, without="annexed")


READER = OfficeReader(
    Office.IPINDIA,
    Variant(
        titles=("Certificate of registration of trade mark", "Trade Marks Act, 1999", "Government of India"),
        cues=(
            "Trade Marks Registry",
            "Government of India",
            "Trade Marks Act, 1999",
            "Certificate of Registration of Trade Mark",
            "Section 23",
            "Rule 56",
            "Form RG",
            "Under No",
            "In Class",
            "Sealed at my direction",
            "Registrar of Trademarks",
        ),
        against=("~Form TM-A", "~Examination report", "~Statement of use", "~Udyam"),
        needs=(
            ("Trade Marks Act, 1999", "Trade Marks Registry"),
            ("Sealed at my direction", "Certificate of Registration of Trade Mark"),
        ),
    ),
    read,
)
