import os
import signal
import subprocess
import sys
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from pipeline.launch import launch
from tests.commands import alive, family, wait_until

SLOW_TO_LOAD = """
import pathlib, time
pathlib.Path(__file__).with_name("is-loading").touch()
time.sleep(600)
"""
PARENT = """
import sys, time
sys.path.insert(0, sys.argv[1])
from pipeline.launch import launch

class Late:
    def __reduce__(self):
        return __import__, ("slow_to_load",)

launch(Late())
time.sleep(600)
"""


def test_a_worker_that_still_loads_its_modules_dies_with_its_parent(tmp_path: Path) -> None:
    (tmp_path / "slow_to_load.py").write_text(SLOW_TO_LOAD, encoding="utf-8")
    with subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path)]) as parent:
        try:
            wait_until((tmp_path / "is-loading").exists)
            (worker,) = family(parent.pid)
        finally:
            parent.kill()
    wait_until(lambda: not alive([worker]), seconds=1)


def die(connection: Connection) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_one_that_dies_is_seen_by_its_end_of_the_pipe() -> None:
    process, connection = launch(die)
    with connection, pytest.raises((EOFError, ConnectionError)):
        connection.recv_bytes()
    assert process.wait(timeout=60) == -signal.SIGKILL


def tell_flags(connection: Connection) -> None:
    connection.send((sys.flags.optimize, sys.flags.ignore_environment, "" in sys.path))


def test_it_goes_by_the_flags_of_its_parent() -> None:
    script = (
        f"import sys; sys.path[1:1] = {sys.path!r}; from tests.pipeline.test_launch import launch, tell_flags; "
        "print(launch(tell_flags)[1].recv())"
    )
    said = subprocess.run([sys.executable, "-O", "-E", "-c", script], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "(1, 1, False)"
