"""Turkish letters of authorization (yetki belgesi), as far as their parties, mark and territory go."""

import re
from collections.abc import Iterator

from extractors.letters import companies, values
from extractors.letters.fields import AuthorizationLetter
from extractors.letters.letter import Letter
from extractors.letters.spans import LetterSpan
from extractors.letters.terms import read_term
from extractors.letters.text import LetterText
from extractors.letters.words import Part
from pipeline.model import Entity

_TURKISH = re.compile(r"yetkilidir|yetki ?belges|firmas[ıi]|markal[ıi]|ürün|sayg[ıi]lar[ıi]m[ıi]z", re.IGNORECASE)
_CAPITALS = r"A-ZÇĞİÖŞÜÍ"
# Readers take İ for i: `LiMiTED ŞiRKETi`.
_NAME_WORD = rf"(?:[{_CAPITALS}i][{_CAPITALS}i0-9&.]*)"
_FORM = r"(?:T[İIiÍ]C\.? ?)?LTD\.? ?[ŞS$]T[İIi]\.?|A\.? ?[ŞS]\.?(?![\w])"
_COMPANY = re.compile(rf"(?:{_NAME_WORD}[ ,]+){{1,9}}?(?:{_NAME_WORD}\.?)?(?:{_FORM})")
_FIRM = re.compile(r"^[ ,]*(?:[Ff]irmas[ıi]|[ŞS]irketi|[ŞSşs]irketi)")
_MARK = re.compile(rf"\b(?P<mark>[{_CAPITALS}][\w&\-]*(?: [{_CAPITALS}][\w&\-]*)?) marka(?:l[ıi]|s[ıi])")
_TERRITORY = re.compile(r"\b(?P<place>Türkiye)(?: içi| genelinde|[’']de| sınırları)?")


_WORDS = (
    "TİC", "ŞTİ", "TİCARET", "SANAYİ", "LİMİTED", "ŞİRKETİ", "ANONİM",
    "ELEKTRONİK", "ELEKTRİK", "TEKNİK", "SERVİS", "HİZMETLERİ", "SİSTEMLERİ", "CİHAZ",
    "CİHAZLARI", "MAKİNE", "TEKSTİL", "GİYİM", "İTHALAT", "İHRACAT", "BİLİŞİM",
    "BİLGİSAYAR", "İLETİŞİM", "KİMYA", "OTOMOTİV", "MÜHENDİSLİK", "İNŞAAT", "GÜVENLİK",
    "İKLİMLENDİRME", "ENERJİ", "TEMİZLİK",
)  # fmt: skip
"""Words of company names whose dotted İ readers take for I."""

_DOTTED = {word.replace("İ", "I"): word for word in _WORDS}


def is_turkish(text: str) -> bool:
    """Whether a letter is written in Turkish."""
    return len({match[0].casefold() for match in _TURKISH.finditer(text)}) >= 2


def read(text: LetterText) -> AuthorizationLetter:
    """Read the parties, the marks, the territory and the day of a Turkish letter."""
    letter = Letter(text, find_spans(text.text))
    licensor = companies.read_party(letter, Part.LICENSOR)
    licensee = companies.read_party(letter, Part.LICENSEE, other=licensor)
    return AuthorizationLetter(
        licensor=_restored(licensor),
        licensee=_restored(licensee),
        marks=values.read_marks(letter),
        territory=values.read_territory(letter),
        signed_date=read_term(letter).signed_date,
    )


def find_spans(text: str) -> tuple[LetterSpan, ...]:
    """Return the parties, the mark and the territory; the licensor is the company that is not the one allowed."""
    return tuple(sorted(_found(text), key=lambda span: (span.start, span.stop)))


def _found(text: str) -> Iterator[LetterSpan]:
    companies = [match.span() for match in _COMPANY.finditer(text)]
    allowed = [place for place in companies if _FIRM.match(text[place[1] :])]
    for start, stop in allowed[:1]:
        yield LetterSpan(Part.LICENSEE, start, stop, 0.85)
    names = {_same(text[start:stop]) for start, stop in allowed}
    for start, stop in companies:
        if allowed and _same(text[start:stop]) not in names:
            yield LetterSpan(Part.LICENSOR, start, stop, 0.8)
            break
    for match in _MARK.finditer(text):
        yield LetterSpan(Part.MARK, *match.span("mark"), 0.9)
    for match in _TERRITORY.finditer(text):
        yield LetterSpan(Part.TERRITORY, *match.span("place"), 0.8)


def _same(name: str) -> str:
    return re.sub(r"[^A-Z]", "", name.upper().replace("İ", "I").replace("Ş", "S").replace("$", "S").replace("Í", "I"))


def _restored(party: Entity[str] | None) -> Entity[str] | None:
    """Return a name in capitals with the dots that readers lose or take for small letters: `LiMiTED`, `TÍC`, `ŞTI`."""
    if party is None:
        return None
    name = party.value.replace("i", "İ").replace("Í", "İ").replace("$T", "ŞT")
    words = (_DOTTED.get(_dotless(word), word) for word in re.split(r"(\W+)", name))
    return party.model_copy(update={"value": "".join(words)})


def _dotless(word: str) -> str:
    return word.replace("İ", "I")
