"""WIPO's certificates of registration in the International Register of Marks (Madrid Agreement and Protocol).

An international registration is no grant: it says where protection was asked for (`designations`), not where it was
given. The term counts from (151); (180) is printed.
"""

from extractors import inid, nice
from extractors.base import Office
from extractors.flow import Flow, as_one_column
from extractors.inid import read_coded
from extractors.offices.base import OfficeReader, office_entity
from extractors.trademark_fields import TrademarkCertificate
from pipeline.classify import Variant
from pipeline.layout import lay_out
from pipeline.model import Document

_NUMBER = r"(?<!\d)\d{1,3}(?:[ .']?\d{3})(?:[ .']?\d{3})?[A-Z]?(?!\d)|(?<!\d)\d{6,7}[A-Z]?(?!\d)"
_CLASS = r"^\W*(?:class\s*)?(?P<n>[0-4]?\d)(?![\d(/])\s*[:.\-–]?\s+(?=\D)"


def read(document: Document) -> TrademarkCertificate:
    """Read the fields of a certificate."""
    sheet = lay_out(document.lines, document.pages)
    coded = read_coded(as_one_column(sheet), bare=True, heading=_CLASS)
    goods = coded.blocks.get("goods")
    lists = nice.read_lists(Flow(goods.reading.pieces), heading=_CLASS) if goods else None
    return TrademarkCertificate(
        office=office_entity(sheet, Office.WIPO, "world intellectual property", "international register", "madrid"),
        registration_number=inid.number_in(coded.blocks.get("registration_number"), _NUMBER),
        mark_text=coded.mark_text,
        owner=coded.owner,
        owner_address=coded.owner_address,
        nice_classes=lists.classes if lists else coded.nice_classes,
        goods=lists.goods if lists else None,
        registration_date=coded.days.get("registration_date"),
        valid_to=coded.days.get("valid_to"),
        designations=coded.designations,
    )


READER = OfficeReader(
    Office.WIPO,
    Variant(
        titles=(
            "Certificate of registration",
            "Certificat d'enregistrement",
            "Certificado de registro",
            "International register of marks",
            "Certificate of renewal",
        ),
        cues=(
            "The International Bureau",
            "World Intellectual Property Organization",
            "indications appearing in the present certificate conform",
            "International Register of Marks",
            "Madrid Agreement and Protocol",
            "Madrid Protocol",
            "Designations under the Madrid Protocol",
            "NCL(",
            "Basic registration",
            "Basic application",
            "Organisation Mondiale de la Propriété Intellectuelle",
        ),
        against=(
            "~provisional refusal",
            "~notification of refusal",
            "~irregularity",
            "~application for international registration",
        ),
        needs=(
            (
                "International Bureau",
                "World Intellectual Property Organization",
                "Organisation Mondiale de la Propriete",
            ),
            ("International Register", "Madrid", "Registre international"),
        ),
    ),
    read,
)
