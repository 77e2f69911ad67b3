"""Idempotency-Key: the same request sent twice has one effect and one answer.

The answer is stored in the transaction of the effect, so either both exist or neither. What is
stored: every answer below 400 that a run returned. What is not: a refusal. It changed nothing, so
the caller may correct the request and send it again with the same key; and a failure of ours
(5xx), which rolled everything back.
"""

import datetime
import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode

import psycopg
import sqlalchemy as sa
from fastapi import Depends, Header, Request, Response
from sqlalchemy.dialects import postgresql

from gateway.kit import clock
from gateway.kit.database import metadata
from gateway.kit.remembered import AnswerForgottenProblem, about
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.problems import MalformedRequestProblem, Problem

REPLAYED = "Idempotency-Replayed"

_MADE = re.compile(rb'\{"id":"([a-z]{3}_[0-9a-z]{26})"')
_KEY = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?")

idempotency = sa.Table(
    "idempotency",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid),
    sa.Column("environment", sa.Text, primary_key=True),
    sa.Column("scope", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("request_hash", sa.LargeBinary, nullable=False),
    sa.Column("status", sa.SmallInteger, nullable=False),
    sa.Column("headers", postgresql.JSONB, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("permanent", sa.Boolean, nullable=False),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("about", sa.Text),
    sa.Column("forgotten_at", sa.DateTime(timezone=True)),
)


class IdempotencyInFlightProblem(Problem):
    """A request with this Idempotency-Key is being worked on at this moment.

    Wait `Retry-After` seconds and send the same request again: it then gets the first one's
    answer.
    """

    type = "idempotency-in-flight"
    title = "The same request is in flight"
    status = HTTPStatus.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            "A request with this Idempotency-Key is in flight; repeat it shortly.",
            headers={"Retry-After": "1"},
        )


class IdempotencyMismatchProblem(Problem):
    """This Idempotency-Key was used for another request: other address, or other body.

    Use a new key for a new request. To get the first request's answer, send it unchanged.
    """

    type = "idempotency-mismatch"
    title = "The key belongs to another request"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class IdempotencyKeyRequiredProblem(Problem):
    """This call has consequences that cannot be taken back, so it must be safe to repeat.

    Send a header `Idempotency-Key` with a value of your own, new for every new request.
    """

    type = "idempotency-key-required"
    title = "An Idempotency-Key is needed"
    status = HTTPStatus.BAD_REQUEST


@dataclass(frozen=True, slots=True)
class Answer:
    """What a writing call answers, in a form that can be stored and sent again.

    Attributes:
        status: HTTP status, below 400.
        body: The body, JSON unless `headers` say otherwise.
        headers: Further response headers.
        stored_body: What to store in place of `body`, when that shows a secret only once.
    """

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    stored_body: bytes | None = None


def request_hash(method: str, path: str, query: str, content: bytes) -> bytes:
    """Return what makes a request this one: method, path, query and body, byte for byte.

    The entity is left out (it is part of the scope), so header and parameter mean the same.
    """
    pairs = parse_qsl(query, keep_blank_values=True)
    named = sorted(pair for pair in pairs if pair[0] != "entity_id")
    head = f"{method} {path}?{urlencode(named)}\n".encode()
    return hashlib.sha256(head + content).digest()


def lock_number(tenant: Tenant, scope: str, key: str) -> int:
    """Return the number of the advisory lock of a key (64 bits, signed)."""
    words = "\0".join((str(tenant.account_id), tenant.environment, scope, key))
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:8], signed=True)


def replay_or_run(  # noqa: PLR0913 - one call, all of it named
    tx: TenantTransaction,
    *,
    scope: str,
    key: str | None,
    request_hash: bytes,
    run: Callable[[], Answer],
    now: datetime.datetime,
    permanent: bool = False,
) -> Answer:
    """Run once per key; afterwards return the stored answer.

    Args:
        tx: The transaction in which `run` has its effect.
        scope: Keys of different scopes are different keys: the entity, or the account.
        key: The caller's key; None runs unconditionally.
        request_hash: See `request_hash`.
        run: Does the work. A Problem it raises rolls back, and nothing is stored.
        now: When the answer is given.
        permanent: True for what cannot be undone (issue): never cleaned up.

    Raises:
        IdempotencyInFlightProblem: Another transaction holds the key.
        IdempotencyMismatchProblem: The key was used for something else.
        AnswerForgottenProblem: What it made was destroyed or erased.
    """
    if key is None:
        return run()
    tenant = tx.tenant
    lock = lock_number(tenant, scope, key)
    taken = tx.execute(sa.select(sa.func.pg_try_advisory_xact_lock(lock))).scalar_one()
    if not taken:
        raise IdempotencyInFlightProblem
    columns = idempotency.c
    query = tx.select(idempotency).where(columns.scope == scope, columns.key == key)
    stored = tx.execute(query).one_or_none()
    if stored is not None:
        if stored.request_hash != request_hash:
            raise IdempotencyMismatchProblem(
                "This Idempotency-Key was used for another request. Use a new key."
            )
        if stored.forgotten_at is not None:
            raise AnswerForgottenProblem
        tx.replayed = True
        return Answer(stored.status, stored.body, {**stored.headers, REPLAYED: "true"})
    answer = run()
    if answer.status < HTTPStatus.BAD_REQUEST:
        entity_id = tenant.entity_ids[0] if len(tenant.entity_ids) == 1 else None
        row = {
            "entity_id": entity_id,
            "scope": scope,
            "key": key,
            "request_hash": request_hash,
            "status": answer.status,
            "headers": dict(answer.headers),
            "body": answer.body if answer.stored_body is None else answer.stored_body,
            "permanent": permanent,
            "created_at": now,
            "about": about(answer.body),
        }
        tx.execute(tx.insert(idempotency, **row))
    return answer


