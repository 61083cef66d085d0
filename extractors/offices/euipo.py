"""EUIPO's certificates of registration (European Union trade marks), and OHIM's before 23 March 2016.

The first page certifies, the second lists the entries of the register under bare INID codes, the goods once per
language (`EN - 25`). The expiry is printed as 186. The certificate's number is the application's.
"""

from extractors import inid, nice
from extractors.base import Office
from extractors.flow import Flow, Found, as_one_column
from extractors.inid import Coded, read_coded
from extractors.offices.base import OfficeReader, office_entity, read_day
from extractors.trademark_fields import TrademarkCertificate
from pipeline.classify import Variant
from pipeline.layout import lay_out
from pipeline.model import Document

_NUMBER = r"(?<!\d)0\d{2}\s?\d{3}\s?\d{3}(?!\d)"
_DATE = r"\d{1,2}\s*[/.]\s*\d{1,2}\s*[/.]\s*\d{4}"
_ENGLISH = r"^\W*EN\s*[-–—]\s*(?P<n>\d{1,2})(?!\d)"
_ANY_LANGUAGE = r"^\W*[A-Z]{2}\s*[-–—]\s*\d{1,2}(?!\d)"


def read(document: Document) -> TrademarkCertificate:
    """Read the fields of a certificate of either office."""
    sheet = lay_out(document.lines, document.pages)
    flow = Flow(sheet.pieces)
    coded = read_coded(as_one_column(sheet), bare=True)
    number = inid.number_in(flow.search(rf"\bN[o°º]\.?\s*({_NUMBER})"), _NUMBER)
    application = inid.number_in(coded.blocks.get("application_number"), _NUMBER)
    lists = _lists(coded)
    return TrademarkCertificate(
        office=office_entity(
            sheet,
            Office.EUIPO,
            "european union intellectual property",
            "european union trade mark",
            "community trade mark",
        ),
        registration_number=number or inid.number_in(coded.blocks.get("registration_number"), _NUMBER) or application,
        application_number=application,
        mark_text=coded.mark_text,
        owner=coded.owner,
        owner_address=coded.owner_address,
        nice_classes=lists.classes if lists else coded.nice_classes,
        goods=lists.goods if lists else None,
        filing_date=coded.days.get("filing_date") or read_day(flow.search(rf"filing date\W*({_DATE})")),
        registration_date=coded.days.get("registration_date")
        or read_day(flow.search(rf"registered\W[^\d]{{0,60}}({_DATE})")),
        valid_to=coded.days.get("valid_to"),
    )


def _lists(coded: Coded) -> nice.Lists | None:
    goods: Found | None = coded.blocks.get("goods")
    if goods is None:
        return None
    flow = Flow(goods.reading.pieces)
    return nice.read_lists(flow, heading=_ENGLISH, stop=_ANY_LANGUAGE) or nice.read_lists(flow) or coded.lists


READER = OfficeReader(
    Office.EUIPO,
    Variant(
        titles=("Certificate of registration", "European Union trade mark", "Community trade mark"),
        cues=(
            "Certificate of registration is hereby issued",
            "European Union trade mark identified below",
            "Community trade mark identified below",
            "Register of European Union trade marks",
            "Register of Community trade marks",
            "European Union Intellectual Property Office",
            "Office for Harmonization in the Internal Market",
            "The Executive Director",
            "The President of the Office",
            "EUIPO",
        ),
        against=("~Registered Community design", "~filing receipt", "~application receipt", "~notice of refusal"),
        needs=(
            ("European Union trade mark", "Community trade mark"),
            ("certificate of registration", "has been registered", "Registered/Eingetragen"),
        ),
    ),
    read,
)
