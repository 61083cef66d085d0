"""What keeps the desk to those who are signed in: the session's cookie, the forms' token, headers of every answer."""

import hmac
from collections.abc import Callable
from typing import Annotated

from fastapi import Form, HTTPException, Request
from fastapi.responses import PlainTextResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.review.accounts import Accounts, Session, User

COOKIE = "dossier_session"
LANGUAGE = "dossier_lang"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
MOST_BYTES = 1_000_000
"""Of a request's body."""
MOST_BYTES_UPLOADED = 500_000_000
"""Of a dossier that is uploaded, as of one that is verified."""
UPLOADS = ("/uploads", "/api/dossiers")
TOO_LONG = "this is longer than what is taken here"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class SecureHeaders:
    """Adds the headers to every answer; what an answer says itself about its policy stays."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if scope["path"].startswith("/static/"):
                    # The same for everybody: kept, and asked for again only whether it has changed.
                    headers.setdefault("Cache-Control", "no-cache")
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, sending if scope["type"] == "http" else send)


class LimitedBody:
    """Refuses what is longer than any form of the desk's, before it is taken into memory."""

    def __init__(self, app: ASGIApp, may_upload: Callable[[Request], bool]) -> None:
        """Wrap the application; whoever may upload may send a dossier to the page for it."""
        self._app, self._may_upload = app, may_upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        taken = 0
        uploads = scope["method"] == "POST" and scope["path"] in UPLOADS
        is_ours = uploads and await run_in_threadpool(self._may_upload, Request(scope))
        most = MOST_BYTES_UPLOADED if is_ours else MOST_BYTES

        async def counting() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise HTTPException(413, TOO_LONG)
            return message

        declared = Headers(scope=scope).get("content-length", "0")
        if declared.isdecimal() and int(declared) > most:
            await PlainTextResponse(TOO_LONG, 413)(scope, receive, send)
            return
        await self._app(scope, counting, send)


class Guard:
    """The dependencies by which pages ask who is there."""

    def __init__(self, accounts: Accounts) -> None:
        """Ask these accounts."""
        self._accounts = accounts

    def session(self, request: Request) -> Session | None:
        """Return who is signed in, if anybody is; asked once for each request."""
        if not hasattr(request.state, "session"):
            token = request.cookies.get(COOKIE)
            now = request.app.state.desk.seconds()
            request.state.session = self._accounts.session(token, now=now) if token else None
        found: Session | None = request.state.session
        return found

    def signed_in(self, request: Request) -> User:
        """Return who is signed in, or answer 401."""
        session = self.session(request)
        if session is None:
            raise HTTPException(401, "sign in first")
        return session.user

    def sends_token(self, request: Request, csrf_token: Annotated[str, Form()] = "") -> User:
        """Return who is signed in and has sent the form's token, or answer 401 or 403."""
        user = self.signed_in(request)
        session = self.session(request)
        if session is None or not hmac.compare_digest(session.csrf.encode(), csrf_token.encode()):
            raise HTTPException(403, "the form is not from this page; load it again")
        return user

    def supervises(self, request: Request, csrf_token: Annotated[str, Form()] = "") -> User:
        """Return the supervisor who has sent the form's token, or answer 401 or 403."""
        return _supervising(self.sends_token(request, csrf_token))

    def sees_all(self, request: Request) -> User:
        """Return the supervisor who looks, or answer 401 or 403."""
        return _supervising(self.signed_in(request))

    def may_upload(self, request: Request) -> bool:
        """Whether a request comes from somebody who may upload; its form has not been read yet."""
        session = self.session(request)
        return session is not None and session.user.decides

    def may_decide(self, request: Request, csrf_token: Annotated[str, Form()] = "") -> User:
        """Return who is signed in, may change things and has sent the form's token, or answer 401 or 403."""
        user = self.sends_token(request, csrf_token)
        if not user.decides:
            raise HTTPException(403, "this account may only read")
        return user


def _supervising(user: User) -> User:
    if not user.supervises:
        raise HTTPException(403, "this is for supervisors")
    return user
