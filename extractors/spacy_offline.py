"""spaCy without the socket that what it brings along opens: urllib3 tries, at its import, whether IPv6 would do."""

import socket


def load_spacy() -> None:
    """Import spaCy; call before any import from it. Nothing is sent either way, but not even a socket is opened so."""
    known, socket.has_ipv6 = socket.has_ipv6, False
    try:
        import spacy  # noqa: F401 - for what it does at its import
    finally:
        socket.has_ipv6 = known
