"""What nobody can see never comes in by OCR, whatever engine or recording says it."""

import json
from pathlib import Path

import numpy as np
import pytest

from pipeline.ingest import to_source
from pipeline.model import Box, Seal, SealShape, TextLine
from pipeline.ocr.base import Reading
from pipeline.ocr.cleaning import clean_read, clean_reading
from pipeline.ocr.replay import Replay, recording_of
from pipeline.read import look_closer, read_source
from pipeline.settings import Settings
from tests.pipeline.parts import ColourEngine
from tests.pipeline.test_pages_pictures import picture, saved

BOX = Box(left=0.1, top=0.1, right=0.9, bottom=0.2)
UNSEEN = {
    "control character": "\x07",
    "escape": "\x1b",
    "bidirectional control": "\u202e",
    "isolate": "\u2066",
    "zero width": "\u200b",
    "joiner": "\u200d",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "tag": "\U000e0041",
}


def line(text: str, *, sure: bool = True) -> TextLine:
    """Return a line of which each character has a probability of its own."""
    each = tuple(round(1 - number / 100, 2) for number in range(len(text))) if sure else ()
    others = tuple(((character.lower(), 0.1),) for character in text) if sure else ()
    return TextLine(text=text, box=BOX, confidence=0.9, characters=each, alternatives=others)


@pytest.mark.parametrize("unseen", UNSEEN.values(), ids=UNSEEN)
def test_what_nobody_can_see_goes_with_its_probability(unseen: str) -> None:
    (cleaned,) = clean_read([line(f"A{unseen}BC")])
    assert (cleaned.text, cleaned.characters) == ("ABC", (1.0, 0.98, 0.97))
    assert [others[0][0] for others in cleaned.alternatives] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("read", "text", "characters"),
    [
        pytest.param(" A\tB ", "A B", (0.99, 0.98, 0.97), id="space at the ends, a tab within"),
        pytest.param("A\n\nB", "A B", (1.0, 0.99, 0.97), id="line breaks"),
        pytest.param("\uf90aA", "\u91d1A", (1.0, 0.99), id="an ideograph for compatibility"),
        pytest.param("e\u0301A", "\u00e9A", (), id="two characters that are one"),
    ],
)
def test_each_character_keeps_its_own(read: str, text: str, characters: tuple[float, ...]) -> None:
    (cleaned,) = clean_read([line(read)])
    assert (cleaned.text, cleaned.characters) == (text, characters)
    assert len(cleaned.alternatives) == len(characters)


def test_clean_lines_are_left_as_they_are_and_empty_ones_out() -> None:
    good = line("ABC")
    assert clean_read([good, line("\u200b"), line(" ")]) == (good,)
    assert clean_read([good])[0] is good
    (cleaned,) = clean_read([line("A\u200bB", sure=False)])
    assert (cleaned.text, cleaned.characters, cleaned.alternatives) == ("AB", (), ())


def test_what_a_character_could_be_is_nothing_unseen() -> None:
    odd = line("A").model_copy(update={"alternatives": ((("\u200b", 0.2), ("\u0391", 0.1)),)})
    assert clean_read([odd])[0].alternatives == ((("\u0391", 0.1),),)


def test_what_a_seal_says_is_cleaned() -> None:
    seals = [Seal(box=BOX, shape=SealShape.ROUND, text=text) for text in (line("A\u202eB"), line("\u200b"), None)]
    cleaned = clean_reading(Reading(lines=(), seals=tuple(seals))).seals
    assert [seal.text and seal.text.text for seal in cleaned] == ["AB", None, None]


class Whispering(ColourEngine):
    """Says what nobody can see, at the first and at a closer look."""

    def read(self, image: object, *, page: int) -> Reading:
        return Reading(lines=(line("ABC\u200b"),))

    def read_closer(self, image: object, *, page: int, known: object) -> tuple[TextLine, ...]:
        return (line("\u202eDEF").model_copy(update={"box": BOX.model_copy(update={"top": 0.5, "bottom": 0.6})}),)


def test_no_engine_brings_in_what_nobody_can_see() -> None:
    source, settings = to_source("a.png", saved(picture(), "PNG")), Settings(cache=False)
    first = read_source(source, Whispering(), settings)
    assert [found.text for found in first.pages[0].lines] == ["ABC"]
    closer = look_closer(first, frozenset({1}), Whispering(), settings)
    assert [found.text for found in closer.pages[0].lines] == ["ABC", "DEF"]


def test_a_recording_brings_in_no_lone_surrogate_and_nothing_unseen(tmp_path: Path) -> None:
    image = np.asarray(picture())
    told = json.loads(Reading(lines=(line("A..B\u200b"),)).model_dump_json())
    told["lines"][0]["text"] = "A\ud800\u202eB\u200b"
    recording_of(image, tmp_path).write_text(json.dumps(told), encoding="ascii")
    read = read_source(to_source("a.png", saved(picture(), "PNG")), Replay(tmp_path), Settings(cache=False))
    (found,) = read.pages[0].lines
    assert (found.text, found.characters) == ("AB", (1.0, 0.97))
