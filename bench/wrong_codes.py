"""That a wrong code which is printed comes out wrong: `python -m bench.wrong_codes [--codes N]`.

Draws credit codes and citizen identification numbers that add up, and each of them with every single character replaced
by every other one; reads them with the real recogniser, and searches the reading by the field's grammar, as the
readers of documents do. A wrong code that comes out as a right one has been "repaired": none may.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from extractors.codes import (
    CREDIT_CODE_ALPHABET,
    credit_code_check_character,
    organisation_code_check_character,
    resident_id_check_character,
)
from extractors.grammar import Grammar, Spelling, fit, fold
from extractors.grammars import CREDIT_CODE, RESIDENT_ID
from pipeline.model import Image
from pipeline.ocr.ppocr import PpOcr
from pipeline.ocr.recognition import LINE_HEIGHT, ReadLine, Recogniser

SIZES = (26, 30, 34)
"""Of the type, in pixels of a line `LINE_HEIGHT` high."""
BATCH = 64


@dataclass(frozen=True)
class Kind:
    """One kind of code."""

    name: str
    grammar: Grammar
    alphabets: Sequence[str]
    """Characters that may be printed at each place."""


CREDIT_CODES = Kind(
    "credit code", CREDIT_CODE, (*[CREDIT_CODE_ALPHABET] * 2, *["0123456789"] * 6, *[CREDIT_CODE_ALPHABET] * 10)
)
RESIDENT_IDS = Kind("identification number", RESIDENT_ID, (*["0123456789"] * 17, "0123456789X"))


@dataclass
class Count:
    """What came of the codes of one kind."""

    printed: int = 0
    as_printed: int = 0
    """Came out just as printed."""
    misread: int = 0
    """Came out as another wrong code, or not as a code: a misreading, but no repair."""
    repaired: int = 0
    """Wrong codes that came out as one that adds up."""

    def __str__(self) -> str:
        return f"{self.printed} printed, {self.as_printed} as printed, {self.misread} misread, {self.repaired} repaired"


def credit_code(chance: Random) -> str:
    """Return an invented credit code of a division that there is not (…97)."""
    serial = "MA" + "".join(chance.choices(CREDIT_CODE_ALPHABET, k=6))
    first17 = f"91{chance.choice(('4403', '3101', '5101'))}97{serial}{organisation_code_check_character(serial)}"
    return first17 + credit_code_check_character(first17)


def resident_id(chance: Random) -> str:
    """Return an invented identification number of a division that there is not (…97)."""
    born = f"{chance.randint(1950, 2005)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    first17 = f"{chance.choice(('4403', '3101', '5101'))}97{born}{chance.randint(0, 999):03}"
    return first17 + resident_id_check_character(first17)


def wrong_ones(code: str, kind: Kind) -> Iterator[str]:
    """Yield `code` with each of its characters replaced by each other one, but for what the grammar allows."""
    for place, alphabet in enumerate(kind.alphabets):
        for sign in alphabet:
            wrong = code[:place] + sign + code[place + 1 :]
            if sign != code[place] and not kind.grammar.holds(wrong):
                yield wrong


def render(code: str, chance: Random) -> Image:
    """Draw a code as one line, as it is cut out of a page."""
    font = ImageFont.load_default(chance.choice(SIZES))
    width = round(font.getlength(code)) + 2 * chance.randint(6, 14)
    line = Pillow.new("RGB", (width, LINE_HEIGHT), (250, 249, 245))
    pen = ImageDraw.Draw(line)
    pen.text((width / 2, LINE_HEIGHT / 2), code, fill=(35, 35, 40), font=font, anchor="mm")
    return np.asarray(line)


def outcome(line: ReadLine, grammar: Grammar) -> str:
    """Return what a reader of documents makes of a line."""
    signs = [fold(sign) for sign in line.text]
    kept = [place for place, sign in enumerate(signs) if len(sign) == 1 and not sign.isspace()]
    read = Spelling(
        text="".join(signs[place] for place in kept),
        probabilities=tuple(line.characters[place] for place in kept),
        alternatives=tuple(line.alternatives[place] for place in kept),
    )
    fitted = fit(read, grammar)
    return fitted.text if fitted else read.text


def measure(recogniser: Recogniser, kind: Kind, printed: Sequence[str], chance: Random) -> Count:
    """Draw, read and search each code, and count what came out."""
    count = Count()
    for start in range(0, len(printed), BATCH):
        some = printed[start : start + BATCH]
        lines = recogniser.read([render(code, chance) for code in some])
        for code, line in zip(some, lines, strict=True):
            found = outcome(line, kind.grammar)
            is_repair = found != code and len(found) == len(code) and kind.grammar.holds(found)
            count.printed += 1
            count.as_printed += found == code
            count.repaired += is_repair
            count.misread += found != code and not is_repair
    return count


def main() -> int:
    """Measure and print; 1 if any wrong code was repaired."""
    parser = argparse.ArgumentParser(prog="python -m bench.wrong_codes", description=__doc__)
    parser.add_argument("--codes", type=int, default=200, help="credit codes (default: 200); a tenth as many numbers")
    parser.add_argument("--each", type=int, default=0, help="wrong ones of each code, at random (default: all)")
    arguments = parser.parse_args()
    chance = Random(31)
    recogniser = PpOcr().recogniser
    repaired = 0
    for kind, make, many in (
        (CREDIT_CODES, credit_code, arguments.codes),
        (RESIDENT_IDS, resident_id, max(arguments.codes // 10, 1)),
    ):
        codes = [make(chance) for _ in range(many)]
        sys.stdout.write(f"{kind.name}, right: {measure(recogniser, kind, codes, chance)}\n")
        wrong = [each for code in codes for each in _some(list(wrong_ones(code, kind)), arguments.each, chance)]
        count = measure(recogniser, kind, wrong, chance)
        sys.stdout.write(f"{kind.name}, wrong in one character: {count}\n")
        repaired += count.repaired
    return int(repaired > 0)


def _some(codes: list[str], many: int, chance: Random) -> list[str]:
    return chance.sample(codes, many) if many else codes


if __name__ == "__main__":
    sys.exit(main())
