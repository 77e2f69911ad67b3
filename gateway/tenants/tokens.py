"""What a secret of ours looks like: `gw_<sort>_` + 43 characters of secret + 6 of checksum. Pure.

The prefix lets secret scanners find a leaked one, the checksum refuses a mistyped one without
asking the database. Only a keyed hash is stored, under a purpose of each sort's own.
"""

import re
import secrets
import zlib
from dataclasses import dataclass
from typing import ClassVar, Self

from typing_extensions import override

from gateway.kit.secrets import MasterKey

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SECRET_BYTES = 32
_SECRET_LENGTH = 43  # 256 bits in base 62
_CHECKSUM_LENGTH = 6  # 32 bits in base 62
_HINT_LENGTH = 4
_FORM = re.compile(r"gw_([a-z]+)_([0-9A-Za-z]{43})([0-9A-Za-z]{6})")


@dataclass(frozen=True, slots=True)
class Token:
    """A secret in clear; it must not be stored or logged."""

    text: str

    sorts: ClassVar[tuple[str, ...]]
    purpose: ClassVar[str]

    @classmethod
    def of(cls, sort: str) -> Self:
        """Make one of a sort, one of `sorts`."""
        number = int.from_bytes(secrets.token_bytes(_SECRET_BYTES))
        head = f"gw_{sort}_{_base62(number, _SECRET_LENGTH)}"
        return cls(head + _checksum(head))

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the secret, None when it cannot be one of ours, or is of another sort."""
        match = _FORM.fullmatch(text)
        if match is None or match[1] not in cls.sorts:
            return None
        return cls(text) if _checksum(text[:-_CHECKSUM_LENGTH]) == match[3] else None

    @property
    def hint(self) -> str:
        """The beginning, to tell secrets apart in a list: 24 of 256 bits."""
        start = self.text.rindex("_") + 1
        return self.text[: start + _HINT_LENGTH] + "..."

    def hash(self, master_key: MasterKey) -> bytes:
        """Return what is stored and looked up."""
        return master_key.keyed_hash(self.text.encode(), self.purpose)

    @override
    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.hint})"


class SessionToken(Token):
    """What a person's session shows with every request."""

    __slots__ = ()
    sorts = ("session",)
    purpose = "session"

    @classmethod
    def new(cls) -> Self:
        """Make one."""
        return cls.of("session")


class LinkToken(Token):
    """What a magic link carries; worth one session."""

    __slots__ = ()
    sorts = ("link",)
    purpose = "magic link"

    @classmethod
    def new(cls) -> Self:
        """Make one."""
        return cls.of("link")


class InvitationToken(Token):
    """What an invitation carries; worth its acceptance."""

    __slots__ = ()
    sorts = ("invitation",)
    purpose = "invitation"

    @classmethod
    def new(cls) -> Self:
        """Make one."""
        return cls.of("invitation")


class AuditorToken(Token):
    """What an invited auditor shows with every request."""

    __slots__ = ()
    sorts = ("auditor",)
    purpose = "auditor"

    @classmethod
    def new(cls) -> Self:
        """Make one."""
        return cls.of("auditor")


class VisitToken(Token):
    """What the browser of an invited auditor shows; it opens pages, and never the API."""

    __slots__ = ()
    sorts = ("visit",)
    purpose = "visit of an auditor"

    @classmethod
    def new(cls) -> Self:
        """Make one."""
        return cls.of("visit")


def _checksum(head: str) -> str:
    return _base62(zlib.crc32(head.encode()), _CHECKSUM_LENGTH)


def _base62(number: int, length: int) -> str:
    letters = []
    for _ in range(length):
        number, digit = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[digit])
    return "".join(reversed(letters))
