"""What a chain's record says, read and digested again without the code that made it."""

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Said:
    """What the bytes of a record say.

    Attributes:
        digest: Computed from them, as the scheme does.
        sequence: Their place.
        previous: The digest they name as the predecessor's.
        at: Their moment, as written.
        number: The document's number.
        document: SHA-256 of the document's bytes, in hexadecimal.
    """

    digest: str
    sequence: object
    previous: object
    at: object
    number: object
    document: object


def sandbox_authority(record: bytes) -> Said:
    """Read a record of the sandbox's scheme: JSON, digested with SHA-256.

    Raises:
        ValueError: It cannot be read.
    """
    members = json.loads(record)
    if not isinstance(members, dict):
        raise ValueError("it is no object")  # noqa: TRY004 - bad bytes, not a bad call
    plain = json.dumps(members, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if plain.encode() != record:
        raise ValueError("it is not written canonically")
    return Said(
        sha256(record).hexdigest(),
        members.get("sequence"),
        members.get("previous"),
        members.get("generated_at"),
        members.get("number"),
        members.get("document_sha256"),
    )


READERS: Mapping[str, Callable[[bytes], Said]] = MappingProxyType(
    {"sandbox-authority": sandbox_authority}
)
"""By scheme: what stands before the slash in a chain's key."""


def payload(message: bytes) -> bytes | None:
    """Return what a JWS in flattened form carries; None when it is none."""
    try:
        text = json.loads(message)["payload"]
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, TypeError, KeyError, binascii.Error):
        return None
