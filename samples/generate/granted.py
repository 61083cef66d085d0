"""What comes with a mark of someone else: letters of authorization, and cards of the people who sign them."""

from dataclasses import replace
from datetime import date
from random import Random

from samples.generate.companies import CITIES, Company, Person
from samples.generate.facts import LONG_TERM, Card, ForeignMark, Letter, Mark, Term
from samples.generate.plan import Form, brand_of, edited

SIGNED = date(2026, 1, 5)
"""When letters were signed; from this day they hold."""
LAST_DAY = date(2028, 12, 31)
"""Until when letters hold unless they say otherwise."""
_ADULT = 46
"""From this age on a card holds for good (Law on Resident Identity Cards, article 5)."""


def letter_of(mark: Mark | ForeignMark, licensee: str, *, licensor: str = "") -> Letter:
    """Return a plain form of a letter that lets `licensee` sell goods of the mark on AliExpress, anywhere.

    Args:
        mark: What is licensed.
        licensee: Who may use it.
        licensor: Who says so, where that is not the owner.
    """
    classes = (mark.nice_class,) if isinstance(mark, Mark) else tuple(number for number, _ in mark.goods)
    return Letter(
        language="zh",
        layout="form",
        licensor=licensor or mark.owner,
        licensee=licensee,
        marks=(mark.text,),
        numbers=(mark.number,),
        nice_classes=classes,
        platforms=("速卖通（AliExpress）",),
        valid_from=SIGNED,
        valid_to=LAST_DAY,
        signed=SIGNED,
        territory="全球",
    )


def chain_of(mark: Mark, middle: Company, last: str) -> tuple[Letter, Letter]:
    """Return two letters in prose: the owner lets `middle` pass the right on, and `middle` passes it to `last`."""
    first = replace(letter_of(mark, middle.name), layout="prose", sublicensing=True)
    second = replace(letter_of(mark, last, licensor=middle.name), layout="prose", sublicensing=False)
    return first, second


def declared_as_authorized(form: Form, *marks: Mark | ForeignMark) -> dict[str, object]:
    """Return the form with these marks declared as somebody else's."""
    return edited(form, "brands", [{**brand_of(mark), "relation": "authorized"} for mark in marks])


def card_of(person: Person, city: str, *, issued: date, until: Term | None = None) -> Card:
    """Return a person's card, both sides on one sheet.

    Args:
        person: Whose; sex and birth follow from the number.
        city: Where the person is registered.
        issued: First day of the card.
        until: Last day; None takes what the law gives at that age.
    """
    province, _, districts = CITIES[city]
    chance = Random(person.id_number)
    born = date.fromisoformat(person.id_number[6:14])
    district = chance.choice(districts)
    return Card(
        side="both",
        name=person.name,
        sex="male" if int(person.id_number[16]) % 2 else "female",
        ethnicity="汉",
        born=born,
        address=f"{province}{city}{district}星屿里{chance.randint(2, 199)}号{chance.randint(101, 1804)}室",
        number=person.id_number,
        authority=f"{city}公安局" + (f"{district[:-1]}分局" if district.endswith("区") else ""),
        valid_from=issued,
        valid_to=until or _card_term(born, issued),
    )


def _card_term(born: date, issued: date) -> Term:
    """Return until when a card holds that was issued at 26 or later."""
    age = issued.year - born.year - ((issued.month, issued.day) < (born.month, born.day))
    return LONG_TERM if age >= _ADULT else issued.replace(year=issued.year + 20)
