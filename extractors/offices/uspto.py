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
    body = _body(first)
    owner = _owner(body)
    lists = _lists(body)
    classes = nice.read_classes(flow.search(r"Int\.?\s*Cls?\.?\s*[:.]?\s*((?:\d{1,3}\s*(?:,|and|&)?\s*)+)"))
    filed = flow.search(rf"SER\.?\s*N[O0]\.?\s*[\d\-–,\s]+?[,.]?\s*FILED\s*({_DATE})")
    return TrademarkCertificate(
        office=office_entity(sheet, Office.USPTO, "united states patent and trademark office", "united states"),
        registration_number=read_number(
            flow.search(r"Reg(?:istration)?\.?\s*N[o0]\.?\s*[:.]?\s*([\d,. ]{7,12})"), r"\d{6,7}"
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


def _body(pieces: tuple[Piece, ...]) -> Flow:
    """Return the text beside the margin of labels; of a page in two text columns, both one after the other."""
    head = level_of(pieces, r"register\s*$|reg\.?\s*no")
    below = [piece for piece in pieces if head is None or piece.level >= head.level - head.height]
    margin = level_of(pieces, r"^\W*reg\.?\s*n[o0]")
    columns = in_columns(below)
    if len(columns) == 2 and margin is not None and margin in columns[0]:
        return Flow(columns[1])
    return Flow(one_below_another(columns))


def _owner(body: Flow) -> Party:
    """Return who stands before the brackets, from the row at which the name begins; the address goes on behind them."""
    match = next(iter(body.every(_ENTITY)), None)
    if match is None:
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
    """Return the words between the office's name and the text, which are the mark, if it has words."""
    head = level_of(pieces, r"patent and trade")
    start = level_of(pieces, r"^\W*reg\.?\s*n[o0]")
    register = level_of(pieces, r"^\W*(?:principal|supplemental)\s*register")
    tops = [piece for piece in (head,) if piece]
    ends = [piece for piece in (start, register) if piece]
    if not tops or not ends:
        return None
    # With a margin the labels stand under the mark; in the older layout the mark stands under "PRINCIPAL REGISTER".
    old = register is not None and start is not None and register.left > start.right
    text = level_of(pieces, _ENTITY) or level_of(pieces, _BODY)
    top, bottom = (register.bottom, text.top if text else 1.0) if old and register else (tops[0].bottom, ends[0].top)
    return word_mark(pieces, top=top, bottom=bottom, without=_HEADS)


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
            "~trade name",
        ),
        needs=(
            ("Reg. No.", "Registration No."),
            ("Principal Register", "Supplemental Register"),
            ("Int. Cl", "In class"),
        ),
    ),
    read,
)
