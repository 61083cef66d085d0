"""What tells one picture from another, however it was saved: a hash of its decoded pixels.

A picture that is saved again without loss (as PNG, TIFF or lossless WebP, with other metadata, put into a PDF) keeps
its pixels. One that is compressed anew by JPEG does not, and nothing about its pixels proves where it comes from
(docs/adr/0020-same-picture-same-number.md).
"""

import hashlib
from collections.abc import Sequence

from pipeline.model import Image, PageRecord

_STEP = 16
"""Of so many rows and columns one is looked at before a page is taken for one of a single colour."""


def pixels_of(image: Image) -> str | None:
    """Return the SHA-256 of a page's size and pixels; None of a page of one colour, which any paper may have.

    Args:
        image: RGB, as shown upright.
    """
    if _is_of_one_colour(image):
        return None
    height, width = image.shape[:2]
    digest = hashlib.sha256(f"{width} {height}\n".encode())
    digest.update(image.data if image.flags.c_contiguous else image.tobytes())
    return digest.hexdigest()


def _is_of_one_colour(image: Image) -> bool:
    first = image[0, 0]
    return bool((image[::_STEP, ::_STEP] == first).all() and (image == first).all())


def pictures_of(pages: Sequence[PageRecord]) -> dict[str, PageRecord]:
    """Return the pictures by which a document can be known again, each with its page, by the hash of its pixels.

    Pages that were drawn from a PDF's text count only all together: certificates of one office, and letters of one
    program, may share a page of small print to the last pixel. A photo or a scan of such a page is like no other.
    """
    drawn = [page for page in pages if page.pixels and page.rendered]
    found = {page.pixels: page for page in pages if page.pixels and not page.rendered}
    if len(drawn) > 1:
        together = "\n".join(page.pixels or "" for page in drawn)
        found[hashlib.sha256(together.encode()).hexdigest()] = drawn[0]
    elif drawn:
        found[str(drawn[0].pixels)] = drawn[0]
    return {pixels: page for pixels, page in found.items() if pixels}
