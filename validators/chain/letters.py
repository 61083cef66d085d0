"""Which letters speak of a brand: by trademark number first, then by mark."""

from enum import StrEnum

from extractors.base import Office
from extractors.letters.fields import AuthorizationLetter
from extractors.trademark_fields import TrademarkCertificate
from pipeline.form import Brand
from pipeline.model import Entity
from validators.case import Case, MarkPaper, Paper
from validators.equality import marks_may_be_the_same, same_mark
from validators.identifiers import same_trademark_number
from validators.parties import Agreement, same_party

Letter = Paper[AuthorizationLetter]

LETTER = "authorization_letter"


class Claim(StrEnum):
    """Whether a letter speaks of a brand."""

    NAMED = "named"
    """It bears the brand's number or its mark."""
    OPEN = "open"
    """It names no mark that could be read, or one that is no declared brand's: it may be meant."""
    ANOTHERS = "anothers"
    """It names another declared brand."""


def letters_in(case: Case) -> tuple[Letter, ...]:
    """Return all letters; one that was recognised and of which nothing was read has empty fields."""
    return case.once(
        LETTER,
        lambda: tuple(
            Paper(found, found.fields if isinstance(found.fields, AuthorizationLetter) else AuthorizationLetter())
            for found in case.documents
            if found.type == LETTER
        ),
    )


def claim_of(letter: Letter, brand: Brand, case: Case) -> Claim:
    """Tell whether a letter speaks of a brand."""
    if _names(letter, brand, case):
        return Claim.NAMED
    others = case.application.brands if case.application else ()
    return Claim.ANOTHERS if any(_names(letter, other, case) for other in others) else Claim.OPEN


def _names(letter: Letter, brand: Brand, case: Case) -> bool:
    papers = case.papers_of(brand)
    return bears_a_number(letter, brand, papers) or bears_the_mark(letter, brand, papers)


def bears_a_number(letter: Letter, brand: Brand, papers: tuple[MarkPaper, ...]) -> bool:
    """Whether one of the letter's trademark numbers is the brand's, as declared or on its papers."""
    numbers = letter.fields.trademark_numbers
    return numbers is not None and any(
        same_trademark_number(number, own, office)
        for number in numbers.value
        for own, office in numbers_of(brand, papers)
    )


def bears_the_mark(letter: Letter, brand: Brand, papers: tuple[MarkPaper, ...]) -> bool:
    """Whether one of the letter's marks is the brand's, as declared or on its papers."""
    marks = letter.fields.marks
    return marks is not None and any(same_mark(mark, own) for mark in marks.value for own in marks_of(brand, papers))


def may_bear_the_mark(letter: Letter, brand: Brand, papers: tuple[MarkPaper, ...]) -> bool:
    """Whether one of the letter's marks differs from the brand's only by what a reader of pictures cannot tell."""
    marks = letter.fields.marks
    return marks is not None and any(
        marks_may_be_the_same(mark, own) for mark in marks.value for own in marks_of(brand, papers)
    )


def numbers_of(brand: Brand, papers: tuple[MarkPaper, ...]) -> list[tuple[str, Office | None]]:
    """Return a brand's numbers: of its papers; as declared where it has none."""
    found = []
    for paper in papers:
        office = paper.fields.office.value if paper.fields.office else None
        numbers: list[Entity[str] | None] = [paper.fields.application_number]
        if isinstance(paper.fields, TrademarkCertificate):
            numbers.append(paper.fields.registration_number)
        found += [(number.value, office) for number in numbers if number is not None]
    declared = brand.trademark_number
    return found or ([(declared, None)] if declared else [])


def marks_of(brand: Brand, papers: tuple[MarkPaper, ...]) -> list[str]:
    """Return how a brand is written: on its papers; as declared where none of them could be read."""
    return [paper.fields.mark_text.value for paper in papers if paper.fields.mark_text] or [brand.name]


def given_to(letter: Letter, party: Entity[str] | None, *, below: float) -> Entity[str] | None:
    """Return the licensee who is a party, where the letter is given to several; else the letter's licensee.

    Args:
        letter: The letter.
        party: Who should be a licensee of it.
        below: Confidence under which a fact or a character counts as doubtful, 0 to 1.
    """
    several = letter.fields.licensees
    named = each_of(several) if several else ()
    meant = (each for each in named if same_party(each, party, below=below) is Agreement.SAME)
    return next(meant, letter.fields.licensee)


def each_of(names: Entity[tuple[str, ...]]) -> tuple[Entity[str], ...]:
    """Return the single names of a list as facts of their own, with the list's evidence."""
    return tuple(
        Entity(value=name, raw=names.raw, confidence=names.confidence, evidence=names.evidence) for name in names.value
    )
