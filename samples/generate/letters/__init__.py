"""Letters of authorization that do not exist: invented, worded and drawn."""

from samples.generate.letters.drawing import draw_letter
from samples.generate.letters.lots import random_facts

__all__ = ["draw_letter", "random_facts"]
