"""The Benelux Office's registration certificates (Registration certificate; Benelux Convention on IP)."""

from extractors import inid, nice
from extractors.base import Office
from extractors.flow import Flow
from extractors.offices.base import OfficeReader, level_of, office_entity, read_day, word_mark
from extractors.parties import party_in_rows
from extractors.trademark_fields import TrademarkCertificate
from pipeline.classify import Variant
from pipeline.layout import lay_out
from pipeline.model import Document

_DATE = r"\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{4}"
_CLASS = r"^\W*(?:cl|class|classe|klasse)\.?\s*(?P<n>\d{1,2})(?!\d)\s*"
_GOODS_END = r"^\W*(?:holder\b|name and address|place and date|representative|class numbers\s*\d)"


def read(document: Document) -> TrademarkCertificate:
    """Read the fields of a certificate; the owner is on its second page."""
    sheet = lay_out(document.lines, document.pages)
    flow = Flow(sheet.pieces)
    lists = nice.read_lists(flow, heading=_CLASS, stop=_GOODS_END)
    owner = party_in_rows(
        flow.search(
            r"name and address of the holder\s*(.+?)"
            r"(?=^\W*(?:place and date|representative|name and address|correspondence)|\Z)"
        )
    )
    classes = nice.read_classes(flow.search(r"^\W*class numbers\s*((?:\d{1,2}[\s,;]*)+)"))
    head, foot = level_of(sheet.pieces, "^trademark$"), level_of(sheet.pieces, "classification of the fig|mark type")
    return TrademarkCertificate(
        office=office_entity(sheet, Office.BOIP, "boip", "benelux office"),
        registration_number=inid.number_in(flow.search(r"registration number\s*(\d{6,8})"), r"\d{6,8}"),
        application_number=inid.number_in(flow.search(r"number, date and time of filing\s*(\d{6,8})"), r"\d{6,8}"),
        mark_text=word_mark(sheet.pieces, top=head.bottom, bottom=foot.top, without="^trademark$|^CFE")
        if head and foot
        else None,
        owner=owner.name,
        owner_address=owner.address,
        nice_classes=classes or (lists.classes if lists else None),
        goods=lists.goods if lists else None,
        filing_date=read_day(flow.search(rf"date and time of filing[\s\d,]*?({_DATE})")),
        registration_date=read_day(flow.search(rf"^\W*registration date\s*({_DATE})")),
        valid_to=read_day(flow.search(rf"expiration date\s*({_DATE})")),
    )


READER = OfficeReader(
    Office.BOIP,
    Variant(
        titles=("Registration certificate", "Certificat d'enregistrement", "Inschrijvingsbewijs"),
        cues=(
            "BOIP",
            "Benelux Office for Intellectual Property",
            "Registration number",
            "Number, date and time of filing",
            "Expiration date",
            "Registration date",
            "Publication date of the registration",
            "Trademark information",
            "Class numbers and list of goods and services",
            "Name and address of the holder",
        ),
        against=("~Trademark application", "~Fees (financial statement)", "~Application number", "~filing receipt"),
        needs=(("BOIP", "Benelux Office"), ("Registration number",), ("Registration date", "Expiration date")),
    ),
    read,
)
