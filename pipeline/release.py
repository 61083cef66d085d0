"""What a batch leaves behind that ends in order, but without its database: what it had in hand was not begun in vain.

Attempts are counted before work, so that what kills its batch counts. A server that goes away twice must not look like
a dossier that has killed two batches.
"""

from contextlib import suppress

from sqlalchemy.exc import DBAPIError

from pipeline.results import Results
from pipeline.store import Store


def let_go(store: Store, results: Results) -> bool:
    """Free what this batch has in hand, and return whether it could; if not, leave word for the next one.

    Where a report may have no line in the journal it stays known in whose hands it was: the next one looks at it.
    """
    try:
        store.claims.release(is_known_still=results.is_behind)
    except (DBAPIError, KeyboardInterrupt):  # a server that says nothing is not waited for once somebody wants the end
        # Without room for that either it counts as begun, as if this process had been killed.
        with suppress(OSError):
            results.leave_word(store.folder)
        return False
    return not results.is_behind


def heed_words(store: Store, results: Results) -> None:
    """Free what batches had in hand that left word; not of those that had another database than this one."""
    for owner, folder in results.words():
        if folder == store.folder:
            store.claims.release(owner)
            results.heard(owner)
