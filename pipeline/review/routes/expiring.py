"""The page of papers that run out."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from pipeline.review.access import Access
from pipeline.review.desk import Desk
from pipeline.review.expiries import MOST, endings
from pipeline.review.routes.addresses import dossier_address


def expiring_router(desk: Desk, access: Access) -> APIRouter:
    """Return the address of what runs out."""
    router = APIRouter(dependencies=[Depends(access.signed_in)])

    @router.get("/expiring")
    def show(request: Request, within: Annotated[int, Query(ge=0, le=3650)] = 60) -> Response:
        found, total = endings(desk.engine, as_of=desk.now().date(), within=within)
        return access.render(
            request,
            "expiring.html.j2",
            endings=found,
            total=total,
            most=MOST,
            within=within,
            address=lambda each: dossier_address(each.dossier_id),
        )

    return router
