"""E-mails about no document: invitations, and what an account's owner must look after.

They go the way of the documents' e-mails, through the same queue. Some hold a secret, so they are
sealed with the master key while they wait, erased when they have come to an end, and no call reads
them: an event says what became of each.
"""

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gateway.delivery import repository
from gateway.delivery.correspondence import usable
from gateway.delivery.letters import note
from gateway.delivery.mail import PostOffice
from gateway.delivery.wording import one_line
from gateway.kit.ids import new_id, public_id
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import TenantTransaction
from gateway.tenants.mail import Message


@dataclass(frozen=True, slots=True)
class Notices:
    """Takes messages to people; see `tenants.mail.Mail`.

    Attributes:
        office: How this process sends mail.
        master_key: Seals what waits.
    """

    office: PostOffice
    master_key: MasterKey

    def send(self, tx: TenantTransaction, message: Message, now: datetime.datetime) -> bool:
        """Queue a message; False when it cannot leave."""
        to = usable(message.to)
        leaves = self.office.leaves(tx.tenant.environment) and self.office.server is not None
        if to is None or not leaves:
            return False
        email_id = new_id()
        domain = self.office.address.rpartition("@")[2]
        message_id = f"<{public_id('eml', email_id)}@{domain}>"
        content = note(message, self.office.address, to, message_id=message_id, now=now)
        values: dict[str, Any] = {
            "id": email_id,
            "document_id": None,
            "purpose": message.purpose,
            "about": message.about,
            "state": "queued",
            "message_id": message_id,
            "sender": self.office.address,
            "reply_to": None,
            "recipients": [{"address": to, "header": "to", "state": "queued", "reply": None}],
            "subject": one_line(message.subject),
            "body": "",
            "attachments": [],
            "message": None,
            "sealed": self.master_key.seal(content, _context(email_id)),
            "attempts": 0,
            "last_error": None,
            "metadata": {},
            "created_at": now,
            "updated_at": now,
            "sent_at": None,
        }
        repository.insert_email(tx, values)
        repository.enqueue(tx, email_id, now)
        return True

    def opened(self, email_id: UUID, sealed: bytes) -> bytes:
        """Return the bytes that go on the wire.

        Raises:
            UnsealError: They were sealed with another master key.
        """
        return self.master_key.unseal(sealed, _context(email_id))


def _context(email_id: UUID) -> str:
    return f"email {email_id}"
