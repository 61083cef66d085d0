"""Certificates with INID codes, or labels beside values: EUIPO, OHIM, WIPO, OEPM, BOIP and further offices."""

from collections.abc import Sequence

from samples.generate import ornaments
from samples.generate.canvas import Canvas, Ink
from samples.generate.drawing import centred
from samples.generate.facts import ForeignMark, Layout
from samples.generate.fonts import Face
from samples.generate.foreign.setting import begin, british, show_mark, sign, slashed, write

_TEXT = Ink(Face.SANS, 19)
_LABEL = Ink(Face.SANS, 19)
_BOLD = Ink(Face.LATIN, 20)

Row = tuple[str, Sequence[str]]
"""A code or label, and the rows of its value."""


def draw(canvas: Canvas, mark: ForeignMark) -> None:
    """Draw the whole page."""
    begin(canvas)
    drawn = {Layout.EUIPO: _european, Layout.OHIM: _european, Layout.WIPO: _madrid, Layout.BOIP: _benelux}
    drawn.get(mark.layout, _spanish if mark.layout is Layout.OEPM else _bracketed)(canvas, mark)


def _listed(canvas: Canvas, rows: Sequence[Row], *, y: float, value_at: float, width: float = 560) -> float:
    for label, values in rows:
        canvas.text(80, y, label, _LABEL)
        for value in values:
            y = write(canvas, value_at, y, value, _TEXT, width=width, leading=27)
        y += 9
    return y


def _european(canvas: Canvas, mark: ForeignMark) -> None:
    assert mark.filed is not None
    assert mark.valid_to is not None
    old = mark.layout is Layout.OHIM
    name = "Office for Harmonization in the Internal Market" if old else "European Union Intellectual Property Office"
    kind = "Community trade mark" if old else "European Union trade mark"
    centred(canvas, 110, name, Ink(Face.SANS, 24))
    centred(canvas, 180, "CERTIFICATE OF REGISTRATION", Ink(Face.LATIN, 38))
    text = (
        f"This Certificate of Registration is hereby issued for the {kind} identified below. The corresponding "
        f"entries have been recorded in the Register of {kind}s."
    )
    write(canvas, 120, 235, text, Ink(Face.ROMAN, 20), width=760, leading=27)
    canvas.text(120, 330, f"Registered / Eingetragen {slashed(mark.registered)}", _BOLD)
    canvas.text(640, 330, f"No {mark.number}", Ink(Face.LATIN, 24))
    sign(canvas, mark, 640, 420, "The President of the Office" if old else "The Executive Director")
    rows: list[Row] = [
        ("210", (mark.number,)), ("220", (slashed(mark.filed),)), ("442", (slashed(mark.filed),)),
        ("541", (mark.text,)),
        ("732", (mark.owner, *mark.address)), ("740", ("SAMPLE LAW S.L.", "Calle Muestra 1", "03000 Alicante", "ES")),
        ("270", ("EN ES",)),
    ]  # fmt: skip
    goods = [f"{code} - {number}" for code in ("EN",) for number, _ in mark.goods]
    listed = [row for head, (_, items) in zip(goods, mark.goods, strict=True) for row in (head, f"{'; '.join(items)}.")]
    foreign = [row for number, _ in mark.goods for row in (f"ES - {number}", "Artículos de muestra; otros artículos.")]
    rows += [
        ("511", (*listed, *foreign)), ("151", (slashed(mark.registered),)), ("450", (slashed(mark.registered),)),
        ("186", (slashed(mark.valid_to),)),
    ]  # fmt: skip
    _listed(canvas, rows, y=510, value_at=170, width=720)


def _madrid(canvas: Canvas, mark: ForeignMark) -> None:
    assert mark.valid_to is not None
    centred(canvas, 90, "WIPO", Ink(Face.SANS, 30))
    centred(canvas, 150, "CERTIFICATE OF REGISTRATION", Ink(Face.LATIN, 34))
    text = (
        "The International Bureau of the World Intellectual Property Organization (WIPO) certifies that the "
        "indications appearing in the present certificate conform to the recording made in the International Register "
        "of Marks maintained under the Madrid Agreement and Protocol."
    )
    write(canvas, 100, 200, text, Ink(Face.ROMAN, 20), width=800, leading=27)
    number = f"{int(mark.number):,}".replace(",", " ")
    classes = tuple(f"{nice_class:02d} {'; '.join(goods)}." for nice_class, goods in mark.goods)
    rows: list[Row] = [
        ("111", (number,)), ("151", (british(mark.registered),)), ("180", (british(mark.valid_to),)),
        ("732", (mark.owner, *mark.address)), ("842", ("Limited liability company, DE",)), ("540", (mark.text,)),
        ("511", ("NCL(12-2024)", *classes)), ("822", ("DE, 12.01.2024, 30 2023 999 999",)),
        ("832", (" - ".join(mark.designations),)), ("527", ("GB - IE",)),
    ]  # fmt: skip
    _listed(canvas, rows, y=330, value_at=170, width=740)


