"""An S3 server of the tests' own, in this process: moto's."""

import os
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest


@contextmanager
def server() -> Iterator[str]:
    """Start a server and yield its address; the environment points to it meanwhile, for whatever is started, too."""
    from moto.server import ThreadedMotoServer

    started = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    started.start()
    _, port = started.get_host_and_port()
    address = f"http://127.0.0.1:{port}"
    settings = {
        "AWS_ENDPOINT_URL": address,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        try:
            yield address
        finally:
            started.stop()


@contextmanager
def gate() -> Iterator[threading.Event]:
    """Stand before the server, for whatever is started meanwhile: once the event is set, it answers nothing more."""
    host, _, port = os.environ["AWS_ENDPOINT_URL"].removeprefix("http://").partition(":")
    shut, over = threading.Event(), threading.Event()

    def carry(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while some := one.recv(1 << 16):
                if shut.is_set():
                    over.wait()
                    break
                other.sendall(some)
            other.shutdown(socket.SHUT_RDWR)

    class Carrier(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with socket.create_connection((host, int(port))) as there:
                answering = threading.Thread(target=carry, args=(there, self.request), daemon=True)
                answering.start()
                carry(self.request, there)
                answering.join()

    class Gate(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Gate(("127.0.0.1", 0), Carrier) as listening, pytest.MonkeyPatch.context() as patch:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{listening.server_address[1]}")
        try:
            yield shut
        finally:
            over.set()
            listening.shutdown()


def upload(folder: Path, url: str) -> None:
    """Put each file of a folder at a URL."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            put(f"{url}/{path.relative_to(folder).as_posix()}", path.read_bytes())


def bucket(name: str) -> None:
    """Make an empty bucket."""
    _files().mkdir(name)


def put(url: str, content: bytes) -> None:
    """Write an object."""
    _files().pipe_file(url, content)


def remove(url: str) -> None:
    """Remove an object."""
    _files().rm_file(url)


def contents(url: str) -> dict[str, bytes]:
    """Return every object below a URL by its name there."""
    root = url.removeprefix("s3://")
    return {path.removeprefix(f"{root}/"): _files().cat_file(path) for path in sorted(_files().find(root))}


def _files() -> Any:
    from fsspec import filesystem

    return filesystem("s3", use_listings_cache=False, client_kwargs={"endpoint_url": os.environ["AWS_ENDPOINT_URL"]})
