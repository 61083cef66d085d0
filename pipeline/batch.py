"""Many dossiers on this machine: worker processes, resume, one failure never stops the rest.

Every dossier that is found gets exactly one report or one error record. Workers open and judge; their parent alone
writes, so that a worker that dies leaves nothing torn. What a report was made from is kept in the output folder's
journal: a later run does again only what has changed (docs/adr/0003-resume-by-content.md).
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from pipeline.errors import UsageError
from pipeline.ingest import Found, find_dossiers, find_strays
from pipeline.jobs import Desk, access_of, leave_out, limits_of, name_of, read_answer, tell_outcome
from pipeline.ledger import Ledger, Order, Tally
from pipeline.names import FORM_NAMES
from pipeline.results import OWN_FOLDERS, SCRATCH, open_results
from pipeline.rounds import Rounds
from pipeline.run import Parts
from pipeline.sealing import Access
from pipeline.settings import Settings
from pipeline.store import open_store
from pipeline.supervisor import Supervisor
from pipeline.worker import Serve


def default_jobs() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_batch(
    order: Order, build: Callable[[], Parts], settings: Settings, *, watch: Callable[[Tally], None] = lambda _: None
) -> Tally:
    """Judge every dossier of a folder.

    Call from the main thread. An interruption (Ctrl-C) ends it in good order: what is finished stays and is listed.

    Args:
        order: What to do.
        build: Puts the parts together; called once in each worker process, so it must be picklable.
        settings: Limits, and the language of the pages for people.
        watch: Called at the start and after each dossier.

    Raises:
        UsageError: A folder cannot be read or written.
        EngineUnavailable: No worker can be started.
        ConfigurationError: What judges is not valid.
    """
    found = _find(order, settings)
    tally = Tally(found=len(found), strays=_strays(order, settings))
    with (
        open_results(order.out, dossiers=len(found)) as results,
        open_store(order.out, database=order.database, owner=results.owner, is_alive=results.is_alive) as store,
    ):
        ledger = Ledger(order, settings, results, store, tally, found)
        watch(tally)
        with access_of(settings, order.folder, order.out, *order.judged_by) as access:
            try:
                _work(Rounds(ledger, store.claims, found, order, settings), order, build, settings, access, watch)
            except KeyboardInterrupt:
                tally.interrupted = True
            finally:
                # If that fails, too, they are free once this process is gone.
                with _uninterrupted(), suppress(DBAPIError):
                    store.claims.release()
        ledger.summarise()
    return tally


def _work(
    rounds: Rounds,
    order: Order,
    build: Callable[[], Parts],
    settings: Settings,
    access: Access,
    watch: Callable[[Tally], None],
) -> None:
    supervisor = Supervisor(
        Serve(Desk(build, html=order.html), access=access, talk=order.debug),
        workers=order.jobs,
        limits=limits_of(settings),
        read=read_answer,
        leave_out=leave_out,
        name=name_of,
    )
    with closing(supervisor.run(rounds.jobs())) as finished:
        for job, came_of_it in finished:
            with _uninterrupted():
                rounds.settle(job, came_of_it)
            tell_outcome(name_of(job), came_of_it)
            watch(rounds.tally)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C and SIGTERM back while one result is written: a report without its row would be half a result.

    By handlers, since a signal that this thread blocks may still reach a thread of a library, and then is raised here.
    """
    heard: list[int] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    held = [number for number, handler in before.items() if callable(handler)]
    for number in held:
        signal.signal(number, lambda caught, _: heard.append(caught))
    try:
        yield
    finally:
        for number in held:
            signal.signal(number, before[number])
    if heard:
        signal.raise_signal(heard[0])


def _find(order: Order, settings: Settings) -> tuple[Found, ...]:
    """Return the dossiers of the folder; what an earlier batch wrote into it is none."""
    folder, out = order.folder.resolve(), order.out.resolve()
    if out == folder or any(folder.is_relative_to(out / name) for name in (*OWN_FOLDERS, SCRATCH)):
        raise UsageError(f"{order.out} cannot take reports, since dossiers are read from there; give another --output")
    found = find_dossiers(order.folder, max_depth=settings.max_depth)
    if any(path.name.casefold() in FORM_NAMES for path in folder.iterdir()):
        raise UsageError(f"{order.folder} is itself a dossier; give the folder that holds it, or use: dossier verify")
    for dossier in found:
        if out != dossier.path.resolve() and out.is_relative_to(dossier.path.resolve()):
            raise UsageError(f"{order.out} lies inside the dossier {dossier.id}, and inputs are never changed")
    return tuple(dossier for dossier in found if not _is_ours(dossier.path, order))


def _strays(order: Order, settings: Settings) -> tuple[str, ...]:
    strays = find_strays(order.folder, max_depth=settings.max_depth)
    return tuple(stray for stray in strays if not _is_ours(order.folder / stray, order))


def _is_ours(path: Path, order: Order) -> bool:
    """Whether a path below the batch folder is an earlier batch's; an output folder above it holds all dossiers."""
    out = order.out.resolve()
    return out.is_relative_to(order.folder.resolve()) and path.resolve().is_relative_to(out)
