"""Letters drawn by lot: companies, marks, periods and grants that do not exist."""

from datetime import date, timedelta
from random import Random

from samples.generate.facts import LONG_TERM, Letter, Term
from samples.generate.letters import names

_EXCLUSIVITY = ("exclusive", "sole", "non_exclusive")
_PLATFORMS = {
    "zh": (
        ("速卖通（AliExpress）",),
        ("速卖通", "天猫"),
        ("速卖通", "亚马逊", "eBay"),
        ("各大电商平台",),
        ("全球速卖通",),
    ),
    "en": (("AliExpress",), ("AliExpress", "Amazon"), ("AliExpress", "Tmall", "Lazada"), ("all online platforms",)),
}
_TERRITORIES = {
    "zh": ("全球", "中国大陆", "中国大陆地区", "全世界", "东南亚"),
    "en": ("worldwide", "the European Union", "Mainland China", "South-East Asia"),
}


def random_facts(chance: Random) -> Letter:
    """Return the letter that `chance` comes to; everything in it is invented."""
    language = "zh" if chance.random() < 0.6 else "en"
    return letter_of(language, chance.choice(("prose", "form", "table")), chance)


def letter_of(language: str, layout: str, chance: Random) -> Letter:
    """Return a letter in that language and layout."""
    licensor, licensee = names.two_companies(language, chance)
    count = 2 if chance.random() < 0.2 else 1
    signed = date(chance.randint(2022, 2026), chance.randint(1, 10), chance.randint(1, 28))
    years = chance.choice((1, 2, 3, 5)) if chance.random() < 0.35 else None
    start = signed if years else signed + timedelta(days=chance.randint(0, 40))
    return Letter(
        language=language,  # type: ignore[arg-type]
        layout=layout,  # type: ignore[arg-type]
        licensor=licensor,
        licensee=licensee,
        marks=tuple(names.mark(language, chance) for _ in range(count)),
        numbers=tuple(str(chance.randint(11_000_000, 79_000_000)) for _ in range(count)),
        nice_classes=tuple(sorted(chance.sample((3, 9, 11, 14, 18, 21, 25, 28), chance.choice((1, 1, 2))))),
        platforms=chance.choice(_PLATFORMS[language]),
        valid_from=start,
        valid_to=_end(start, years, chance),
        signed=signed,
        exclusivity=chance.choice((*_EXCLUSIVITY, None)),  # type: ignore[arg-type]
        territory=chance.choice((*_TERRITORIES[language], None)),
        sublicensing=chance.choice((True, False, None)),
        years=years,
    )


def _end(start: date, years: int | None, chance: Random) -> Term:
    if years is None and chance.random() < 0.15:
        return LONG_TERM
    if years is None and chance.random() < 0.5:
        return date(start.year + chance.randint(1, 4), 12, 31)
    return start.replace(year=start.year + (years or chance.randint(1, 4))) - timedelta(days=1)
