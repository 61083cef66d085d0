"""A desk over the samples' golden reports."""

import re
import shutil
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.review.database import open_engine
from pipeline.review.desk import Desk
from pipeline.review.secret_key import SecretKey
from pipeline.review.uploads import Uploads
from validators.rejudging import Rejudger

EXPECTED = Path(__file__).parents[3] / "samples" / "expected"
NAMES = ("credit-code-wrong", "legal-person-differs", "licence-expired", "starriver")


@dataclass
class Clock:
    """A clock that a test puts forward."""

    time: datetime = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **by: int) -> None:
        self.time += timedelta(**by)


@dataclass
class Opener:
    """Opens desks over one output folder, as a server does when it starts."""

    out: Path
    clock: Clock = field(default_factory=Clock)
    opened: list[Desk] = field(default_factory=list)

    def __call__(self, *, four_eyes: bool = False) -> Desk:
        desk = Desk(open_engine(self.out), self.out, JUDGE, four_eyes=four_eyes, now=self.clock)
        self.opened.append(desk)
        desk.intake.refresh()
        while desk.intake.read_some():
            pass
        return desk


JUDGE = Rejudger()
KEY = SecretKey(b64encode(b"k" * 32), "the tests")


def uploads_of(desk: Desk) -> Uploads:
    return Uploads(desk.out, (sys.executable, "-c", "import cli; cli.main()"))


def put_reports(out: Path, *names: str) -> None:
    (out / "reports").mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copy(EXPECTED / f"{name}.json", out / "reports")


def put_revealed(out: Path, name: str, number: str) -> None:
    """Put a report as a batch with `--reveal` writes it: its masked number is `number`."""
    text = (EXPECTED / f"{name}.json").read_text(encoding="utf-8")
    text = re.sub(r"\d{6}\*{11}[\dX]", number, text).replace('"rulebook": {', '"revealed": true, "rulebook": {')
    (out / "reports").mkdir(parents=True, exist_ok=True)
    (out / "reports" / f"{name}.json").write_text(text, encoding="utf-8")


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[Opener]:
    put_reports(tmp_path / "out", *NAMES)
    opener = Opener(tmp_path / "out")
    yield opener
    for desk in opener.opened:
        desk.engine.dispose()


@pytest.fixture
def desk(open_desk: Callable[[], Desk]) -> Desk:
    return open_desk()
