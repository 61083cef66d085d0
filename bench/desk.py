"""How fast the reviewers' desk answers: `python -m bench.desk` (10,000 dossiers, 20 requests a second).

Reports are the samples' under other names. The server runs in a process of its own, as it does in use, while it takes
in what is in the reports; `--busy N` keeps N processes at work beside it, as a batch would. Requests are sent when they
are due, whether the ones before have been answered or not, and an answer's time counts from then. As a machine may
have other work, the processor time that the server spends on a request is told beside it.
"""

import argparse
import json
import multiprocessing
import os
import random
import socket
import statistics
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

EXPECTED = Path(__file__).parent.parent / "samples" / "expected"
PASSWORD = "correct horse battery"
GOALS = {"queue": 150.0, "dossier": 250.0, "correction": 300.0}
"""Milliseconds at the 95th percentile."""


def fill(out: Path, count: int) -> list[str]:
    """Write so many reports and the results database of a batch over them; return the ids."""
    from pipeline.register import entry_of
    from pipeline.report.json import load_report
    from pipeline.store import open_store

    (out / "reports").mkdir(parents=True)
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(EXPECTED.glob("*.json"))}
    entries = {name: entry_of(load_report(text)) for name, text in texts.items()}
    names = list(texts)
    made = []
    with open_store(out) as store:
        for number in range(count):
            sample = names[number % len(names)]
            name = f"{sample}-{number:05}"
            text = texts[sample].replace(f'"dossier_id": "{sample}"', f'"dossier_id": "{name}"', 1)
            (out / "reports" / f"{name}.json").write_text(text, encoding="utf-8")
            store.put(entries[sample].model_copy(update={"dossier_id": name}), f"{number:064}")
            made.append(name)
    return made


def serve(out: Path, port: int, settled: bool) -> None:
    """Serve the desk, as its server does; `settled` has all reports read before."""
    import uvicorn

    from pipeline.review.accounts import Accounts
    from pipeline.review.app import create_app
    from pipeline.review.database import open_engine
    from pipeline.review.desk import Desk
    from pipeline.review.uploads import Uploads
    from validators.rejudging import Rejudger

    desk = Desk(open_engine(out), out, Rejudger())
    desk.intake.refresh()
    while settled and desk.intake.read_some(200):
        pass
    app = create_app(desk, Accounts(desk.engine), Uploads(out, ("false",)))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error")


def work() -> None:
    """Keep a core at work, giving way to others as `nice dossier batch` does."""
    os.nice(10)
    while True:
        sum(number * number for number in range(10_000))


class _Stay(HTTPRedirectHandler):
    """Leaves redirections alone: what is measured is the answer."""

    def redirect_request(self, *_: object) -> None:
        """Follow none."""


@dataclass(frozen=True)
class Reviewer:
    """Somebody who is signed in."""

    token: str
    csrf: str


def sign_in(out: Path, count: int) -> list[Reviewer]:
    """Add so many reviewers and sign them in."""
    from pipeline.review.accounts import Accounts, Role
    from pipeline.review.database import open_engine

    accounts = Accounts(open_engine(out))
    reviewers = []
    for number in range(count):
        accounts.add(f"reviewer{number}", Role.REVIEWER, PASSWORD)
        token = accounts.sign_in(f"reviewer{number}", PASSWORD, address="", now=time.time())
        session = accounts.session(token, now=time.time())
        assert session
        reviewers.append(Reviewer(token, session.csrf))
    return reviewers


class Client:
    """A reviewer's browser."""

    def __init__(self, port: int, who: Reviewer) -> None:
        self._base = f"http://127.0.0.1:{port}"
        self._opener = build_opener(_Stay)
        self._who = who

    def ask(self, path: str, form: dict[str, object] | None = None) -> int:
        """Send one request; return the status of the answer."""
        body = urlencode(form).encode() if form else None
        request = Request(self._base + path, data=body, headers={"Cookie": f"dossier_session={self._who.token}"})
        try:
            with self._opener.open(request, timeout=30) as answer:
                answer.read()
                return int(answer.status)
        except OSError as error:
            status = getattr(error, "code", None)
            if status is None:
                raise
            return int(status)


