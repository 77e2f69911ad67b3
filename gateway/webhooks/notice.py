"""Telling the owner of an endpoint that nothing is sent there any more."""

import datetime
from dataclasses import dataclass
from typing import Protocol

from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.tenants import contacts
from gateway.tenants.mail import Mail, Message
from gateway.webhooks.repository import EndpointRow

_WHY = {
    "gone": "it answered 410 (Gone)",
    "failing": "it took nothing at all through every attempt of a delivery",
}
_TEXT = """\
Hello,

we do not send webhooks to this address any more, because {why}:

{url}
({id}; {failures} failures, the first at {since})

What waits is kept. When the address takes messages again, wake it by

PATCH /v1/webhook-endpoints/{id} {{"enabled": true}}

and ask for what was missed meanwhile by

POST /v1/webhook-endpoints/{id}/replay {{"which": "missed", ...}}
"""


class Notice(Protocol):
    """Tells the owner of an endpoint that nothing is sent there any more."""

    def disabled(
        self, tx: TenantTransaction, row: EndpointRow, reason: str, now: datetime.datetime
    ) -> None:
        """Queue the message, in the transaction that disabled the endpoint."""


class NoNotice:
    """Where there is no mail: the event and the endpoint itself must do."""

    def disabled(
        self, tx: TenantTransaction, row: EndpointRow, reason: str, now: datetime.datetime
    ) -> None:
        """Tell nobody."""


@dataclass(frozen=True, slots=True)
class MailNotice:
    """Tells the owner by e-mail, at the addresses that `tenants.contacts` finds.

    Attributes:
        mail: Who sends e-mail.
    """

    mail: Mail

    def disabled(
        self, tx: TenantTransaction, row: EndpointRow, reason: str, now: datetime.datetime
    ) -> None:
        """Queue a message to each address, in the transaction that disabled the endpoint."""
        endpoint = public_id("whk", row.id)
        since = row.failing_since or now
        text = _TEXT.format(
            why=_WHY[reason],
            url=row.url,
            id=endpoint,
            failures=row.failures,
            since=written(since),
        )
        for address in contacts.of(tx, row.entity_id, now):
            message = Message(
                purpose="notice",
                about=endpoint,
                sender="Webhooks",
                to=address,
                subject=f"The webhook endpoint {endpoint} was disabled",
                text=text,
            )
            self.mail.send(tx, message, now)
