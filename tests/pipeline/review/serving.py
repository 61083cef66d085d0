"""The desk's pages without accounts: whoever the cookie `who` names is signed in; a name with `guest` may only read."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Form, HTTPException, Request
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import ChoiceLoader, DictLoader, Environment, PackageLoader, StrictUndefined

import pipeline.review
from pipeline.review.access import Access
from pipeline.review.desk import Desk
from pipeline.review.routes import ROUTERS
from pipeline.review.wording import Words, texts

TOKEN = "token-of-the-session"
FRAME = (
    '<!doctype html><html lang="{{ lang }}"><head><meta charset="utf-8"><title>{% block title %}{% endblock %}</title>'
    '<link rel="icon" href="data:,">{% block head %}{% endblock %}</head>'
    "<body><main>{% block main %}{% endblock %}</main></body></html>"
)
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


@dataclass(frozen=True)
class Guest:
    name: str


def signed_in(request: Request) -> Guest:
    if "who" not in request.cookies:
        raise HTTPException(401)
    return Guest(request.cookies["who"])


def may_decide(request: Request, csrf_token: str = Form("")) -> Guest:
    who = signed_in(request)
    if not decides(who) or csrf_token != TOKEN:
        raise HTTPException(403)
    return who


def decides(who: Guest) -> bool:
    return "guest" not in who.name


@cache
def environment(lang: str) -> Environment:
    # The frame is whoever serves the desk's.
    own = DictLoader({"frame.html.j2": FRAME})
    loaded = Environment(
        loader=ChoiceLoader([own, PackageLoader("pipeline.review")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    loaded.install_gettext_translations(texts(lang), newstyle=False)  # type: ignore[attr-defined]
    loaded.globals["words"] = Words()
    return loaded


def lang_of(request: Request) -> str:
    return request.cookies.get("lang", "en")


def serve(desk: Desk) -> FastAPI:
    templates = {lang: environment(lang) for lang in ("en", "zh")}

    def render(request: Request, template: str, /, *, status_code: int = 200, **values: Any) -> HTMLResponse:
        who = signed_in(request)
        lang = lang_of(request)
        page = (
            templates[lang]
            .get_template(template)
            .render(lang=lang, user=who, may_decide=decides(who), csrf_token=TOKEN, **values)
        )
        return HTMLResponse(page, status_code, headers={"Content-Security-Policy": POLICY})

    access = Access(signed_in, may_decide, decides, lambda: ("li", "wang"), lang_of, render)
    app = FastAPI()
    for router in ROUTERS:
        app.include_router(router(desk, access))
    app.mount("/static", StaticFiles(directory=Path(pipeline.review.__file__).parent / "static"))
    return app
