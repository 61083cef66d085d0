"""PP-OCRv6 small (PaddlePaddle, Apache-2.0), with the models that the `rapidocr` wheel brings.

The models run straight on OpenVINO or ONNX Runtime; RapidOCR itself is not imported, since it downloads,
opens URLs and drops lines by score. Measured against it in bench/.
"""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import EngineUnavailable
from pipeline.model import WHOLE_PAGE, Box, Image, Seal, SealColour, TextLine
from pipeline.ocr import seals
from pipeline.ocr.across import legible, stretches
from pipeline.ocr.base import Reading, cut, turn, usable_cores
from pipeline.ocr.detection import LONGEST_SIDE, STEP, Detector, Quad, quad_size
from pipeline.ocr.inference import Precision, make_runtime
from pipeline.ocr.merging import merged
from pipeline.ocr.outlines import find_seals
from pipeline.ocr.photocopies import black_seals
from pipeline.ocr.pyramid import Pyramid
from pipeline.ocr.recognition import ALTERNATIVES, ReadLine, Recogniser, crop_lines
from pipeline.ocr.rings import with_text
from pipeline.ocr.seals import red_ink, red_regions, tint_of, widened
from pipeline.settings import Settings

DETECTION_MODEL = "PP-OCRv6_det_small.onnx"
RECOGNITION_MODEL = "PP-OCRv6_rec_small.onnx"

CLOSER_SIDE = 1600
"""Pixels of the longest side for a closer look: finds lines that touch others, and splits some that were whole."""
TINT_STEP = 8
"""Of a page's pixels, every how many-th tells the tint of its paper."""
SEAL_SCALES = (1.0, 2 / 3)
"""Of the page's own scale; measured on licences, with the coarse look two more issue dates under seals are found."""
BEYOND_DOUBT = 0.97
"""Confidence from which a line is not read a second time,"""
LEAST_SURE = 0.8
"""if every character of it has at least this probability."""
SAME_LINE = 0.75
"""Part of a newly found line that a known one must cover to be the same."""
SAME_ENDS = 0.9
"""Part of the wider of two lines that both must cover to have the same ends."""
SIDEWAYS = 0.6
"""Share of the text's length that runs downwards, above which the page lies on its side."""
SURE = 0.85
"""Mean confidence of the longest lines above which a page is not suspected of standing on its head."""
CLEARLY_BETTER = 0.05
WITNESSES = 8
"""How many of the longest lines decide which way is up."""
HANDY = 512
"""Pixels of a line's width up to which it may be one of them: a dozen characters tell as much as a whole row."""