def _benelux(canvas: Canvas, mark: ForeignMark) -> None:
    assert mark.filed is not None
    assert mark.valid_to is not None
    canvas.text(60, 90, "BOIP", Ink(Face.LATIN, 40))
    canvas.text(60, 130, "Benelux Office for Intellectual Property", Ink(Face.SANS, 18))
    canvas.text(440, 130, "Registration certificate", Ink(Face.SANS, 44))
    canvas.text(80, 220, "Trademark information", _BOLD)
    rows: list[Row] = [
        ("Registration number", (mark.number,)),
        ("Number, date and time of filing", (f"{mark.application}, {slashed(mark.filed, '-')}, 10:28",)),
        ("Expiration date", (slashed(mark.valid_to, "-"),)),
        ("Publication date of the filing", (slashed(mark.filed, "-"),)),
        ("Registration date", (slashed(mark.registered, "-"),)),
        ("Publication date of the registration", (slashed(mark.registered, "-"),)),
    ]
    y = _listed(canvas, rows, y=262, value_at=470)
    canvas.text(80, y + 10, "Trademark", _LABEL)
    show_mark(canvas, mark, (620, y + 60))
    y = _listed(canvas, [("Mark type", ("Word mark",)), ("Mark kind", ("Individual mark",))], y=y + 150, value_at=470)
    canvas.text(80, y + 12, "Class numbers and list of goods and services", _BOLD)
    y += 46
    for nice_class, goods in mark.goods:
        y = write(canvas, 80, y, f"Cl {nice_class:02d} {'; '.join(goods)}.", _TEXT, width=820, leading=27)
    classes = " ".join(f"{nice_class:02d}" for nice_class, _ in mark.goods)
    y = _listed(canvas, [("Class numbers", (classes,))], y=y + 16, value_at=470)
    canvas.text(80, y + 12, "Holder", _BOLD)
    y = _listed(canvas, [("Name and address of the holder", (mark.owner, *mark.address))], y=y + 50, value_at=470)
    _listed(canvas, [("Place and date", (f"the Hague {slashed(mark.registered, '-')}",))], y=y + 12, value_at=470)


def _spanish(canvas: Canvas, mark: ForeignMark) -> None:
    assert mark.filed is not None
    centred(canvas, 110, "OFICINA ESPAÑOLA DE PATENTES Y MARCAS", Ink(Face.LATIN, 26))
    centred(canvas, 190, "TÍTULO DE REGISTRO DE MARCA", Ink(Face.LATIN, 38))
    text = (
        "Cumplidos los requisitos previstos en la Ley 17/2001, de 7 de diciembre, de Marcas, se expide el presente "
        "título por un período de diez años desde la fecha de solicitud."
    )
    write(canvas, 100, 250, text, Ink(Face.ROMAN, 20), width=800, leading=28)
    rows: list[Row] = [
        ("Número de registro:", (f"M {mark.number[1]}.{mark.number[2:5]}.{mark.number[5:]}",)),
        ("Fecha de solicitud:", (slashed(mark.filed),)),
        ("Fecha de concesión:", (slashed(mark.registered),)),
        ("Titular:", (mark.owner, *mark.address)),
        ("Denominación:", (mark.text,)),
    ]
    y = _listed(canvas, rows, y=350, value_at=330)
    canvas.text(80, y + 20, "Productos y servicios", _BOLD)
    y += 60
    for nice_class, goods in mark.goods:
        y = write(canvas, 80, y, f"Clase {nice_class}: {'; '.join(goods)}.", _TEXT, width=820, leading=28) + 8
    canvas.text(80, 1180, f"Madrid, {slashed(mark.registered)}", _TEXT)
    canvas.picture(
        640, 1080, 200, ornaments.seal("OEPM", canvas.resolution(200), seed=mark.number, colour=(60, 60, 160))
    )


def _bracketed(canvas: Canvas, mark: ForeignMark) -> None:
    assert mark.filed is not None
    assert mark.valid_to is not None
    centred(canvas, 110, "OFFICE OF INDUSTRIAL PROPERTY OF SAMPLONIA", Ink(Face.LATIN, 24))
    centred(canvas, 180, "TRADEMARK REGISTRATION CERTIFICATE", Ink(Face.LATIN, 36))
    left: list[Row] = [
        ("(111)", (mark.number,)), ("(151)", (slashed(mark.registered, "."),)),
        ("(180)", (slashed(mark.valid_to, "."),)), ("(210)", (str(mark.application),)),
        ("(220)", (slashed(mark.filed, "."),)),
    ]  # fmt: skip
    _listed(canvas, left, y=270, value_at=160, width=260)
    y = 270.0
    for label, values in (("(732)", ("Owner:", mark.owner, *mark.address)), ("(740)", ("Agent:", "SAMPLE LAW FIRM"))):
        canvas.text(520, y, label, _LABEL)
        for value in values:
            y = write(canvas, 600, y, value, _TEXT, width=340, leading=27)
        y += 9
    canvas.text(80, 520, "(540)", _LABEL)
    show_mark(canvas, mark, (500, 600))
    classes = tuple(f"Class {nice_class}: {'; '.join(goods)}." for nice_class, goods in mark.goods)
    _listed(canvas, [("(511)", classes)], y=760, value_at=160, width=760)
    sign(canvas, mark, 620, 1200, "Director")
