"""What a dossier's page refers to: pictures of its pages, the page for people, the report, the earlier attempt.

Pictures are those that the batch drew. No document of a seller's is opened here.
"""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import PlainTextResponse, Response

from pipeline.errors import UsageError
from pipeline.report.html import to_html
from pipeline.report.json import to_json
from pipeline.report.titles import ENTITIES, TYPES, title
from pipeline.report.values import in_words
from pipeline.review.access import Access
from pipeline.review.changes import ValueChange, rule_changes_between, value_changes_between
from pipeline.review.desk import Desk
from pipeline.review.routes.addresses import dossier_address
from pipeline.review.seen import NoSuchDossier, Seen

PAGE_POLICY = (
    "sandbox allow-scripts; default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""Of the page for people, besides its own, which names its one script by hash: it runs apart from the desk, reaches
nothing, and cannot act for whoever is signed in."""


def papers_router(desk: Desk, access: Access) -> APIRouter:
    """Return the addresses of what a dossier consists of."""
    router = APIRouter(prefix="/dossiers/{dossier_id}", dependencies=[Depends(access.signed_in)])

    def shown(request: Request, dossier_id: str, show: Callable[[Seen], Response]) -> Response:
        try:
            return show(desk.see(dossier_id))
        except (NoSuchDossier, UsageError) as error:
            return access.render(request, "absent.html.j2", status_code=404, message=str(error))

    @router.get("/pictures/{document}/{number}")
    def picture(request: Request, dossier_id: str, document: str, number: int) -> Response:
        return shown(request, dossier_id, lambda seen: _picture(desk, seen, document, number))

    @router.get("/page")
    def page(request: Request, dossier_id: str) -> Response:
        return shown(request, dossier_id, lambda seen: _page(desk, seen, access.lang(request)))

    @router.get("/report.json")
    def report(request: Request, dossier_id: str) -> Response:
        return shown(request, dossier_id, lambda seen: Response(to_json(seen.report), media_type="application/json"))

    @router.get("/earlier/{other}")
    def earlier(request: Request, dossier_id: str, other: str) -> Response:
        return shown(request, dossier_id, lambda seen: _compare(desk, access, request, seen, desk.see(other)))

    return router


def _picture(desk: Desk, seen: Seen, document: str, number: int) -> Response:
    pages = [page for each in seen.recorded.documents if each.id == document for page in each.pages]
    if not 1 <= number <= len(pages):
        return PlainTextResponse("no such page", status_code=404)
    page = pages[number - 1]
    found = desk.shelf.picture(seen.recorded, page.file, page.page)
    if found is None:
        return PlainTextResponse("no picture", status_code=404)
    return Response(found.content, media_type=found.media_type)


def _page(desk: Desk, seen: Seen, lang: str) -> Response:
    content = desk.shelf.page(seen.case.dossier_id)
    if content is None:
        return PlainTextResponse("no page was written for this dossier", status_code=404)
    if seen.reveals or desk.shelf.withheld(seen.recorded):
        # The batch's page holds identity numbers whole, if only on its pictures, and nobody would know who looked.
        content = _masked_page(desk, seen, lang).encode()
    return Response(content, media_type="text/html; charset=utf-8", headers={"Content-Security-Policy": PAGE_POLICY})


def _masked_page(desk: Desk, seen: Seen, lang: str) -> str:
    places = {(page.file, page.page) for document in seen.recorded.documents for page in document.pages}
    found = {place: desk.shelf.picture(seen.recorded, *place) for place in places}
    pictures = {place: each.content for place, each in found.items() if each}
    return to_html(seen.recorded, pictures, lang=lang, whole_at_desk=seen.reveals)


def _compare(desk: Desk, access: Access, request: Request, seen: Seen, earlier: Seen) -> Response:
    if earlier.case not in desk.earlier(seen.case):
        raise NoSuchDossier("it is no earlier attempt of the same company")
    lang = access.lang(request)
    values: dict[str, Any] = {
        "case": seen.case,
        "earlier": earlier.case,
        "values": [
            (title(TYPES, each.type, lang), title(ENTITIES, each.entity, lang), *_told(each, lang))
            for each in value_changes_between(earlier.report, seen.report)
        ],
        "rules": rule_changes_between(earlier.report, seen.report),
        "address": dossier_address(seen.case.dossier_id),
        "earlier_address": dossier_address(earlier.case.dossier_id),
    }  # fmt: skip
    return access.render(request, "earlier.html.j2", **values)


def _told(change: ValueChange, lang: str) -> tuple[str, ...]:
    """Return what a field said before and says after; empty if nothing."""
    return tuple("" if value is None else in_words(value, lang) for value in (change.before, change.after))
