"""Credentials that are shown, not signed with."""

from typing import Protocol, runtime_checkable


@runtime_checkable
class Bearer(Protocol):
    """A credential that is a token which the authority gave.

    Attributes:
        secret: The token. It is part of no record.
    """

    @property
    def secret(self) -> str:
        """Return the token."""
        ...
