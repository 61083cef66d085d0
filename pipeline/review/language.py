"""The desk's catalogues: English stands in the program, Chinese in `locale/zh/LC_MESSAGES/review.po`."""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

CATALOGUES = Path(__file__).parent / "locale"


@cache
def translations(lang: str) -> NullTranslations:
    """Return the desk's texts in a language, `en` or `zh`; what the catalogue lacks stays English."""
    path = CATALOGUES / lang / "LC_MESSAGES" / "review.po"
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return Translations(compiled)
