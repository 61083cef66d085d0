"""The connection to a Ray cluster, and its machines. Nothing else imports Ray."""

import logging
import os
import signal
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import EngineUnavailable, UsageError
from pipeline.remote.folder import INSTALL

if TYPE_CHECKING:
    from ray import ObjectRef
    from ray.actor import ActorHandle

CONNECT_SECONDS = 10.0
CLOSE_SECONDS = 5.0


@dataclass(frozen=True)
class Machine:
    """A machine of the cluster."""

    id: str
    shown: str
    """What the operator calls it."""
    cores: int


class Session:
    """What the driver asks of Ray."""

    def machines(self) -> list[Machine] | None:
        """Return the machines that live and have cores; None while nobody tells."""
        import ray

        try:
            nodes = ray.nodes()
        except (ray.exceptions.RayError, RuntimeError, ConnectionError):  # its head is gone
            return None
        return [
            Machine(node["NodeID"], node["NodeManagerAddress"], int(node["Resources"]["CPU"]))
            for node in nodes
            if node["Alive"] and node["Resources"].get("CPU", 0) >= 1
        ]

    def start(self, machine: Machine, *, cores: int, threads: int) -> "ActorHandle[Any]":
        """Start a `Node` on a machine; where there is no core free it begins once there is one."""
        import ray
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        from pipeline.cluster.node import Node

        # Ray repeats nothing: what is tried again, and how often, is ours to say.
        actor = ray.remote(max_restarts=0, max_task_retries=0)(Node)
        there = NodeAffinitySchedulingStrategy(machine.id, soft=False)
        started: ActorHandle[Any] = actor.options(
            num_cpus=cores, max_concurrency=threads, scheduling_strategy=there
        ).remote()
        return started

    def ready(self, promised: "Sequence[ObjectRef[Any]]", *, seconds: float) -> "set[ObjectRef[Any]]":
        """Return what has come of what was promised, waiting for the first of it."""
        import ray

        if not promised:
            return set()
        first, _ = ray.wait(list(promised), num_returns=1, timeout=seconds)
        rest, _ = ray.wait(list(promised), num_returns=len(promised), timeout=0) if first else ([], None)
        return {*first, *rest}

    def get(self, promised: "ObjectRef[Any]") -> Any:
        """Return what a node said, or raise `Vanished`."""
        import ray

        try:
            return ray.get(promised)
        except ray.exceptions.RayError as error:
            raise Vanished(type(error).__name__) from error

    def end(self, actors: "Sequence[ActorHandle[Any]]") -> None:
        """End nodes: by asking them, and then by force."""
        import ray

        closing = [actor.close.remote() for actor in actors]
        if closing:
            ray.wait(closing, num_returns=len(closing), timeout=CLOSE_SECONDS)
        for actor in actors:
            self.kill(actor)

    def kill(self, actor: "ActorHandle[Any]") -> None:
        """End a node by force: what it started ends with it."""
        import ray

        with suppress(ray.exceptions.RayError):
            ray.kill(actor)


class Vanished(Exception):
    """A node is gone, with everything in its hands."""


@contextmanager
def connected(address: str) -> Iterator[Session]:
    """Yield a connection to the cluster at an address, such as `10.0.0.1:6379`.

    Raises:
        EngineUnavailable: Ray is not installed.
        UsageError: There is no cluster.
    """
    # Before the import: Ray reports its use to its makers unless it is told not to.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    try:
        import ray
    except ImportError as error:
        raise EngineUnavailable(f"--cluster needs Ray, which is not installed: {INSTALL}") from error
    _knock(address)
    with Path(os.devnull).open("w", encoding="utf-8") as nothing, redirect_stdout(nothing):
        # Ray prints there what machines that die have to say, pages of it; results are a program's to read.
        yield from _session(ray, address)


def _session(ray: Any, address: str) -> Iterator[Session]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        ray.init(address=address, log_to_driver=False, configure_logging=False, logging_level=logging.ERROR)
    except (ray.exceptions.RayError, ConnectionError, RuntimeError, ValueError, OSError) as error:
        raise UsageError(
            f"no Ray cluster can be used at {address} ({type(error).__name__}): give HOST:PORT of its head, on a "
            "machine that has joined it (ray start --address=HOST:PORT), of the same version of Ray"
        ) from error
    try:
        for number, handler in before.items():
            signal.signal(number, handler)
        yield Session()
    finally:
        ray.shutdown()


def _knock(address: str) -> None:
    """See that somebody listens: Ray itself would try for minutes."""
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if not colon or not port.isdigit():
        raise UsageError(f"{address!r} is no address of a Ray cluster; give HOST:PORT, such as 10.0.0.1:6379")
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT_SECONDS).close()
    except (OSError, OverflowError) as error:
        raise UsageError(
            f"no Ray cluster answers at {address}; start one with `ray start --head`, and see that its port can be "
            "reached"
        ) from error