class PpOcr:
    """PP-OCRv6 small on the CPU."""

    name = "ppocr"

    def __init__(self, *, threads: int = 0, precision: Precision = "auto") -> None:
        """Load the models.

        Args:
            threads: How many threads to use; 0 means one per core.
            precision: In which to compute; `auto` takes what is fastest.

        Raises:
            EngineUnavailable: The models or a runtime are not installed.
        """
        folder = _model_folder()
        threads = threads or usable_cores()
        runtime = make_runtime(threads, precision)
        self._paths = (folder / DETECTION_MODEL, folder / RECOGNITION_MODEL)
        self._detector = Detector(runtime.load(self._paths[0]))
        recognition = runtime.load(self._paths[1], best=ALTERNATIVES, streams=threads)
        self.recogniser = Recogniser(recognition, runtime.alphabet(self._paths[1]))
        self._runtime = runtime.name

    @cached_property
    def models(self) -> Mapping[str, str]:
        """Model file name → SHA-256."""
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in self._paths}

    @cached_property
    def fingerprint(self) -> str:
        """Runtime, precision, models and the size at which lines are sought."""
        hashes = "+".join(digest[:12] for digest in self.models.values())
        return f"{self.name}/{self._runtime}/{hashes}/{LONGEST_SIDE}"

    def read(self, image: Image, *, page: int) -> Reading:
        """Return the lines on `image` and how it had to be turned; see `Engine.read`."""
        turned = 0
        pyramid = Pyramid(image)
        quads = self._detector.find(pyramid)
        if _lies_on_its_side(quads):
            turned = 90
            pyramid = Pyramid(turn(image, turned))
            quads = self._detector.find(pyramid)
        crops = crop_lines(pyramid, quads)
        read = self.recogniser.read(crops)
        if self._stands_on_its_head(crops, read):
            turned += 180
            pyramid = Pyramid(turn(image, turned))
            quads = self._detector.find(pyramid)
            read = self.recogniser.read(crop_lines(pyramid, quads))
        lines = _text_lines(read, quads, pyramid.image, WHOLE_PAGE, page)
        regions = red_regions(pyramid)
        found = find_seals(pyramid, page=page, regions=regions)
        for region in regions:
            if _hides_something(region, lines, found):
                lines = merged(lines, self._read_under_red(pyramid.image, region, lines, page))
        told = [with_text(seal, pyramid, self.recogniser) for seal in found]
        if lines and all(any(seal.box.shared_area(region) > 0 for seal in found) for region in regions):
            # Nothing else on the page is red: it may be a copy in black.
            told += black_seals(pyramid, self.recogniser, page=page, known=found)
        for seal in told:
            lines = merged(lines, self._read_across(pyramid, seal, lines, page))
        return Reading(lines=tuple(lines), turned=turned, seals=tuple(told))

    def read_closer(self, image: Image, *, page: int, known: Sequence[TextLine]) -> tuple[TextLine, ...]:
        """Return the lines that a finer scale shows and that are not known for sure; see `Engine.read_closer`."""
        return tuple(self._read_unknown(Pyramid(image), WHOLE_PAGE, known, page, longest_side=CLOSER_SIDE))

    def read_part(
        self, image: Image, *, page: int, part: Box, known: Sequence[TextLine], without_red: bool
    ) -> tuple[TextLine, ...]:
        """Return the lines of one part, sought at the scale of a closer look; see `Engine.read_part`."""
        shown, part = cut(image, part)
        if without_red and not red_ink(shown, tint=tint_of(image[::TINT_STEP, ::TINT_STEP])).any():
            return ()
        pyramid = Pyramid(seals.without_red(shown) if without_red else shown)
        side = max(round(CLOSER_SIDE * max(shown.shape[:2]) / max(image.shape[:2])), STEP)
        return tuple(self._read_unknown(pyramid, part, known, page, longest_side=side))

    def _read_under_red(self, image: Image, region: Box, known: Sequence[TextLine], page: int) -> list[TextLine]:
        """Read a part of the page without its red, at two scales: the coarse one joins what is printed far apart.

        Lines that were read for sure are left out only if they are found again as they were: measured, leaving out
        all that lies on them lost a fifth of the dates of issue, whose parts are joined here.
        """
        shown, part = cut(image, widened(region, known))
        pyramid = Pyramid(seals.without_red(shown))
        share = max(shown.shape[:2]) / max(image.shape[:2])
        lines: list[TextLine] = []
        for scale in SEAL_SCALES:
            side = max(round(LONGEST_SIDE * scale * share), STEP)
            lines = merged(lines, self._read_unknown(pyramid, part, lines, page, longest_side=side, seen=known))
        return lines

    def _read_across(self, pyramid: Pyramid, seal: Seal, known: Sequence[TextLine], page: int) -> list[TextLine]:
        """Read on, across a seal, the lines of figures that run into it."""
        quads = stretches(known, seal, pyramid.image)
        if not quads:
            return []
        if seal.colour is SealColour.RED:
            pyramid = Pyramid(seals.without_red(pyramid.image))
        read = self.recogniser.read(crop_lines(pyramid, quads))
        return list(legible(_text_lines(read, quads, pyramid.image, WHOLE_PAGE, page), known))

    def _read_unknown(
        self,
        pyramid: Pyramid,
        part: Box,
        known: Sequence[TextLine],
        page: int,
        *,
        longest_side: int,
        seen: Sequence[TextLine] = (),
    ) -> list[TextLine]:
        """Read what stands on an image, which shows `part` of the page.

        What lies on a line that is `known` for sure is left out, and so is what was `seen` for sure from end to end.
        """
        quads = self._detector.find(pyramid, longest_side=longest_side)
        boxes = [_box(_on_page(quad, pyramid.image, part)) for quad in quads]
        pairs = zip(quads, boxes, strict=True)
        quads = [quad for quad, box in pairs if not (_is_settled(box, known) or _is_found_again(box, seen))]
        read = self.recogniser.read(crop_lines(pyramid, quads))
        return _text_lines(read, quads, pyramid.image, part, page)

    def _stands_on_its_head(self, crops: Sequence[Image], lines: Sequence[ReadLine]) -> bool:
        """Whether the longest handy lines read better the other way round.

        Lines that read well as they are end the question at no cost, which is so on nearly every page.
        """
        handy = [index for index, crop in enumerate(crops) if crop.shape[1] <= HANDY]
        witnesses = sorted(handy, key=lambda index: -crops[index].shape[1])[:WITNESSES]
        if not witnesses:
            return False
        as_is = sum(lines[index].confidence for index in witnesses) / len(witnesses)
        if as_is >= SURE:
            return False
        heads_up = self.recogniser.read([np.ascontiguousarray(crops[index][::-1, ::-1]) for index in witnesses])
        return sum(line.confidence for line in heads_up) / len(witnesses) > as_is + CLEARLY_BETTER


