"""What a batch wrote to a URL → a folder on this machine that has lost it."""

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from pipeline.lists import parts
from pipeline.outputs import OWN_FILES, OWN_FOLDERS, STATE
from pipeline.remote.folder import PIECE_BYTES, Gone, Listed, RemoteFolder
from pipeline.results import Results
from pipeline.store import FOLDER_ID

ALONE = (*OWN_FILES, FOLDER_ID, STATE)
"""Files beside the folders; the journal last, since it says that the others are there."""
RESULT = re.compile(
    rf"(?:{'|'.join(OWN_FOLDERS)})/(?:[0-9a-f]{{2}}/[0-9a-f]{{1,2}}/)?(?![.])[^/\0\ud800-\udfff]{{1,240}}\.(?:json|html)"
)
"""Place of a file in one of the folders."""
THREADS = 8
AT_ONCE = 32
"""Files that are in memory at once."""


def fetch_back(source: RemoteFolder, results: Results) -> Iterator[str]:
    """Fetch everything, the journal last: without it, this is begun again. Yield each place once it is here.

    Raises:
        Unreachable: The store does not answer, or somebody else writes there.
        UsageError: There is no room here.
    """
    last: dict[str, Listed] = {}
    pool = ThreadPoolExecutor(THREADS, thread_name_prefix="fetch")
    try:
        for some in parts(source.find(), AT_ONCE):
            last |= {listed.name: listed for listed in some if listed.name in ALONE}
            yield from _fetch([listed for listed in some if RESULT.fullmatch(listed.name)], source, results, pool)
        for name in ALONE:
            yield from _fetch([last[name]] if name in last else [], source, results, pool)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _fetch(some: Sequence[Listed], source: RemoteFolder, results: Results, pool: ThreadPoolExecutor) -> Iterator[str]:
    small = [listed for listed in some if listed.size <= PIECE_BYTES]
    contents = zip(small, pool.map(partial(_whole, source), small), strict=True)
    results.write_all({listed.name: content for listed, content in contents if content is not None})
    for listed in some:
        if listed.size > PIECE_BYTES:
            try:
                results.write(listed.name, source.pieces(listed))
            except Gone:
                continue
        yield listed.name


def _whole(source: RemoteFolder, listed: Listed) -> bytes | None:
    try:
        return b"".join(source.pieces(listed))
    except Gone:
        return None
