"""Secrets of endpoints, and signatures under messages, as Standard Webhooks has them."""

import base64
import binascii
import datetime
import secrets
from collections.abc import Sequence
from uuid import UUID

from standardwebhooks import Webhook

from gateway.kit.secrets import MasterKey

PREFIX = "whsec_"
OVERLAP = datetime.timedelta(hours=24)
"""How long messages are also signed with the secret before the last change."""

_NEW_BYTES = 32
_LEAST_BYTES, _MOST_BYTES = 24, 64


def new_secret() -> str:
    """Return a new secret: `whsec_` and 32 random bytes in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_NEW_BYTES)).decode()


def check_secret(text: str) -> str:
    """Return a secret that the caller brought.

    Raises:
        ValueError: It is not `whsec_` and 24 to 64 bytes in base64.
    """
    try:
        content = base64.b64decode(text.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        content = b""
    if not text.startswith(PREFIX) or not _LEAST_BYTES <= len(content) <= _MOST_BYTES:
        raise ValueError(f"must be whsec_ and {_LEAST_BYTES} to {_MOST_BYTES} bytes in base64")
    return text


def seal(master_key: MasterKey, endpoint_id: UUID, secret: str) -> bytes:
    """Return a secret as it is stored; it opens for this endpoint alone."""
    return master_key.seal(secret.encode(), _context(endpoint_id))


def unseal(master_key: MasterKey, endpoint_id: UUID, sealed: bytes) -> str:
    """Return what `seal` was given.

    Raises:
        UnsealError: It is another endpoint's, was changed, or the master key is another.
    """
    return master_key.unseal(sealed, _context(endpoint_id)).decode()


def headers(
    message_id: str, payload: bytes, secrets_: Sequence[str], now: datetime.datetime
) -> dict[str, str]:
    """Return the three headers of Standard Webhooks: a signature for each secret."""
    text = payload.decode()
    signatures = [Webhook(secret).sign(message_id, now, text) for secret in secrets_]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def _context(endpoint_id: UUID) -> str:
    return f"webhook endpoint {endpoint_id}"
