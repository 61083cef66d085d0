"""Títulos of the Spanish office (OEPM): Ley 17/2001, de 7 de diciembre, de Marcas.

The term is ten years from the day of the application (article 31), which a título says in words; `valid_to` is read
only where a day is printed.
"""

from extractors import inid, nice
from extractors.base import Office
from extractors.flow import Flow
from extractors.inid import read_coded
from extractors.offices.base import OfficeReader, office_entity, read_day
from extractors.parties import Party, party_in_rows
from extractors.trademark_fields import TrademarkCertificate
from pipeline.classify import Variant
from pipeline.layout import lay_out
from pipeline.model import Document

_NUMBER = r"(?:\b[MN]\s*-?\s*)?(?<!\d)\d[ .]?\d{3}[ .]?\d{3}(?!\d)"
_DATE = r"\d{1,2}\s*(?:[/.\-]\s*\d{1,2}\s*[/.\-]|de\s+[a-zé]+\s+de)\s*\d{4}"
_WHAT = r"(?:n[uú]mero|n\s*[.ºo°]{1,2})"


def read(document: Document) -> TrademarkCertificate:
    """Read the fields of a título."""
    sheet = lay_out(document.lines, document.pages)
    flow = Flow(sheet.pieces)
    coded = read_coded(sheet)
    named = party_in_rows(
        flow.search(r"^\W*titular\W+(.+?)(?=^\W*(?:representante|fecha|clase|domicilio|agente|\(\d{3}\))|\Z)")
    )
    owner = Party(coded.owner, coded.owner_address) if coded.owner else named
    lists = coded.lists or nice.read_lists(flow, stop=r"^\W*(?:titular|fecha|representante|\(\d{3}\)|madrid)")
    printed = flow.search(rf"(?:marca|registro|expediente)[^\n]{{0,30}}?{_WHAT}\s*:?\s*({_NUMBER})") or flow.search(
        r"\b(M\s*-?\s*\d[ .]?\d{3}[ .]?\d{3})"
    )
    return TrademarkCertificate(
        office=office_entity(sheet, Office.OEPM, r"oficina\s*espa[nñ]ola", r"oepm", r"ley\s*17/2001"),
        registration_number=inid.number_in(coded.blocks.get("registration_number"), _NUMBER)
        or inid.number_in(printed, _NUMBER),
        application_number=inid.number_in(coded.blocks.get("application_number"), _NUMBER),
        mark_text=coded.mark_text,
        owner=owner.name,
        owner_address=owner.address,
        nice_classes=coded.nice_classes or (lists.classes if lists else None),
        goods=lists.goods if lists else None,
        filing_date=coded.days.get("filing_date")
        or read_day(flow.search(rf"fecha\s*(?:de)?\s*(?:solicitud|presentaci[oó]n)\W*({_DATE})")),
        registration_date=coded.days.get("registration_date")
        or read_day(
            flow.search(
                rf"(?:fecha\s*(?:de)?\s*concesi[oó]n|concedid[ao]\s*(?:el|con\s*fecha))\W*(?:d[ií]a\s*)?({_DATE})"
            )
        ),
        valid_to=coded.days.get("valid_to"),
    )


READER = OfficeReader(
    Office.OEPM,
    Variant(
        titles=(
            "Título de registro de marca",
            "Título de marca",
            "Título de registro",
            "Certificado título de marca",
            "Certificado de registro de marca",
        ),
        cues=(
            "Oficina Española de Patentes y Marcas",
            "OEPM",
            "Ley 17/2001",
            "Título",
            "Titular",
            "Marca nacional",
            "Fecha de concesión",
            "Fecha de presentación",
            "Fecha de solicitud",
            "Denominación",
            "Clase",
        ),
        against=(
            "~nombre de dominio",
            "~solicitud de registro de marca",
            "~modelo de utilidad",
            "~suspenso",
            "~denegación",
        ),
        needs=(
            ("Oficina Española", "OEPM", "Ley 17/2001", "Oficina Espanola"),
            ("Título", "Titulo", "concesión", "concesion", "Certificado"),
        ),
    ),
    read,
)
