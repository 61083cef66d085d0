"""A desk at which somebody decides without a pause, and says of each event that it was acknowledged, until it is killed.

`python -m tests.hostile.deciding OUT`; run by the tests of decisions, over reports that lie in OUT.
"""

import sys
from contextlib import suppress
from itertools import count
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.review.database import open_engine
from pipeline.review.desk import Desk
from pipeline.review.events import Event, Outcome, Reason
from pipeline.review.seen import Choice
from pipeline.review.shelf import gist_of
from tests.pipeline.review.conftest import JUDGE

REJECT = Choice(Outcome.REJECTED, Reason.AS_JUDGED)


def open_desk(out: Path) -> Desk:
    """Open a desk over an output folder, as a server does when it starts."""
    desk = Desk(open_engine(out), out, JUDGE)
    desk.intake.refresh()
    while desk.intake.read_some():
        pass
    return desk


def acknowledge(event: Event) -> None:
    """Say that an event was acknowledged."""
    sys.stdout.write(f"{event.seal}\n")
    sys.stdout.flush()


def main(out: Path) -> None:
    """Decide on all dossiers, then write notes."""
    desk, names = open_desk(out), sorted(path.stem for path in (out / "reports").glob("*.json"))
    for name in names:
        seen = desk.see(name)
        with suppress(UsageError):  # it is decided already
            acknowledge(desk.decide(name, seen.standing.version, "li", REJECT, gist=gist_of(seen.recorded)))
    for number in count():
        name = names[number % len(names)]
        acknowledge(desk.note(name, desk.see(name).standing.version, "wang", f"note {number}"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
