"""A dossier's page, and what can be done to it."""

from collections.abc import Callable
from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.errors import UsageError
from pipeline.review import leases
from pipeline.review.access import Access
from pipeline.review.desk import Desk
from pipeline.review.events import LONGEST_NOTE, Event, Outcome, Reason
from pipeline.review.journal import Overtaken
from pipeline.review.queue import Filters, neighbour
from pipeline.review.routes.addresses import dossier_address
from pipeline.review.routes.queue import filters_of, go
from pipeline.review.seen import Choice, Held, NoSuchDossier, Seen
from pipeline.review.sheet import names_of, sheet_of

Note = Annotated[str, Form(max_length=LONGEST_NOTE)]
Version = Annotated[int, Form(ge=0)]
Shown = Annotated[Filters, Depends(filters_of)]


def dossier_router(desk: Desk, access: Access) -> APIRouter:
    """Return a dossier's addresses."""
    router = APIRouter(prefix="/dossiers/{dossier_id}")
    page = _Page(desk, access)
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

    @router.post("/decision")
    def decide(
        request: Request,
        dossier_id: str,
        filters: Shown,
        version: Version,
        gist: Annotated[str, Form()],
        outcome: Annotated[Outcome, Form()],
        reason: Annotated[Reason, Form()] = Reason.AS_JUDGED,
        note: Note = "",
        who: Any = deciding,
    ) -> Response:
        choice = Choice(outcome, reason, note)
        return page.act(
            request, dossier_id, filters, lambda: desk.decide(dossier_id, version, who.name, choice, gist=gist)
        )

    @router.post("/second")
    def second(
        request: Request,
        dossier_id: str,
        filters: Shown,
        version: Version,
        agrees: Annotated[bool, Form()],
        note: Note = "",
        who: Any = deciding,
    ) -> Response:
        if desk.supervisor_seconds and not access.supervises(who):
            raise HTTPException(403, "the second reviewer must be a supervisor")
        return page.act(
            request,
            dossier_id,
            filters,
            lambda: desk.second(dossier_id, version, who.name, agrees=agrees, note=note),
        )

    @router.post("/value")
    def value(
        request: Request,
        dossier_id: str,
        filters: Shown,
        version: Version,
        document: Annotated[str, Form()],
        entity: Annotated[str, Form()],
        typed: Annotated[str | None, Form(max_length=LONGEST_NOTE)] = None,
        who: Any = deciding,
    ) -> Response:
        return page.act(
            request,
            dossier_id,
            filters,
            lambda: desk.put_value(dossier_id, version, who.name, document=document, entity=entity, typed=typed),
            fragment="changes",
        )

    @router.post("/undo")
    def undo(
        request: Request,
        dossier_id: str,
        filters: Shown,
        version: Version,
        number: Annotated[int, Form(ge=1)],
        who: Any = deciding,
    ) -> Response:
        return page.act(request, dossier_id, filters, lambda: desk.undo(dossier_id, version, who.name, number=number))

    @router.post("/note")
    def note(
        request: Request, dossier_id: str, filters: Shown, version: Version, text: Note = "", who: Any = deciding
    ) -> Response:
        return page.act(
            request,
            dossier_id,
            filters,
            lambda: desk.note(dossier_id, version, who.name, text),
            fragment="history",
        )

    @router.post("/assign")
    def assign(
        request: Request,
        dossier_id: str,
        filters: Shown,
        version: Version,
        to: Annotated[str, Form(max_length=200)] = "",
        who: Any = deciding,
    ) -> Response:
        known = to if to in access.names() else None
        return page.act(
            request,
            dossier_id,
            filters,
            lambda: desk.assign(dossier_id, version, who.name, known),
            fragment="history",
        )

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


