"""The command line: the only place where the parts are put together."""


def main() -> None:
    """Run the `dossier` command."""
