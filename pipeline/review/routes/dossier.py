"""A dossier's page, the way to its neighbours, and who works on it."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from pipeline.review import leases
from pipeline.review.access import Access
from pipeline.review.desk import Desk
from pipeline.review.queue import Filters
from pipeline.review.routes.dossier_page import DossierPage
from pipeline.review.routes.queue import filters_of

Shown = Annotated[Filters, Depends(filters_of)]


def dossier_router(desk: Desk, access: Access) -> APIRouter:
    """Return a dossier's addresses but those that its forms are sent to."""
    router = APIRouter(prefix="/dossiers/{dossier_id}")
    page = DossierPage(desk, access)
    asking, deciding = Depends(access.signed_in), Depends(access.may_decide)

    @router.get("")
    def show(request: Request, dossier_id: str, filters: Shown, who: Any = asking) -> Response:
        return page.show(request, dossier_id, filters, who)

    @router.get("/next")
    def forward(dossier_id: str, filters: Shown, who: Any = asking) -> Response:
        return page.move(dossier_id, filters, who.name, back=False)

    @router.get("/previous")
    def backward(dossier_id: str, filters: Shown, who: Any = asking) -> Response:
        return page.move(dossier_id, filters, who.name, back=True)

    @router.post("/lease")
    def renew(dossier_id: str, who: Any = deciding) -> Response:
        return page.renew(dossier_id, who.name)

    @router.post("/leave")
    def leave(dossier_id: str, who: Any = deciding) -> Response:
        leases.release(desk.engine, dossier_id, who.name)
        return Response(status_code=204)

    @router.post("/take-over")
    def take_over(request: Request, dossier_id: str, filters: Shown, who: Any = deciding) -> Response:
        return page.take_over(request, dossier_id, filters, who.name)

    return router