def _lies_on_its_side(quads: Sequence[Quad]) -> bool:
    across = down = 0.0
    for quad in quads:
        width, height = quad_size(quad)
        if width > 1.5 * height:
            across += width
        elif height > 1.5 * width:
            down += height
    return down > SIDEWAYS * (across + down)


def _hides_something(region: Box, lines: Sequence[TextLine], found: Sequence[Seal]) -> bool:
    """Whether red ink may hide print: a seal always may, an emblem or a red title only what it crosses."""
    if any(seal.box.shared_area(region) > 0 for seal in found):
        return True
    return any(line.box.shared_area(region) > 0 for line in lines if not _is_sure(line))


def _is_settled(box: Box, known: Sequence[TextLine]) -> bool:
    enough = SAME_LINE * box.width * box.height
    return any(_is_sure(line) and line.box.shared_area(box) >= enough for line in known)


def _is_found_again(box: Box, seen: Sequence[TextLine]) -> bool:
    """Whether a box is that of a line read for sure, from end to end: what two lines were joined into is wider."""
    return any(_is_sure(line) and _is_same_stretch(line.box, box) for line in seen)


def _is_same_stretch(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across >= SAME_ENDS * max(one.width, other.width) and down >= SAME_LINE * min(one.height, other.height)


def _is_sure(line: TextLine) -> bool:
    """Whether a line need not be read again: in a long one a single doubtful character hardly shows in the mean."""
    return line.confidence >= BEYOND_DOUBT and min(line.characters, default=1.0) >= LEAST_SURE


def _on_page(quad: Quad, image: Image, part: Box) -> NDArray[np.float64]:
    """Return the corners in fractions of the page, of which `image` shows `part`."""
    scale = np.array([part.width / image.shape[1], part.height / image.shape[0]])
    return np.asarray(quad * scale + (part.left, part.top), dtype=np.float64)


def _box(corners: NDArray[np.float64]) -> Box:
    x, y = np.clip(corners[:, 0], 0, 1), np.clip(corners[:, 1], 0, 1)
    return Box(left=float(x.min()), top=float(y.min()), right=float(x.max()), bottom=float(y.max()))


def _text_lines(read: Sequence[ReadLine], quads: Sequence[Quad], image: Image, part: Box, page: int) -> list[TextLine]:
    """Return what was read as lines of the page, of which `image` shows `part`."""
    pairs = zip(read, quads, strict=True)
    return [_text_line(line, quad, _on_page(quad, image, part), page) for line, quad in pairs if line.text]


def _text_line(line: ReadLine, quad: Quad, corners: NDArray[np.float64], page: int) -> TextLine:
    top_left, top_right, bottom_right, bottom_left = corners.tolist()
    run = top_right[0] + bottom_right[0] - top_left[0] - bottom_left[0]
    rise = top_right[1] + bottom_right[1] - top_left[1] - bottom_left[1]
    width, height = quad_size(quad)
    return TextLine(
        text=line.text,
        box=_box(corners),
        confidence=round(line.confidence, 5),
        page=page,
        slope=round(rise / run, 5) if run > 0 and width > height else 0.0,
        characters=line.characters,
        alternatives=line.alternatives,
    )


def _model_folder() -> Path:
    # The package is found, not imported: importing it would set up a logger and pull in its downloader.
    spec = find_spec("rapidocr")
    if spec is None or not spec.submodule_search_locations:
        raise EngineUnavailable("ppocr needs the models of the rapidocr wheel; install it: pip install rapidocr")
    folder = Path(spec.submodule_search_locations[0]) / "models"
    missing = [name for name in (DETECTION_MODEL, RECOGNITION_MODEL) if not (folder / name).is_file()]
    if missing:
        raise EngineUnavailable(f"{folder} lacks {', '.join(missing)}; install rapidocr 3.10 or newer")
    return folder


def make(settings: Settings, *, threads: int) -> PpOcr:
    """Return the engine; see `pipeline.ocr.make_engine`."""
    return PpOcr(threads=threads, precision=settings.precision)
