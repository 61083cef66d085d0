"""Gettext catalogues: what the program says to people, by language; translators edit `*.po`, Babel compiles them.

A catalogue lies in `FOLDER/LANG/LC_MESSAGES/DOMAIN.po`. The `.mo` beside it is what is read: it opens within a
millisecond and without Babel. A test fails if it is older than its source; `make catalogues` renews it.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = ("en", "zh")


@cache
def translations(domain: str, lang: str, folder: Path = LOCALE) -> NullTranslations:
    """Return what a domain says in a language.

    Args:
        domain: Such as `report`.
        lang: `en` or `zh`.
        folder: Where the catalogues lie.

    Returns:
        The catalogue; what it lacks comes out as it was asked for, and so does everything if there is none.
    """
    source = folder / lang / "LC_MESSAGES" / f"{domain}.po"
    compiled = source.with_suffix(".mo")
    if compiled.exists():
        with compiled.open("rb") as file:
            return GNUTranslations(file)
    return GNUTranslations(BytesIO(compile_catalogue(source))) if source.exists() else NullTranslations()


def messages(domain: str, lang: str, folder: Path = LOCALE) -> Mapping[str, str]:
    """Return a domain whose texts have names: name → text."""
    # GNUTranslations has no public way to list what it holds.
    catalogue: Mapping[str, str] = getattr(translations(domain, lang, folder), "_catalog", {})
    return {name: text for name, text in catalogue.items() if name}


def compile_catalogue(source: Path) -> bytes:
    """Return the `.mo` of a `.po`; raises ValueError if a line of it cannot be understood."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, abort_invalid=True))
    return compiled.getvalue()


def sources(folder: Path = LOCALE) -> Iterator[Path]:
    """Yield the `.po` files below a folder."""
    yield from sorted(folder.glob("*/LC_MESSAGES/*.po"))


if __name__ == "__main__":
    for each in sources():
        each.with_suffix(".mo").write_bytes(compile_catalogue(each))
