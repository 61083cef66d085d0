"""The API described for people who write programs, out of the OpenAPI that programs read; nothing from elsewhere."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from pipeline.review.security import Guard


@dataclass(frozen=True)
class Operation:
    """One thing that a program can ask for."""

    method: str
    path: str
    summary: str
    parameters: tuple[str, ...]
    takes: tuple[str, ...]
    """Media types of the body; none if there is none."""
    answers: tuple[str, ...]
    """Status codes."""


def programs_router(
    describe: Callable[[], Mapping[str, Any]], guard: Guard, render: Callable[..., HTMLResponse]
) -> APIRouter:
    """Return the addresses of the API's description."""
    router = APIRouter(prefix="/programs", dependencies=[Depends(guard.signed_in)])

    @router.get("")
    def show(request: Request) -> Response:
        return render(request, "programs.html.j2", operations=tuple(_operations(describe())))

    @router.get("/openapi.json")
    def described() -> Mapping[str, Any]:
        return describe()

    return router


def _operations(described: Mapping[str, Any]) -> Iterator[Operation]:
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            yield Operation(
                method.upper(),
                path,
                told.get("description") or told["summary"],
                tuple(each["name"] for each in told.get("parameters", ())),
                tuple(told.get("requestBody", {}).get("content", ())),
                tuple(told["responses"]),
            )
