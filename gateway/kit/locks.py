"""Locks by name, held until the transaction ends."""

import hashlib
from collections.abc import Iterable

import sqlalchemy as sa

from gateway.kit.tenancy import TenantTransaction


def hold(tx: TenantTransaction, names: Iterable[str]) -> None:
    """Wait until nobody else holds any of the names, and hold them until the transaction ends.

    Names are the entity's own: another entity's are others. They are taken in one order, so two
    callers who ask for the same names in one call each never wait for each other in a circle.
    """
    numbers = {_number(f"{tx.entity_id}\0{name}") for name in names}
    for number in sorted(numbers):
        tx.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
