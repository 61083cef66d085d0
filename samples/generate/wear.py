"""What befalls a page before it is read, by condition: which nuisances, in the order of life, and how often.

First what sellers and years do to the paper, then how it lies and is lit, then what the device makes of it. After
../shared/real/impressions.md, where a third of the pictures bears a watermark, a fifth a foreign stamp.
"""

from collections.abc import Mapping, Sequence
from random import Random

from PIL import Image

from samples.generate.conditions import Condition
from samples.generate.nuisances import Nuisance, capture, copying, geometry, ink, light, paper, screens, watermarks

Chances = Sequence[tuple[Nuisance, float]]
"""Nuisances in order, each with how often it happens, 0 to 1."""

_WATERMARKS: Chances = ((watermarks.diagonal, 0.12), (watermarks.tiled, 0.08), (watermarks.over_a_field, 0.06))
_INK: Chances = ((ink.seal_over_text, 0.12), (ink.stamp_of_purpose, 0.15), (ink.pen_strokes, 0.08))
_PAPER: Chances = ((paper.tinted, 0.2), (paper.shows_through, 0.1), (paper.folds, 0.25))

CONDITIONS: Mapping[Condition, Chances] = {
    Condition.CLEAN: (),
    Condition.SCANNED: (
        *_INK,
        *_PAPER,
        (geometry.askew, 0.8),
        (copying.photocopied, 0.15),
        (copying.binarised, 0.03),
        *_WATERMARKS,
        (capture.blurred, 0.3),
        (capture.grainy, 0.5),
        (geometry.turned, 0.08),
        (capture.compressed, 0.15),
    ),
    Condition.PHOTOGRAPHED: (
        *_INK,
        *_PAPER,
        (paper.crumpled, 0.15),
        (geometry.curved, 0.25),
        (geometry.aslant, 0.9),
        (light.uneven, 0.6),
        (light.shadow, 0.4),
        (light.glare, 0.25),
        (light.bleached, 0.1),
        *_WATERMARKS,
        (capture.shaken, 0.15),
        (capture.blurred, 0.4),
        (screens.moire, 0.06),
        (capture.grainy, 0.5),
        (geometry.turned, 0.12),
        (capture.low_resolution, 0.1),
        (capture.compressed, 0.15),
    ),
}
"""Everything that may befall a page in each condition."""


def worn(condition: Condition, page: Image.Image, chance: Random) -> tuple[Image.Image, tuple[str, ...]]:
    """Return the page in that condition, and the names of the nuisances that befell it.

    Args:
        condition: How it is captured.
        page: Upright, clean.
        chance: What befalls it follows from this.
    """
    befallen = []
    for nuisance, share in CONDITIONS[condition]:
        # Drawn for each, befallen or not: one more nuisance in the list must not shuffle those after it.
        lot, seed = chance.random(), chance.getrandbits(64)
        if lot < share:
            page = nuisance(page, Random(seed))
            befallen.append(nuisance.__name__)
    return page, tuple(befallen)
