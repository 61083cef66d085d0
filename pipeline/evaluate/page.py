"""An evaluation as one self-contained page, its curves drawn as SVG; no script, nothing from the network."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.evaluate.curves import LIMITS, Point
from pipeline.evaluate.summary import Evaluation
from pipeline.evaluate.table import share, type_title
from pipeline.evaluate.words import word
from pipeline.report.html import render
from pipeline.report.titles import ENTITIES, title

WIDTH, HEIGHT = 460.0, 330.0
"""Of a chart, in units of its own."""
LEFT, TOP, RIGHT, BOTTOM = 56.0, 14.0, 436.0, 280.0
"""Of the field in which a curve is drawn."""
_LEAST_ERROR = 0.0005
"""Where the axis of errors, which is logarithmic, begins; what is less is drawn there."""
_MOST_ERROR = 0.2


@dataclass(frozen=True)
class Tick:
    """A mark on an axis."""

    at: float
    label: str


@dataclass(frozen=True)
class Dot:
    """A bin of the reliability curve."""

    x: float
    y: float
    radius: float
    label: str


def to_html(evaluation: Evaluation, *, lang: str) -> str:
    """Return the page; `lang` is `en` or `zh`."""
    unattended = evaluation.unattended
    kinds = (
        ("fields", unattended.fields),
        ("documents", unattended.documents),
        ("dossiers", unattended.dossiers or ()),
    )
    return render(
        "evaluation.html.j2",
        lang,
        evaluation=evaluation,
        kinds=kinds,
        dots=_dots(evaluation),
        curves=(("fields", _path(unattended.curve)), ("documents", _path(unattended.document_curve))),
        tenths=[Tick(_across(at / 5), f"{at / 5:.1f}") for at in range(6)],
        heights=[Tick(_down(at / 5), f"{at / 5:.1f}") for at in range(6)],
        errors=[Tick(_error_across(error), f"{error:.1%}") for error in (*LIMITS, 0.05, _MOST_ERROR)],
        frame={"width": WIDTH, "height": HEIGHT, "left": LEFT, "top": TOP, "right": RIGHT, "bottom": BOTTOM},
        shows_values=any(miss.wanted is not None for result in evaluation.fields for miss in result.misses),
        share=share,
        word=lambda name: word(name, lang),
        kind_title=lambda name: type_title(name, lang),
        field_title=lambda name: title(ENTITIES, name, lang),
    )


def _across(part: float) -> float:
    return round(LEFT + (RIGHT - LEFT) * part, 1)


def _down(part: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * part, 1)


def _error_across(error: float) -> float:
    """Return where an error stands on the logarithmic axis."""
    kept = min(max(error, _LEAST_ERROR), _MOST_ERROR)
    return _across(math.log(kept / _LEAST_ERROR) / math.log(_MOST_ERROR / _LEAST_ERROR))


def _dots(evaluation: Evaluation) -> list[Dot]:
    """Return the bins that hold something, as dots the larger the more they hold."""
    most = max((each.count for each in evaluation.calibration.bins), default=1) or 1
    return [
        Dot(
            _across(each.mean_confidence),
            _down(each.accuracy),
            round(3 + 8 * math.sqrt(each.count / most), 1),
            f"{each.right}/{each.count}",
        )
        for each in evaluation.calibration.bins
        if each.mean_confidence is not None and each.accuracy is not None
    ]


def _path(points: Sequence[Point]) -> str:
    """Return the points as an SVG path: for each error, the most that can be decided with no more than that."""
    best: list[tuple[float, float]] = []
    for point in sorted(points, key=lambda point: (point.error, -point.share)):
        if not best or point.share > best[-1][1]:
            best.append((point.error, point.share))
    if not best:
        return ""
    steps = [f"M{_error_across(best[0][0])} {_down(best[0][1])}"]
    for error, decided in best[1:]:
        steps.append(f"H{_error_across(error)}V{_down(decided)}")
    return "".join([*steps, f"H{RIGHT}"])
