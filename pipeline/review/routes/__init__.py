"""The desk's addresses: what each page asks of the desk, and how it is shown."""

from collections.abc import Callable

from fastapi import APIRouter

from pipeline.review.access import Access
from pipeline.review.desk import Desk
from pipeline.review.routes.acts import acts_router
from pipeline.review.routes.dossier import dossier_router
from pipeline.review.routes.expiring import expiring_router
from pipeline.review.routes.papers import papers_router
from pipeline.review.routes.queue import queue_router
from pipeline.review.routes.statistics import statistics_router

ROUTERS: tuple[Callable[[Desk, Access], APIRouter], ...] = (
    queue_router,
    dossier_router,
    acts_router,
    papers_router,
    statistics_router,
    expiring_router,
)
"""All of them, for whoever serves the desk."""
