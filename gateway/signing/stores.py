"""Trust stores: whom this installation believes, under names that the operator gives.

A store holds what was put into it and nothing else: the certificates that the machine trusts for
the web are never in one. Everybody may read them, for they are public; only the operator writes.
"""

import datetime
import hashlib
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from formats.signatures.trust import TrustStore
from gateway.kit.tenancy import TenantTransaction
from gateway.signing.tables import trust_anchor

_C = trust_anchor.c


@dataclass(frozen=True, slots=True)
class Member:
    """A certificate in a store.

    Attributes:
        store: The store's name.
        role: `anchor`: it is believed as it is. `extra`: it helps to find a way to one.
        certificate: DER.
        added_at: When it was put there.
    """

    store: str
    role: str
    certificate: bytes
    added_at: datetime.datetime

    @property
    def fingerprint(self) -> str:
        """SHA-256 in hexadecimal digits: its name."""
        return hashlib.sha256(self.certificate).hexdigest()


def members(tx: TenantTransaction, name: str | None = None) -> list[Member]:
    """Return what is in a store, or in all of them, by store and age."""
    query = sa.select(_C.store, _C.role, _C.certificate, _C.added_at)
    if name is not None:
        query = query.where(_C.store == name)
    rows = tx.execute(query.order_by(_C.store, _C.added_at, _C.fingerprint))
    return [Member(*row) for row in rows]


def store(tx: TenantTransaction, name: str) -> TrustStore | None:
    """Return a store by its name; None: there is none that trusts anybody."""
    found = members(tx, name)
    anchors = tuple(one.certificate for one in found if one.role == "anchor")
    if not anchors:
        return None
    return TrustStore(
        name, anchors, tuple(one.certificate for one in found if one.role == "extra")
    )


def add(tx: TenantTransaction, given: TrustStore, now: datetime.datetime) -> int:
    """Put certificates into a store, which is made by this; return how many are new.

    One that is there already keeps its role: what helped to find a way is not trusted by accident.
    """
    roles = [("anchor", one) for one in given.anchors] + [("extra", one) for one in given.extra]
    rows = [
        {
            "store": given.name,
            "fingerprint": hashlib.sha256(der).digest(),
            "certificate": der,
            "role": role,
            "added_at": now,
        }
        for role, der in roles
    ]
    statement = postgresql.insert(trust_anchor).values(rows).on_conflict_do_nothing()
    return len(tx.execute(statement.returning(_C.fingerprint)).all())


def remove(tx: TenantTransaction, name: str, fingerprint: bytes | None = None) -> int:
    """Take one certificate out of a store, or all; return how many were taken."""
    statement = sa.delete(trust_anchor).where(_C.store == name)
    if fingerprint is not None:
        statement = statement.where(_C.fingerprint == fingerprint)
    return len(tx.execute(statement.returning(_C.fingerprint)).all())
