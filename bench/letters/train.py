"""Trains a small tok2vec and named entity recogniser on labelled letters, on a CPU, the same every time."""

import random
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bench.letters.examples import Example
from extractors.letters.spans import LetterSpan
from extractors.letters.words import Part

if TYPE_CHECKING:
    from spacy.language import Language

Finder = Callable[[str], tuple[LetterSpan, ...]]
"""Finds what a letter's text says."""

_TOK2VEC = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "width": 96,
    "depth": 6,
    "embed_size": 2000,
    "window_size": 1,
    "maxout_pieces": 3,
    "subword_features": True,
    "pretrained_vectors": None,
}
_MODEL = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "ner",
    "extra_state_tokens": False,
    "hidden_width": 64,
    "maxout_pieces": 2,
    "use_upper": True,
    "nO": None,
    "tok2vec": _TOK2VEC,
}
_SURE = 0.95
_BATCH = 8


def train(language: str, labelled: Sequence[Example], *, rounds: int, seed: int) -> "Language":
    """Return a pipeline trained on `labelled`."""
    import spacy
    from spacy.training import Example as Pair
    from thinc.util import fix_random_seed

    fix_random_seed(seed)
    nlp = spacy.blank(language)
    nlp.add_pipe("ner", config={"model": _MODEL})
    pairs = [
        Pair.from_dict(
            nlp.make_doc(each.text), {"entities": [(start, stop, label) for label, start, stop in each.spans]}
        )
        for each in labelled
    ]
    nlp.initialize(lambda: pairs)
    optimizer = nlp.resume_training()
    shuffled, chance = list(pairs), random.Random(seed)
    for _ in range(rounds):
        chance.shuffle(shuffled)
        for start in range(0, len(shuffled), _BATCH):
            nlp.update(shuffled[start : start + _BATCH], sgd=optimizer, drop=0.2)
    return nlp


def finder(nlp: "Language") -> Finder:
    """Return what finds spans with a trained pipeline, in the form that the rules give."""

    def find(text: str) -> tuple[LetterSpan, ...]:
        return tuple(LetterSpan(Part(ent.label_), ent.start_char, ent.end_char, _SURE) for ent in nlp(text).ents)

    return find
