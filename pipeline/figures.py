"""What else than text a PDF page holds: pictures, where they are shown, and what is laid over the page."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.frame import Edges, Frame

_MAX_NESTING = 5


@dataclass(frozen=True)
class Figure:
    """A picture on a page."""

    image: Any
    """The pypdfium2 image object."""
    matrix: tuple[float, float, float, float, float, float]
    """Maps the unit square, in which the picture stands upright, to PDF coordinates."""
    edges: Edges
    """Where it is shown on the page; as a bounding rectangle if it is askew."""


def find_figures(page: Any, frame: Frame) -> Iterator[Figure]:
    """Yield the pictures of a pypdfium2 page, those in forms within it included."""
    import pypdfium2.raw as raw

    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=_MAX_NESTING):
        matrix, container = image.get_matrix(), image.container
        while container is not None:
            matrix, container = matrix.multiply(container.get_matrix()), container.container
        corners = [matrix.on_point(x, y) for x in (0, 1) for y in (0, 1)]
        across, up = [x for x, _ in corners], [y for _, y in corners]
        yield Figure(image, matrix.get(), frame.edges(min(across), min(up), max(across), max(up)))


def count_objects(page: Any) -> Counter[int]:
    """Return how many objects of each kind (`FPDF_PAGEOBJ_*`) a page holds, those in forms within it included."""
    return Counter(found.type for found in page.get_objects(max_depth=_MAX_NESTING))


def has_annotations(page: Any) -> bool:
    """Whether something other than links is laid over the page: stamps, notes, form fields, covers."""
    import pypdfium2.raw as raw

    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        raw.FPDFPage_CloseAnnot(annotation)
        if kind != raw.FPDF_ANNOT_LINK:
            return True
    return False


def has_seen_text(page: Any) -> bool:
    """Whether any text object is drawn at all; a scan's own text layer is not (render mode 3)."""
    import pypdfium2.raw as raw

    return any(raw.FPDFTextObj_GetTextRenderMode(text) not in unseen_modes() for text in _texts(page))


def has_unseen_text(page: Any) -> bool:
    """Whether any text object is not drawn."""
    import pypdfium2.raw as raw

    return any(raw.FPDFTextObj_GetTextRenderMode(text) in unseen_modes() for text in _texts(page))


def unseen_modes() -> tuple[int, ...]:
    """Return the text render modes that leave no ink, and the unknown one."""
    import pypdfium2.raw as raw

    return raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP, raw.FPDF_TEXTRENDERMODE_UNKNOWN


def _texts(page: Any) -> Any:
    import pypdfium2.raw as raw

    return page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=_MAX_NESTING)
