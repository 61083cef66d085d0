"""PP-OCRv6 small (PaddlePaddle, Apache-2.0), with the models that the `rapidocr` wheel brings.

The models run straight on OpenVINO or ONNX Runtime; RapidOCR itself is not imported, since it downloads,
opens URLs and drops lines by score. Measured against it in bench/.
"""

import hashlib
import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import EngineUnavailable
from pipeline.model import WHOLE_PAGE, Box, Image, TextLine
from pipeline.ocr.base import Reading, turn, usable_cores
from pipeline.ocr.detection import LONGEST_SIDE, STEP, Detector, Quad, quad_size
from pipeline.ocr.inference import make_runtime
from pipeline.ocr.merging import merged
from pipeline.ocr.pyramid import Pyramid
from pipeline.ocr.recognition import ALTERNATIVES, ReadLine, Recogniser, crop_lines
from pipeline.ocr.seals import red_regions, widened, without_red
from pipeline.settings import Settings

DETECTION_MODEL = "PP-OCRv6_det_small.onnx"
RECOGNITION_MODEL = "PP-OCRv6_rec_small.onnx"

CLOSER_SIDE = 1600
"""Pixels of the longest side for a closer look: finds lines that touch others, and splits some that were whole."""
SIDEWAYS = 0.6
"""Share of the text's length that runs downwards, above which the page lies on its side."""
SURE = 0.85
"""Mean confidence of the longest lines above which a page is not suspected of standing on its head."""
CLEARLY_BETTER = 0.05
WITNESSES = 8
"""How many of the longest lines decide which way is up."""


class PpOcr:
    """PP-OCRv6 small on the CPU."""

    name = "ppocr"

    def __init__(self, *, threads: int = 0) -> None:
        """Load the models.

        Args:
            threads: How many threads to use; 0 means one per core.

        Raises:
            EngineUnavailable: The models or a runtime are not installed.
        """
        folder = _model_folder()
        threads = threads or usable_cores()
        runtime = make_runtime(threads)
        self._paths = (folder / DETECTION_MODEL, folder / RECOGNITION_MODEL)
        self._detector = Detector(runtime.load(self._paths[0]))
        recognition = runtime.load(self._paths[1], best=ALTERNATIVES, streams=threads)
        self._recogniser = Recogniser(recognition, runtime.alphabet(self._paths[1]))
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

    def read(self, image: Image, *, page: int, closer: bool = False) -> Reading:
        """Return the lines on `image` and how it had to be turned; see `Engine.read`."""
        side = CLOSER_SIDE if closer else LONGEST_SIDE
        turned = 0
        pyramid = Pyramid(image)
        quads = self._detector.find(pyramid, longest_side=side)
        if _lies_on_its_side(quads):
            turned = 90
            pyramid = Pyramid(turn(image, turned))
            quads = self._detector.find(pyramid, longest_side=side)
        crops = crop_lines(pyramid, quads)
        read = self._recogniser.read(crops)
        if self._stands_on_its_head(crops, read):
            turned += 180
            pyramid = Pyramid(turn(image, turned))
            quads = self._detector.find(pyramid, longest_side=side)
            read = self._recogniser.read(crop_lines(pyramid, quads))
        lines = _text_lines(read, quads, pyramid.image, WHOLE_PAGE, page)
        for region in red_regions(pyramid):
            lines = merged(lines, self._read_under_seal(pyramid.image, widened(region, lines), side, page))
        return Reading(lines=tuple(lines), turned=turned)

    def _read_under_seal(self, image: Image, region: Box, side: int, page: int) -> list[TextLine]:
        height, width = image.shape[:2]
        left, top = int(region.left * width), int(region.top * height)
        right, bottom = math.ceil(region.right * width), math.ceil(region.bottom * height)
        part = Pyramid(without_red(image[top:bottom, left:right]))
        share = max(part.image.shape[:2]) / max(height, width)
        quads = self._detector.find(part, longest_side=max(round(side * share), STEP))
        read = self._recogniser.read(crop_lines(part, quads))
        cut = Box(left=left / width, top=top / height, right=min(right / width, 1), bottom=min(bottom / height, 1))
        return _text_lines(read, quads, part.image, cut, page)

    def _stands_on_its_head(self, crops: Sequence[Image], lines: Sequence[ReadLine]) -> bool:
        """Whether the longest lines read better the other way round.

        Lines that read well as they are end the question at no cost, which is so on nearly every page.
        """
        witnesses = sorted(range(len(crops)), key=lambda index: -crops[index].shape[1])[:WITNESSES]
        if not witnesses:
            return False
        as_is = sum(lines[index].confidence for index in witnesses) / len(witnesses)
        if as_is >= SURE:
            return False
        heads_up = self._recogniser.read([np.ascontiguousarray(crops[index][::-1, ::-1]) for index in witnesses])
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


def _text_lines(read: Sequence[ReadLine], quads: Sequence[Quad], image: Image, part: Box, page: int) -> list[TextLine]:
    """Return what was read as lines of the page, of which `image` shows `part`."""
    scale = np.array([part.width / image.shape[1], part.height / image.shape[0]])
    origin = np.array([part.left, part.top])
    pairs = zip(read, quads, strict=True)
    return [_text_line(line, quad * scale + origin, quad_size(quad), page) for line, quad in pairs if line.text]


def _text_line(line: ReadLine, quad: NDArray[np.float64], size: tuple[float, float], page: int) -> TextLine:
    x, y = np.clip(quad[:, 0], 0, 1), np.clip(quad[:, 1], 0, 1)
    top_left, top_right, bottom_right, bottom_left = quad.tolist()
    run = top_right[0] + bottom_right[0] - top_left[0] - bottom_left[0]
    rise = top_right[1] + bottom_right[1] - top_left[1] - bottom_left[1]
    return TextLine(
        text=line.text,
        box=Box(left=float(x.min()), top=float(y.min()), right=float(x.max()), bottom=float(y.max())),
        confidence=round(line.confidence, 5),
        page=page,
        slope=round(rise / run, 5) if run > 0 and size[0] > size[1] else 0.0,
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


def make(_settings: Settings, *, threads: int) -> PpOcr:
    """Return the engine; see `pipeline.ocr.make_engine`."""
    return PpOcr(threads=threads)
