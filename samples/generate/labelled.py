"""A labelled set as hard as life: `python -m samples.generate.labelled OUT --count 60 --seed 1`.

Writes OUT/documents/ and OUT/truth.json, which `dossier evaluate` reads. Each document follows from the seed and its
number alone, so that a longer set begins with the same documents; no more than one is in memory at a time.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from PIL import Image

from samples.generate import fonts
from samples.generate.conditions import Condition
from samples.generate.facts import Facts
from samples.generate.files import Format, jpeg, picture_of, ratio_of, store, text_pdf
from samples.generate.fonts import Face
from samples.generate.kinds import KINDS, DrawnKind
from samples.generate.truth import document_type, entities_of
from samples.generate.wear import worn

_SUFFIXES = {Format.JPEG: ".jpg", Format.PNG: ".png", Format.SCAN_PDF: ".pdf", Format.TEXT_PDF: ".pdf"}


@dataclass(frozen=True)
class LabelledDocument:
    """One document of a labelled set."""

    entry: dict[str, object]
    """What `truth.json` says of it."""
    content: bytes
    """Of its file."""


def labelled(
    count: int,
    *,
    seed: int,
    kinds: Sequence[DrawnKind] = KINDS,
    conditions: Sequence[Condition] = tuple(Condition),
) -> Iterator[LabelledDocument]:
    """Yield the documents of a set, kinds and conditions in turn.

    Args:
        count: How many.
        seed: What all of it follows from.
        kinds: Kinds to draw, as often as their weights say.
        conditions: Conditions to put them in, each as often.
    """
    for number in range(count):
        yield draw_one(number, *turn(number, kinds, conditions), seed=seed)


def turn(number: int, kinds: Sequence[DrawnKind], conditions: Sequence[Condition]) -> tuple[DrawnKind, Condition]:
    """Return whose turn it is: conditions change faster than kinds, so that each kind comes in each condition."""
    turns = [kind for kind in kinds for _ in range(kind.weight)]
    return turns[number // len(conditions) % len(turns)], conditions[number % len(conditions)]


def draw_one(number: int, kind: DrawnKind, condition: Condition, *, seed: int) -> LabelledDocument:
    """Draw the document of that number; the same arguments give the same bytes on one machine."""
    chance = Random(f"{seed}/{number}/{kind.name}/{condition}")
    facts = kind.random_facts(chance)
    form = _form(condition, chance)
    nuisances: tuple[str, ...] = ()
    if form is Format.TEXT_PDF:
        content = text_pdf([facts])
    else:
        page, nuisances = worn(condition, _drawn(facts, chance), chance)
        content = jpeg(page, quality=chance.randint(60, 92)) if form is Format.JPEG else store([page], form)
    name = f"{number:05d}-{kind.name.replace('/', '-')}-{condition}"
    entry: dict[str, object] = {
        "id": name,
        "file": f"documents/{name}{_SUFFIXES[form]}",
        "type": document_type(facts),
        "kind": kind.name,
        "format": form.value,
        "quality": condition.value,
        "nuisances": list(nuisances),
        "entities": entities_of(facts),
        "uncertain": [],
    }
    return LabelledDocument(entry, content)


def write_set(documents: Iterator[LabelledDocument], folder: Path) -> int:
    """Write a set into `folder` and return how many documents it has."""
    (folder / "documents").mkdir(parents=True, exist_ok=True)
    number = 0
    with (folder / "truth.json").open("w", encoding="utf-8") as truth:
        truth.write("[")
        for number, document in enumerate(documents, start=1):
            (folder / str(document.entry["file"])).write_bytes(document.content)
            truth.write(",\n" if number > 1 else "\n")
            json.dump(document.entry, truth, ensure_ascii=False)
        truth.write("\n]\n")
    return number


def _drawn(facts: Facts, chance: Random) -> Image.Image:
    """Return the clean page in some pair of faces, as many pixels wide as scanners and phones give."""
    dress = {Face.SONG: chance.choice(fonts.FILLED_IN), Face.HEI: chance.choice(fonts.PRINTED)}
    width = round(chance.uniform(1600, 2300) if ratio_of(facts) < 1 else chance.uniform(1150, 1700))
    return picture_of(facts, width, dress=dress)


def _form(condition: Condition, chance: Random) -> Format:
    lot = chance.random()
    if condition is Condition.CLEAN and lot < 0.35:
        return Format.TEXT_PDF if lot < 0.25 else Format.PNG
    return Format.SCAN_PDF if condition is Condition.SCANNED and lot < 0.25 else Format.JPEG


def main() -> int:
    """Write a set; return the exit code."""
    types = sorted({kind.name.split("/")[0] for kind in KINDS})
    parser = argparse.ArgumentParser(prog="python -m samples.generate.labelled", description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="OUT", help="folder for the set")
    parser.add_argument("--count", type=int, default=60, help="documents in all (default: 60)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another set (default: 1)")
    parser.add_argument("--types", nargs="+", choices=types, metavar="TYPE", help=f"of {', '.join(types)}")
    parser.add_argument("--conditions", nargs="+", choices=[*Condition], type=Condition, metavar="CONDITION",
                        default=tuple(Condition), help=f"of {', '.join(Condition)}")  # fmt: skip
    chosen = parser.parse_args()
    if lacking := fonts.missing():
        print(f"missing {', '.join(map(str, lacking))}; on Debian: apt-get install {fonts.PACKAGES}", file=sys.stderr)
        return 3
    kinds = [kind for kind in KINDS if not chosen.types or kind.name.split("/")[0] in chosen.types]
    documents = labelled(chosen.count, seed=chosen.seed, kinds=kinds, conditions=chosen.conditions)
    print(f"{write_set(documents, chosen.folder)} documents in {chosen.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
