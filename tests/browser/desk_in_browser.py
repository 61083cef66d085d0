"""A desk that is served on this machine, and browsers of reviewers who look at it."""

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page

from pipeline.report.html import to_html
from pipeline.review.accounts import Accounts, Role
from pipeline.review.app import Sending, create_app
from pipeline.review.delivery import Deliverer
from pipeline.review.desk import Desk
from pipeline.review.security import COOKIE, LANGUAGE
from pipeline.review.webhooks import Webhooks
from tests.pipeline.review.conftest import KEY, Opener, put_reports, uploads_of


@dataclass
class Visit:
    """One reviewer's page, and what went wrong on it."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    clicks: int = 0

    def click(self, selector: str) -> None:
        self.clicks += 1
        self.page.click(selector)


PASSWORD = "correct horse battery"
Visitor = Callable[..., Visit]


def draw(path: Path, number: int) -> bytes:
    picture = Image.new("RGB", (400, 280), "white")
    ImageDraw.Draw(picture).text((20, 20), f"page {number}", fill="black")
    picture.save(path, "JPEG")
    return path.read_bytes()


def write_page(desk: Desk, name: str, scratch: Path) -> None:
    report = desk.see(name).recorded
    places = dict.fromkeys((page.file, page.page) for document in report.documents for page in document.pages)
    pictures = {place: draw(scratch / "page.jpg", number) for number, place in enumerate(places, start=1)}
    (desk.out / "reports" / f"{name}.html").write_text(to_html(report, pictures, lang="en"), encoding="utf-8")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Desk, str]]:
    put_reports(tmp_path / "out", "legal-person-differs", "starriver")
    desk = Opener(tmp_path / "out")()
    write_page(desk, "legal-person-differs", tmp_path)
    accounts = Accounts(desk.engine)
    for name in ("li", "wang"):
        accounts.add(name, Role.REVIEWER, PASSWORD)
    accounts.add("boss", Role.SUPERVISOR, PASSWORD)
    sending = Sending(Webhooks(desk.engine, now=desk.now, key=KEY), Deliverer(desk.engine, now=desk.now, key=KEY))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(create_app(desk, accounts, uploads_of(desk), sending=sending), log_level="warning")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield desk, f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()
    desk.engine.dispose()


@pytest.fixture
def visit(chromium: Browser, served: tuple[Desk, str]) -> Iterator[Visitor]:
    desk, address = served
    visits: list[Visit] = []

    def begin(who: str = "li", *, lang: str = "en", dark: bool = False, width: int = 1400) -> Visit:
        context = chromium.new_context(
            base_url=address, viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
        )
        cookies = {LANGUAGE: lang}
        if who:
            accounts, now = Accounts(desk.engine), desk.seconds()
            cookies[COOKIE] = accounts.sign_in(who, PASSWORD, address="", now=now)
        context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
        page = context.new_page()
        page.set_default_timeout(10_000)
        visits.append(Visit(page))
        complaints = visits[-1].complaints
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda sent: None if urlsplit(sent.url).hostname in ("127.0.0.1", None) else complaints.append(sent.url),
        )
        return visits[-1]

    yield begin
    for each in visits:
        # The browser itself notes a refusal of ours as an error.
        assert [text for text in each.complaints if not re.search("status of (401|409|422)", text)] == []
        each.page.context.close()
