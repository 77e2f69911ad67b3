"""One attempt at a delivery: what to send, what came back, and what follows from it."""

import datetime
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import structlog

from gateway.events import service as events
from gateway.kit.clock import written
from gateway.kit.database import Database
from gateway.kit.exchange import Answer, Client
from gateway.kit.ids import public_id
from gateway.kit.outbound import OutboundError, Target
from gateway.kit.tenancy import TenantTransaction
from gateway.tenants import activity
from gateway.webhooks import claims, ledger, repository, signing
from gateway.webhooks.catalogue import TEST
from gateway.webhooks.claims import Claim
from gateway.webhooks.notice import Notice
from gateway.webhooks.policy import Chance, Policy, retry_after
from gateway.webhooks.repository import EndpointRow
from gateway.webhooks.service import Webhooks

USER_AGENT = "einvoice-gateway-webhooks/1"

_log = structlog.get_logger(__name__)
_GONE = 410
_GOOD = range(200, 300)
_EXCERPT = 500  # characters


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is sent, and where to.

    Attributes:
        url: The address, as it was named.
        message_id: The event's public id: the same at every attempt and replay.
        type: The name the event goes by.
        payload: The frozen bytes.
        secrets: To sign with, the newest first.
        https: Nothing else will do.
    """

    url: str
    message_id: str
    type: str
    payload: bytes
    secrets: tuple[str, ...]
    https: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an attempt came to.

    Attributes:
        at: When it began.
        latency_ms: How long it took.
        status: What was answered, if anything was.
        headers: Of the answer.
        error: Why it failed; None when it arrived.
        excerpt: How the answer begins, fit to be shown.
    """

    at: datetime.datetime
    latency_ms: int
    status: int | None
    headers: Mapping[str, str]
    error: str | None
    excerpt: str | None

    def as_json(self) -> dict[str, Any]:
        """Return it as the log keeps it (`AttemptView`)."""
        return {
            "at": written(self.at),
            "outcome": "failed" if self.error else "delivered",
            "status": self.status,
            "latency_ms": self.latency_ms,
            "error": self.error,
            "excerpt": self.excerpt,
        }


