"""Certificates of all further offices: what INID codes and the labels of common languages give.

What an office prints in a script that the engine cannot read, Arabic or Devanagari, stays absent, and so do days of
the Islamic calendar. Saudi certificates (SAIP) are told by their number.
"""

from extractors import inid, nice
from extractors.base import Office
from extractors.flow import Flow
from extractors.inid import read_coded
from extractors.offices.base import OfficeReader, read_day
from extractors.parties import Party, party_in_rows
from extractors.reading import Reading
from extractors.trademark_fields import TrademarkCertificate
from pipeline.classify import Variant
from pipeline.layout import lay_out
from pipeline.model import Document

_NUMBER = r"[A-Z]{0,4}[-/]?\d[\d.,/\- ]{2,18}\d[A-Z]?"
_UNDER_NUMBER = r"(?:under|with)\s*(?:the\s*)?n(?:o|umber)s?\b\.?\s*:?\s*([A-Z]{0,2}\d[\d,/]{4,14})"
_IN_THE_NAME = (
    r"in\s*the\s*name\s*of\s*:?\s*(.+?)(?=^\W*(?:in\s*respect|class|under|registrar|dated|signed|the\s*mark)|\Z)"
)
_DECIDED = r"c[aâấ]p\s*theo[^\n]*?ng[aà]y\s*:?\s*(\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4})"
"""The decision by which Vietnam's office granted the certificate: Cấp theo Quyết định số …, ngày: …"""
_SAUDI = r"TM-\d{2}-\d{2}-\d{4,6}-\d{2}"
_EDITION = r"(?<![\d.\-])(\d{1,2})(?![\d.\-])[^\d\n]*20\d\d\s*-\s*\d{1,2}\s*\)"
"""A class beside the edition of the Nice classification, as lines of right-to-left script have it: `25 … (2023-1)`."""


def read(document: Document) -> TrademarkCertificate:
    """Read the fields of a certificate."""
    sheet = lay_out(document.lines, document.pages)
    flow = Flow(sheet.pieces)
    coded = read_coded(sheet)
    saudi = flow.search(f"({_SAUDI})")
    lists = coded.lists or nice.read_lists(flow)
    days = coded.days
    owner = Party(coded.owner, coded.owner_address) if coded.owner else party_in_rows(flow.search(_IN_THE_NAME))
    return TrademarkCertificate(
        office=Reading(sheet.pieces[:1]).entity(Office.OTHER, trust=0.9) if sheet.pieces else None,
        registration_number=saudi.entity(saudi.text.upper())
        if saudi
        else inid.number_in(coded.blocks.get("registration_number") or flow.search(_UNDER_NUMBER), _NUMBER),
        application_number=inid.number_in(coded.blocks.get("application_number"), _NUMBER),
        mark_text=coded.mark_text,
        owner=owner.name,
        owner_address=owner.address,
        nice_classes=coded.nice_classes
        or (lists.classes if lists else None)
        or nice.read_classes(flow.search(_EDITION) if saudi else None),
        goods=lists.goods if lists else None,
        filing_date=days.get("filing_date"),
        registration_date=days.get("registration_date") or read_day(flow.search(_DECIDED)),
        valid_to=days.get("valid_to"),
        designations=coded.designations,
    )


COMMONWEALTH = OfficeReader(
    Office.OTHER,
    Variant(
        titles=("Certificate of registration", "Certificate of registration of trade mark", "Trade mark certificate"),
        cues=(
            "Registrar of Trade Marks",
            "in the name of",
            "in respect of",
            "has been registered",
            "Date of registration",
        ),
        against=(
            "~application for registration",
            "~licence agreement",
            "~trade name",
            "~examination report",
            "~copyright",
        ),
        needs=(
            ("Trade Marks Act", "Trade Marks Ordinance", "Trademarks Act"),
            ("Registrar", "Director-General"),
            ("class",),
            ("registered", "registration"),
        ),
    ),
    read,
)
"""Certificates under the trade mark acts of the Commonwealth and Hong Kong, which share UKIPO's title."""

_MARK_WORDS = ("trade mark", "trademark", "marque", "marca", "marke", "marchio", "商標", "nhan hieu", "nhãn hiệu")

READER = OfficeReader(
    Office.OTHER,
    Variant(
        titles=(
            "Certificate of registration of trade mark",
            "Certificate of registration of trademark",
            "Trademark registration certificate",
            "Trade mark registration certificate",
            "Certificate of trademark registration",
            "Certificate of trade mark registration",
            "Certificat d'enregistrement de marque",
            "Certificat d'enregistrement",
            "Urkunde über die Eintragung der Marke",
            "Urkunde",
            "Certificado de registro de marca",
            "Título de registro de marca",
            "Attestato di registrazione per marchio d'impresa",
            "Giấy chứng nhận đăng ký nhãn hiệu",
            "商標註冊證明書",
        ),
        cues=(
            "Registration number",
            "Registration No",
            "Application number",
            "Date of registration",
            "Filing date",
            "Expiry date",
            "Goods and services",
            "Nice class",
            "Owner",
            "Proprietor",
            "Registrar of Trade Marks",
            "Titulaire",
            "Produits et services",
            "Numéro national",
            "Inhaber",
            "Waren und Dienstleistungen",
            "Registernummer",
            "Tag der Eintragung",
            "Titular",
            "Numero de registro",
        ),
        against=(
            "~license agreement",
            "~licence agreement",
            "~trade name",
            "~trademark application",
            "~application for registration",
            "~filing receipt",
            "~copyright",
            "~patent no",
            "~authorization letter",
            "~letter of authorization",
            "~hereby authorize",
            "~hereby authorise",
            "~nombre de dominio",
        ),
        needs=(
            _MARK_WORDS,
            (
                "registration",
                "registered",
                "enregistrement",
                "eintragung",
                "registro",
                "registrazione",
                "註冊",
                "chứng nhận",
            ),
            ("class", "classe", "klasse", "clase", "(511)", "類", "nhóm"),
            (
                "owner",
                "proprietor",
                "holder",
                "registrant",
                "titulaire",
                "inhaber",
                "titular",
                "titolare",
                "(730)",
                "(732)",
                "chủ giấy chứng nhận",
                "chủ sở hữu",
                "擁有人",
                "in the name of",
            ),
        ),
    ),
    read,
)
SAUDI = OfficeReader(
    Office.OTHER,
    Variant(needs=(("Saudi Authority for",), ("TM-01-", "TM-02-", "TM-03-")), suffices=True),
    read,
)
"""Saudi certificates, whose title and labels are in Arabic: told by the office's name and the form of its numbers."""
