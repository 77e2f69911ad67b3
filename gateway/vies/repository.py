"""Queries on checks; every one of them goes through the tenant filter."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.kit.tenancy import TenantTransaction
from gateway.vies.answers import Answer, Fault, Outcome
from gateway.vies.checks import Check
from gateway.vies.tables import vat_check

_C = vat_check.c
_COLUMNS = tuple(_C[name] for name in Check.__dataclass_fields__)
_KNOWN = _C.outcome != Outcome.UNKNOWN.value


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; None asks for nothing."""

    number: str | None = None
    outcome: Outcome | None = None


def add(tx: TenantTransaction, check: Check, answer: Answer, now: datetime.datetime) -> None:
    """Keep a check with the bytes it rests on."""
    values = asdict(check) | {
        "outcome": check.outcome.value,
        "fault": None if check.fault is None else check.fault.value,
        "sent": answer.sent,
        "received": answer.received,
        "created_at": now,
    }
    tx.execute(tx.insert(vat_check, **values))


def get(tx: TenantTransaction, check_id: UUID) -> Check | None:
    """Return a check."""
    row = tx.execute(tx.select(vat_check, *_COLUMNS).where(_C.id == check_id)).one_or_none()
    return None if row is None else _read(row)


def evidence(tx: TenantTransaction, check_id: UUID) -> tuple[bytes, bytes] | None:
    """Return the bytes that were sent and received for a check."""
    query = tx.select(vat_check, _C.sent, _C.received).where(_C.id == check_id)
    row = tx.execute(query).one_or_none()
    return None if row is None else (bytes(row.sent), bytes(row.received))


def page(tx: TenantTransaction, wanted: Wanted, *, before: UUID | None, limit: int) -> list[Check]:
    """Return up to `limit` checks, newest first, older than `before`."""
    query = tx.select(vat_check, *_COLUMNS).order_by(_C.id.desc()).limit(limit)
    if wanted.number is not None:
        query = query.where(_C.number == wanted.number)
    if wanted.outcome is not None:
        query = query.where(_C.outcome == wanted.outcome.value)
    if before is not None:
        query = query.where(_C.id < before)
    return [_read(row) for row in tx.execute(query)]


def some(tx: TenantTransaction, ids: Collection[UUID]) -> dict[UUID, Check]:
    """Return checks by their ids."""
    if not ids:
        return {}
    found = tx.execute(tx.select(vat_check, *_COLUMNS).where(_C.id.in_(list(ids))))
    return {row.id: _read(row) for row in found}


def known(tx: TenantTransaction, number: str) -> Check | None:
    """Return the newest answer that says something about a number, whoever asked."""
    return _first(tx, _C.number == number)


def known_to(
    tx: TenantTransaction, number: str, requester: str | None, trader: Mapping[str, str] | None
) -> Check | None:
    """Return the same, asked by that requester, and with those details where any are given."""
    asked = _C.requester.is_(None) if requester is None else _C.requester == requester
    conditions = [_C.number == number, asked]
    if trader is not None:
        conditions.append(_C.trader == dict(trader))
    return _first(tx, *conditions)


def newest(
    tx: TenantTransaction, numbers: Collection[str], *, only_known: bool
) -> dict[str, Check]:
    """Return the newest check of each number; of those that say something, if so asked."""
    if not numbers:
        return {}
    query = (
        tx.select(vat_check, *_COLUMNS)
        .where(_C.number.in_(list(numbers)))
        .ext(postgresql.distinct_on(_C.number))
        .order_by(_C.number, _C.asked_at.desc(), _C.id.desc())
    )
    if only_known:
        query = query.where(_KNOWN)
    return {row.number: _read(row) for row in tx.execute(query)}


def _first(tx: TenantTransaction, *conditions: sa.ColumnElement[bool]) -> Check | None:
    query = (
        tx.select(vat_check, *_COLUMNS)
        .where(_KNOWN, *conditions)
        .order_by(_C.asked_at.desc(), _C.id.desc())
        .limit(1)
    )
    row = tx.execute(query).one_or_none()
    return None if row is None else _read(row)


def _read(row: sa.Row[tuple[object, ...]]) -> Check:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
    fault = values["fault"]
    return Check(
        **values
        | {
            "outcome": Outcome(values["outcome"]),
            "fault": None if fault is None else Fault(fault),
        }
    )
