"""What auditors are not shown of e-mails: links that open a document to whoever has them.

Such a link would go on when their access has ended, past the log of what they looked at; and what
is opened with it would be told as the customer's.
"""

import email
import re
from email.message import EmailMessage
from email.policy import SMTP

from gateway.kit.tenancy import Tenant

_LINK = re.compile(r"(/s/[A-Za-z0-9_-]{4})[A-Za-z0-9_-]{39}")


def is_limited(tenant: Tenant) -> bool:
    """Tell whether somebody asks who is shown some documents only, as invited auditors are."""
    return tenant.period is not None


def without_links(text: str) -> str:
    """Leave of each link what the list of links says of it: how its secret begins."""
    return _LINK.sub(r"\1...", text)


def has_link(message: bytes) -> bool:
    """Tell whether a text in a message (RFC 5322) has a link."""
    read = email.message_from_bytes(message, EmailMessage, policy=SMTP)
    texts = (part for part in read.walk() if part.get_content_maintype() == "text")
    return any(_LINK.search(part.get_content()) for part in texts)
