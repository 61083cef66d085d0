"""Takes the README's pictures of a batch's pages and of the desk: `python -m samples.screenshots OUT`.

OUT is what `make demo` writes. The desk is served to this machine alone, over a copy, and to an invented reviewer.
"""

import secrets
import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from pipeline.review.accounts import Accounts, Role
from pipeline.review.app import create_app
from pipeline.review.database import open_engine
from pipeline.review.desk import Desk
from pipeline.review.security import COOKIE
from pipeline.review.uploads import Uploads
from validators.rejudging import Rejudger

DOCS = Path(__file__).parents[1] / "docs"
SHOWN = "legal-person-differs"
WIDTH = 1400


def main(out: Path) -> int:
    """Write `report.png`, `batch.png` and `desk.png` into the docs."""
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        take(browser, (out / "reports" / f"{SHOWN}.html").resolve().as_uri(), "report.png", height=2620)
        take(browser, (out / "index.html").resolve().as_uri(), "batch.png")
        with TemporaryDirectory() as scratch:
            copy = Path(scratch) / "out"
            shutil.copytree(out, copy)
            with served(copy) as (address, session):
                take(browser, f"{address}/dossiers/{SHOWN}", "desk.png", session=session)
        browser.close()
    return 0


def take(browser: Browser, address: str, name: str, *, session: str = "", height: int = 1000) -> None:
    """Open an address and write what the window shows, in 256 colours; `session` is that of a reviewer."""
    context = browser.new_context(viewport={"width": WIDTH, "height": height})
    if session:
        context.add_cookies([{"name": COOKIE, "value": session, "url": address}])
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    shown = Image.open(BytesIO(page.screenshot())).convert("RGB")
    # Photographs of papers make a picture of all colours three times as large.
    shown.quantize(256, dither=Image.Dither.NONE).save(DOCS / name, optimize=True)
    context.close()


@contextmanager
def served(out: Path) -> Iterator[tuple[str, str]]:
    """Serve the desk over `out`; yield its address and the session of a reviewer."""
    desk = Desk(open_engine(out), out, Rejudger())
    desk.intake.refresh()
    while desk.intake.read_some():
        pass
    accounts, password = Accounts(desk.engine), secrets.token_urlsafe()
    accounts.add("li", Role.REVIEWER, password)
    session = accounts.sign_in("li", password, address="", now=desk.seconds())
    uploads = Uploads(desk.out, (sys.executable, "-c", "import cli; cli.main()"))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(desk, accounts, uploads), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", session
        server.should_exit = True
        thread.join()
    desk.engine.dispose()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
