"""Certificates of all further offices: what INID codes and the labels of common languages give.

What an office prints in a script that the engine cannot read, Arabic or Devanagari, stays absent, and so do days of
the Islamic calendar. Saudi certificates (SAIP) are told by their number.
"""

from extractors import inid, nice
from extractors.base import Office
from extractors.flow import Flow
from extractors.inid import read_coded
from extractors.offices.base import OfficeReader
from extractors.reading import Reading
from extractors.trademark_fields import TrademarkCertificate
from pipeline.classify import Variant
from pipeline.layout import lay_out
from pipeline.model import Document

_NUMBER = r"[A-Z]{0,4}[-/]?\d[\d.,/\- ]{2,18}\d[A-Z]?"
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
    return TrademarkCertificate(
        office=Reading(sheet.pieces[:1]).entity(Office.OTHER, trust=0.9) if sheet.pieces else None,
        registration_number=saudi.entity(saudi.text.upper())
        if saudi
        else inid.number_in(coded.blocks.get("registration_number"), _NUMBER),
        application_number=inid.number_in(coded.blocks.get("application_number"), _NUMBER),
        mark_text=coded.mark_text,
        owner=coded.owner,
        owner_address=coded.owner_address,
        nice_classes=coded.nice_classes
        or (lists.classes if lists else None)
        or nice.read_classes(flow.search(_EDITION) if saudi else None),
        goods=lists.goods if lists else None,
        filing_date=days.get("filing_date"),
        registration_date=days.get("registration_date"),
        valid_to=days.get("valid_to"),
        designations=coded.designations,
    )


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
            ("class", "classe", "klasse", "clase", "(511)", "類"),
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
