"""Signing in and out, and the choice of a language."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pipeline.review.accounts import Accounts, Refused, TooMany
from pipeline.review.desk import Desk
from pipeline.review.security import COOKIE, LANGUAGE, Guard

YEAR = 365 * 24 * 3600


def sign_in_router(
    desk: Desk, accounts: Accounts, guard: Guard, render: Callable[..., HTMLResponse], *, secure: bool
) -> APIRouter:
    """Return the addresses of signing in and out; with `secure` cookies are for https alone."""
    router = APIRouter()
    router.include_router(_of_signing_in(desk, accounts, render, secure=secure))
    router.include_router(_of_whoever_asks(secure=secure))

    @router.post("/sign-out", dependencies=[Depends(guard.sends_token)])
    def sign_out(request: Request) -> Response:
        accounts.sign_out(request.cookies.get(COOKIE, ""))
        answer = RedirectResponse("/sign-in", status_code=303)
        answer.delete_cookie(COOKIE, httponly=True, samesite="strict", secure=secure)
        return answer

    return router


def _of_signing_in(desk: Desk, accounts: Accounts, render: Callable[..., HTMLResponse], *, secure: bool) -> APIRouter:
    router = APIRouter()

    @router.get("/sign-in")
    def ask(request: Request, to: str = "/queue") -> Response:
        return render(request, "sign_in.html.j2", to=_ours(to), wrong="", name="")

    @router.post("/sign-in")
    def sign_in(
        request: Request,
        name: Annotated[str, Form(max_length=200)],
        password: Annotated[str, Form(max_length=1000)],
        to: Annotated[str, Form(max_length=2000)] = "/queue",
    ) -> Response:
        address = request.client.host if request.client else ""
        try:
            token = accounts.sign_in(name, password, address=address, now=desk.seconds())
        except (Refused, TooMany) as error:
            status = 429 if isinstance(error, TooMany) else 401
            return render(
                request, "sign_in.html.j2", status_code=status, to=_ours(to), wrong=str(error), name=name[:64]
            )
        answer = RedirectResponse(_ours(to), status_code=303)
        answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=secure)
        return answer

    return router


def _of_whoever_asks(*, secure: bool) -> APIRouter:
    router = APIRouter()

    @router.get("/")
    def begin() -> Response:
        return RedirectResponse("/queue", status_code=303)

    @router.post("/language")
    def choose(lang: Annotated[str, Form(pattern="^(en|zh)$")], to: Annotated[str, Form()] = "/queue") -> Response:
        answer = RedirectResponse(_ours(to), status_code=303)
        answer.set_cookie(LANGUAGE, lang, max_age=YEAR, httponly=True, samesite="strict", secure=secure)
        return answer

    @router.get("/health")
    def health() -> dict[str, Any]:
        return {"status": "ok"}

    return router


def _ours(address: str) -> str:
    """Return an address on this server, whatever was asked for."""
    is_ours = address.startswith("/") and not address.startswith("//") and "\\" not in address
    return address if is_ours and address.isprintable() else "/queue"
