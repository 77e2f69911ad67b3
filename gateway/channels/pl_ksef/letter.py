"""What is prepared: the invoice itself, and in headers of ours how it is to be sent.

A session's key is random and is agreed on only when it is sent. So what is frozen, recorded and
archived is the invoice exactly as the law knows it; `carrying` wraps it on the way out.
"""

import hashlib
from base64 import b64encode
from dataclasses import dataclass

from formats.ksef_api.bodies import FormCode, heading
from formats.ksef_api.login import Context, ContextType
from gateway.transmissions.adapter import Message, Request

CONTEXT = "KSeF-Context"
FORM = "KSeF-Form"
MODE = "KSeF-Mode"
CORRECTS = "KSeF-Corrects"
SESSION = "KSeF-Session"
SEALED = "KSeF-Encrypted-Digest"
RECORDED = frozenset(one.lower() for one in (CONTEXT, FORM, MODE, CORRECTS, SESSION, SEALED))
"""Headers whose values are recorded; none of them is a secret."""

HASH_OF_CORRECTED = "hash-of-corrected-invoice"
"""The name under which a message says what it corrects technically: SHA-256, base64."""

_ADDRESSES = frozenset({"upodownloadurl", "downloadurl"})
"""Members of answers by whose value anybody fetches a UPO: no token is asked for there."""
_NIP_DIGITS = 10
_SCHEMES = frozenset({"nip", "9945"})
"""EAS 9945 is Poland's VAT number."""


@dataclass(frozen=True, slots=True)
class Letter:
    """How an invoice is to be sent.

    Attributes:
        context: In whose name.
        form: Its structure.
        offline: Whether it was issued offline.
        corrects: Hash of the refused invoice that it corrects technically.
        content: The invoice.
    """

    context: Context
    form: FormCode
    offline: bool
    corrects: str | None
    content: bytes

    @classmethod
    def read(cls, request: Request) -> "Letter":
        """Read what `prepared` wrote."""
        said = dict(request.headers)
        return cls(
            Context.parse(said[CONTEXT]),
            FormCode.parse(said[FORM]),
            said[MODE] == "offline",
            said.get(CORRECTS),
            request.body,
        )


def prepared(message: Message, url: str) -> Request:
    """Return the request that stands for sending a message. Pure.

    Raises:
        NoHeadingError: It carries no invoice, which only our own code can be to blame for.
    """
    found = heading(message.payload)
    corrects = message.correlations.get(HASH_OF_CORRECTED)
    offline = message.deferred or corrects is not None
    digest = b64encode(hashlib.sha256(message.payload).digest()).decode()
    headers = [
        ("Message-Id", message.message_id),
        ("Content-Type", "application/xml"),
        ("Content-Digest", f"sha-256=:{digest}:"),
        (CONTEXT, str(context_of(message, found.seller))),
        (FORM, str(found.form)),
        (MODE, "offline" if offline else "online"),
    ]
    if corrects is not None:
        headers.append((CORRECTS, corrects))
    return Request(
        "POST",
        f"{url}/sessions/online/invoices",
        tuple(headers),
        message.payload,
        credential=message.credential,
        recorded_headers=RECORDED,
    )


def asking(message: Message, url: str) -> Request:
    """Return a question about a message, without its path. Pure.

    Raises:
        NoHeadingError: The message carries no invoice.
    """
    context = context_of(message, heading(message.payload).seller)
    return Request(
        "GET",
        url,
        (("Accept", "application/json, application/xml"), (CONTEXT, str(context))),
        b"",
        credential=message.credential,
        recorded_headers=RECORDED,
        secret_parts=_ADDRESSES,
    )


def context_of(message: Message, seller: str) -> Context:
    """Return in whose name a message is sent: the sender's NIP, or else the seller's.

    They differ where somebody issues for another: self-billing, tax representatives.
    """
    scheme, _, value = message.sender.partition(":")
    digits = value.removeprefix("PL")
    if scheme in _SCHEMES and len(digits) == _NIP_DIGITS and digits.isdigit():
        return Context(ContextType.NIP, digits)
    return Context(ContextType.NIP, seller)
