"""Webhooks' messages sent: signed, to addresses that are looked at first, again after a while, and not for ever.

Signed as https://www.standardwebhooks.com says (1.0): `webhook-signature: v1,BASE64` is HMAC-SHA256 of
`ID.TIMESTAMP.BODY` by the bytes behind `whsec_`. A receiver compares it, and refuses what is older than some minutes.

A supervisor's address must not reach what only this machine can: names are looked up once, addresses that are not the
public internet's are refused, and the very address that was looked at is connected to. Redirections are not followed.
"""

import base64
import hashlib
import hmac
import logging
import socket
import threading
from collections.abc import Callable
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpx
from sqlalchemy import Engine, select, update

from pipeline.errors import DossierError
from pipeline.review.database import writing
from pipeline.review.secret_key import SecretKey, Unreadable
from pipeline.review.webhooks import DELIVERIES, WEBHOOKS

SECONDS_BETWEEN = (30.0, 120.0, 600.0, 3600.0, 6 * 3600.0)
"""After each attempt that failed; after the last it is given up."""
TIMEOUT = 10.0
SECONDS_BETWEEN_LOOKS = 1.0
# Addresses of the old internet in those of the new one, which some networks take back out of them.
_TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"), IPv6Network("::/96"))

_log = logging.getLogger(__name__)


class Forbidden(DossierError):
    """An address leads to where messages must not go."""


class Deliverer:
    """Sends what is due. One thread of the server runs it; several servers may, each message is one's."""

    def __init__(
        self, engine: Engine, *, now: Callable[[], datetime], key: SecretKey, to_private: bool = False
    ) -> None:
        """Send what is in the tables, which exist.

        Args:
            engine: The desk's.
            now: The clock.
            key: Opens the webhooks' secrets.
            to_private: Whether addresses may be those of the operator's own network.
        """
        self._engine, self._now, self._key, self._to_private = engine, now, key, to_private
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Go on sending, in a thread of its own."""
        self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread; what is still due is sent once the desk runs again."""
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=TIMEOUT + 5)

    def send_due(self) -> int:
        """Send what is due; return how many attempts that were."""
        now = self._now().timestamp()
        query = select(DELIVERIES.c.id, DELIVERIES.c.due).where(DELIVERIES.c.due <= now).order_by(DELIVERIES.c.due)
        with self._engine.connect() as connection:
            rows = connection.execute(query.limit(50)).all()
        return sum(self._attempt(row.id, row.due) for row in rows if not self._stop.is_set())

    def _run(self) -> None:
        while not self._stop.wait(SECONDS_BETWEEN_LOOKS):
            try:
                self.send_due()
            except Exception as error:  # the border that promises to go on
                _log.error("sending webhooks failed with %s; it is tried again", type(error).__name__)

    def _attempt(self, name: str, due: float) -> bool:
        now = self._now()
        row = self._take(name, due, now.timestamp())
        if row is None:
            return False
        try:
            headers = signed(self._key.open(row["secret"]), name, row["body"], at=now)
            status = self._post(row["url"], row["body"], headers)
            answer, has_arrived = str(status), 200 <= status < 300
        except (Forbidden, Unreadable) as error:
            answer, has_arrived = str(error), False
        except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
            answer, has_arrived = type(error).__name__, False
        seconds = self._now().timestamp()
        values: dict[str, object] = {"answer": answer, "arrived": seconds if has_arrived else None}
        if has_arrived or row["attempts"] >= len(SECONDS_BETWEEN):
            values["due"] = None
        self._note(name, values)
        return True

    def _take(self, name: str, due: float, now: float) -> dict[str, Any] | None:
        """Note an attempt, before it is made; return what to send, or None if another server was quicker."""
        joined = select(DELIVERIES, WEBHOOKS.c.url, WEBHOOKS.c.secret).join(
            WEBHOOKS, WEBHOOKS.c.id == DELIVERIES.c.webhook
        )
        with writing(self._engine) as connection:
            row = connection.execute(joined.where(DELIVERIES.c.id == name)).mappings().first()
            if row is None or row["due"] != due:
                return None
            wait = SECONDS_BETWEEN[min(row["attempts"], len(SECONDS_BETWEEN) - 1)]
            mine = (DELIVERIES.c.id == name) & (DELIVERIES.c.due == due)
            values = {"attempts": row["attempts"] + 1, "due": now + wait}
            taken = connection.execute(update(DELIVERIES).where(mine).values(**values)).rowcount
        return dict(row) if taken else None

    def _note(self, name: str, values: dict[str, object]) -> None:
        with writing(self._engine) as connection:
            connection.execute(update(DELIVERIES).where(DELIVERIES.c.id == name).values(**values))

    def _post(self, url: str, body: str, headers: dict[str, str]) -> int:
        wanted = httpx.URL(url)
        address = self._address(wanted)
        pinned = wanted.copy_with(host=address)
        extensions = {"sni_hostname": wanted.host}
        # No proxy and no password of the environment's: the very address that was looked at.
        with (
            httpx.Client(timeout=TIMEOUT, trust_env=False, follow_redirects=False) as client,
            client.stream(
                "POST",
                pinned,
                content=body.encode(),
                headers={**headers, "Host": wanted.netloc.decode("ascii")},
                extensions=extensions,
            ) as answer,
        ):
            return answer.status_code  # whatever else is answered is not read

    def _address(self, url: httpx.URL) -> str:
        port = url.port or (443 if url.scheme == "https" else 80)
        found = socket.getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
        addresses = [str(each[4][0]).partition("%")[0] for each in found]
        if not self._to_private and not all(is_public(ip_address(each)) for each in addresses):
            raise Forbidden("not a public address")
        return addresses[0]


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one of the public internet's."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner:
            return is_public(inner)
        if address.teredo or any(address in network for network in _TRANSLATED):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def signed(secret: str, name: str, body: str, *, at: datetime) -> dict[str, str]:
    """Return the headers of a message."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    seconds = str(int(at.timestamp()))
    digest = hmac.new(key, f"{name}.{seconds}.{body}".encode(), hashlib.sha256).digest()
    return {
        "Content-Type": "application/json",
        "User-Agent": "dossier",
        "webhook-id": name,
        "webhook-timestamp": seconds,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }
