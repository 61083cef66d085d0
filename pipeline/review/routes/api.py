"""The API for other programs: hand in a dossier, ask what came of it. JSON; errors are `application/problem+json`."""

import json
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, HTTPException, Query, Request, UploadFile
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response

from pipeline.errors import UsageError
from pipeline.report.json import to_json
from pipeline.review.accounts import User
from pipeline.review.cases import Case, find_case
from pipeline.review.desk import Desk
from pipeline.review.queue import Filters, queue
from pipeline.review.seen import NoSuchDossier
from pipeline.review.tokens import Tokens
from pipeline.review.uploads import Full, Given, Uploads

PREFIX = "/api"


def api_router(desk: Desk, uploads: Uploads, tokens: Tokens) -> APIRouter:
    """Return the addresses of the API."""
    router = APIRouter(prefix=PREFIX, tags=["dossiers"])
    asking = Depends(_asking(tokens))
    router.include_router(_of_handing_in(desk, uploads, asking))
    router.include_router(_of_answers(desk, uploads, asking))

    @router.get("/openapi.json", include_in_schema=False, dependencies=[asking])
    def described() -> Mapping[str, Any]:
        return describe(router)

    return router


def _of_handing_in(desk: Desk, uploads: Uploads, asking: Any) -> APIRouter:
    router = APIRouter()

    @router.post("/dossiers", status_code=202)
    def hand_in(files: Annotated[list[UploadFile], File()], who: Annotated[User, asking]) -> Response:
        """Hand in a dossier: a zip, or its files with the application form."""
        if not who.decides:
            raise HTTPException(403, "this account may only read")
        given = [Given(each.filename or "", each.file) for each in files]
        try:
            upload = uploads.store(given, by=who.name, at=desk.now())
        except (Full, UsageError) as error:
            raise HTTPException(429 if isinstance(error, Full) else 422, str(error)) from error
        place = f"{PREFIX}/dossiers/{upload.dossier_id}"
        return JSONResponse({"id": upload.dossier_id, "location": place}, 202, headers={"Location": place})

    return router


def _of_answers(desk: Desk, uploads: Uploads, asking: Any) -> APIRouter:
    router = APIRouter(dependencies=[asking])

    @router.get("/dossiers")
    def show_all(
        state: Annotated[str, Query(pattern="^(open|second|decided|all)$")] = "all",
        page: Annotated[int, Query(ge=1)] = 1,
    ) -> Mapping[str, Any]:
        """List dossiers, in the queue's order, 50 to a page."""
        found = queue(desk.engine, Filters(state=state), who="", page=page, now=desk.seconds())
        listed = [_told(entry.case) for entry in found.entries]
        return {"dossiers": listed, "total": found.total, "page": found.page, "pages": found.pages}

    @router.get("/dossiers/{dossier_id}")
    def show(dossier_id: str) -> Mapping[str, Any]:
        """Return how far a dossier is, what the rules say and what reviewers decided."""
        case = find_case(desk.engine, dossier_id)
        if case:
            return {"progress": "done", **_told(case)}
        if uploads.find(dossier_id):
            return {"id": dossier_id, "progress": uploads.progress(dossier_id)}
        raise HTTPException(404, "there is no such dossier")

    @router.get("/dossiers/{dossier_id}/report")
    def report(dossier_id: str) -> Response:
        """Return the report, with what reviewers put right."""
        try:
            return Response(to_json(desk.see(dossier_id).report), media_type="application/json")
        except (NoSuchDossier, UsageError) as error:
            raise HTTPException(404, str(error)) from error

    return router


def describe(router: APIRouter) -> dict[str, Any]:
    """Return the API as OpenAPI: its own routes alone, since the desk's pages are for people."""
    found = get_openapi(title="dossier", version="1", routes=router.routes)
    found.setdefault("components", {})["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    return {**found, "security": [{"token": []}]}


def problem(status: int, detail: str) -> Response:
    """Return an error as programs read it (RFC 9457)."""
    content = json.dumps({"type": "about:blank", "status": status, "detail": detail})
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return Response(content, status, media_type="application/problem+json", headers=headers)


def bearer_of(request: Request) -> str:
    """Return the token that a request bears; empty without one."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.casefold() == "bearer" else ""


def _asking(tokens: Tokens) -> Any:
    def asking(request: Request) -> User:
        token = bearer_of(request)
        user = tokens.user_of(token) if token else None
        if user is None:
            raise HTTPException(401, "send a token of the desk's as Authorization: Bearer")
        return user

    return asking


def _told(case: Case) -> dict[str, Any]:
    return {
        "id": case.dossier_id,
        "as_of": case.as_of,
        "company_name": case.company_name,
        "store_type": case.store_type,
        "category": case.category,
        "machine": case.machine,
        "rules": case.judged,
        "state": case.state,
        "outcome": case.outcome,
        "decided_by": case.decided_by,
        "decided_at": case.decided_at,
        "report": f"{PREFIX}/dossiers/{case.dossier_id}/report",
    }
