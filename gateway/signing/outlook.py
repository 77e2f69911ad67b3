"""How long the certificates still hold with which entities sign: by their dates, for boards."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from gateway.kit.tenancy import TenantTransaction
from gateway.signing import fitness, repository
from gateway.signing.problems import KeyUnusableProblem
from gateway.signing.repository import CertificateRow, KeyRow

SOON = datetime.timedelta(days=30)
"""What ends within this time, and has nothing to follow it, deserves a warning."""

State = Literal["valid", "ending", "expired", "revoked"]
_FAILING: Mapping[str, State] = {
    "certificate_expired": "expired",
    "certificate_revoked": "revoked",
}


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where the certificate stands with which an entity signs for a purpose.

    Attributes:
        purpose: For what.
        state: `ending`: within `SOON`, and nothing follows; `expired`, `revoked`: nothing signs.
        ends_at: When it ends, or ended; of several of one key the last to end.
        days_left: Whole days until then; negative when it is over.
    """

    purpose: str
    state: State
    ends_at: datetime.datetime
    days_left: int


def of_entities(
    tx: TenantTransaction, entity_ids: Sequence[UUID], now: datetime.datetime
) -> dict[UUID, tuple[Outlook, ...]]:
    """Return the outlook of each entity's certificates, by purpose; two queries for all of them.

    Keys without a certificate are not told of, nor those that were revoked or retired.
    """
    keys = repository.keys_of(tx, entity_ids)
    certificates = repository.certificates_of(tx, [row.id for row in keys])
    found: dict[UUID, tuple[Outlook, ...]] = {}
    for entity_id in entity_ids:
        mine = [row for row in keys if row.entity_id == entity_id]
        purposes = sorted({purpose for row in mine for purpose in row.purposes})
        told = (
            _outlook(purpose, [row for row in mine if purpose in row.purposes], certificates, now)
            for purpose in purposes
        )
        found[entity_id] = tuple(one for one in told if one is not None)
    return found


def _outlook(
    purpose: str,
    rows: Sequence[KeyRow],
    certificates: Mapping[UUID, Sequence[CertificateRow]],
    now: datetime.datetime,
) -> Outlook | None:
    """Return where the certificate of a purpose stands; None where there is nothing to tell."""

    def signs_at(at: datetime.datetime) -> CertificateRow | None:
        found = fitness.first_fit(
            rows, at, lambda row: fitness.fit(row, certificates[row.id], at=at)
        )
        return None if found is None else found[1]

    try:
        one = signs_at(now)
    except KeyUnusableProblem as problem:
        state = _FAILING.get(problem.reason)
        if state is None or problem.key_id is None:
            return None
        return _told(purpose, state, certificates[problem.key_id][0], now)
    if one is None:
        return None
    try:
        signs_at(now + SOON)
    except KeyUnusableProblem:
        return _told(purpose, "ending", one, now)
    return _told(purpose, "valid", one, now)


def _told(
    purpose: str, state: State, certificate: CertificateRow, now: datetime.datetime
) -> Outlook:
    left = (certificate.not_after - now) // datetime.timedelta(days=1)
    return Outlook(purpose, state, certificate.not_after, left)
