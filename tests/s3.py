"""An S3 server of the tests' own, in this process: moto's."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
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
