"""Webhooks: sent to a real server on this machine, signed, retried, recorded, and kept from where they must not go."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.review.delivery import SECONDS_BETWEEN, Deliverer, is_public
from pipeline.review.desk import Desk
from pipeline.review.events import Outcome, Reason
from pipeline.review.seen import Choice
from pipeline.review.webhooks import DECIDED, REOPENED, UPLOADED, Webhooks
from tests.pipeline.review.conftest import KEY, Clock, Opener

NAME = "legal-person-differs"


@dataclass
class Receiver:
    """A server that takes messages, and what it answers."""

    url: str = ""
    status: int = 204
    location: str = ""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()

    class Takes(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            made.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(made.status)
            if made.location:
                self.send_header("location", made.location)
            self.end_headers()

        def log_message(self, *_: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Takes)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    made.url = f"http://127.0.0.1:{server.server_address[1]}/told"
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def webhooks(desk: Desk) -> Webhooks:
    made = Webhooks(desk.engine, now=desk.now, key=KEY)
    desk.listeners.append(made.heard)
    return made


@pytest.fixture
def deliverer(desk: Desk, webhooks: Webhooks) -> Deliverer:
    return Deliverer(desk.engine, now=desk.now, key=KEY, to_private=True)


def decide(desk: Desk, outcome: Outcome = Outcome.REJECTED) -> int:
    seen = desk.see(NAME)
    choice = Choice(outcome, Reason.ORIGINAL_SEEN)
    return desk.decide(NAME, seen.standing.version, "li", choice, gist=seen.gist).number


def test_decision_is_told_signed_and_once(
    desk: Desk, webhooks: Webhooks, deliverer: Deliverer, receiver: Receiver
) -> None:
    secret = webhooks.add(receiver.url, by="boss")
    decide(desk)
    assert (deliverer.send_due(), deliverer.send_due()) == (1, 0)
    ((headers, body),) = receiver.got
    told = json.loads(body)
    assert (told["type"], told["data"]["dossier"], told["data"]["outcome"]) == (DECIDED, NAME, "rejected")
    assert told["id"] == headers["webhook-id"]
    assert headers["webhook-timestamp"] == str(int(desk.seconds()))
    text = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = hmac.new(base64.b64decode(secret.removeprefix("whsec_")), text, hashlib.sha256).digest()
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(digest).decode()}"
    (delivery,) = webhooks.latest(webhooks.all()[0].id)
    assert (delivery.answer, delivery.attempts, delivery.due) == ("204", 1, None)
    assert delivery.arrived


def test_what_is_told_names_nobody(desk: Desk, webhooks: Webhooks, deliverer: Deliverer, receiver: Receiver) -> None:
    webhooks.add(receiver.url, by="boss")
    decide(desk)
    deliverer.send_due()
    name = desk.see(NAME).case.company_name
    assert name
    assert name not in receiver.got[0][1].decode()
    assert "li" not in json.loads(receiver.got[0][1])["data"].values()


def test_decision_taken_back_is_told(desk: Desk, webhooks: Webhooks, deliverer: Deliverer, receiver: Receiver) -> None:
    webhooks.add(receiver.url, by="boss")
    number = decide(desk)
    desk.undo(NAME, 1, "li", number=number)
    desk.note(NAME, 2, "li", "nothing that anybody is told")
    assert deliverer.send_due() == 2
    assert [json.loads(body)["type"] for _, body in receiver.got] == [DECIDED, REOPENED]


def test_approval_is_told_once_the_second_has_agreed(open_desk: Opener, receiver: Receiver) -> None:
    desk = open_desk(four_eyes=True)
    webhooks = Webhooks(desk.engine, now=desk.now, key=KEY)
    desk.listeners.append(webhooks.heard)
    webhooks.add(receiver.url, by="boss")
    deliverer = Deliverer(desk.engine, now=desk.now, key=KEY, to_private=True)
    decide(desk, Outcome.APPROVED)
    assert deliverer.send_due() == 0
    desk.second(NAME, 1, "wang", agrees=True)
    assert deliverer.send_due() == 1
    assert json.loads(receiver.got[0][1])["data"]["outcome"] == "approved"


def test_what_fails_is_tried_again_later_and_not_for_ever(
    desk: Desk, open_desk: Opener, webhooks: Webhooks, deliverer: Deliverer, receiver: Receiver
) -> None:
    receiver.status = 500
    webhooks.add(receiver.url, by="boss")
    decide(desk)
    for seconds in SECONDS_BETWEEN:
        assert (deliverer.send_due(), deliverer.send_due()) == (1, 0)
        open_desk.clock.forward(seconds=int(seconds))
    assert deliverer.send_due() == 1
    open_desk.clock.forward(days=30)
    assert deliverer.send_due() == 0
    (delivery,) = webhooks.latest(webhooks.all()[0].id)
    assert (delivery.attempts, delivery.due, delivery.arrived, delivery.answer) == (6, None, None, "500")
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1


def test_it_arrives_once_the_receiver_is_back(
    desk: Desk, open_desk: Opener, webhooks: Webhooks, deliverer: Deliverer, receiver: Receiver
) -> None:
    receiver.status = 503
    webhooks.add(receiver.url, by="boss")
    decide(desk)
    deliverer.send_due()
    receiver.status = 200
    open_desk.clock.forward(minutes=1)
    assert deliverer.send_due() == 1
    assert webhooks.latest(webhooks.all()[0].id)[0].arrived


def test_redirection_is_not_followed(desk: Desk, webhooks: Webhooks, deliverer: Deliverer, receiver: Receiver) -> None:
    receiver.status, receiver.location = 307, f"{receiver.url}/elsewhere"
    webhooks.add(receiver.url, by="boss")
    decide(desk)
    deliverer.send_due()
    assert len(receiver.got) == 1
    assert webhooks.latest(webhooks.all()[0].id)[0].answer == "307"


def test_own_machine_is_not_reached_unless_the_operator_says_so(
    desk: Desk, webhooks: Webhooks, receiver: Receiver
) -> None:
    webhooks.add(receiver.url, by="boss")
    webhooks.add(receiver.url.replace("127.0.0.1", "localhost"), by="boss")
    decide(desk)
    assert Deliverer(desk.engine, now=desk.now, key=KEY).send_due() == 2
    assert receiver.got == []
    answers = {webhooks.latest(each.id)[0].answer for each in webhooks.all()}
    assert answers == {"not a public address"}


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::7f00:1", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("2002:7f00:1::", False),
        ("ff02::1", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(ip_address(address)) is public


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://example.com",
        "file:///etc/passwd",
        "https://",
        "https://user@example.com",
        "http://a:x/",
        "https://a b",
        "//a",
    ],
)
def test_what_is_no_webhook(webhooks: Webhooks, url: str) -> None:
    with pytest.raises(UsageError, match=r"https://example\.com"):
        webhooks.add(url, by="boss")


def test_message_of_one_event_is_one_whoever_heard_of_it(desk: Desk, webhooks: Webhooks) -> None:
    webhooks.add("https://example.com/", by="boss")
    decide(desk)
    with desk.engine.begin() as connection:
        webhooks.heard(connection, desk.journal.of(NAME))
    webhooks.upload_finished("upload-1", "done")
    webhooks.upload_finished("upload-1", "done")
    assert [each.event for each in webhooks.latest(webhooks.all()[0].id)].count(UPLOADED) == 1
    assert len(webhooks.latest(webhooks.all()[0].id)) == 2


def test_two_servers_send_a_message_once(desk: Desk, webhooks: Webhooks, receiver: Receiver) -> None:
    webhooks.add(receiver.url, by="boss")
    decide(desk)
    servers = [Deliverer(desk.engine, now=Clock(), key=KEY, to_private=True) for _ in range(4)]
    threads = [threading.Thread(target=server.send_due) for server in servers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receiver.got) == 1


def test_nothing_is_stored_for_an_address_that_is_gone(desk: Desk, webhooks: Webhooks, deliverer: Deliverer) -> None:
    webhooks.add("https://example.com/", by="boss")
    decide(desk)
    webhooks.remove(webhooks.all()[0].id)
    assert webhooks.all() == ()
    assert deliverer.send_due() == 0


def test_thread_sends_by_itself_and_ends(
    desk: Desk, webhooks: Webhooks, deliverer: Deliverer, receiver: Receiver
) -> None:
    webhooks.add(receiver.url, by="boss")
    deliverer.start()
    decide(desk)
    for _ in range(100):
        if receiver.got:
            break
        threading.Event().wait(0.05)
    deliverer.stop()
    assert len(receiver.got) == 1
    assert "webhooks" not in {thread.name for thread in threading.enumerate()}
