"""A Ray cluster of the tests' own: a head that only keeps the books, and raylets that may be killed."""

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.commands import family

ROOT = Path(__file__).parent.parent
STORE_BYTES = 80_000_000


class Raylets:
    """A cluster whose machines are processes on this one."""

    def __init__(self, cluster: Any) -> None:
        self._cluster = cluster
        self.address: str = cluster.address
        self.nodes: list[Any] = []

    def add(self, *, cores: int = 1) -> Any:
        """Add a machine."""
        node = self._cluster.add_node(num_cpus=cores, object_store_memory=STORE_BYTES)
        self.nodes.append(node)
        return node

    def kill(self, node: Any) -> None:
        """Take a machine away as a power cut does: all that runs there at once."""
        self.nodes.remove(node)
        there = family(node.all_processes["raylet"][0].process.pid)
        self._cluster.remove_node(node, allow_graceful=False)
        for pid in there:  # or else what was in hand may end yet, and the next be begun
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def kill_above(self, pid: int) -> None:
        """Take the machine away that a process runs on."""
        above = set()
        while pid > 1:
            above.add(pid)
            pid = int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        self.kill(next(node for node in self.nodes if node.all_processes["raylet"][0].process.pid in above))

    def clear(self) -> None:
        """Take every machine away in good order, so that the head knows it at once."""
        for node in self.nodes:
            self._cluster.remove_node(node, allow_graceful=True)
        self.nodes.clear()


@contextmanager
def cluster() -> Iterator[Raylets]:
    """Start a cluster without machines. Whatever it starts inherits the environment."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory(prefix="ray-", dir="/tmp") as home:
        # The names of its sockets must be shorter than the folders of a test.
        patch.setenv("RAY_TMPDIR", home)
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        # Nodes import what tests hand them.
        patch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
        from ray.cluster_utils import Cluster

        head = {"num_cpus": 0, "object_store_memory": STORE_BYTES, "include_dashboard": False}
        started = Cluster(initialize_head=True, head_node_args=head)
        try:
            yield Raylets(started)
        finally:
            started.shutdown()
