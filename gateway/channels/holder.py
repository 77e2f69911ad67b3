"""What an authority that holds invoices for an entity must be able to do."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from gateway.transmissions.adapter import Credential


@dataclass(frozen=True, slots=True)
class Parcel:
    """An invoice that was held for the entity.

    Attributes:
        number: The authority's name of it, one for each invoice.
        content: Its bytes.
        about: What the authority says of it, as JSON.
        intact: The bytes have the digest that the authority says; False where it does not say.
        sender: Who issued it, as `scheme:value`.
    """

    number: str
    content: bytes = field(repr=False)
    about: bytes = field(repr=False)
    intact: bool
    sender: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was held, up to some moment.

    Attributes:
        parcels: The invoices, in the order in which the authority stored them.
        until: Nothing that it stored before that moment is missing: ask from there on.
        more: There is more already.
    """

    parcels: Sequence[Parcel]
    until: datetime.datetime
    more: bool = False


class Holder(Protocol):
    """An authority.

    Attributes:
        interval: How often it lets itself be asked, at most.
    """

    interval: datetime.timedelta

    def fetch(
        self, credential: Credential, owner: str, role: str, since: datetime.datetime
    ) -> Fetched:
        """Return what it stored for somebody since a moment.

        Args:
            credential: Who we are for it.
            owner: His number.
            role: As which party he is named.
            since: The moment.

        Raises:
            Retry, Unknown: It does not say; `permission_missing`: it may not tell us.
        """
        ...
