"""Raw confidence → confidence that can be trusted: of the values reported at 0.9, nine in ten are right.

The readers' own confidence comes of the recogniser's probabilities, the field's grammar and agreement of sources. How
often that is right differs from field to field, so each is bent by a logistic curve (Platt 1999) that was fitted on
labelled sets: `make calibrate` writes calibration.json, with its date and sample sizes (docs/adr/0011-evaluate.md).
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.model import Document, Entity

FILE = Path(__file__).with_name("calibration.json")
_EDGE = 0.0005
"""How near to 0 and 1 a raw confidence is told apart from them."""


@dataclass(frozen=True)
class Curve:
    """A logistic curve over the log odds of the raw confidence: rising, and below what its sample can vouch for."""

    slope: float
    shift: float
    cap: float
    """What no confidence exceeds: n right of n still leave one in n + 2 (Laplace)."""

    def __call__(self, raw: float) -> float:
        """Return the confidence for a raw one; a higher raw one never gives less."""
        return self.cap / (1 + math.exp(-(self.slope * log_odds(raw) + self.shift)))


def log_odds(raw: float) -> float:
    """Return the log odds of a raw confidence, kept from the infinities at 0 and 1."""
    kept = min(max(raw, _EDGE), 1 - _EDGE)
    return math.log(kept / (1 - kept))


def calibrated(document: Document) -> Document:
    """Return the document with the confidence of each of its entities put right."""
    if document.fields is None:
        return document
    fields = document.fields
    changed = {
        name: _with_confidence(entity, curve_of(document.type, declared.alias or name))
        for name, declared in type(fields).model_fields.items()
        if (entity := getattr(fields, name)) is not None
    }
    return replace(document, fields=fields.model_copy(update=changed))


def curve_of(kind: str, field: str) -> Curve:
    """Return the curve of a field: its own if enough of it was seen, else that of all fields together."""
    curves = _curves()
    return curves.get(f"{kind}.{field}", curves["pooled"])


def _with_confidence(entity: Entity[Any], curve: Curve) -> Entity[Any]:
    return entity.model_copy(update={"confidence": round(curve(entity.confidence), 3)})


@cache
def _curves() -> Mapping[str, Curve]:
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    entries = {"pooled": stored["pooled"], **stored["fields"]}
    return {name: Curve(entry["slope"], entry["shift"], entry["cap"]) for name, entry in entries.items()}