def forget(tx: TenantTransaction, ids: Collection[str], now: datetime.datetime) -> None:
    """Blank the stored answers about some things; what was done is still not done again.

    Args:
        tx: Of their entity.
        ids: Public ids, of what was destroyed or erased.
        now: The moment.
    """
    columns = idempotency.c
    named = tx.update(idempotency).where(columns.about.in_(ids), columns.forgotten_at.is_(None))
    tx.execute(named.values(body=b"", headers={}, forgotten_at=now))


@dataclass(frozen=True, slots=True)
class Once:
    """The Idempotency-Key of one HTTP request; a FastAPI dependency gives it to endpoints.

    Attributes:
        key: None when the caller sent none.
        request_hash: See `request_hash`.
    """

    key: str | None
    request_hash: bytes

    def __call__(
        self,
        tx: TenantTransaction,
        run: Callable[[], Answer],
        *,
        permanent: bool = False,
        required: bool = False,
    ) -> Response:
        """Run, or replay, and return the response. The scope is the entity, or the account.

        What an invited auditor asks for is nobody else's: their keys are their own.

        Raises:
            IdempotencyKeyRequiredProblem: `required`, and the caller sent none.
            IdempotencyInFlightProblem, IdempotencyMismatchProblem: See `replay_or_run`.
        """
        if required and self.key is None:
            raise IdempotencyKeyRequiredProblem("Send a header Idempotency-Key with this request.")
        answer = replay_or_run(
            tx,
            scope=_scope(tx.tenant),
            key=self.key,
            request_hash=self.request_hash,
            run=run,
            now=clock.now(),
            permanent=permanent,
        )
        if (made := _MADE.match(answer.body)) is not None:
            tx.made = made[1].decode()
        headers = {"Content-Type": "application/json", **answer.headers}
        return Response(answer.body, answer.status, headers)


def _scope(tenant: Tenant) -> str:
    whose = str(tenant.entity_ids[0]) if len(tenant.entity_ids) == 1 else "account"
    return f"{whose}/{tenant.actor.id}" if tenant.actor.kind == "auditor" else whose


@contextmanager
def in_hand(
    connect: Callable[[], psycopg.Connection[Any]], tenant: Tenant, once: Once
) -> Iterator[None]:
    """Let nobody send the same request meanwhile, over as many transactions as it takes.

    For what is asked of others between transactions, which no rollback takes back. The same is
    what has the same key; without a key, what is the same to the byte.

    Args:
        connect: Opens a session of its own, which holds the lock and dies with this process.
        tenant: Whose request it is.
        once: The request.

    Raises:
        IdempotencyInFlightProblem: Somebody has it in hand.
    """
    whose = "/".join(str(one) for one in tenant.entity_ids)
    number = lock_number(tenant, f"in hand {whose}", once.key or once.request_hash.hex())
    with closing(connect()) as session:
        taken = session.execute("select pg_try_advisory_lock(%s)", [number]).fetchone()
        if taken is None or not taken[0]:
            raise IdempotencyInFlightProblem
        yield


async def once(
    request: Request,
    idempotency_key: Annotated[
        str | None,
        Header(
            description="Your name for this request: repeating it is then safe. 1-255 "
            "printable ASCII characters. Alias: X-Request-Id."
        ),
    ] = None,
    x_request_id: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> Once:
    """Read the key of a request.

    Raises:
        MalformedRequestProblem: It is not 1 to 255 printable ASCII characters.
    """
    key = x_request_id if idempotency_key is None else idempotency_key
    if key is not None and not _KEY.fullmatch(key):
        raise MalformedRequestProblem(
            "Idempotency-Key must be 1 to 255 printable ASCII characters.",
            errors=[{"header": "Idempotency-Key", "message": "is not 1-255 printable ASCII"}],
        )
    query = request.scope["query_string"].decode("latin-1")
    content = await request.body()
    return Once(key, request_hash(request.method, request.scope["path"], query, content))


Idempotency = Annotated[Once, Depends(once)]
"""For endpoints that write: `once: Idempotency`, then `return once(tx, run)`."""
