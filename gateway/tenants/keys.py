"""What an API key looks like: `gw_sandbox_` + 43 characters of secret + 6 of checksum. Pure.

The prefix lets secret scanners find a leaked key, the checksum refuses a mistyped one without
asking the database. Only a keyed hash is stored.
"""

import re
import secrets
import zlib
from dataclasses import dataclass
from typing import Self

from typing_extensions import override

from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import Environment

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SECRET_BYTES = 32
_SECRET_LENGTH = 43  # 256 bits in base 62
_CHECKSUM_LENGTH = 6  # 32 bits in base 62
_HINT_LENGTH = 4
_FORM = re.compile(r"gw_(sandbox|live)_([0-9A-Za-z]{43})([0-9A-Za-z]{6})")


@dataclass(frozen=True, slots=True)
class Key:
    """A key in clear; it must not be stored or logged."""

    text: str

    @classmethod
    def new(cls, environment: Environment) -> Self:
        """Make a key."""
        number = int.from_bytes(secrets.token_bytes(_SECRET_BYTES))
        head = f"gw_{environment}_{_base62(number, _SECRET_LENGTH)}"
        return cls(head + _checksum(head))

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the key, None when it cannot be one of ours."""
        match = _FORM.fullmatch(text)
        if match is None or _checksum(text[:-_CHECKSUM_LENGTH]) != match[3]:
            return None
        return cls(text)

    @property
    def hint(self) -> str:
        """The beginning, to tell keys apart in a list: 24 of 256 bits."""
        start = self.text.rindex("_") + 1
        return self.text[: start + _HINT_LENGTH] + "..."

    def hash(self, master_key: MasterKey) -> bytes:
        """Return what is stored and looked up."""
        return master_key.keyed_hash(self.text.encode(), "api key")

    @override
    def __repr__(self) -> str:
        return f"Key({self.hint})"


def _checksum(head: str) -> str:
    return _base62(zlib.crc32(head.encode()), _CHECKSUM_LENGTH)


def _base62(number: int, length: int) -> str:
    letters = []
    for _ in range(length):
        number, digit = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[digit])
    return "".join(reversed(letters))
