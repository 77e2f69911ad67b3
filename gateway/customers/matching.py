"""Whom an inline customer of a document is: the keys customers are recognised by. Pure.

The order is the caller's reference, then the VAT identifier, then e-mail and name. Who has another
reference or another VAT identifier is somebody else, whatever else agrees. A name without e-mail
is the same customer only where nothing in the address differs.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from countries.party_numbers import vat_key
from gateway.customers.repository import CustomerRow
from gateway.kit.folding import folded

MAX_REFERENCE = 200
_MAX_VAT = 64
_MAX_EMAIL = 254


@dataclass(frozen=True, slots=True)
class Keys:
    """What a customer is recognised by; None where it has no such thing."""

    reference: str | None
    vat: str | None
    email: str | None
    match: str

    @classmethod
    def of(cls, buyer: Mapping[str, Any], reference: str | None) -> "Keys":
        """Return the keys of a canonical BG-7.

        Args:
            buyer: As JSON.
            reference: The caller's own; without one, a BT-46 without scheme is taken for it: it
                is what the seller calls the buyer.
        """
        if reference is None:
            identifier = buyer.get("identifier") or {}
            if identifier.get("scheme_identifier") is None:
                reference = identifier.get("value")
        email = (buyer.get("contact") or {}).get("email_address")
        vat = vat_key(buyer.get("vat_identifier") or "")
        email_key = None if email is None else email.strip().casefold()
        name = folded(buyer.get("name") or "")
        match = hashlib.sha256(f"{name}\n{email_key or ''}".encode()).hexdigest()
        return cls(
            _fitting(reference, MAX_REFERENCE),
            _fitting(vat, _MAX_VAT),
            _fitting(email_key, _MAX_EMAIL),
            match,
        )

    def names(self) -> list[str]:
        """Return the names under which the customer is locked while it is looked for."""
        found = {"reference": self.reference, "vat": self.vat, "match": self.match}
        return [f"customer {kind} {value}" for kind, value in found.items() if value is not None]


def fits(row: CustomerRow, keys: Keys) -> bool:
    """Tell whether nothing says that a customer is somebody else."""
    return _agree(row.reference, keys.reference) and _agree(row.vat_key, keys.vat)


def same_place(row: CustomerRow, buyer: Mapping[str, Any]) -> bool:
    """Tell whether no line of two addresses differs, as far as both have it."""
    one, other = row.buyer.get("postal_address") or {}, buyer.get("postal_address") or {}
    lines = [name for name in one if name in other and isinstance(one[name], str)]
    return all(folded(one[name]) == folded(str(other[name])) for name in lines)


def best(rows: Iterable[CustomerRow], keys: Keys, buyer: Mapping[str, Any]) -> CustomerRow | None:
    """Return the oldest customer that can be the one asked for, by name first."""
    possible = [row for row in rows if fits(row, keys)]
    if keys.email is None:
        possible = [row for row in possible if row.vat_key or same_place(row, buyer)]
    name = folded(buyer.get("name") or "")
    return next((row for row in possible if folded(row.name) == name), next(iter(possible), None))


def _fitting(value: str | None, most: int) -> str | None:
    return value if value and len(value) <= most else None


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other
