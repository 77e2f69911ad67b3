"""Bugs to be planted in processes that are killed, by monkeypatching.

Those of the simulator are in `world_plants`.
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from gateway.kit import database, idempotency
from gateway.kit.tenancy import Tenant, TenantTransaction, announce
from gateway.webhooks import attempt, claims
from gateway.webhooks.claims import Claim
from tests.chaos.proxy import KEY, Mode


@dataclass(frozen=True)
class Plant:
    """A bug.

    Attributes:
        what: In words.
        apply: Plants it in this process, for good.
        role: Where it does harm.
        after: At the COMMIT after this, a strike shows it.
        mode: How to strike.
    """

    what: str
    apply: Callable[[], None]
    role: str
    after: str
    mode: Mode


def _answer_before_commit() -> None:
    """Let the API answer, and commit a moment later."""
    begin = database.Database._begin

    @contextmanager
    def early(
        self: database.Database,
        engine: Engine,
        tenant: Tenant | None,
        *,
        read_only: bool = False,
    ) -> Iterator[TenantTransaction]:
        if read_only or tenant is None or engine is not self._app:
            with begin(self, engine, tenant, read_only=read_only) as tx:
                yield tx
            return
        opened = begin(self, engine, tenant)
        yield opened.__enter__()

        def commit() -> None:
            time.sleep(0.05)
            opened.__exit__(None, None, None)

        threading.Thread(target=commit).start()

    database.Database._begin = early  # type: ignore[method-assign] # the plant


def _key_after_commit() -> None:
    """Store the answer under its idempotency key once the document is committed."""
    execute = TenantTransaction.execute

    def late(self: TenantTransaction, statement: Any, parameters: Any = None) -> Any:  # noqa: ANN401
        table = getattr(statement, "table", None)
        if table is not idempotency.idempotency or not getattr(statement, "is_insert", False):
            return execute(self, statement, parameters)
        engine, tenant = self.connection.engine, self.tenant

        def store() -> None:
            with engine.begin() as connection:
                announce(connection, tenant)
                connection.execute(statement)

        self.after_commit(store)
        return None

    TenantTransaction.execute = late  # type: ignore[method-assign] # the plant


def _told_before_it_was_sent() -> None:
    """Note that a webhook was delivered, then send it."""

    def make(self: attempt.Attempts, claim: Claim) -> bool:
        with self.turns, self.database.transaction(claim.tenant) as tx:
            parcel = self._parcel(tx, claim)
        if parcel is None:
            return True
        good = attempt.Outcome(self.clock(), 1, 200, {}, None, None)
        with self.turns, self.database.transaction(claim.tenant) as tx:
            if claims.hold(tx, claim):
                self._settle(tx, claim, parcel, good)
        self._send(parcel)
        return True

    attempt.Attempts.make = make  # type: ignore[method-assign] # the plant


PROCESS: Mapping[str, Plant] = {
    "answer before commit": Plant(
        "the caller is told 200, and then the COMMIT is sent",
        _answer_before_commit,
        "api",
        KEY,
        Mode.KILL_BEFORE,
    ),
    "key after commit": Plant(
        "the idempotency key is stored in a transaction after that of the document",
        _key_after_commit,
        "api",
        KEY,
        Mode.KILL_ANSWERED,
    ),
    "webhook noted before it is sent": Plant(
        "a delivery is marked as delivered, and then sent",
        _told_before_it_was_sent,
        "worker",
        "latency_ms",
        Mode.KILL_ANSWERED,
    ),
}
