"""The desk as a web application: accounts in front, the desk's pages behind, nothing from anywhere else."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from fastapi import APIRouter, FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.review.access import Access
from pipeline.review.accounts import Accounts, User
from pipeline.review.delivery import Deliverer
from pipeline.review.desk import Desk
from pipeline.review.routes import ROUTERS
from pipeline.review.routes.account import account_router
from pipeline.review.routes.admin import admin_router
from pipeline.review.routes.api import PREFIX, api_router, bearer_of, describe, problem
from pipeline.review.routes.programs import programs_router
from pipeline.review.routes.sign_in import sign_in_router
from pipeline.review.routes.uploads import uploads_router
from pipeline.review.security import LANGUAGE, Guard, LimitedBody, SecureHeaders
from pipeline.review.tokens import Tokens
from pipeline.review.uploads import Uploads
from pipeline.review.webhooks import Webhooks
from pipeline.review.wording import Settled, Words, texts

LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class Sending:
    """What tells other programs what was decided."""

    webhooks: Webhooks
    deliverer: Deliverer


def create_app(
    desk: Desk,
    accounts: Accounts,
    uploads: Uploads,
    *,
    lang: str = "en",
    secure: bool = False,
    sending: Sending | None = None,
) -> FastAPI:
    """Return the application.

    Args:
        desk: What it shows; started and stopped with the application.
        accounts: Who may use it.
        uploads: Has read what is uploaded; started and stopped likewise.
        lang: Language of those who have not chosen one.
        secure: Whether cookies are for https alone, as behind a proxy that ends TLS.
        sending: Tells other programs what was decided; None sends nothing anywhere.
    """
    guard = Guard(accounts)
    render = _renderer(guard, lang)
    parts: list[_Part] = [desk, uploads, *([sending.deliverer] if sending else [])]
    if sending:
        desk.listeners.append(sending.webhooks.heard)
        uploads.listeners.append(sending.webhooks.upload_finished)
    app = FastAPI(title="dossier", openapi_url=None, docs_url=None, redoc_url=None, lifespan=_running(parts))
    app.state.desk = desk
    tokens = Tokens(desk.engine)
    app.add_middleware(LimitedBody, may_upload=_may_upload(guard, tokens))
    app.add_middleware(SecureHeaders)
    app.add_exception_handler(HTTPException, _refusal(render))  # type: ignore[arg-type]  # narrower than any exception
    access = _access(accounts, guard, render, lang)
    webhooks = sending.webhooks if sending else None
    for router in _routers(_Of(desk, accounts, uploads, tokens, webhooks, guard, render), access, secure=secure):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    return app


@dataclass(frozen=True)
class _Of:
    """What the application's addresses work on."""

    desk: Desk
    accounts: Accounts
    uploads: Uploads
    tokens: Tokens
    webhooks: Webhooks | None
    guard: Guard
    render: Callable[..., HTMLResponse]


def _routers(of: _Of, access: Access, *, secure: bool) -> Iterator[APIRouter]:
    """Yield all that the application has addresses for."""
    api = api_router(of.desk, of.uploads, of.tokens)
    for make in ROUTERS:
        yield make(of.desk, access)
    yield api
    yield uploads_router(of.desk, of.uploads, access)
    yield sign_in_router(of.desk, of.accounts, of.guard, of.render, secure=secure)
    yield account_router(of.desk, of.accounts, of.guard, of.render)
    yield admin_router(of.accounts, of.tokens, of.webhooks, of.guard, of.render)
    yield programs_router(lambda: describe(api), of.guard, of.render)


def _access(accounts: Accounts, guard: Guard, render: Callable[..., HTMLResponse], lang: str) -> Access:
    return Access(
        signed_in=guard.signed_in,
        may_decide=guard.may_decide,
        decides=lambda user: user.decides,
        names=lambda: [user.name for user in accounts.users() if user.decides and not user.locked],
        lang=lambda request: _language(request, lang),
        render=render,
        supervises=lambda user: user.supervises,
    )


class _Part(Protocol):
    def start(self) -> None: ...
    def stop(self) -> None: ...


def _running(parts: Sequence[_Part]) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Return what starts and stops the parts with the application."""

    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:  # noqa: ARG001 - the framework hands it in
        for part in parts:
            part.start()
        yield
        for part in reversed(parts):
            part.stop()

    return running


def _may_upload(guard: Guard, tokens: Tokens) -> Callable[[Request], bool]:
    """Return what tells whether a request may be as long as a dossier, before it is read."""

    def may_upload(request: Request) -> bool:
        user = tokens.user_of(bearer_of(request)) if request.url.path.startswith(PREFIX) else None
        return user.decides if user else guard.may_upload(request)

    return may_upload


def _language(request: Request, usual: str) -> str:
    chosen = request.cookies.get(LANGUAGE, usual)
    return chosen if chosen in LANGUAGES else usual


def _renderer(guard: Guard, usual: str) -> Callable[..., HTMLResponse]:
    environments = {lang: _environment(lang) for lang in LANGUAGES}

    def render(request: Request, template: str, /, *, status_code: int = 200, **values: Any) -> HTMLResponse:
        lang, session = _language(request, usual), guard.session(request)
        user: User | None = session.user if session else None
        page = environments[lang].get_template(template)
        return HTMLResponse(
            page.render(
                lang=lang,
                user=user,
                may_decide=bool(user and user.decides),
                csrf_token=session.csrf if session else "",
                here=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
                **values,
            ),
            status_code,
        )

    return render


@cache
def _environment(lang: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", Settled],
    )
    environment.install_gettext_translations(texts(lang), newstyle=False)  # type: ignore[attr-defined]  # of the extension
    environment.globals["words"] = Words()
    return environment


def _refusal(render: Callable[..., HTMLResponse]) -> Callable[[Request, HTTPException], Response]:
    """Return what answers who is not signed in, or may not do what they want to."""

    def refuse(request: Request, error: HTTPException) -> Response:
        if request.url.path.startswith(f"{PREFIX}/"):
            return problem(error.status_code, str(error.detail))
        if error.status_code == 401 and request.method == "GET" and "text/html" in request.headers.get("accept", ""):
            return RedirectResponse(f"/sign-in?to={quote(request.url.path, safe='')}", status_code=303)
        return render(request, "stopped.html.j2", status_code=error.status_code, message=str(error.detail))

    return refuse
