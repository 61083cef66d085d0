"""What foreign certificates say, drawn by lot; all of it is invented."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from samples.generate.facts import ForeignMark, Layout

_GOODS: Mapping[int, Sequence[str]] = {
    9: ("Protective cases for smartphones", "Headphones", "Battery chargers", "Data cables", "Computer software"),
    14: ("Watches", "Clocks", "Jewellery", "Watch straps", "Key rings"),
    18: ("Handbags", "Backpacks", "Umbrellas", "Travelling bags", "Purses"),
    25: ("Clothing", "Footwear", "Headwear", "Scarves", "Gloves", "Socks"),
    28: ("Toys", "Games", "Fishing tackle", "Balls for sports", "Playing cards"),
}
_TRADITIONAL: Mapping[int, Sequence[str]] = {
    7: ("輸送用機械", "林業機械", "金屬加工機械", "工業用機器人"),
    18: ("皮包", "背包", "手提袋", "雨傘", "錢包"),
    25: ("衣服", "靴鞋", "圍巾", "帽子", "襪子"),
}
_WORDS = (
    "Northwind",
    "Larkfield",
    "Quillon",
    "Tessaro",
    "Veldrane",
    "Ombrelle",
    "Kestrow",
    "Halvren",
    "Morvane",
    "Brindle",
)
_TRADES = ("Trading", "Outdoor", "Apparel", "Home", "Sports", "Accessories")
_FORMS: Mapping[Layout, Sequence[str]] = {
    Layout.UKIPO: ("Ltd", "Limited"), Layout.UKIPO_EXTRACT: ("Ltd", "Limited"), Layout.OEPM: ("S.L.",),
    Layout.EUIPO: ("GmbH", "B.V."), Layout.OHIM: ("GmbH", "S.p.A."), Layout.WIPO: ("GmbH", "AG"),
    Layout.BOIP: ("B.V.", "N.V."),
    Layout.CODED: ("LLC",),
}  # fmt: skip
_SYLLABLES = ("VE", "LO", "RO", "TI", "DO", "KA", "NOR", "MI", "ZEN", "EL", "BO", "TRA", "STA")
_WORDS_ZH, _ENDINGS_ZH = "試星雲棧遠帆聽潮銀杏晴瀾飛鳶", ("國際股份有限公司", "實業有限公司", "機械有限公司")


def random_facts(chance: Random, layout: Layout | None = None) -> ForeignMark:
    """Return a certificate of the given face, or of any."""
    layout = layout or chance.choice(tuple(Layout))
    filed = date(2012, 1, 1) + timedelta(days=chance.randrange(4200))
    registered = filed + timedelta(days=chance.randint(150, 500))
    several = layout not in (Layout.TIPO, Layout.IPINDIA, Layout.IPINDIA_GOLD)
    mark = ForeignMark(
        layout=layout,
        text="".join(chance.sample(_SYLLABLES, chance.choice((2, 3)))),
        number=str(chance.randint(4_100_000, 7_400_000)),
        owner=f"{chance.choice(_WORDS)} {chance.choice(_TRADES)} {chance.choice(_FORMS.get(layout, ('Inc.', 'LLC')))}",
        address=(
            f"{chance.randint(1, 240)} {chance.choice(_WORDS)} Street",
            f"Sampletown {chance.randint(10000, 99999)}",
        ),
        goods=_goods(chance, chance.choice((1, 1, 2)) if several else 1),
        registered=registered,
        filed=filed,
    )
    return _of_office(mark, chance)


def _goods(chance: Random, count: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
    classes = sorted(chance.sample(sorted(_GOODS), count))
    return tuple((number, tuple(chance.sample(list(_GOODS[number]), chance.randint(2, 4)))) for number in classes)


def _of_office(mark: ForeignMark, chance: Random) -> ForeignMark:
    """Return the mark with what its office numbers and prints its own way."""
    assert mark.filed is not None
    end, day_after = _years_on(mark.filed), _years_on(mark.registered)
    layout = mark.layout
    if layout.value.startswith("uspto"):
        serial = f"{chance.choice((85, 86, 87, 88, 90))}{chance.randrange(10**6):06d}"
        return replace(mark, application=serial, supplemental=chance.random() < 0.2)
    if layout in (Layout.EUIPO, Layout.OHIM):
        number = f"01{chance.randrange(10**7):07d}"
        return replace(mark, number=number, application=number, valid_to=end)
    if layout in (Layout.UKIPO, Layout.UKIPO_EXTRACT):
        number = f"UK0000{chance.randint(3_000_000, 3_999_999)}"
        return replace(mark, number=number, valid_to=end if layout is Layout.UKIPO_EXTRACT else None)
    if layout is Layout.WIPO:
        number = str(chance.randint(1_100_000, 1_850_000))
        return replace(mark, number=number, filed=None, valid_to=day_after, designations=("AU", "CN", "GB", "US"))
    if layout is Layout.TIPO:
        return _taiwanese(mark, chance)
    if layout is Layout.OEPM:
        return replace(mark, number=f"M{chance.randint(3_000_000, 4_200_000)}")
    if layout in (Layout.IPINDIA, Layout.IPINDIA_GOLD):
        # The day "as of" is both; no other is printed.
        return replace(mark, filed=None)
    return replace(
        mark, application=mark.number if layout is Layout.BOIP else str(chance.randint(200000, 999999)), valid_to=end
    )


def _taiwanese(mark: ForeignMark, chance: Random) -> ForeignMark:
    day = mark.registered.replace(day=chance.choice((1, 16)))
    nice_class = chance.choice(sorted(_TRADITIONAL))
    goods = tuple(chance.sample(list(_TRADITIONAL[nice_class]), 3))
    return replace(
        mark,
        number=f"0{chance.randint(1_600_000, 2_399_999)}",
        owner="".join(chance.sample(_WORDS_ZH, 2)) + chance.choice(_ENDINGS_ZH),
        address=(),
        goods=((nice_class, goods),),
        registered=day,
        filed=None,
        valid_to=_years_on(day) - timedelta(days=1),
    )


def _years_on(day: date) -> date:
    """Return the same day ten years on, February's last for its 29th."""
    return day.replace(year=day.year + 10, day=28 if (day.month, day.day) == (2, 29) else day.day)
