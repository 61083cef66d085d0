"""Registration certificates of the USPTO: in two text columns (to about 2010), with a margin of labels, electronic.

Electronic certificates are the official ones since 2022-06-07 (87 FR 25623); their face is that of the paper ones with
a margin. Dates in figures are month first.
"""

import re

from extractors import nice
from extractors.base import Office
from extractors.dates import Order
from extractors.flow import Flow, in_columns, one_below_another
from extractors.offices.base import OfficeReader, level_of, office_entity, read_day, read_number, word_mark
from extractors.parties import Party, clean_name
from extractors.trademark_fields import Register, TrademarkCertificate
from pipeline.classify import Variant
from pipeline.layout import Piece, lay_out
from pipeline.model import Document, Entity

_ENTITY = (
    r"\([^()]*(?:corporation|company|individual|limited|partnership|llc|ltd|trust|association|organi[sz]ation|university|"
    r"proprietorship|gesellschaft|gmbh|societe|sociedad|societa|joint venture|citizen|foundation|cooperative)"
    r"[^()]*(?:\([^()]*\)[^()]*)?\)"
)
"""What a certificate says of the owner in brackets: (DELAWARE CORPORATION), (CHINA LIMITED COMPANY (LTD.))."""
_BODY = r"^\W*(?:CLASS\s*\d|FOR\s*:|FIRST USE|THE MARK CONSISTS)"
_END = (
    r"FIRST\s*USE|THE\s+MARK\s+CONSISTS|SER\.?\s*N[O0]|OWNER\s+OF|PRIORITY|NO\s+CLAIM|SEC\.?\s*2|THE\s+COLOR|"
    r"THE\s+(?:WORDING|ENGLISH|NAME)|IN\s+THE\s+STATEMENT|EXAMINING"
)
_NUMBER_LABEL = r"^\W*reg(?:istration)?\.?\s*n[o0]"
_REGISTER = r"(?:principal|supplemental)\s*register\W*$"
_DATE = r"[A-Z]{3,9}\.?\s*\d{1,2}\s*,?\s*\d{4}|\d{1,2}\s*-\s*\d{1,2}\s*-\s*\d{4}"
_HEADS = (
    r"united states|patent|trademark office|register\b|reg\.?\s*no|int\.?\s*cl|prior u|"
    r"^\W*(?:service )?(?:trade)?mark\W*$"
)


def read(document: Document) -> TrademarkCertificate:
    """Read the fields of a certificate of any of the three faces."""
    sheet = lay_out(document.lines, document.pages)
    first = tuple(piece for piece in sheet.pieces if piece.level < 1.0)
    flow = Flow(sheet.pieces)
    labels, body = _parts(first)
    owner = _owner(body)
    lists = _lists(body)
    classes = nice.read_classes(labels.search(r"Int\.?\s*Cls?\.?\s*[:.]?\s*((?:\d{1,3}\s*(?:,|and|&)?\s*)+)"))
    filed = flow.search(rf"SER\.?\s*N[O0]\.?\s*[\d\-–,\s]+?[,.]?\s*FILED\s*({_DATE})")
    return TrademarkCertificate(
        office=office_entity(sheet, Office.USPTO, "united states patent and trademark office", "united states"),
        registration_number=read_number(
            labels.search(r"Reg(?:istration)?\.?\s*N[o0]\.?\s*[:.]?\s*([\d,. ]{7,12})"), r"\d{6,7}"
        ),
        application_number=read_number(
            flow.search(r"SER\.?\s*N[O0]\.?\s*:?\s*(\d\d\s*[-–]?\s*\d{3},?\s*\d{3})"), r"\d{8}"
        ),
        mark_text=_mark(first),
        owner=owner.name,
        owner_address=owner.address,
        nice_classes=classes or (lists.classes if lists else None),
        goods=lists.goods if lists else None,
        filing_date=read_day(filed, Order.MONTH_FIRST),
        registration_date=read_day(flow.search(rf"Registered\s*:?\s*({_DATE})"), Order.MONTH_FIRST),
        register_kind=_register(flow),
    )


def _register(flow: Flow) -> Entity[Register] | None:
    for kind in Register:
        if found := flow.search(rf"({kind.value}\s*register)"):
            return found.entity(kind)
    return None


