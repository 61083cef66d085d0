"""A dossier's page, as it is shown, and as it answers to what is done."""

from collections.abc import Callable
from functools import cache
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from pipeline.errors import UsageError
from pipeline.review import leases
from pipeline.review.access import Access
from pipeline.review.desk import Desk
from pipeline.review.events import Event, Outcome, Reason
from pipeline.review.journal import Overtaken
from pipeline.review.numbers import Numbers
from pipeline.review.queue import Filters, neighbour
from pipeline.review.routes.addresses import dossier_address
from pipeline.review.routes.queue import go
from pipeline.review.seen import Held, NoSuchDossier, Seen
from pipeline.review.sheet import names_of, sheet_of


class DossierPage:
    """A dossier's page."""

    def __init__(self, desk: Desk, access: Access) -> None:
        self._desk, self._access = desk, access

    def show(
        self, request: Request, dossier_id: str, filters: Filters, who: Any, *, numbers: Numbers | None = None
    ) -> Response:
        """Show it; whoever may decide works on it from now on, unless somebody else does.

        Args:
            request: Tells the language.
            dossier_id: Which one.
            filters: Of the queue that it was reached from.
            who: Looks at it.
            numbers: Its identity numbers whole, for this view alone.
        """
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
            numbers=numbers,
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
            "withheld": self._desk.shelf.withheld(seen.recorded),
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
        except (Overtaken, Held, NoSuchDossier, UsageError) as error:
            return self._not_done(request, dossier_id, filters, error)
        return RedirectResponse(dossier_address(dossier_id, filters, fragment=fragment), status_code=303)

    def look(
        self, request: Request, dossier_id: str, filters: Filters, who: Any, action: Callable[[], Numbers]
    ) -> Response:
        """Show it with its identity numbers whole: in this answer alone, and in no address that leads there again."""
        try:
            numbers = action()
        except (Overtaken, Held, NoSuchDossier, UsageError) as error:
            return self._not_done(request, dossier_id, filters, error)
        return self.show(request, dossier_id, filters, who, numbers=numbers)

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

    def _not_done(
        self,
        request: Request,
        dossier_id: str,
        filters: Filters,
        error: Overtaken | Held | NoSuchDossier | UsageError,
    ) -> Response:
        """Say why something was not done: 409 if somebody was quicker or works on it, 404 if it is gone, or 422."""
        if isinstance(error, Overtaken | Held):
            return self._collided(request, dossier_id, filters, error)
        if isinstance(error, NoSuchDossier):
            return self._absent(request, error)
        address = dossier_address(dossier_id, filters)
        return self._access.render(
            request, "refused.html.j2", status_code=422, message=str(error), address=address, dossier_id=dossier_id
        )

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
