"""Mutants of the samples: bytes overwritten, cut off, doubled, moved; most can still be opened, some can be read."""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.hostile.approved import place_of
from tests.hostile.attack import Attack

Change = Callable[[bytes, random.Random], bytes]


def _overwritten(content: bytes, dice: random.Random) -> bytes:
    mutant = bytearray(content)
    for _ in range(dice.choice((1, 2, 8, 64))):
        mutant[dice.randrange(len(mutant))] = dice.randrange(256)
    return bytes(mutant)


def _a_bit(content: bytes, dice: random.Random) -> bytes:
    mutant = bytearray(content)
    mutant[dice.randrange(len(mutant))] ^= 1 << dice.randrange(8)
    return bytes(mutant)


def _cut(content: bytes, dice: random.Random) -> bytes:
    return content[: dice.randrange(len(content))]


def _cut_near_its_end(content: bytes, dice: random.Random) -> bytes:
    return content[: len(content) - dice.randrange(1, min(len(content), 64))]


def _doubled(content: bytes, dice: random.Random) -> bytes:
    begin, end = sorted((dice.randrange(len(content)), dice.randrange(len(content))))
    return content[:end] + content[begin:end] + content[end:]


def _left_out(content: bytes, dice: random.Random) -> bytes:
    begin = dice.randrange(len(content))
    return content[:begin] + content[begin + dice.choice((1, 16, 4096)) :]


def _moved(content: bytes, dice: random.Random) -> bytes:
    middle = dice.randrange(len(content))
    return content[middle:] + content[:middle]


CHANGES: dict[str, Change] = {
    "overwritten": _overwritten,
    "a bit": _a_bit,
    "cut": _cut,
    "cut near its end": _cut_near_its_end,
    "doubled": _doubled,
    "left out": _left_out,
    "moved": _moved,
}


def all_files(name: str) -> list[Path]:
    """Return the files of a sample, its form among them."""
    place = place_of(name)
    return [place] if place.is_file() else [path for path in sorted(place.rglob("*")) if path.is_file()]


def mutants(name: str, each: int, *, seed: int = 2026) -> Iterator[Attack]:
    """Yield so many mutants of each file of a sample, the rest of the dossier being sound; the same ones every time."""
    dice = random.Random(f"{name} {seed}")
    for file in all_files(name):
        for number in range(each):
            kind = list(CHANGES)[number % len(CHANGES)]
            yield _mutant(name, file, f"{kind} {number}", CHANGES[kind](file.read_bytes(), dice))


def _mutant(name: str, file: Path, what: str, content: bytes) -> Attack:
    source = place_of(name)

    def plant(path: Path) -> None:
        if source.is_file():
            path.write_bytes(content)
            return
        shutil.copytree(source, path)
        (path / file.relative_to(source)).write_bytes(content)

    return Attack(f"{name}/{file.name}: {what}", plant, suffix=source.suffix if source.is_file() else "")


def as_it_is(name: str) -> Attack:
    """Return a sample that nothing is wrong with."""
    source = place_of(name)

    def plant(path: Path) -> None:
        if source.is_file():
            shutil.copy(source, path)
        else:
            shutil.copytree(source, path)

    return Attack(name, plant, suffix=source.suffix)
