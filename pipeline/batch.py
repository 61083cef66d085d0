"""Many dossiers: worker processes here or on many machines, resume, one failure never stops the rest.

Every dossier that is found gets exactly one report or one error record. Workers open and judge; their parent alone
writes, so that a worker that dies leaves nothing torn. What a report was made from is kept in the output folder's
journal: a later run does again only what has changed (docs/adr/0003-resume-by-content.md).
"""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from pipeline.cluster.fleet import Fleet
from pipeline.cluster.muster import NoMachineLeft
from pipeline.discovery import Glimpse
from pipeline.errors import UsageError
from pipeline.hands import Done, hands
from pipeline.ingest import survey
from pipeline.jobs import name_of, tell_outcome
from pipeline.ledger import Ledger
from pipeline.marks import uptime
from pipeline.on_record import call_in_step
from pipeline.order import Order, Tally
from pipeline.outputs import OWN_FOLDERS, SCRATCH
from pipeline.release import heed_words, let_go
from pipeline.remote.copying import copying
from pipeline.remote.folder import RemoteFolder
from pipeline.remote.shelf import find_remote
from pipeline.remote.supply import Crew
from pipeline.results import open_results
from pipeline.roster import Roster
from pipeline.rounds import Rounds
from pipeline.run import Parts
from pipeline.scout import has_form
from pipeline.scouts import Scouts
from pipeline.settings import Settings
from pipeline.signals import held_back
from pipeline.store import open_store
from pipeline.supervisor import Supervisor

SUMMARY_SECONDS = 3.0
"""For table and page after an interruption, which is to end a batch within ten seconds."""


def default_jobs() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_batch(
    order: Order,
    build: Callable[[], Parts],
    settings: Settings,
    *,
    scouts: Scouts | None = None,
    watch: Callable[[Tally], None] = lambda _: None,
) -> Tally:
    """Judge every dossier of a folder.

    Call from the main thread. An interruption (Ctrl-C) ends it in good order: what is finished stays and is listed.

    Args:
        order: What to do.
        build: Puts the parts together; called once in each worker process, so it must be picklable.
        settings: Limits, and the language of the pages for people.
        scouts: Look at dossiers ahead; they are not needed any more afterwards.
        watch: Called at the start, after each group of dossiers and while done ones are passed over.

    Raises:
        UsageError, ConfigurationError: A folder cannot be read or written, or what judges is not valid.
        EngineUnavailable, NoMachineLeft: No worker can be started, or no machine of the cluster works any more.
    """
    with closing(scouts or Scouts((), uptime())) as ahead:
        found, strays = _find(order, settings, ahead.glimpse)
        found.listed_at = ahead.began_at
    with closing(found):
        tally = Tally(found=len(found), strays=strays, named_by_numbers=found.named_by_numbers)
        return _judge(found, tally, order, build, settings, watch)


def _judge(
    found: Roster,
    tally: Tally,
    order: Order,
    build: Callable[[], Parts],
    settings: Settings,
    watch: Callable[[Tally], None],
) -> Tally:
    with (
        hands(order, build, settings, found) as crew,
        copying(order.out, order.copy_to) as copy,
        open_results(order.out, dossiers=tally.found, tell=copy.put if copy else _nobody) as results,
        _begun(crew if tally.found else None),
        open_store(order.out, database=order.database, owner=results.owner, is_alive=results.is_alive) as store,
        closing(Ledger(order, settings, results, store, tally, found)) as ledger,
    ):
        tally.left_out = store.left_out
        heed_words(store, results)
        watch(tally)
        is_free = False
        try:
            _work(Rounds(ledger, store.claims, found, order, settings, watch=watch), crew, watch)
        except KeyboardInterrupt:
            tally.interrupted = True
            if copy:
                copy.hasten()
        finally:
            with held_back(is_heard=tally.interrupted):
                is_free = let_go(store, results)
        if not tally.interrupted:
            ledger.summarise()
        else:  # and where the database has kept us waiting, there is no time left at all
            tally.summary_is_left = not ledger.summarise(seconds=SUMMARY_SECONDS if is_free else 0)
        if copy:
            copy.finish(interrupted=tally.interrupted)
        # Whoever wants the end does not wait until the database is looked through.
        if is_free and not tally.interrupted:
            call_in_step(store, results)
    return tally


@contextmanager
def _begun(crew: Crew[Done] | None) -> Iterator[None]:
    """Have a first worker on this machine get ready while the batch looks at what is on record.

    Not before the output folder is there, or its seal would leave that out.
    """
    if not isinstance(crew, Supervisor):
        yield
        return
    with closing(crew):
        crew.begin()
        yield


def _work(rounds: Rounds, crew: Crew[Done], watch: Callable[[Tally], None]) -> None:
    try:
        with closing(crew.groups(rounds.jobs(lambda: crew.introduction))) as groups:
            for group in groups:
                with held_back():
                    written = rounds.settle(group)
                for job, came_of_it in written:
                    tell_outcome(name_of(job), came_of_it)
                watch(rounds.tally)
    except NoMachineLeft as error:
        for job in error.begun:
            rounds.was_begun(job)
        raise
    finally:
        if isinstance(crew, Fleet):
            rounds.tally.troubles = tuple(crew.troubles)


def _nobody(_: str) -> None:
    """Hear of a file that was written."""


def _find(order: Order, settings: Settings, glimpse: Glimpse) -> tuple[Roster, tuple[str, ...]]:
    """Return the dossiers of the folder, and what belongs to none; what an earlier batch wrote into it is neither."""
    if order.url is not None:
        return find_remote(RemoteFolder(order.url), max_depth=settings.max_depth)
    folder, out = order.folder.resolve(), order.out.resolve()
    if out == folder or any(folder.is_relative_to(out / name) for name in (*OWN_FOLDERS, SCRATCH)):
        raise UsageError(f"{order.out} cannot take reports, since dossiers are read from there; give another --output")
    found, strays = survey(order.folder, max_depth=settings.max_depth, glimpse=glimpse)
    if has_form(str(folder)):
        raise UsageError(f"{order.folder} is itself a dossier; give the folder that holds it, or use: dossier verify")
    if not out.is_relative_to(folder):
        return found, strays
    # Nothing below the folder is reached through a link, so that names tell where it lies.
    below = order.folder / out.relative_to(folder)
    if (holder := found.holder_of(below)) is not None:
        raise UsageError(f"{order.out} lies inside the dossier {holder}, and inputs are never changed")
    found.leave_out(below)
    return found, tuple(stray for stray in strays if not (order.folder / stray).is_relative_to(below))
