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
    for number in _numbers(tx, names):
        tx.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))


def share(tx: TenantTransaction, names: Iterable[str]) -> None:
    """Wait until nobody holds any of the names, and let nobody until the transaction ends.

    Any number of transactions share a name; who asks to hold it waits for all of them, and those
    who ask to share it later wait for that one. Order and owner as for `hold`.
    """
    for number in _numbers(tx, names):
        tx.execute(sa.select(sa.func.pg_advisory_xact_lock_shared(number)))


def _numbers(tx: TenantTransaction, names: Iterable[str]) -> list[int]:
    return sorted({_number(f"{tx.entity_id}\0{name}") for name in names})


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
