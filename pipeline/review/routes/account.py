"""One's own account: another password, and an end to all sessions."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pipeline.errors import DossierError, UsageError
from pipeline.review.accounts import Accounts, User
from pipeline.review.desk import Desk
from pipeline.review.security import Guard

Password = Annotated[str, Form(max_length=1000)]


def account_router(desk: Desk, accounts: Accounts, guard: Guard, render: Callable[..., HTMLResponse]) -> APIRouter:
    """Return the addresses of one's own account."""
    router = APIRouter(prefix="/account")
    sends_token = Depends(guard.sends_token)

    @router.get("", dependencies=[Depends(guard.signed_in)])
    def show(request: Request) -> Response:
        return render(request, "account.html.j2", wrong="")

    @router.post("/password")
    def change_password(
        request: Request, old: Password, new: Password, again: Password, who: User = sends_token
    ) -> Response:
        try:
            if new != again:
                raise UsageError("the two new passwords differ")
            accounts.change_password(who.name, new, old=old, now=desk.seconds())
        except DossierError as error:
            return render(request, "account.html.j2", status_code=422, wrong=str(error))
        return RedirectResponse("/sign-in", status_code=303)

    @router.post("/sign-out")
    def sign_out(who: User = sends_token) -> Response:
        accounts.sign_out_everywhere(who.name)
        return RedirectResponse("/sign-in", status_code=303)

    return router
