"""Which key signs at a moment, and with which certificate."""

import datetime
from collections.abc import Callable, Sequence
from uuid import UUID

from gateway.kit.tenancy import TenantTransaction
from gateway.signing import repository
from gateway.signing.problems import KeyUnusableProblem
from gateway.signing.repository import CertificateRow, KeyRow

_OF_TIME = frozenset({"not_yet_active", "replaced", "retired"})
"""Reasons that say nothing is wrong with a key."""


def active(
    tx: TenantTransaction,
    purpose: str,
    *,
    at: datetime.datetime,
    until: datetime.datetime | None = None,
) -> tuple[KeyRow, CertificateRow | None]:
    """Return the key that signs for a purpose at a moment, and its certificate.

    Of several, the first of `in_order`; if that one is not fit, the one after it, as long as
    nobody has replaced it.

    Raises:
        KeyUnusableProblem: None does; the reason is that of the one that should.
    """
    found = first_fit(
        repository.keys_for(tx, purpose), at, lambda row: usable(tx, row, at=at, until=until)
    )
    if found is not None:
        return found
    raise KeyUnusableProblem(
        "none",
        f"The entity has no key for {purpose}: POST /v1/signing-keys makes one.",
        purpose=purpose,
    )


def first_fit(
    rows: Sequence[KeyRow],
    at: datetime.datetime,
    judge: Callable[[KeyRow], CertificateRow | None],
) -> tuple[KeyRow, CertificateRow | None] | None:
    """Return the first key for a purpose that is fit, and its certificate; None without any key.

    Args:
        rows: All keys for the purpose.
        at: The moment at which they are in order.
        judge: Returns a key's certificate, or raises what is wrong with it.

    Raises:
        KeyUnusableProblem: None is fit; the reason is that of the one that should be.
    """
    problems: list[KeyUnusableProblem] = []
    for row in in_order(rows, at):
        try:
            return row, judge(row)
        except KeyUnusableProblem as problem:
            problems.append(problem)
    if problems:
        raise min(problems, key=lambda one: one.reason in _OF_TIME)
    return None


def in_order(rows: Sequence[KeyRow], at: datetime.datetime) -> list[KeyRow]:
    """Return the keys for one purpose in the order in which they are to sign at a moment.

    The one that became active last goes first. A key that was replaced leaves its place to its
    successor; one that is to be replaced later goes before it, whenever that one became active.
    """

    def place(row: KeyRow, seen: frozenset[UUID]) -> datetime.datetime:
        left = [
            place(one, seen | {row.id})
            for one in rows
            if one.successor_id == row.id and one.id not in seen and _replaced(one, at)
        ]
        return max(row.active_from, *left) if left else row.active_from

    waiting = {one.successor_id for one in rows if one.successor_id and _signs(one, at)}
    placed = sorted(rows, key=lambda row: place(row, frozenset()), reverse=True)
    return sorted(placed, key=lambda row: row.id in waiting)


def usable(
    tx: TenantTransaction,
    row: KeyRow,
    *,
    at: datetime.datetime,
    until: datetime.datetime | None = None,
) -> CertificateRow | None:
    """Return the certificate with which a key signs at a moment; None for a bare key.

    Raises:
        KeyUnusableProblem: It does not sign then.
    """
    return fit(row, repository.certificates_of(tx, [row.id])[row.id], at=at, until=until)


def fit(
    row: KeyRow,
    certificates: Sequence[CertificateRow],
    *,
    at: datetime.datetime,
    until: datetime.datetime | None = None,
) -> CertificateRow | None:
    """Return which of a key's certificates it signs with at a moment; None for a bare key. Pure.

    Raises:
        KeyUnusableProblem: With none of them.
    """
    _check_time(row, at)
    if not certificates:
        if row.bare:
            return None
        raise KeyUnusableProblem(
            "no_certificate", "The key waits for its certificate.", key_id=row.id
        )
    last = at if until is None else max(at, until)
    good = [one for one in certificates if one.revoked_at is None]
    if not good:
        raise KeyUnusableProblem(
            "certificate_revoked", "The key's certificate is revoked.", key_id=row.id
        )
    valid = [one for one in good if one.covers(at)]
    for one in valid:
        if last <= one.not_after:
            return one
    if valid:
        raise KeyUnusableProblem(
            "expires_before_deadline",
            f"The certificate is valid until {valid[0].not_after:%Y-%m-%d %H:%M} UTC, and what it"
            f" signs must be sent until {last:%Y-%m-%d %H:%M} UTC. Renew it first.",
            key_id=row.id,
        )
    if all(at < one.not_before for one in good):
        begins = min(one.not_before for one in good)
        raise KeyUnusableProblem(
            "certificate_not_yet_valid",
            f"The key's certificate is valid from {begins:%Y-%m-%d %H:%M} UTC on.",
            key_id=row.id,
        )
    raise KeyUnusableProblem(
        "certificate_expired",
        f"The key's certificate expired on {good[0].not_after:%Y-%m-%d %H:%M} UTC.",
        key_id=row.id,
    )


def _replaced(row: KeyRow, at: datetime.datetime) -> bool:
    return row.active_until is not None and row.active_until <= at


def _signs(row: KeyRow, at: datetime.datetime) -> bool:
    ended = row.revoked_at is not None or (row.retired_at is not None and row.retired_at <= at)
    return row.active_from <= at and not ended and not _replaced(row, at)


def _check_time(row: KeyRow, at: datetime.datetime) -> None:
    """Refuse a key whose time has not come or is over.

    Raises:
        KeyUnusableProblem: So it is.
    """
    if row.revoked_at is not None:
        raise KeyUnusableProblem("revoked", "The key is revoked.", key_id=row.id)
    if row.retired_at is not None and row.retired_at <= at:
        raise KeyUnusableProblem("retired", "The key is retired.", key_id=row.id)
    if at < row.active_from:
        raise KeyUnusableProblem(
            "not_yet_active",
            f"The key signs from {row.active_from:%Y-%m-%d %H:%M} UTC on.",
            key_id=row.id,
        )
    if _replaced(row, at):
        raise KeyUnusableProblem("replaced", "The key was replaced by another.", key_id=row.id)


def still_counts(row: KeyRow, at: datetime.datetime) -> bool:
    """Tell whether what a key signed counts at a moment, though it may sign no more."""
    if row.revoked_at is not None or at < row.active_from:
        return False
    return row.kept_until is None or at < row.kept_until
