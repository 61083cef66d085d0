"""Where the QR code of a business licence leads, and which credit code it carries.

Since 2014 each licence has one, tied to the state's publicity system: an address there, or plain text with the code and
the name (docs/sources.md#qr-code-seal-and-copies). What a stranger printed is not trusted: whatever a browser might
read as another host is another host.
"""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from extractors import codes
from validators.identifiers import credit_code_flaw, registration_class

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://|\\\\)[^\s，。；、（）]*")
_BARE_HOST = re.compile(r"(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?:[:/?#].*)?", re.DOTALL)
_OTHER_SCHEME = re.compile(r"(?:javascript|data|tel|sms|mailto|weixin|alipays?|intent|market):", re.IGNORECASE)
_LABELLED = re.compile(r"(?:统一社会信用代码|信用代码|代码)\s*[:：]?\s*([0-9A-Za-z]{18})(?![0-9A-Za-z])")
_EIGHTEEN = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{18}(?![0-9A-Za-z])")


def foreign_hosts(payload: str, allowed: Sequence[str]) -> tuple[str, ...]:
    """Return the hosts to which a payload leads and which are neither one of `allowed` nor below one.

    An address that leads to no host by http or https (`javascript:`, `weixin:`) is returned as it is. Plain text
    leads nowhere.
    """
    text = payload.strip()
    addresses = _ADDRESS.findall(text)
    if not addresses and _BARE_HOST.fullmatch(text):
        addresses = [f"http://{text}"]
    if not addresses and _OTHER_SCHEME.match(text):
        return (text,)
    hosts = (_host(address) or address for address in addresses)
    return tuple(dict.fromkeys(host for host in hosts if not _is_below(host, allowed)))


def _host(address: str) -> str | None:
    """Return the host of an http address in lower case; None where programs would not agree which it is."""
    if not re.fullmatch(r"[\x21-\x7e]+", re.split(r"[/?#]", address.partition("://")[2])[0]) or "\\" in address:
        return None
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    return host.rstrip(".") if host and parts.scheme in ("http", "https") else None


def _is_below(host: str, allowed: Sequence[str]) -> bool:
    return any(host == suffix or host.endswith(f".{suffix}") for suffix in allowed)


def credit_code_in(payload: str) -> str | None:
    """Return the credit code that a payload carries: the labelled one, else one that can be nothing else.

    Addresses hold random strings of 18 characters too: without a label only a commercial code of which both check
    characters are right is taken for one.
    """
    labelled = _LABELLED.search(payload)
    if labelled:
        return codes.compact(labelled[1])
    found = (codes.compact(text) for text in _EIGHTEEN.findall(payload))
    return next((code for code in found if _is_surely_a_code(code)), None)


def _is_surely_a_code(code: str) -> bool:
    return (
        credit_code_flaw(code) is None
        and registration_class(code) is not None
        and codes.credit_code_organisation_adds_up(code)
    )
