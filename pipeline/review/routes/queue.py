"""The queue's pages."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.review.access import Access
from pipeline.review.desk import Desk
from pipeline.review.queue import Filters, first, queue
from pipeline.review.routes.addresses import dossier_address


def queue_router(desk: Desk, access: Access) -> APIRouter:
    """Return the queue's addresses."""
    router = APIRouter()
    asking = Depends(access.signed_in)

    @router.get("/queue")
    def show(
        request: Request,
        filters: Annotated[Filters, Depends(filters_of)],
        page: Annotated[int, Query(ge=1)] = 1,
        who: Any = asking,
    ) -> Response:
        found = queue(desk.engine, filters, who=who.name, page=page, now=desk.seconds())
        return access.render(
            request,
            "queue.html.j2",
            queue=found,
            filters=filters,
            choices=desk.choices(),
            address=lambda case: dossier_address(case.dossier_id, filters),
            page_address=lambda number: f"/queue?{filters.query(page=number if number > 1 else None)}",
        )

    @router.get("/queue/first")
    def begin(filters: Annotated[Filters, Depends(filters_of)], who: Any = asking) -> Response:
        return go(first(desk.engine, filters, who=who.name, now=desk.seconds()), filters)

    return router


def filters_of(
    state: str = "open",
    decision: str = "",
    store_type: str = "",
    category: str = "",
    text: str = "",
    mine: str = "",
) -> Filters:
    """Return what of the queue is asked for, as the address says it."""
    return Filters(state or "open", decision, store_type, category, text[:200], mine)


def go(dossier_id: str | None, filters: Filters) -> Response:
    """Send the browser to a dossier, or back to the queue if there is none."""
    query = filters.query()
    back = f"/queue?{query}" if query else "/queue"
    return RedirectResponse(dossier_address(dossier_id, filters) if dossier_id else back, status_code=303)
