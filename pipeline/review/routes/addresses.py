"""Addresses of the desk's pages."""

from urllib.parse import quote

from pipeline.review.queue import Filters


def dossier_address(dossier_id: str, filters: Filters | None = None, *, below: str = "", fragment: str = "") -> str:
    """Return the address of a dossier's page, which keeps what of the queue was looked at.

    Args:
        dossier_id: Which one.
        filters: Of the queue that it was reached from.
        below: What of the dossier, such as `notice`.
        fragment: Anchor on the page.
    """
    path = f"/dossiers/{quote(dossier_id, safe='')}" + (f"/{below}" if below else "")
    query = filters.query() if filters else ""
    return path + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")
