"""Labelled letters by lot: a wording, and invented parties, marks and days in it, each with its place."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from samples.generate.letters import names
from samples.generate.letters.wording import day

_SLOT = re.compile(r"\{(\w+)\}")
_PLATFORMS = {
    "zh": ("速卖通", "天猫", "全球速卖通", "亚马逊", "各大电商平台", "京东", "阿里巴巴国际站"),
    "en": ("AliExpress", "Amazon", "all online platforms", "Lazada", "Tmall", "eBay"),
}
_TERRITORIES = {
    "zh": ("全球", "中国大陆", "中国大陆地区", "东南亚", "欧盟", "全国"),
    "en": ("the European Union", "Mainland China", "China", "South-East Asia", "the United States", "Germany"),
}


@dataclass(frozen=True)
class Example:
    """A letter's text, where everything stands in it, and what it comes to."""

    text: str
    spans: tuple[tuple[str, int, int], ...]
    """Label, first character, character after the last."""
    values: Mapping[str, object]
    """What a reader must return, by the names of the contract."""


def examples(wordings: Sequence[str], language: str, *, count: int, seed: int) -> Iterator[Example]:
    """Yield `count` examples, the wordings in turn."""
    chance = Random(f"{seed}/{language}")
    for number in range(count):
        yield _filled(wordings[number % len(wordings)], language, chance)


def _filled(wording: str, language: str, chance: Random) -> Example:
    words, values = _words(language, chance)
    text, spans, last = "", [], 0
    for slot in _SLOT.finditer(wording):
        text += wording[last : slot.start()]
        word, lead = words[slot[1]], len(words[slot[1]]) - len(words[slot[1]].lstrip('“"'))
        spans.append((slot[1], len(text) + lead, len(text) + len(word.rstrip('”"'))))
        text += word
        last = slot.end()
    text += wording[last:]
    said = {label for label, _, _ in spans}
    known = {"PERIOD": ("valid_from", "valid_to"), "NUMBER": ("trademark_numbers",), "MARK": ("marks",)}
    wanted = [name for label in said for name in known.get(label, (_FIELDS.get(label, ""),))]
    return Example(text, tuple(spans), {name: values[name] for name in wanted})


_FIELDS = {"LICENSOR": "licensor", "LICENSEE": "licensee", "TERRITORY": "territory", "PLATFORM": "platforms"}


def _words(language: str, chance: Random) -> tuple[dict[str, str], dict[str, object]]:
    """Return what fills the slots, and what that comes to."""
    licensor, licensee = names.two_companies(language, chance)
    mark, number = names.mark(language, chance), str(chance.randint(11_000_000, 79_000_000))
    platform, territory = chance.choice(_PLATFORMS[language]), chance.choice(_TERRITORIES[language])
    start = date(chance.randint(2022, 2026), chance.randint(1, 12), chance.randint(1, 28))
    end = start.replace(year=start.year + chance.randint(1, 3)) - timedelta(days=1)
    quoted = f"“{mark}”" if chance.random() < 0.6 else mark
    words = {
        "LICENSOR": licensor,
        "LICENSEE": licensee,
        "MARK": quoted,
        "NUMBER": number,
        "PLATFORM": platform,
        "TERRITORY": territory,
        "PERIOD": _period(start, end, language, chance),
    }
    values: dict[str, object] = {
        "licensor": licensor,
        "licensee": licensee,
        "marks": (mark,),
        "trademark_numbers": (number,),
        "platforms": (platform,),
        "territory": territory,
        "valid_from": start,
        "valid_to": end,
    }
    return words, values


def _period(start: date, end: date, language: str, chance: Random) -> str:
    forms: tuple[str, ...]
    if language == "zh":
        forms = (
            f"自{day(start, 'zh')}起至{day(end, 'zh')}止",
            f"{day(start, 'zh')}至{day(end, 'zh')}",
            f"从{start.isoformat()}到{end.isoformat()}",
            f"{start:%Y.%m.%d}-{end:%Y.%m.%d}",
        )
    else:
        forms = (
            f"from {day(start, 'en')} to {day(end, 'en')}",
            f"from {start.day} {start:%B %Y} until {end.day} {end:%B %Y}",
            f"from {start.isoformat()} through {end.isoformat()}",
        )
    return chance.choice(forms)
