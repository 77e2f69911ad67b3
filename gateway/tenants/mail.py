"""What features need of whoever sends e-mail that is not about a document."""

import datetime
from dataclasses import dataclass
from typing import Literal, Protocol

from gateway.kit.tenancy import TenantTransaction


@dataclass(frozen=True, slots=True)
class Message:
    """An e-mail in plain text.

    Attributes:
        purpose: An invitation, or a notice of something that a person must look after.
        about: The public id of what it is about.
        sender: The name before the address it comes from.
        to: The address.
        subject: One line.
        text: The body; it may hold a secret.
    """

    purpose: Literal["invitation", "notice"]
    about: str
    sender: str
    to: str
    subject: str
    text: str


class Mail(Protocol):
    """Sends e-mail, or sees to it that it is sent after the commit."""

    def send(self, tx: TenantTransaction, message: Message, now: datetime.datetime) -> bool:
        """Take a message in the transaction of an entity: rolled back, it is never sent.

        Returns:
            False when it cannot leave: there is no mail server, mails of this environment stay in
            the house, or nobody can write to that address. Nothing was taken then.
        """
