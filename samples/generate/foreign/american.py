"""Certificates of the USPTO: two columns of text, labels in a margin, electronic since June 2022.

The real header is in blackletter; no free package of the system has one, so it is set in bold.
"""

from samples.generate.canvas import Canvas, Ink
from samples.generate.drawing import centred
from samples.generate.facts import ForeignMark, Layout
from samples.generate.fonts import Face
from samples.generate.foreign.setting import american, begin, hyphened, show_mark, sign, write

_TEXT = Ink(Face.ROMAN, 19)
_BOLD = Ink(Face.LATIN, 20)
_FONT_CLAIM = "THE MARK CONSISTS OF STANDARD CHARACTERS WITHOUT CLAIM TO ANY PARTICULAR FONT STYLE, SIZE OR COLOR"


def draw(canvas: Canvas, mark: ForeignMark) -> None:
    """Draw the whole page."""
    begin(canvas)
    if mark.layout is Layout.USPTO_COLUMNS:
        _columns(canvas, mark)
    else:
        _margin(canvas, mark)


def _register(mark: ForeignMark) -> str:
    return "Supplemental Register" if mark.supplemental else "Principal Register"


def _number(mark: ForeignMark) -> str:
    return f"{int(mark.number):,}"


def _serial(mark: ForeignMark) -> str:
    assert mark.application is not None
    assert mark.filed is not None
    return (
        f"SER. NO. {mark.application[:2]}-{mark.application[2:5]},{mark.application[5:]}, FILED {hyphened(mark.filed)}"
    )


def _classes(mark: ForeignMark) -> str:
    return ", ".join(str(nice_class) for nice_class, _ in mark.goods)


def _kind(mark: ForeignMark) -> str:
    return "Service Mark" if all(nice_class >= 35 for nice_class, _ in mark.goods) else "Trademark"


def _margin(canvas: Canvas, mark: ForeignMark) -> None:
    if mark.layout is Layout.USPTO_ELECTRONIC:
        canvas.frame((30, 50, 970, 1270), (40, 60, 120), 3)
    centred(canvas, 120, "United States of America", Ink(Face.LATIN, 50))
    centred(canvas, 165, "United States Patent and Trademark Office", Ink(Face.LATIN, 27))
    show_mark(canvas, mark, (560, 330))
    y = 520.0
    labels = (
        f"Reg. No. {_number(mark)}", f"Registered {american(mark.registered)}", f"Int. Cl.: {_classes(mark)}",
        _kind(mark), _register(mark),
    )  # fmt: skip
    for label in labels:
        canvas.text(60, y, label, _BOLD)
        y += 46
    y = write(canvas, 370, 520, f"{mark.owner} (DELAWARE CORPORATION)", _TEXT, width=560, leading=25)
    for row in mark.address:
        canvas.text(370, y, row, _TEXT)
        y += 25
    for nice_class, goods in mark.goods:
        y = write(canvas, 370, y + 14, f"CLASS {nice_class}: {'; '.join(goods)}", _TEXT, width=560, leading=25)
        use = f"FIRST USE {hyphened(mark.registered)}; IN COMMERCE {hyphened(mark.registered)}"
        y = write(canvas, 370, y + 10, use, _TEXT, width=560, leading=25)
    y = write(canvas, 370, y + 10, _FONT_CLAIM, _TEXT, width=560, leading=25)
    write(canvas, 370, y + 10, _serial(mark), _TEXT, width=560, leading=25)
    sign(canvas, mark, 60, 1200, "Director of the United States Patent and Trademark Office")


def _columns(canvas: Canvas, mark: ForeignMark) -> None:
    canvas.text(60, 110, f"Int. Cl.: {_classes(mark)}", _BOLD)
    canvas.text(60, 142, "Prior U.S. Cls.: 22 and 39", _BOLD)
    canvas.text(60, 196, "United States Patent and Trademark Office", Ink(Face.LATIN, 27))
    canvas.text(660, 176, f"Reg. No. {_number(mark)}", Ink(Face.LATIN, 24))
    canvas.text(660, 206, f"Registered {american(mark.registered)}", _TEXT)
    centred(canvas, 300, _kind(mark).upper(), Ink(Face.LATIN, 26))
    centred(canvas, 334, _register(mark).upper(), Ink(Face.LATIN, 26))
    show_mark(canvas, mark, (500, 520))
    y = write(canvas, 70, 760, f"{mark.owner} (DELAWARE CORPORATION)", _TEXT, width=400, leading=25)
    for row in mark.address:
        canvas.text(70, y, row, _TEXT)
        y += 25
    for nice_class, goods in mark.goods:
        text = f"FOR: {'; '.join(goods)}, IN CLASS {nice_class} (U.S. CLS. 22 AND 39)."
        y = write(canvas, 70, y + 16, text.upper(), _TEXT, width=400, leading=25)
    day = hyphened(mark.registered)
    y = write(canvas, 540, 760, f"FIRST USE {day}; IN COMMERCE {day}.", _TEXT, width=400, leading=25)
    y = write(canvas, 540, y + 14, f"{_serial(mark)}.", _TEXT, width=400, leading=25)
    canvas.text(540, y + 20, "JANE SAMPLE, EXAMINING ATTORNEY", _TEXT)