def load(
    port: int, names: Sequence[str], reviewers: Sequence[Reviewer], *, rate: float, seconds: float
) -> dict[str, list[float]]:
    """Send requests at a rate; return the milliseconds that each kind took."""
    drawn = random.Random(7)
    spent: dict[str, list[float]] = defaultdict(list)
    threads = []
    begun = time.monotonic()
    for number in range(int(rate * seconds)):
        kind, path = _any_page(drawn, names)
        due = begun + number / rate
        time.sleep(max(0.0, due - time.monotonic()))
        client = Client(port, reviewers[number % len(reviewers)])
        thread = threading.Thread(target=_timed, args=(spent[kind], due, lambda c=client, p=path: c.ask(p)))
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    return spent


def _any_page(drawn: random.Random, names: Sequence[str]) -> tuple[str, str]:
    if drawn.random() < 0.5:
        return "dossier", f"/dossiers/{drawn.choice(names)}"
    words = drawn.choice(["", "&text=star", "&decision=needs_review", "&category=apparel&state=all"])
    return "queue", f"/queue?page={drawn.randint(1, 40)}{words}"


def _timed(spent: list[float], due: float, ask: Callable[[], int]) -> None:
    status = ask()
    assert status == 200, status
    spent.append((time.monotonic() - due) * 1000)


def correct(port: int, names: Sequence[str], who: Reviewer, *, count: int) -> list[float]:
    """Confirm values, one after the other; return the milliseconds until the rules have decided anew."""
    client, spent = Client(port, who), []
    for name in random.Random(8).sample(list(names), count):
        form = {"csrf_token": who.csrf, "version": 0, "document": "d1", "entity": "company_name", "typed": "另一家公司"}
        begun = time.monotonic()
        status = client.ask(f"/dossiers/{name}/value", form)
        # Some samples' first document is no licence, and some dossiers are still another reviewer's.
        assert status in (303, 409, 422), status
        if status == 303:
            spent.append((time.monotonic() - begun) * 1000)
    return spent


def cpu_seconds(process: int) -> float:
    """Return the processor time that a process has spent, its threads' included."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def figures(spent: Sequence[float]) -> dict[str, float]:
    """Return the median, the 95th percentile and the worst."""
    ranked = sorted(spent)
    return {
        "count": len(ranked),
        "p50": round(statistics.median(ranked), 1),
        "p95": round(ranked[min(len(ranked) - 1, int(len(ranked) * 0.95))], 1),
        "max": round(ranked[-1], 1),
    }


def wait_for(port: int) -> float:
    """Wait until the server answers; return the seconds."""
    begun = time.monotonic()
    while time.monotonic() - begun < 600:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return time.monotonic() - begun
    raise TimeoutError("the server does not answer")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=10_000)
    parser.add_argument("--rate", type=float, default=20.0)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--busy", type=int, default=0, help="processes at work beside the server, as nice as a batch")
    parser.add_argument("--settled", action="store_true", help="measure when all reports have been read")
    wishes = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        names = fill(Path(folder) / "out", wishes.dossiers)
        reviewers = sign_in(Path(folder) / "out", 8)
        server = context.Process(target=serve, args=(Path(folder) / "out", port, wishes.settled), daemon=True)
        others = [context.Process(target=work, daemon=True) for _ in range(wishes.busy)]
        for process in (server, *others):
            process.start()
        try:
            result: dict[str, object] = {"dossiers": wishes.dossiers, "seconds_to_start": round(wait_for(port), 1)}
            load(port, names, reviewers[1:], rate=5, seconds=2)
            before = cpu_seconds(server.pid or 0)
            spent = load(port, names, reviewers[1:], rate=wishes.rate, seconds=wishes.seconds)
            cost = (cpu_seconds(server.pid or 0) - before) * 1000 / sum(map(len, spent.values()))
            result["cpu_milliseconds_a_request"] = round(cost, 1)
            result["load_average"] = round(os.getloadavg()[0], 1)
            spent["correction"] = correct(port, names, reviewers[0], count=min(60, wishes.dossiers))
        finally:
            for process in (server, *others):
                process.terminate()
                process.join()
    for kind, goal in GOALS.items():
        result[kind] = figures(spent[kind]) | {"goal_p95": goal}
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
