"""The page of statistics, and what reviewers read as a labelled set."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from pipeline.review.access import Access
from pipeline.review.desk import Desk
from pipeline.review.labelled import truth_of
from pipeline.review.statistics import statistics


def statistics_router(desk: Desk, access: Access) -> APIRouter:
    """Return the addresses of the statistics."""
    router = APIRouter(dependencies=[Depends(access.signed_in)])

    @router.get("/statistics")
    def show(request: Request) -> Response:
        return access.render(request, "statistics.html.j2", statistics=statistics(desk.engine, desk.journal))

    @router.get("/statistics/truth.json")
    def truth() -> Response:
        headers = {"Content-Disposition": 'attachment; filename="truth.json"'}
        return Response(truth_of(desk), media_type="application/json", headers=headers)

    return router
