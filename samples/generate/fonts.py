"""The faces that the pages are set in, all of them in packages of Debian."""

from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from PIL import ImageFont

_ROOT = Path("/usr/share/fonts")

PACKAGES = "fonts-noto-cjk fonts-noto-cjk-extra fonts-arphic-uming fonts-arphic-ukai fonts-wqy-zenhei fonts-liberation"
"""Debian packages that hold every face."""


@dataclass(frozen=True)
class FontFile:
    """One face inside a font file."""

    path: Path
    index: int = 0


_UMING = FontFile(_ROOT / "truetype/arphic/uming.ttc")
_WQY = FontFile(_ROOT / "truetype/wqy/wqy-zenhei.ttc")


class Face(Enum):
    """A face by its role; value: the file to draw pixels with, the TrueType file to embed in a PDF."""

    SONG = (_UMING, _UMING)
    """Thin serif: what registrars' printers fill in."""
    HEI = (FontFile(_ROOT / "opentype/noto/NotoSansCJK-Medium.ttc", 2), _WQY)
    """Sans serif: printed labels."""
    BLACK = (FontFile(_ROOT / "opentype/noto/NotoSansCJK-Black.ttc", 2), _WQY)
    """The title of a licence."""
    SERIF = (FontFile(_ROOT / "opentype/noto/NotoSerifCJK-Bold.ttc", 2), _WQY)
    """The title and labels of a certificate."""
    KAI = (FontFile(_ROOT / "truetype/arphic/ukai.ttc"), FontFile(_ROOT / "truetype/arphic/ukai.ttc"))
    """Brush-like: older certificates."""
    LATIN = (FontFile(_ROOT / "truetype/liberation/LiberationSerif-Bold.ttf"),) * 2
    """Marks set as a word."""
    STYLED = (FontFile(_ROOT / "truetype/liberation/LiberationSans-BoldItalic.ttf"),) * 2
    """Marks set with some style."""
    SANS = (FontFile(_ROOT / "truetype/liberation/LiberationSans-Regular.ttf"),) * 2
    """English papers."""

    ROMAN = (FontFile(_ROOT / "truetype/liberation/LiberationSerif-Regular.ttf"),) * 2
    """Text of papers in Latin script."""
    MING = (FontFile(_ROOT / "opentype/noto/NotoSerifCJK-Regular.ttc", 3), _UMING)
    """Traditional characters of Taiwanese papers."""

    @property
    def pixels(self) -> FontFile:
        """File to draw pixels with."""
        return self.value[0]

    @property
    def embedded(self) -> FontFile:
        """File to embed in a PDF; TrueType outlines, the only ones that reportlab embeds."""
        return self.value[1]


FILLED_IN = (
    _UMING,
    FontFile(_ROOT / "opentype/noto/NotoSerifCJK-Regular.ttc", 2),
    FontFile(_ROOT / "opentype/noto/NotoSansCJK-Regular.ttc", 2),
    FontFile(_ROOT / "truetype/arphic/ukai.ttc"),
    _WQY,
)
"""What registrars' printers may fill in values with, besides Song."""

PRINTED = (
    FontFile(_ROOT / "opentype/noto/NotoSansCJK-Medium.ttc", 2),
    FontFile(_ROOT / "opentype/noto/NotoSansCJK-Bold.ttc", 2),
    _WQY,
    FontFile(_ROOT / "opentype/noto/NotoSerifCJK-Bold.ttc", 2),
)
"""What labels may be printed in, besides Hei."""


@cache
def load(file: FontFile, size: int) -> ImageFont.FreeTypeFont:
    """Return the face at `size` pixels."""
    return ImageFont.truetype(str(file.path), size, index=file.index)


def missing() -> tuple[Path, ...]:
    """Return the font files that this machine lacks."""
    faces = {file for face in Face for file in (face.pixels, face.embedded)}
    files = {file.path for file in (*faces, *FILLED_IN, *PRINTED)}
    return tuple(sorted(path for path in files if not path.exists()))


def advance(file: FontFile, text: str, size: float) -> float:
    """Return the width of `text` at `size`, in the unit of `size`."""
    return load(file, 200).getlength(text) * size / 200