def _parts(pieces: tuple[Piece, ...]) -> tuple[Flow, Flow]:
    """Return the labels and the text: margin and what stands beside it, or the head and both columns of text."""
    number, register = level_of(pieces, _NUMBER_LABEL), level_of(pieces, _REGISTER)
    if number is None or register is None:
        return Flow(pieces), Flow(pieces)
    if _has_margin(number, register):
        below = [piece for piece in pieces if piece.level >= number.level - number.height]
        columns = in_columns(below)
        return Flow(columns[0]), Flow(columns[-1])
    # The mark stands between the register's name and the text, larger than both.
    below = [piece for piece in pieces if piece.level > register.level and piece.height < 1.4 * number.height]
    return Flow(pieces), Flow(one_below_another(in_columns(below)))


def _has_margin(number: Piece, register: Piece) -> bool:
    """Whether number and register are labels of one column, as in all certificates since about 2010."""
    return abs(number.left - register.left) < 4 * number.height


def _owner(body: Flow) -> Party:
    """Return who stands before the brackets, from the row at which the name begins; the address goes on behind them."""
    match, goods = next(iter(body.every(_ENTITY)), None), next(iter(body.every(_BODY)), None)
    # Brackets among the goods may speak of companies too.
    if match is None or (goods is not None and goods.start() < match.start()):
        return Party()
    before = body.text[: match.start()].rstrip("\n ")
    start = before.rfind("\n") + 1
    above = before[: max(start - 1, 0)]
    last = above[above.rfind("\n") + 1 :]
    if (
        last
        and not re.search(_HEADS, last, re.IGNORECASE)
        and re.search(r"[,&]\s*$|\b(?:of|and|the)\s*$", last, re.IGNORECASE)
    ):
        start -= len(last) + 1
    name = body.found(start, match.start())
    end = next((found.start() for found in body.every(_BODY) if found.start() > match.end()), len(body.text))
    place = body.found(match.end(), end)
    parts = [row.strip(" ,") for row in place.rows] if place else []
    value = ", ".join(part for part in parts if part)
    return Party(
        name.entity(clean_name(name.text)) if name and len(name.text) > 1 else None,
        place.entity(value) if place and 4 <= len(value) < 250 else None,
    )


def _lists(body: Flow) -> nice.Lists | None:
    return nice.read_lists(body, stop=_END) or nice.read_lists(
        body, heading=r"FOR\s*:\s*(?=(?:(?!FOR\s*:).)*?IN\s*CLASS\s*(?P<n>\d{1,3}))", stop=rf",?\s*IN\s*CLASS|{_END}"
    )


def _mark(pieces: tuple[Piece, ...]) -> Entity[str] | None:
    """Return the words of the mark: above the margin's labels or, in the older layout, under the register's name."""
    head, number = level_of(pieces, r"patent and trade"), level_of(pieces, _NUMBER_LABEL)
    register = level_of(pieces, _REGISTER)
    if number is None or register is None:
        return None
    if _has_margin(number, register):
        top = head.bottom if head else 0.1
        return word_mark(pieces, top=top, bottom=number.top, without=_HEADS)
    text = level_of(pieces, _ENTITY) or level_of(pieces, _BODY)
    return word_mark(pieces, top=register.bottom, bottom=text.top - text.height if text else 1.0, without=_HEADS)


READER = OfficeReader(
    Office.USPTO,
    Variant(
        titles=("United States Patent and Trademark Office", "United States of America"),
        cues=(
            "Reg. No.",
            "Registered",
            "Int. Cl",
            "Principal Register",
            "Supplemental Register",
            "First use",
            "In commerce",
            "Ser. No.",
            "United States Patent and Trademark Office",
            "standard characters without claim",
            "Requirements to maintain your federal trademark registration",
        ),
        against=(
            "~office action",
            "~notice of allowance",
            "~notice of publication",
            "~filing receipt",
            "~license agreement",
            "~patent no",
        ),
        needs=(
            ("Reg. No.", "Registration No."),
            ("Principal Register", "Supplemental Register"),
            ("Int. Cl", "In class"),
        ),
    ),
    read,
)
