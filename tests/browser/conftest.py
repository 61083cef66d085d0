"""Pages opened in Debian's Chromium, which may ask nobody for anything and must not complain."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
WIDE, NARROW = 1400, 360
Scheme = Literal["light", "dark"]


@dataclass
class Opened:
    """A page, and what went wrong on it."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    """Errors and warnings of the console, and uncaught errors."""
    asked: list[str] = field(default_factory=list)
    """Addresses off the page's own files that something tried to reach."""


Opener = Callable[..., Opened]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Start the browser once; the tests are skipped where it is not installed.

    Playwright's event loop counts as running until it ends, and other tests need one of their own.
    """
    if not CHROMIUM.exists():
        pytest.skip("Debian's chromium is not installed")
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Iterator[Opener]:
    """Open texts of pages or files; whatever they ask for or complain of fails the test."""
    contexts: list[BrowserContext] = []
    everything: list[Opened] = []

    def begin(
        html: str | Path, *, width: int = WIDE, height: int = 900, scheme: Scheme = "light", script: bool = True
    ) -> Opened:
        path = html if isinstance(html, Path) else tmp_path / f"page-{len(contexts)}.html"
        if isinstance(html, str):
            path.write_text(html, encoding="utf-8")
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, java_script_enabled=script
        )
        contexts.append(context)
        visit = Opened(context.new_page())
        everything.append(visit)
        visit.page.set_default_timeout(10_000)
        _watch(visit)
        visit.page.goto(path.as_uri())
        return visit

    yield begin
    for context in contexts:
        context.close()
    assert [each.complaints for each in everything if each.complaints] == []
    assert [each.asked for each in everything if each.asked] == []


def _watch(visit: Opened) -> None:
    def refuse(route: Route) -> None:
        if route.request.url.startswith("file://"):
            route.continue_()
        else:
            visit.asked.append(route.request.url)
            route.abort()

    visit.page.route("**/*", refuse)
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    visit.page.on(
        "console",
        lambda said: visit.complaints.append(said.text) if said.type in ("error", "warning") else None,
    )


def serious_findings(page: Page) -> list[str]:
    """Return what axe-core calls serious or critical, with the elements concerned."""
    violations = Axe().run(page).response["violations"]
    return [
        f"{found['id']}: {[node['html'][:160] for node in found['nodes'][:3]]}"
        for found in violations
        if found["impact"] in ("serious", "critical")
    ]
