"""What access needs of whoever sends e-mail."""

from dataclasses import dataclass
from typing import Protocol

from gateway.kit.tenancy import TenantTransaction


@dataclass(frozen=True, slots=True)
class Message:
    """An e-mail in plain text.

    Attributes:
        to: The address.
        subject: One line.
        text: The body.
    """

    to: str
    subject: str
    text: str


class Mail(Protocol):
    """Sends e-mail, or sees to it that it is sent after the commit."""

    def send(self, tx: TenantTransaction, message: Message) -> None:
        """Take a message in the transaction of an entity: rolled back, it is never sent."""
