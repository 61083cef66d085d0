"""What supervisors see to: accounts, tokens of programs, webhooks. What they set is shown once where it is secret."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pipeline.errors import UsageError
from pipeline.review.accounts import Accounts, Role, User
from pipeline.review.security import Guard
from pipeline.review.tokens import Tokens
from pipeline.review.webhooks import LONGEST_URL, Webhooks

Name = Annotated[str, Form(max_length=64)]
Password = Annotated[str, Form(max_length=1000)]


def admin_router(
    accounts: Accounts, tokens: Tokens, webhooks: Webhooks | None, guard: Guard, render: Callable[..., HTMLResponse]
) -> APIRouter:
    """Return the addresses of administration; `webhooks` is None where the operator has not turned them on."""
    router = APIRouter(prefix="/admin")
    page = _Page(accounts, tokens, webhooks, render)

    @router.get("", dependencies=[Depends(guard.sees_all)])
    def show(request: Request) -> Response:
        return page.show(request)

    router.include_router(_of_users(accounts, guard, page))
    router.include_router(_of_tokens(tokens, guard, page))
    if webhooks:
        router.include_router(_of_webhooks(webhooks, guard, page))
    return router


class _Page:
    """The page of administration."""

    def __init__(
        self, accounts: Accounts, tokens: Tokens, webhooks: Webhooks | None, render: Callable[..., HTMLResponse]
    ) -> None:
        self._accounts, self._tokens, self._webhooks, self._render = accounts, tokens, webhooks, render

    def show(self, request: Request, *, wrong: str = "", secret: str = "", status_code: int = 200) -> Response:
        """Show it, with what went wrong or a secret that is not shown again."""
        hooks = self._webhooks.all() if self._webhooks else ()
        return self._render(
            request,
            "admin.html.j2",
            status_code=status_code,
            users=self._accounts.users(),
            roles=[role.value for role in Role],
            tokens=self._tokens.counts(),
            sends=self._webhooks is not None,
            webhooks=[(hook, self._webhooks.latest(hook.id)) for hook in hooks] if self._webhooks else [],
            wrong=wrong,
            secret=secret,
        )

    def act(self, request: Request, action: Callable[[], object]) -> Response:
        """Do something and show the page, or what was wrong with it."""
        try:
            action()
        except UsageError as error:
            return self.show(request, wrong=str(error), status_code=422)
        return RedirectResponse("/admin", status_code=303)

    def reveal(self, request: Request, make: Callable[[], str]) -> Response:
        """Make a secret and show it this once."""
        try:
            return self.show(request, secret=make())
        except UsageError as error:
            return self.show(request, wrong=str(error), status_code=422)


def _of_users(accounts: Accounts, guard: Guard, page: _Page) -> APIRouter:
    router = APIRouter(prefix="/users")
    supervising = Depends(guard.supervises)

    @router.post("/add", dependencies=[supervising])
    def add(request: Request, name: Name, role: Annotated[Role, Form()], password: Password) -> Response:
        return page.act(request, lambda: accounts.add(name, role, password))

    @router.post("/role")
    def set_role(request: Request, name: Name, role: Annotated[Role, Form()], who: User = supervising) -> Response:
        return page.act(request, lambda: accounts.set_role(_another(who, name), role))

    @router.post("/lock")
    def lock(request: Request, name: Name, locked: Annotated[bool, Form()], who: User = supervising) -> Response:
        return page.act(request, lambda: accounts.lock(_another(who, name), locked=locked))

    @router.post("/password")
    def reset(request: Request, name: Name, password: Password, who: User = supervising) -> Response:
        return page.act(request, lambda: accounts.set_password(_another(who, name), password))

    @router.post("/sign-out", dependencies=[supervising])
    def sign_out(request: Request, name: Name) -> Response:
        return page.act(request, lambda: accounts.sign_out_everywhere(name))

    return router


def _of_tokens(tokens: Tokens, guard: Guard, page: _Page) -> APIRouter:
    router = APIRouter(prefix="/tokens", dependencies=[Depends(guard.supervises)])

    @router.post("/make")
    def make(request: Request, name: Name) -> Response:
        return page.reveal(request, lambda: tokens.make(name))

    @router.post("/revoke")
    def revoke(request: Request, name: Name) -> Response:
        return page.act(request, lambda: tokens.revoke(name))

    return router


def _of_webhooks(webhooks: Webhooks, guard: Guard, page: _Page) -> APIRouter:
    router = APIRouter(prefix="/webhooks")
    supervising = Depends(guard.supervises)

    @router.post("/add")
    def add(request: Request, url: Annotated[str, Form(max_length=LONGEST_URL)], who: User = supervising) -> Response:
        return page.reveal(request, lambda: webhooks.add(url.strip(), by=who.name))

    @router.post("/remove", dependencies=[supervising])
    def remove(request: Request, webhook: Annotated[str, Form(max_length=64)]) -> Response:
        return page.act(request, lambda: webhooks.remove(webhook))

    return router


def _another(who: User, name: str) -> str:
    """Return the name unless it is one's own: the last supervisor must not shut themselves out."""
    if who.name == name:
        raise UsageError("another supervisor has to do this to you")
    return name
