"""What is prepared: the invoice itself, and in headers of ours how it is to be sent.

A session's key is random and is agreed on only when it is sent. So what is frozen, recorded and
archived is the invoice exactly as the law knows it; `carrying` wraps it on the way out. Several
are a ZIP, as a batch session has it before it is encrypted.
"""

import hashlib
import io
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from formats.ksef_api.bodies import FormCode, Heading, NoHeadingError, heading
from formats.ksef_api.login import Context, ContextType
from formats.ksef_api.package import pack
from gateway.transmissions.adapter import Message, Request

CONTEXT = "KSeF-Context"
FORM = "KSeF-Form"
MODE = "KSeF-Mode"
CORRECTS = "KSeF-Corrects"
SESSION = "KSeF-Session"
SEALED = "KSeF-Encrypted-Digest"
COUNT = "KSeF-Count"
DIGEST = "KSeF-Digest"
SHARED = "KSeF-Shared"
RECORDED = frozenset(
    one.lower() for one in (CONTEXT, FORM, MODE, CORRECTS, SESSION, SEALED, COUNT, DIGEST, SHARED)
)
"""Headers whose values are recorded; none of them is a secret."""

HASH_OF_CORRECTED = "hash-of-corrected-invoice"
"""The name under which a message says what it corrects technically: SHA-256, base64; perhaps with
the number of the correction: `digest#2`."""

MOST_ALONG = 200_000
"""Bytes of an invoice that goes with others: all of a batch are held at once."""

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
        content: The invoice; or the package, a ZIP.
        batch: Whether it is a package.
    """

    context: Context
    form: FormCode
    offline: bool
    corrects: str | None
    content: bytes
    batch: bool = False

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
            COUNT in said,
        )


def prepared(message: Message, url: str) -> Request:
    """Return the request that stands for sending a message. Pure.

    Raises:
        NoHeadingError: It carries no invoice, which only our own code can be to blame for.
    """
    found = heading(message.payload)
    named = message.correlations.get(HASH_OF_CORRECTED)
    corrects = named and named.partition("#")[0]
    offline = message.deferred or corrects is not None
    headers = _headers(message, found, message.payload, "application/xml", offline=offline)
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


def go_together(first: Message, other: Message) -> bool:
    """Tell whether a package can carry both: what is said once of it is the same. Pure.

    A technical correction goes alone (korekta-techniczna.md), and so does what is large.
    """
    try:
        one, two = _said_once(first), _said_once(other)
    except NoHeadingError:
        return False
    large = max(len(first.payload), len(other.payload)) > MOST_ALONG
    corrects = any(HASH_OF_CORRECTED in each.correlations for each in (first, other))
    return one == two and not large and not corrects


def _said_once(message: Message) -> tuple[FormCode, Context, bool]:
    found = heading(message.payload)
    return found.form, context_of(message, found.seller), message.deferred


def together(messages: Sequence[Message], url: str) -> Request:
    """Return the request that stands for sending several messages that go together. Pure.

    Raises:
        NoHeadingError, PackageError: See `prepared` and `pack`.
    """
    first = messages[0]
    package = io.BytesIO()
    pack(((f"{one.message_id}.xml", one.payload) for one in messages), package)
    content, found = package.getvalue(), heading(first.payload)
    headers = _headers(first, found, content, "application/zip", offline=first.deferred)
    headers.append((COUNT, str(len(messages))))
    return Request(
        "POST",
        f"{url}/sessions/batch",
        tuple(headers),
        content,
        credential=first.credential,
        recorded_headers=RECORDED,
        is_open=True,  # invoices as they are archived
    )


def _headers(
    message: Message, found: Heading, content: bytes, media_type: str, *, offline: bool
) -> list[tuple[str, str]]:
    digest = b64encode(hashlib.sha256(content).digest()).decode()
    return [
        ("Message-Id", message.message_id),
        ("Content-Type", media_type),
        ("Content-Digest", f"sha-256=:{digest}:"),
        (CONTEXT, str(context_of(message, found.seller))),
        (FORM, str(found.form)),
        (MODE, "offline" if offline else "online"),
    ]


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
