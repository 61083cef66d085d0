import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.commands import AS_OF, SAMPLES, dossier

pytestmark = pytest.mark.engine

NO_NETWORK = ("unshare", "--map-root-user", "--net", "--kill-child")
TRACE = ("strace", "--follow-forks", "--quiet=all", "--trace=%network")


@cache
def works(*command: str) -> bool:
    """Whether a tool is installed and allowed on this machine."""
    return (
        shutil.which(command[0]) is not None
        and not subprocess.run([*command, "true"], capture_output=True, check=False).returncode
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("starriver", "no-licence"):
        shutil.copytree(SAMPLES / name, tmp_path / "in" / name)
    return tmp_path / "in"


@pytest.mark.skipif(not works(*NO_NETWORK), reason="this machine does not allow a namespace without network")
def test_a_batch_works_without_network(folder: Path) -> None:
    out = folder.parent / "out"
    done = dossier("batch", folder, "-o", out, AS_OF, "--html", prefix=NO_NETWORK, DOSSIER_CACHE="false")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list((out / "reports").glob("*.json"))) == 2


@pytest.mark.skipif(not works(*TRACE), reason="strace is not installed, or not allowed here")
@pytest.mark.parametrize("command", ["batch", "inspect", "doctor"])
def test_no_socket_that_could_reach_the_network_is_opened(folder: Path, command: str) -> None:
    log = folder.parent / "calls"
    arguments = {
        "batch": [folder, "-o", folder.parent / "out", AS_OF],
        "inspect": [folder / "starriver" / "01.jpg", AS_OF],
        "doctor": [],
    }[command]
    done = dossier(command, *arguments, prefix=(*TRACE, "--output", log), DOSSIER_CACHE="false")
    assert done.returncode == 0
    opened = re.findall(r"\bsocket\((\w+)|sa_family=(\w+)", log.read_text(encoding="utf-8"))
    assert {family for families in opened for family in families if family} <= {"AF_UNIX", "AF_LOCAL"}
