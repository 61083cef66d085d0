"""What the desk's pages need of whoever serves them: who is asking, and how a page is filled in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from fastapi import Request
from fastapi.responses import HTMLResponse


class Person(Protocol):
    """Somebody who is signed in."""

    @property
    def name(self) -> str:
        """Under which they sign in, and by which the journal knows them."""


class Render(Protocol):
    """Fills in one of the package's templates."""

    def __call__(self, request: Request, template: str, /, *, status_code: int = 200, **values: Any) -> HTMLResponse:
        """Return the page.

        Args:
            request: Tells the language, and who is asking.
            template: File name.
            status_code: Of the answer.
            values: For the template, besides `lang`, `user`, `may_decide` and `csrf_token`.
        """


@dataclass(frozen=True)
class Access:
    """How the desk's pages come to know who is asking."""

    signed_in: Callable[..., Any]
    """Dependency that returns a `Person`, or answers 401."""
    may_decide: Callable[..., Any]
    """Dependency that returns a `Person` who may change things and has sent the form's token, or answers 403."""
    decides: Callable[[Any], bool]
    """Whether a `Person` may change things."""
    names: Callable[[], Sequence[str]]
    """Those to whom a dossier may be given."""
    lang: Callable[[Request], str]
    """`en` or `zh`."""
    render: Render
    supervises: Callable[[Any], bool] = lambda _: False
    """Whether a `Person` is a supervisor."""
