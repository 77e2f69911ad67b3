"""A shop that writes e-mails, and what arrives."""

import datetime
import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from gateway.delivery.outbox import Mailer
from gateway.delivery.smtp import MailServer
from gateway.kit import clock
from tests.gateway.delivery.mailbox import Mailbox
from tests.gateway.houses import Shop, invoice

Json = dict[str, Any]


@dataclass
class Post:
    """A shop whose mail goes to a mailbox of the test."""

    shop: Shop
    box: Mailbox
    later: datetime.timedelta = datetime.timedelta()

    def clock(self) -> datetime.datetime:
        return clock.now() + self.later

    def mailer(self, port: int | None = None) -> Mailer:
        mail = self.shop.house.runtime.mail
        if port is not None:
            server = MailServer("127.0.0.1", port, "none", seconds=2)
            office = type(mail.office)(server, mail.office.address, sandbox=True)
            mail = type(mail)(mail.renditions, office, mail.mark_sent)
        runtime = self.shop.house.runtime
        return Mailer(runtime.database, mail, runtime.notices, clock=self.clock)

    def drain(self, port: int | None = None) -> None:
        mailer = self.mailer(port)
        while mailer.turn():
            pass

    def send(self, document: Json, **body: object) -> Json:
        answer = self.shop.call("POST", f"/v1/documents/{document['id']}/send", body)
        assert answer.status_code == 202, answer.text
        value: Json = answer.json()
        return value

    def read(self, mail: Json) -> Json:
        return self.shop.get(f"/v1/emails/{mail['id']}")

    def events(self, document: Json) -> list[str]:
        found = self.shop.get("/v1/events?limit=200")["data"]
        return [one["type"] for one in found if one.get("document_id") == document["id"]]


def parsed(content: bytes | str | None) -> EmailMessage:
    assert isinstance(content, bytes)
    found = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def buyer_mail(address: str | None, **changes: object) -> Json:
    body = invoice(**changes)
    contact = {} if address is None else {"contact": {"email_address": address}}
    buyer = {k: v for k, v in body["buyer"].items() if k != "contact"}
    return body | {"buyer": buyer | contact}
