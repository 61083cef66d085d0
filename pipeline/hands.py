"""Who does a batch's jobs: workers on this machine, for which dossiers may have to be fetched, or a cluster's."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pipeline.answers import read_answer
from pipeline.cluster.fleet import Fleet
from pipeline.cluster.session import connected
from pipeline.cluster.words import Duty, hashes
from pipeline.jobs import Answer, Desk, Job, access_of, leave_out, limits_of, name_of
from pipeline.order import Order
from pipeline.remote.folder import RemoteFolder
from pipeline.remote.supply import Crew, Fetcher, Supply
from pipeline.report.json import Report
from pipeline.roster import Found
from pipeline.run import Parts
from pipeline.scratch import scratch_folder
from pipeline.settings import Settings
from pipeline.supervisor import Supervisor
from pipeline.worker import Serve

Done = tuple[Answer, Report | None]


@contextmanager
def hands(order: Order, build: Callable[[], Parts], settings: Settings, found: Iterable[Found]) -> Iterator[Crew[Done]]:
    """Yield who does the jobs of an order.

    Raises:
        UsageError: There is no cluster at the address that was given.
        EngineUnavailable: What reaches it is not installed.
    """
    with ExitStack() as stack:
        if order.cluster is not None:
            session = stack.enter_context(connected(order.cluster))
            yield Fleet(session, _duty(order, build, settings, found), patience=settings.cluster_seconds)
        elif order.url is not None:
            folder = stack.enter_context(scratch_folder())
            crew = _workers(order, build, settings, folder, stack)
            yield Supply(crew, Fetcher(RemoteFolder(order.url), folder, settings), ahead=2 * order.jobs)
        else:
            yield _workers(order, build, settings, order.folder, stack)


def _workers(
    order: Order, build: Callable[[], Parts], settings: Settings, folder: Path, stack: ExitStack
) -> Supervisor[Job, Done]:
    access = stack.enter_context(access_of(settings, folder, order.out / "reports", *order.judged_by))
    return Supervisor(
        Serve(Desk(build, html=order.html), talk=order.debug),
        access=access,
        workers=order.jobs,
        limits=limits_of(settings),
        read=read_answer,
        leave_out=leave_out,
        name=name_of,
    )


def _duty(order: Order, build: Callable[[], Parts], settings: Settings, found: Iterable[Found]) -> Duty:
    folder, example = order.folder.absolute(), next(iter(found), None)
    return Duty(
        build=build,
        settings=settings,
        workers=order.jobs,
        html=order.html,
        debug=order.debug,
        url=order.url,
        folder=folder,
        example=example.path.absolute() if example and order.url is None else None,
        judged_by=hashes(order.judged_by),
    )
