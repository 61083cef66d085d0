"""What can be done to a dossier: decide, put values right, take back, note, give, look at identity numbers."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import Response

from pipeline.review.access import Access
from pipeline.review.desk import Desk
from pipeline.review.events import LONGEST_NOTE, Outcome, Reason
from pipeline.review.queue import Filters
from pipeline.review.routes.dossier_page import DossierPage
from pipeline.review.routes.queue import filters_of
from pipeline.review.seen import Choice

Note = Annotated[str, Form(max_length=LONGEST_NOTE)]


@dataclass(frozen=True)
class Doing:
    """Somebody about to do something to a dossier that they saw in one version."""

    request: Request
    dossier_id: str
    filters: Filters
    version: int
    who: Any

    @property
    def seen(self) -> tuple[str, int, str]:
        """Dossier, version and person, as the desk asks for them."""
        return self.dossier_id, self.version, self.who.name

    @property
    def shown(self) -> tuple[Request, str, Filters]:
        """Request, dossier and filters, as its page asks for them."""
        return self.request, self.dossier_id, self.filters


def acts_router(desk: Desk, access: Access) -> APIRouter:
    """Return the addresses to which a dossier's forms are sent."""
    router = APIRouter(prefix="/dossiers/{dossier_id}")
    page, doing = DossierPage(desk, access), Depends(_doing(access))
    router.include_router(_of_decisions(desk, access, page, doing))
    router.include_router(_of_values(desk, page, doing))
    router.include_router(_of_talk(desk, access, page, doing))
    return router


def _doing(access: Access) -> Any:
    """Return the dependency that all forms share: it answers 401 or 403 to whoever may change nothing."""
    deciding = Depends(access.may_decide)

    def doing(
        request: Request,
        dossier_id: str,
        filters: Annotated[Filters, Depends(filters_of)],
        version: Annotated[int, Form(ge=0)],
        who: Any = deciding,
    ) -> Doing:
        return Doing(request, dossier_id, filters, version, who)

    return doing


def _of_decisions(desk: Desk, access: Access, page: DossierPage, doing: Any) -> APIRouter:
    router = APIRouter()

    @router.post("/decision")
    def decide(
        gist: Annotated[str, Form()],
        outcome: Annotated[Outcome, Form()],
        reason: Annotated[Reason, Form()] = Reason.AS_JUDGED,
        note: Note = "",
        act: Doing = doing,
    ) -> Response:
        choice = Choice(outcome, reason, note)
        return page.act(*act.shown, lambda: desk.decide(*act.seen, choice, gist=gist))

    @router.post("/second")
    def second(agrees: Annotated[bool, Form()], note: Note = "", act: Doing = doing) -> Response:
        if desk.supervisor_seconds and not access.supervises(act.who):
            raise HTTPException(403, "the second reviewer must be a supervisor")
        return page.act(*act.shown, lambda: desk.second(*act.seen, agrees=agrees, note=note))

    @router.post("/undo")
    def undo(number: Annotated[int, Form(ge=1)], act: Doing = doing) -> Response:
        return page.act(*act.shown, lambda: desk.undo(*act.seen, number=number))

    return router


def _of_values(desk: Desk, page: DossierPage, doing: Any) -> APIRouter:
    router = APIRouter()

    @router.post("/value")
    def value(
        document: Annotated[str, Form()],
        entity: Annotated[str, Form()],
        typed: Annotated[str | None, Form(max_length=LONGEST_NOTE)] = None,
        act: Doing = doing,
    ) -> Response:
        return page.act(
            *act.shown,
            lambda: desk.put_value(*act.seen, document=document, entity=entity, typed=typed),
            fragment="changes",
        )

    @router.post("/numbers")
    def numbers(act: Doing = doing) -> Response:
        return page.look(*act.shown, act.who, lambda: desk.look(*act.seen))

    return router


def _of_talk(desk: Desk, access: Access, page: DossierPage, doing: Any) -> APIRouter:
    router = APIRouter()

    @router.post("/note")
    def note(text: Note = "", act: Doing = doing) -> Response:
        return page.act(*act.shown, lambda: desk.note(*act.seen, text), fragment="history")

    @router.post("/assign")
    def assign(to: Annotated[str, Form(max_length=200)] = "", act: Doing = doing) -> Response:
        known = to if to in access.names() else None
        return page.act(*act.shown, lambda: desk.assign(*act.seen, known), fragment="history")

    return router
