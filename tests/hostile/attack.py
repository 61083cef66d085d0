"""One attack: a dossier that means harm, and what the product must say of it."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.model import FailureCode

GOOD_FORM = "store: {category: apparel, type: other}\nbrands: [{name: TESTRIVER, relation: owner}]\n"
SURVIVES: frozenset[FailureCode] = frozenset()


@dataclass(frozen=True)
class Attack:
    """A dossier that means harm."""

    name: str
    plant: Callable[[Path], None]
    """Writes the dossier to a path that is free: a folder, or a file that is a zip."""
    expects: tuple[frozenset[FailureCode], ...] = (SURVIVES,)
    """The codes of all failures in its report; more than one set only where a mutation may go either way."""
    form_is_wrong: bool = False
    """Whether the form has problems, named by field."""
    is_slow: bool = False
    """Whether it runs into the time or the memory that a page may take: it costs more than five seconds."""
    suffix: str = ""
    """Of the path that it is planted at."""


def codes(*found: FailureCode) -> tuple[frozenset[FailureCode], ...]:
    """Return the one set of codes that is expected."""
    return (frozenset(found),)


CORRUPT_OR_NOT = (SURVIVES, frozenset({FailureCode.CORRUPT}))


def in_folder(folder: Path, **files: bytes) -> None:
    """Make a dossier with a good form and some files; two underscores stand for a dot."""
    folder.mkdir()
    (folder / "application.yaml").write_text(GOOD_FORM, encoding="utf-8")
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_bytes(content)


def document(
    name: str,
    make: Callable[[], bytes],
    *found: FailureCode,
    expects: tuple[frozenset[FailureCode], ...] | None = None,
    is_slow: bool = False,
) -> Attack:
    """Return the attack of one file in a dossier that is sound otherwise."""

    def plant(path: Path) -> None:
        in_folder(path, hostile__bin=make())

    return Attack(name, plant, expects or codes(*found), is_slow=is_slow)


def cut(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield what is left of a file if it ends early, with how many percent that is."""
    for percent in (5, 25, 50, 75, 95):
        yield percent, content[: max(len(content) * percent // 100, 16)]


def mutants(content: bytes, how_many: int, *, keep: int = 16, seed: int = 1) -> Iterator[tuple[int, bytes]]:
    """Yield the file with some bytes overwritten, its signature kept; the same ones every time."""
    dice = random.Random(seed)
    for number in range(how_many):
        mutant = bytearray(content)
        for _ in range(1 + number % 8):
            mutant[dice.randrange(keep, len(mutant))] = dice.randrange(256)
        yield number, bytes(mutant)
