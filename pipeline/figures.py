"""What else than text a PDF page holds: pictures, where they are shown, and what is laid over the page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.boxes import WHOLE_PAGE, shared_area
from pipeline.frame import Edges, Frame

_MAX_NESTING = 5
_MAX_OBJECTS = 20_000
_MOSTLY_PICTURES = 0.5


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


def is_one_picture(page: Any) -> bool:
    """Whether a page shows exactly one picture and nothing else; text that is not drawn, as scanners add it, aside."""
    import pypdfium2.raw as raw

    pictures = 0
    for found in page.get_objects(max_depth=_MAX_NESTING):
        if found.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictures += 1
        is_hidden_text = found.type == raw.FPDF_PAGEOBJ_TEXT and _is_unseen(found)
        if pictures > 1 or not (is_hidden_text or found.type in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM)):
            return False
    return pictures == 1


def shows_only_pictures(page: Any, frame: Frame) -> bool:
    """Whether a page draws pictures and nothing else, over half of it or more; what is laid over it is not looked at.

    Unlike `is_one_picture` this takes a scan in strips or layers, and a photo with a margin, for what it is.
    """
    import pypdfium2.raw as raw

    if is_crowded(page):
        return False
    for found in page.get_objects(max_depth=_MAX_NESTING):
        is_hidden_text = found.type == raw.FPDF_PAGEOBJ_TEXT and _is_unseen(found)
        if not (is_hidden_text or found.type in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM)):
            return False
    return sum(shared_area(figure.edges, WHOLE_PAGE.edges) for figure in find_figures(page, frame)) >= _MOSTLY_PICTURES


@dataclass(frozen=True)
class Laid:
    """What is laid over a page: a note, a stamp, a form's field."""

    edges: Edges
    """Where, in fractions of the page as shown."""
    is_field: bool
    is_signature: bool
    """Whether it is a field for a digital signature; whether one that holds is in it, pdfium cannot tell."""
    is_empty: bool
    """Whether it is the field itself and names no value; of what is part of a field, the value stands elsewhere."""


def laid_over(document: Any, page: Any, frame: Frame) -> Iterator[Laid]:
    """Yield what is laid over a page, links aside; fields are told only of a document whose forms were initialised."""
    import pypdfium2.raw as raw

    rectangle = raw.FS_RECTF()
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MAX_OBJECTS)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind != raw.FPDF_ANNOT_LINK and raw.FPDFAnnot_GetRect(annotation, rectangle):
            is_field = kind == raw.FPDF_ANNOT_WIDGET
            field = (
                raw.FPDFAnnot_GetFormFieldType(document.formenv, annotation) if is_field and document.formenv else -1
            )
            edges = frame.edges(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
            is_named, has_value = (bool(raw.FPDFAnnot_HasKey(annotation, key)) for key in (b"T", b"V"))
            is_signature = field == raw.FPDF_FORMFIELD_SIGNATURE
            yield Laid(edges, is_field, is_signature, is_field and is_named and not has_value)
        raw.FPDFPage_CloseAnnot(annotation)


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


def has_unseen_text(page: Any) -> bool:
    """Whether any text object is not drawn."""
    import pypdfium2.raw as raw

    return any(map(_is_unseen, page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=_MAX_NESTING)))


def _is_unseen(text: Any) -> bool:
    import pypdfium2.raw as raw

    mode = raw.FPDFTextObj_GetTextRenderMode(text)
    return mode in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP, raw.FPDF_TEXTRENDERMODE_UNKNOWN)


def is_crowded(page: Any) -> bool:
    """Whether a page has so many objects, as maps and plans do, that looking at each would take seconds."""
    import pypdfium2.raw as raw

    return bool(raw.FPDFPage_CountObjects(page) > _MAX_OBJECTS)
