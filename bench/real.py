"""How well real documents are read: `python -m bench.real [FOLDER]`.

FOLDER holds `truth.json`, `documents/` and `unlabelled/` as ../shared/real does. For measuring only: nothing of a real
document is printed but its id, the field, and by how many characters it is wrong, unless `--show` is given.
"""

import argparse
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.accuracy import misses
from bench.sets import AS_OF, PROJECT, real_set, scores_of_set
from extractors.comparison import YARDSTICK
from extractors.credit_code import adds_up
from pipeline.batch import default_jobs
from pipeline.console import people
from pipeline.evaluate.summary import summarise
from pipeline.evaluate.table import tables
from pipeline.ingest import open_files
from pipeline.model import LONG_TERM, Document
from pipeline.run import run
from pipeline.settings import Settings
from validators.assembly import BuildOptions, build

FOLDER = real_set() or PROJECT.parent / "shared" / "real"

Inspector = Callable[[Path], Sequence[Document]]
"""Reads one file and returns its documents, fields and all."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.real", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--jobs", type=int, default=default_jobs(), help="worker processes")
    parser.add_argument("--show", action="store_true", help="print what was read and what is true; keep it to yourself")
    chosen = parser.parse_args()
    evaluation = summarise(scores_of_set(chosen.folder, jobs=chosen.jobs, show=chosen.show))
    people(err=False).print(tables(evaluation, lang="en"))
    print(*misses(evaluation), sep="\n")
    print_unlabelled(inspector(), sorted((chosen.folder / "unlabelled").glob("*.*")))


def matches(name: str, wanted: Any, value: Any) -> bool:
    """Whether a value is what the truth says, width and kind of punctuation aside."""
    return YARDSTICK.compare(name, wanted, value).exact


def letter_truth(entities: Mapping[str, Any]) -> dict[str, Any]:
    """Return a letter's truth by the contract's names: `mark` may carry the number, months name no day."""
    truth = {name: value for name, value in entities.items() if name not in ("mark", "language", "sealed_or_signed")}
    if mark := entities.get("mark"):
        truth["marks"] = [re.sub(r"\s*\(.*\)", "", mark)]
        if number := re.search(r"No\. (\d+)", mark):
            truth["trademark_numbers"] = [number[1]]
    truth = {name: LONG_TERM if value == "perpetual" else value for name, value in truth.items()}
    return {name: value for name, value in truth.items() if not re.fullmatch(r"\d{4}-\d{2}", str(value))}


def print_unlabelled(inspect: Inspector, paths: list[Path]) -> None:
    """Print how many of the unlabelled licences were told, and how many have a code that adds up."""
    told, coded, refused = 0, 0, []
    fields: Counter[str] = Counter()
    for path in paths:
        documents = inspect(path)
        licence = next((document for document in documents if document.type == "business_licence"), None)
        if licence is None or licence.fields is None:
            why = licence or documents[0]
            refused.append(f"{path.stem} ({why.failures[0].code if why.failures else why.type_reason})")
            continue
        told += 1
        entities = licence.fields.entities()
        fields.update(entities.keys())
        code = entities.get("unified_social_credit_code")
        coded += code is not None and adds_up(code.value)
    print(f"\nunlabelled: {told}/{len(paths)} told as licences, {coded} with a credit code that adds up in both ways")
    print("refused:", ", ".join(refused) or "none")
    print("fields read:", ", ".join(f"{name} {count}" for name, count in fields.most_common()))


def inspector() -> Inspector:
    """Return what reads one file just as `dossier inspect` does."""
    settings = Settings(engine="ppocr")
    parts = build(BuildOptions(settings=settings, as_of=AS_OF))
    return lambda path: run(open_files([path], settings), parts, with_form=False).dossier.documents


if __name__ == "__main__":
    main()