@dataclass(frozen=True, slots=True)
class Attempts:
    """Makes attempts, each in the name of its tenant. Thread-safe.

    Attributes:
        database: The ledger.
        turns: Taken for every transaction, so that many attempts need few connections.
        webhooks: Opens the secrets.
        client: The wire.
        notice: Tells owners.
        policy: How patient to be.
        chance: The jitter.
        clock: The time.
    """

    database: Database
    turns: AbstractContextManager[Any]
    webhooks: Webhooks
    client: Client
    notice: Notice
    policy: Policy
    chance: Chance
    clock: Callable[[], datetime.datetime]

    def make(self, claim: Claim) -> bool:
        """Make one attempt at a claimed delivery; return whether the endpoint took it.

        `sending` was committed by who claimed it: if this process ends now, the lease does too,
        and another sends the same message again under the same id.
        """
        with self.turns, self.database.transaction(claim.tenant) as tx:
            parcel = self._parcel(tx, claim)
        if parcel is None:
            return True
        outcome = self._send(parcel)
        with self.turns, self.database.transaction(claim.tenant) as tx:
            if claims.hold(tx, claim):
                self._settle(tx, claim, parcel, outcome)
        return outcome.error is None

    def _parcel(self, tx: TenantTransaction, claim: Claim) -> Parcel | None:
        """Return what to send; None when that has been decided otherwise meanwhile."""
        endpoint = repository.endpoint_by_id(tx, claim.endpoint_id)
        row = ledger.delivery_by_id(tx, claim.endpoint_id, claim.delivery_id)
        if endpoint is None or not endpoint.enabled or row is None:
            return None
        return Parcel(
            endpoint.url,
            public_id("evt", row.event_id),
            row.type,
            ledger.payload(tx, row.message_id),
            tuple(self.webhooks.secrets_of(endpoint, self.clock())),
            https=endpoint.environment == "live",
        )

    def _send(self, parcel: Parcel) -> Outcome:
        began = self.clock()
        started = time.monotonic()
        answer, error = None, None
        try:
            target = Target.parse(parcel.url)
            if parcel.https and target.scheme != "https":
                raise OutboundError("must begin with https://")  # noqa: TRY301 - as the others
            headers = {
                "content-type": "application/json",
                "user-agent": USER_AGENT,
                **signing.headers(parcel.message_id, parcel.payload, parcel.secrets, began),
            }
            answer = self.client.post(target, headers, parcel.payload)
        except OutboundError as failure:
            error = str(failure)
        latency = round((time.monotonic() - started) * 1000)
        if answer is None:
            return Outcome(began, latency, None, {}, error, None)
        if answer.status not in _GOOD:
            error = f"answered {answer.status}; only 2xx counts as taken"
        return Outcome(began, latency, answer.status, answer.headers, error, excerpt(answer))

    def _settle(
        self, tx: TenantTransaction, claim: Claim, parcel: Parcel, outcome: Outcome
    ) -> None:
        """Write down what an attempt came to. Order of locks: queue, delivery, endpoint."""
        now = self.clock()
        log = [outcome.as_json()]
        if claim.abandoned:
            log.insert(0, _abandoned(now))
        if outcome.error is None:
            claims.take_off(tx, claim.delivery_id)
            ledger.record(tx, claim.delivery_id, state="delivered", attempts=log, now=now)
            repository.mark_healthy(tx, claim.endpoint_id)
            return
        asked = retry_after(outcome.headers, now)
        gone = outcome.status == _GONE
        again = None
        if parcel.type != TEST and not gone:
            again = self.policy.retry_at(claim.attempts + 1, now, self.chance, asked)
        if again is None:
            claims.take_off(tx, claim.delivery_id)
        else:
            claims.put_off(tx, claim, again)
        state = "failed" if again is None else "pending"
        ledger.record(tx, claim.delivery_id, state=state, attempts=log, now=now)
        if parcel.type == TEST:
            return
        pause = None if asked is None else now + min(asked, self.policy.most_retry_after)
        endpoint = repository.mark_failing(tx, claim.endpoint_id, now, pause)
        silent = endpoint.failing_since is not None and (
            endpoint.failing_since <= now - self.policy.patience
        )
        if endpoint.enabled and (gone or (again is None and silent)):
            self._disable(tx, endpoint, "gone" if gone else "failing", now)

    def _disable(
        self, tx: TenantTransaction, row: EndpointRow, reason: str, now: datetime.datetime
    ) -> None:
        values = {
            "enabled": False,
            "disabled_reason": reason,
            "disabled_at": now,
            "updated_at": now,
        }
        repository.update_endpoint(tx, row.id, values)
        told = {
            "reason": reason,
            "failures": row.failures,
            "failing_since": row.failing_since and written(row.failing_since),
        }
        if (
            row.entity_id is not None
        ):  # the feed is an entity's: an account's address is not for it
            told |= {"url": row.url, "metadata": dict(row.metadata)}
        subject, why = public_id("whk", row.id), {"reason": reason}
        activity.record(tx, "disable_webhook_endpoint", subject_id=subject, data=why, now=now)
        events.append(
            tx,
            type="webhook_endpoint.disabled",
            subject_id=subject,
            data=told,
            now=now,
        )
        self.notice.disabled(tx, row, reason, now)
        _log.warning("webhook_endpoint_disabled", endpoint=str(row.id), reason=reason)


def excerpt(answer: Answer) -> str:
    """Return how the body of an answer begins: one line of printable text."""
    text = answer.body[: 4 * _EXCERPT].decode("utf-8", errors="replace")
    printable = (char if char.isprintable() else " " for char in text)
    return " ".join("".join(printable).split())[:_EXCERPT]


def _abandoned(now: datetime.datetime) -> dict[str, Any]:
    return {
        "at": written(now),
        "outcome": "unknown",
        "status": None,
        "latency_ms": None,
        "error": "the attempt before ended without a record; the message was sent again",
        "excerpt": None,
    }