class _Page:
    """A dossier's page."""

    def __init__(self, desk: Desk, access: Access) -> None:
        self._desk, self._access = desk, access

    def show(self, request: Request, dossier_id: str, filters: Filters, who: Any) -> Response:
        """Show it; whoever may decide works on it from now on, unless somebody else does."""
        try:
            seen = self._desk.see(dossier_id)
        except (NoSuchDossier, UsageError) as error:
            return self._absent(request, error)
        decides = self._access.decides(who)
        now = self._desk.seconds()
        lease = (
            leases.take(self._desk.engine, dossier_id, who.name, now=now)
            if decides and seen.standing.state != "decided"
            else leases.lease_of(self._desk.engine, dossier_id, now=now)
        )
        held = lease if lease and lease.holder != who.name else None
        return self._access.render(
            request,
            "dossier.html.j2",
            **self._values(seen, filters, self._access.lang(request)),
            held=held,
            is_mine=decides and held is None,
            me=who.name,
            may_second=not self._desk.supervisor_seconds or self._access.supervises(who),
        )

    def _values(self, seen: Seen, filters: Filters, lang: str) -> dict[str, Any]:
        dossier_id = seen.case.dossier_id
        return {
            "seen": seen,
            "case": seen.case,
            "report": seen.report,
            "standing": seen.standing,
            "sheet": sheet_of(seen, self._desk.judge, lang),
            "documents": names_of(seen.recorded, lang),
            "gist": seen.gist,
            "earlier": self._desk.earlier(seen.case),
            "names": self._access.names(),
            "has_pictures": bool(self._desk.shelf.stamp(dossier_id, ".html")),
            "outcomes": list(Outcome),
            "reasons": list(Reason),
            "queue_address": f"/queue?{filters.query()}",
            # Forms of every field go to the same few addresses.
            "to": cache(lambda below: dossier_address(dossier_id, filters, below=below)),
            "four_eyes": self._desk.four_eyes,
        }

    def act(
        self,
        request: Request,
        dossier_id: str,
        filters: Filters,
        action: Callable[[], Event],
        *,
        fragment: str = "",
    ) -> Response:
        """Do something to a dossier and show what came of it, or who was quicker (409)."""
        try:
            action()
        except (Overtaken, Held) as error:
            return self._collided(request, dossier_id, filters, error)
        except NoSuchDossier as error:
            return self._absent(request, error)
        except UsageError as error:
            address = dossier_address(dossier_id, filters)
            return self._access.render(
                request, "refused.html.j2", status_code=422, message=str(error), address=address, dossier_id=dossier_id
            )
        return RedirectResponse(dossier_address(dossier_id, filters, fragment=fragment), status_code=303)

    def move(self, dossier_id: str, filters: Filters, who: str, *, back: bool) -> Response:
        """Go to the next dossier of the queue, and give this one back."""
        try:
            case = self._desk.see(dossier_id).case
        except (NoSuchDossier, UsageError):
            return go(None, filters)
        leases.release(self._desk.engine, dossier_id, who)
        beyond = neighbour(self._desk.engine, filters, case, who=who, now=self._desk.seconds(), back=back)
        return go(beyond, filters)

    def renew(self, dossier_id: str, who: str) -> Response:
        """Go on working on it: 409 if somebody else does meanwhile."""
        lease = leases.take(self._desk.engine, dossier_id, who, now=self._desk.seconds())
        return Response(status_code=204 if lease.holder == who else 409)

    def take_over(self, request: Request, dossier_id: str, filters: Filters, who: str) -> Response:
        """Work on it although somebody else does."""
        try:
            self._desk.see(dossier_id)
        except (NoSuchDossier, UsageError) as error:
            return self._absent(request, error)
        leases.take(self._desk.engine, dossier_id, who, now=self._desk.seconds(), by_force=True)
        return RedirectResponse(dossier_address(dossier_id, filters), status_code=303)

    def _collided(self, request: Request, dossier_id: str, filters: Filters, error: Overtaken | Held) -> Response:
        return self._access.render(
            request,
            "collided.html.j2",
            status_code=409,
            dossier_id=dossier_id,
            events=error.since if isinstance(error, Overtaken) else (),
            lease=error.lease if isinstance(error, Held) else None,
            address=dossier_address(dossier_id, filters),
            queue_address=f"/queue?{filters.query()}",
        )

    def _absent(self, request: Request, error: Exception) -> Response:
        return self._access.render(request, "absent.html.j2", status_code=404, message=str(error))
