"""Idempotency-Key for many requests of one tenant in one transaction; see `idempotency`."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from gateway.kit.idempotency import (
    REPLAYED,
    Answer,
    IdempotencyInFlightProblem,
    IdempotencyMismatchProblem,
    idempotency,
    lock_number,
)
from gateway.kit.remembered import AnswerForgottenProblem, about
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import Problem

_LOCK = sa.text(
    "select number, pg_try_advisory_xact_lock(number)"
    " from unnest(cast(:numbers as bigint[])) as wanted (number)"
)
_MISMATCH = "This Idempotency-Key was used for another request. Use a new key."


@dataclass(frozen=True, slots=True)
class Keyed:
    """A request among many.

    Attributes:
        key: None when the caller sent none.
        request_hash: See `idempotency.request_hash`.
    """

    key: str | None
    request_hash: bytes


def replay_or_run_all(
    tx: TenantTransaction,
    *,
    scope: str,
    requests: Sequence[Keyed],
    run: Callable[[Sequence[int]], Sequence[Answer]],
    now: datetime.datetime,
) -> list[Answer | Problem]:
    """Run what is new among requests, once per key, and return an answer or problem for each.

    The stored answers are permanent.

    Args:
        tx: The transaction in which `run` has its effect.
        scope: See `idempotency.replay_or_run`.
        requests: In the order they came.
        run: Does the requests at the given places and answers each; it refuses none.
        now: When the answers are given.
    """
    keys = sorted({one.key for one in requests if one.key is not None})
    busy = _in_flight(tx, scope, keys)
    found = _known(tx, scope, keys)  # after the locks: what others stored before is seen
    first: dict[str, int] = {}
    fresh: list[int] = []
    for place, one in enumerate(requests):
        if one.key is None:
            fresh.append(place)
        elif one.key not in found and one.key not in busy and one.key not in first:
            first[one.key] = place
            fresh.append(place)
    made = dict(zip(fresh, run(fresh) if fresh else (), strict=True))
    _store(tx, scope, requests, {place: made[place] for place in first.values()}, now)
    answers: list[Answer | Problem] = []
    for place, one in enumerate(requests):
        if place in made:
            answers.append(made[place])
        elif one.key in found:
            digest, answer = found[one.key]
            answers.append(_again(one, digest, answer))
        elif one.key in first:
            before = first[one.key]
            answers.append(_again(one, requests[before].request_hash, made[before]))
        else:
            answers.append(IdempotencyInFlightProblem())
    return answers


def _again(one: Keyed, digest: bytes, answer: Answer | None) -> Answer | Problem:
    if one.request_hash != digest:
        return IdempotencyMismatchProblem(_MISMATCH)
    if answer is None:
        return AnswerForgottenProblem()
    return Answer(answer.status, answer.body, {**answer.headers, REPLAYED: "true"})


def _in_flight(tx: TenantTransaction, scope: str, keys: Sequence[str]) -> set[str]:
    """Lock keys until the end of the transaction; return those that somebody else holds."""
    if not keys:
        return set()
    numbers = {lock_number(tx.tenant, scope, key): key for key in keys}
    rows = tx.execute(_LOCK, {"numbers": list(numbers)})
    return {numbers[number] for number, taken in rows if not taken}


def _known(
    tx: TenantTransaction, scope: str, keys: Sequence[str]
) -> dict[str | None, tuple[bytes, Answer | None]]:
    """Return what was stored: the hash of the request, and its answer, None if forgotten."""
    if not keys:
        return {}
    columns = idempotency.c
    query = tx.select(idempotency).where(columns.scope == scope, columns.key.in_(keys))
    return {
        row.key: (
            row.request_hash,
            Answer(row.status, row.body, row.headers) if row.forgotten_at is None else None,
        )
        for row in tx.execute(query)
    }


def _store(
    tx: TenantTransaction,
    scope: str,
    requests: Sequence[Keyed],
    made: dict[int, Answer],
    now: datetime.datetime,
) -> None:
    if not made:
        return
    rows = [
        {
            "key": requests[place].key,
            "request_hash": requests[place].request_hash,
            "status": answer.status,
            "headers": dict(answer.headers),
            "body": answer.body,
            "about": about(answer.body),
        }
        for place, answer in made.items()
    ]
    every = {"scope": scope, "permanent": True, "created_at": now}
    tx.execute(tx.insert(idempotency, **every), rows)
