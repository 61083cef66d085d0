"""What a line of text says: PP-OCRv6 recognition, read from the network's probabilities.

The network gives, for each column of about 8 pixels, the probability of every character and of "nothing"
(connectionist temporal classification, Graves et al., 2006).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import Image
from pipeline.ocr.detection import Quad, quad_size
from pipeline.ocr.inference import Network, Outputs, Tensor
from pipeline.ocr.pyramid import Pyramid

LINE_HEIGHT = 48
"""Pixels of a line as the network wants it."""
STEP = 32
"""Widths are padded to multiples of this, so that few shapes occur."""
MIN_WIDTH = 64
MAX_WIDTH = 48 * 64
"""A longer line is squeezed; none of a page within the limits of aspect comes near."""
BLANK = 0
ALTERNATIVES = 5
"""How many characters per column are asked of the network."""
RARE = 1e-4
"""Probability under which another reading of a character is not worth keeping."""


@dataclass(frozen=True)
class ReadLine:
    """The characters of one line, each with its probability and what else it could be."""

    text: str
    characters: tuple[float, ...]
    alternatives: tuple[tuple[tuple[str, float], ...], ...]

    @property
    def confidence(self) -> float:
        """Mean probability of the characters, 0 for an empty line."""
        return sum(self.characters) / len(self.characters) if self.characters else 0.0


@dataclass(frozen=True)
class Recogniser:
    """Reads lines of text."""

    network: Network
    """Loaded with `best=ALTERNATIVES`."""
    alphabet: Sequence[str]
    """Character of each class; class 0 is blank, the last is the space."""

    def read(self, crops: Sequence[Image]) -> list[ReadLine]:
        """Return what stands on each crop, a level line of text `LINE_HEIGHT` pixels high."""
        # Longest first, so that at the end no stream idles while another is busy with a long line.
        order = sorted(range(len(crops)), key=lambda index: -crops[index].shape[1])
        outputs = self.network.run([_tensor(crops[index]) for index in order])
        lines: list[ReadLine | None] = [None] * len(crops)
        for index, output in zip(order, outputs, strict=True):
            lines[index] = self._decode(output)
        return [line for line in lines if line is not None]

    def _decode(self, output: Outputs) -> ReadLine:
        values, classes = output[0][0], output[1][0]
        text, characters, alternatives = [], [], []
        for columns in _runs(classes[:, 0]):
            peak = columns.start + int(values[columns, 0].argmax())
            readings = tuple(
                (self.alphabet[int(other)], round(float(probability), 5))
                for other, probability in zip(classes[peak], values[peak], strict=True)
                if other != BLANK and probability >= RARE
            )
            text.append(readings[0][0])
            characters.append(min(readings[0][1], 1.0))
            alternatives.append(readings[1:])
        return ReadLine("".join(text), tuple(characters), tuple(alternatives))


def _runs(best: NDArray[Any]) -> Iterator[slice]:
    """Yield the stretches of columns that show one and the same character."""
    edges = np.flatnonzero(np.diff(best)) + 1
    for start, stop in zip([0, *edges], [*edges, len(best)], strict=True):
        if best[start] != BLANK:
            yield slice(int(start), int(stop))


def _tensor(crop: Image) -> Tensor:
    width = max(-(-crop.shape[1] // STEP) * STEP, MIN_WIDTH)
    tensor = np.zeros((1, 3, LINE_HEIGHT, width), dtype=np.float32)
    tensor[0, :, :, : crop.shape[1]] = crop[:, :, ::-1].transpose(2, 0, 1).astype(np.float32) / 127.5 - 1
    return tensor


def crop_lines(pyramid: Pyramid, quads: Sequence[Quad]) -> list[Image]:
    """Return what stands in each quadrilateral as a level line, `LINE_HEIGHT` pixels high.

    A line more than one and a half times as high as wide is taken to run downwards and is laid on its side, as the
    network was trained.
    """
    return [_crop(pyramid, quad) for quad in quads]


def _crop(pyramid: Pyramid, quad: Quad) -> Image:
    width, height = quad_size(quad)
    upright = height < 1.5 * width
    corners = quad if upright else np.roll(quad, -1, axis=0)
    if not upright:
        width, height = height, width
    # Sampling shrinks at most twofold; more would alias.
    level = max(int(np.floor(np.log2(max(height, 1.0) / LINE_HEIGHT))), 0)
    target = min(max(round(width * LINE_HEIGHT / max(height, 1.0)), 8), MAX_WIDTH)
    goal = np.array([[0, 0], [target, 0], [target, LINE_HEIGHT], [0, LINE_HEIGHT]], dtype=np.float32)
    transform = cv2.getPerspectiveTransform((corners / 2**level).astype(np.float32), goal)
    return np.asarray(
        cv2.warpPerspective(
            pyramid.level(level),
            transform,
            (target, LINE_HEIGHT),
            flags=cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        dtype=np.uint8,
    )
