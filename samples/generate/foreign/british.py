"""Certificates that are a sentence: of UKIPO (and the extract of its register) and of the Indian registry."""

from samples.generate import ornaments
from samples.generate.canvas import Canvas, Ink
from samples.generate.drawing import centred
from samples.generate.facts import ForeignMark, Layout
from samples.generate.fonts import Face
from samples.generate.foreign.setting import begin, british, show_mark, sign, slashed, write

_TEXT = Ink(Face.ROMAN, 21)
_SANS = Ink(Face.SANS, 19)
_LABEL = Ink(Face.SANS, 19, (90, 90, 100))


def draw(canvas: Canvas, mark: ForeignMark) -> None:
    """Draw the whole page."""
    begin(canvas)
    {Layout.UKIPO: _certificate, Layout.UKIPO_EXTRACT: _extract}.get(mark.layout, _indian)(canvas, mark)


def _certificate(canvas: Canvas, mark: ForeignMark) -> None:
    assert mark.filed is not None
    centred(canvas, 130, "Intellectual Property Office", Ink(Face.SANS, 26))
    centred(canvas, 210, "CERTIFICATE OF REGISTRATION OF TRADE MARK", Ink(Face.LATIN, 34))
    centred(canvas, 252, "Trade Marks Act 1994 of Great Britain and Northern Ireland", Ink(Face.ROMAN, 22))
    text = (
        f"I certify that the mark shown below has been registered under No. {mark.number} effective as of the date "
        f"{british(mark.filed)} and has been entered in the register on {british(mark.registered)}"
    )
    write(canvas, 110, 330, text, _TEXT, width=780, leading=32)
    show_mark(canvas, mark, (500, 560))
    canvas.text(110, 740, "The mark has been registered in respect of:", _TEXT)
    y = 780.0
    for nice_class, goods in mark.goods:
        y = write(canvas, 110, y, f"Class {nice_class}: {'; '.join(goods)}.", _TEXT, width=780, leading=30) + 8
    canvas.text(110, y + 20, "In the name of", _TEXT)
    y += 56
    for row in (mark.owner, *mark.address):
        canvas.text(110, y, row, _TEXT)
        y += 28
    sign(canvas, mark, 620, 1290, "Registrar")


def _extract(canvas: Canvas, mark: ForeignMark) -> None:
    assert mark.filed is not None
    assert mark.valid_to is not None
    canvas.text(60, 110, "Intellectual Property Office", Ink(Face.SANS, 24))
    canvas.text(60, 170, "Trade mark details", Ink(Face.LATIN, 40))
    rows = (
        ("Trade mark number", mark.number), ("Status", "Registered"), ("Mark text", mark.text),
        ("Filing date", british(mark.filed)), ("Date of entry in register", british(mark.registered)),
        ("Renewal date", british(mark.valid_to)),
    )  # fmt: skip
    y = 250.0
    for label, value in rows:
        canvas.text(60, y, label, _LABEL)
        canvas.text(400, y, value, _SANS)
        y += 42
    canvas.text(60, y + 30, "Goods and services", Ink(Face.LATIN, 26))
    y += 76
    for nice_class, goods in mark.goods:
        canvas.text(60, y, f"Class {nice_class}", Ink(Face.LATIN, 20))
        y = write(canvas, 60, y + 30, f"{'; '.join(goods)}.", _SANS, width=860, leading=28) + 10
    canvas.text(60, y + 24, "Names and addresses", Ink(Face.LATIN, 26))
    canvas.text(60, y + 72, "Owner name", _LABEL)
    canvas.text(400, y + 72, mark.owner, _SANS)
    canvas.text(60, y + 112, "Address", _LABEL)
    for number, row in enumerate(mark.address):
        canvas.text(400, y + 112 + 28 * number, row, _SANS)


def _indian(canvas: Canvas, mark: ForeignMark) -> None:
    if mark.layout is Layout.IPINDIA_GOLD:
        ornaments.lay_border(canvas, (20, 50, 980, 1390), (170, 130, 50), strip=ornaments.wave_border)
    centred(canvas, 130, "Government of India", Ink(Face.LATIN, 24))
    centred(canvas, 164, "Trade Marks Registry", Ink(Face.LATIN, 24))
    centred(canvas, 198, "Trade Marks Act, 1999", Ink(Face.LATIN, 22))
    title = "Certificate of Registration of Trade Mark, Section 23 (2), Rule 56 (1)"
    centred(canvas, 260, title, Ink(Face.LATIN, 24))
    canvas.text(90, 320, f"Trade Mark No. {mark.number}", _TEXT)
    canvas.text(430, 320, f"Date {slashed(mark.registered)}", _TEXT)
    canvas.text(740, 320, "J. No. 1994", _TEXT)
    text = "Certified that Trade Mark / a representation is annexed hereto, has been registered in the name(s) of :-"
    y = write(canvas, 90, 400, text, _TEXT, width=820, leading=30)
    owner = f"{mark.owner}, {', '.join(mark.address)}, INDIVIDUAL, (Single Firm)"
    y = write(canvas, 90, y, owner, _TEXT, width=820, leading=30)
    ((nice_class, goods),) = mark.goods
    canvas.text(90, y + 60, f"In Class {nice_class}", _TEXT)
    canvas.text(280, y + 60, f"Under No. {mark.number}", _TEXT)
    canvas.text(520, y + 60, f"as of the date {british(mark.registered)} in respect of", _TEXT)
    write(canvas, 90, y + 110, f"{', '.join(goods)}.", _TEXT, width=820, leading=30)
    show_mark(canvas, mark, (500, y + 290), height=34)
    canvas.text(90, 1010, f"Sealed at my direction, this {british(mark.registered)}", _TEXT)
    canvas.text(90, 1210, "Trade Marks Registry MUMBAI", _TEXT)
    sign(canvas, mark, 660, 1190, "Registrar of Trademarks")
