"""Train on invented letters, score rules and model on held-out wordings and on real letters: `make train-letters`."""

import argparse
import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from bench.letters.examples import examples
from bench.letters.phrases import HELD_OUT, TRAINING
from bench.letters.score import FIELDS, Tally, score, values
from bench.letters.train import Finder, finder, train
from bench.real import FOLDER, inspector, letter_truth
from extractors.letters.spans import find_spans
from extractors.letters.text import compose
from extractors.spelling import is_chinese
from pipeline.layout import lay_out

SEED = 7


def main() -> None:
    """Train, score, print a table in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m bench.letters", description=__doc__)
    parser.add_argument("--examples", type=int, default=480, help="letters to train on, per language (default: 480)")
    parser.add_argument("--rounds", type=int, default=16, help="times that each is shown (default: 16)")
    parser.add_argument("--language", choices=("zh", "en"), action="append", help="only this one")
    parser.add_argument("--real", type=Path, default=FOLDER, help="folder of real letters with their truth")
    parser.add_argument("--save", type=Path, help="folder to save the trained pipelines in")
    arguments = parser.parse_args()
    models: dict[str, Finder] = {}
    print(f"| set | finder | {' | '.join(FIELDS)} | all |\n|{'---|' * (len(FIELDS) + 3)}")
    for language in arguments.language or ("zh", "en"):
        begun = time.monotonic()
        labelled = list(examples(TRAINING[language], language, count=arguments.examples, seed=SEED))
        nlp = train(language, labelled, rounds=arguments.rounds, seed=SEED)
        print(f"trained {language} in {time.monotonic() - begun:.0f} s", file=sys.stderr)
        models[language] = finder(nlp)
        if arguments.save:
            arguments.save.mkdir(parents=True, exist_ok=True)
            nlp.to_disk(arguments.save / language)
        for name, wordings in (("training wordings", TRAINING), ("held-out wordings", HELD_OUT)):
            tested = list(examples(wordings[language], language, count=240, seed=SEED + 1))
            _print(f"{language}, {name}", "rules", score(tested, find_spans))
            _print(f"{language}, {name}", "trained", score(tested, models[language]))
    if arguments.real.is_dir():
        rules, trained = _real(arguments.real, models)
        _print("real letters", "rules", rules)
        _print("real letters", "trained", trained)


def _print(name: str, way: str, tally: Tally) -> None:
    print(f"| {name} | {way} | {' | '.join(tally.row())} |")


def _real(folder: Path, models: Mapping[str, Finder]) -> tuple[Tally, Tally]:
    """Score both on the text that the engine reads from real letters, Turkish ones aside."""
    inspect = inspector()
    rules, trained = Tally(), Tally()
    for entry in json.loads((folder / "truth.json").read_text(encoding="utf-8")):
        if entry["type"] != "authorization_letter" or entry["entities"].get("language") == "tr":
            continue
        documents = inspect(folder / entry["file"])
        lines = tuple(line for document in documents for line in document.lines)
        text = compose(lay_out(lines, tuple(page for document in documents for page in document.pages)))
        truth = letter_truth(entry["entities"])
        wanted = {
            name: tuple(value) if isinstance(value, list) else value for name, value in truth.items() if name in FIELDS
        }
        model = models.get("zh" if is_chinese(text.text) else "en")
        if model is None:
            continue
        rules.add(wanted, values(text, find_spans))
        trained.add(wanted, values(text, model))
    return rules, trained


if __name__ == "__main__":
    main()
