"""Answers of authorities about revocation: fetched with care, and kept as long as they hold.

Nothing here is believed: an answer is bytes that somebody sent over a network, and whoever uses
it checks its signature each time. What cannot be fetched now does not take away what was fetched
before, as long as that says of itself that it holds.
"""

import datetime
from collections.abc import Collection
from dataclasses import dataclass, replace
from http import HTTPStatus

import sqlalchemy as sa
from cryptography import x509
from cryptography.x509 import ocsp
from sqlalchemy.dialects import postgresql

from gateway.kit.database import Database
from gateway.kit.exchange import Client
from gateway.kit.outbound import OutboundError, Policy, Target
from gateway.kit.tenancy import TenantTransaction
from gateway.signing.revocation.sources import Source
from gateway.signing.tables import revocation_answer

CONNECT_SECONDS = 3.0
TOTAL_SECONDS = 6.0
LONGEST = datetime.timedelta(hours=1)
"""However long an answer says that it holds, it is fetched anew after this."""
AGAIN = datetime.timedelta(minutes=5)
"""After how long a source that did not answer is asked again."""

_C = revocation_answer.c
_QUESTION = (("content-type", "application/ocsp-request"), ("accept", "application/ocsp-response"))


class UnusableError(Exception):
    """What came is no answer; the message says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source said last.

    Attributes:
        name: Of the source.
        content: The list or the answer in DER; empty: it never said anything.
        fetched_at: When that was fetched; without content, when it was tried.
        this_update: From when it is, as it says.
        next_update: Until when it holds, as it says.
        expires_at: When the source is to be asked again.
        failure: Why it could not be asked last; None: it could.
    """

    name: str
    content: bytes
    fetched_at: datetime.datetime
    this_update: datetime.datetime | None
    next_update: datetime.datetime | None
    expires_at: datetime.datetime
    failure: str | None


_COLUMNS = tuple(_C[name] for name in Answer.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Answers:
    """Fetches answers, and keeps them for all.

    Attributes:
        outbound: Which addresses may be asked: they stand in certificates that strangers bring.
    """

    database: Database
    outbound: Policy

    def of(self, source: Source, now: datetime.datetime) -> Answer:
        """Return what a source says: what is kept, or what it answers now. No transaction is open.

        Never raises for what the source does; `failure` says it.
        """
        with self.database.worker_transaction() as tx:
            kept = _kept(tx, source.name)
        if kept is not None and now < kept.expires_at:
            return kept
        try:
            found = self._asked(source, now)
        except (OutboundError, UnusableError) as error:
            found = _failed(source, kept, str(error), now)
        with self.database.worker_transaction() as tx:
            _keep(tx, found)
        return found

    def doubt(self, names: Collection[str], now: datetime.datetime) -> None:
        """Have sources asked again soon, because what they sent was not believed."""
        soon = sa.func.least(_C.expires_at, now + AGAIN)
        with self.database.worker_transaction() as tx:
            statement = sa.update(revocation_answer).where(_C.name.in_(names))
            tx.execute(statement.values(expires_at=soon))

    def _asked(self, source: Source, now: datetime.datetime) -> Answer:
        """Ask.

        Raises:
            OutboundError: It may not be asked, or does not answer.
            UnusableError: It answers something else.
        """
        client = Client(
            self.outbound,
            connect_seconds=CONNECT_SECONDS,
            total_seconds=TOTAL_SECONDS,
            most_body=source.most,
        )
        target = Target.parse(source.url)
        if source.question is None:
            answer = client.get(target)
        else:
            answer = client.ask("POST", target, _QUESTION, source.question)
        if answer.status != HTTPStatus.OK:
            raise UnusableError(f"it answers {answer.status}")
        if not answer.complete:
            raise UnusableError(f"its answer has more than {source.most} bytes")
        this_update, next_update = _period(source, answer.body)
        expires_at = now + LONGEST
        if next_update is not None:
            expires_at = max(min(expires_at, next_update), now + AGAIN)
        return Answer(
            source.name, answer.body, now, this_update, next_update, expires_at, failure=None
        )


def forget(database: Database, before: datetime.datetime) -> None:
    """Forget what was fetched last before a moment: nobody asks for it any more."""
    with database.worker_transaction() as tx:
        tx.execute(sa.delete(revocation_answer).where(_C.expires_at < before))


def _period(
    source: Source, content: bytes
) -> tuple[datetime.datetime | None, datetime.datetime | None]:
    """Return from when and until when an answer holds, as it says itself.

    Raises:
        UnusableError: It is none.
    """
    try:
        if source.question is None:
            listed = x509.load_der_x509_crl(content)
            return listed.last_update_utc, listed.next_update_utc
        told = ocsp.load_der_ocsp_response(content)
        if told.response_status is ocsp.OCSPResponseStatus.SUCCESSFUL:
            return told.this_update_utc, told.next_update_utc
    except (ValueError, TypeError):
        what = "list" if source.question is None else "answer"
        raise UnusableError(f"what it sends is no {what} in DER") from None
    raise UnusableError(f"it says {told.response_status.name.lower()}")


def _failed(source: Source, kept: Answer | None, why: str, now: datetime.datetime) -> Answer:
    if kept is not None:
        return replace(kept, expires_at=now + AGAIN, failure=why)
    return Answer(source.name, b"", now, None, None, now + AGAIN, why)


def _kept(tx: TenantTransaction, name: str) -> Answer | None:
    row = tx.execute(sa.select(*_COLUMNS).where(_C.name == name)).one_or_none()
    return None if row is None else Answer(*row)


def _keep(tx: TenantTransaction, answer: Answer) -> None:
    values = {name: getattr(answer, name) for name in Answer.__dataclass_fields__}
    statement = postgresql.insert(revocation_answer).values(values)
    tx.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))
