"""Fetching: what an authority holds is stored, one invoice after the other; then the cursor moves.

Whoever dies on the way leaves the cursor where it was, and the next one fetches the same: an
invoice is known by the authority's number, and is in the inbox once.
"""

import datetime
import threading
from collections.abc import Callable, Mapping
from datetime import timedelta

import structlog

from countries.pl.issuing import nip_of
from formats.en16931.party import Seller
from formats.json.blanks import without_blanks
from gateway.archive.service import EvidenceItem
from gateway.channels.holder import Fetched, Holder, Parcel
from gateway.events import service as events
from gateway.inbox.arrivals import Arrival
from gateway.inbox.problems import MessageIdUsedProblem
from gateway.inbox.service import Inbox
from gateway.kit import clock as machine
from gateway.kit.ids import public_id
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.pickups import repository
from gateway.pickups.repository import Due, PickupRow
from gateway.problems import Problem
from gateway.tenants import activity
from gateway.tenants import service as tenants
from gateway.transmissions.adapter import Vault
from gateway.transmissions.errors import Retry, TransmissionError
from gateway.transmissions.routes import ROUTES

PATIENCE = timedelta(minutes=15)
"""Whoever has fetched for so long is taken for dead."""
QUIET = timedelta(hours=6)
"""After failing for so long somebody is told ..."""
AT_ONCE = frozenset(
    {"permission_missing", "credential_unusable", "credential_refused", "number_missing"}
) | {"digest_differs", "number_used"}
"""... and at once, where nothing but a person helps."""
_FIRST = timedelta(minutes=1)
_log = structlog.get_logger(__name__)


class Puller:
    """Fetches what is due, one after the other; any number of processes may.

    Args:
        inbox: Where it goes.
        holders: Who is asked, by channel.
        vault: Where credentials are.
        interval: From one time to the next; an authority may want more.
        poll_seconds: How long to wait when nothing is due.
        clock: The time.
    """

    def __init__(  # noqa: PLR0913 - its collaborators
        self,
        inbox: Inbox,
        holders: Mapping[str, Holder],
        vault: Vault,
        interval: timedelta,
        poll_seconds: float = 1,
        *,
        clock: Callable[[], datetime.datetime] = machine.now,
    ) -> None:
        self._inbox, self._holders, self._vault = inbox, holders, vault
        self._interval, self._poll_seconds, self._clock = interval, poll_seconds, clock

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set."""
        while not stop.is_set():
            if not self.work_once():
                stop.wait(self._poll_seconds)

    def work_once(self) -> bool:
        """Fetch one thing that is due; False when nothing is."""
        due = repository.take(self._inbox.database, list(self._holders), self._clock(), PATIENCE)
        if due is None:
            return False
        with self._inbox.database.transaction(due.tenant, read_only=True) as tx:
            row = repository.get(tx, due.channel, due.role)
        if row.due_at is None:
            return True  # switched off meanwhile
        try:
            fetched, new = self._fetched(due, row)
        except TransmissionError as error:
            self._failed(due, row, error)
        except Problem as error:  # the disk, or the vault
            self._failed(due, row, Retry("not_stored", error.detail))
        else:
            self._went_well(due, row, fetched, new)
        return True

    def _fetched(self, due: Due, row: PickupRow) -> tuple[Fetched, int]:
        """Fetch and store.

        Raises:
            TransmissionError: It cannot be had, or not all of it can be believed.
        """
        owner = self._owner(due.tenant)
        purpose, secret = ROUTES[due.channel].credential, ROUTES[due.channel].stand_in
        assert purpose is not None  # noqa: S101 - who holds something wants to know for whom
        try:
            with self._inbox.database.worker_transaction(due.tenant) as tx:
                credential = self._vault(tx, purpose, at=self._clock(), secret=secret)
        except Problem as error:
            raise Retry("credential_unusable", error.detail) from error
        fetched = self._holders[due.channel].fetch(credential, owner, due.role, row.since)
        new, wrong = 0, []
        for parcel in fetched.parcels:
            if not parcel.intact:
                wrong.append(("digest_differs", parcel.number))
                continue
            try:
                new += self._store(due, owner, parcel)
            except MessageIdUsedProblem:
                wrong.append(("number_used", parcel.number))
        if wrong:
            reason, number = wrong[0]
            raise Retry(reason, f"{number}, and {len(wrong) - 1} more like it, were not stored")
        return fetched, new

    def _owner(self, tenant: Tenant) -> str:
        with self._inbox.database.transaction(tenant, read_only=True) as tx:
            entity = tenants.get_entity(tx, tx.entity_id)
        number = nip_of(Seller.model_validate(without_blanks(entity.seller)))
        if number is None:
            raise Retry("number_missing", "the entity has no NIP")
        return number

    def _store(self, due: Due, owner: str, parcel: Parcel) -> bool:
        about = EvidenceItem("receipt", "metadata.json", "application/json", parcel.about)
        arrival = Arrival(
            parcel.content,
            "application/xml",
            due.channel,
            message_id=parcel.number,
            sender=parcel.sender,
            receiver=f"nip:{owner}",
            filename=f"{parcel.number}.xml",
            proofs=(about,),
        )
        now = self._clock()
        with self._inbox.database.transaction(due.tenant) as tx:
            stored = self._inbox.store(tx, arrival, now, grace=timedelta(0))
            if stored.new:
                subject, data = public_id("rcv", stored.id), {"message_id": parcel.number}
                activity.record(tx, "run_pickups", subject_id=subject, data=data, now=now)
        return stored.new

    def _went_well(self, due: Due, row: PickupRow, fetched: Fetched, new: int) -> None:
        now = self._clock()
        apart = max(self._interval, self._holders[due.channel].interval)
        values = {
            "since": fetched.until,
            "due_at": now if fetched.more else now + apart,
            "attempts": 0,
            "failing_since": None,
            "told_at": None,
            "reason": None,
            "detail": None,
            "fetched_at": now,
            "received_at": now if new else row.received_at,
            "updated_at": now,
        }
        with self._inbox.database.transaction(due.tenant) as tx:
            if _is_on(tx, due):
                repository.update(tx, due.channel, due.role, values, since=row.since)
            if row.told_at is not None:
                _tell(tx, due, "recovered", {}, now)

    def _failed(self, due: Due, row: PickupRow, error: TransmissionError) -> None:
        _log.warning("pickup_failed", channel=due.channel, reason=error.reason)
        now = self._clock()
        since = row.failing_since or now
        wait = min(_FIRST * 2 ** min(row.attempts, 10), self._interval)
        asked = timedelta(seconds=min(error.retry_after or 0, 86_400))
        helpless = error.reason in AT_ONCE
        tell = row.told_at is None and (helpless or now - since >= QUIET)
        values = {
            "due_at": now + max(self._interval if helpless else wait, asked),
            "attempts": row.attempts + 1,
            "failing_since": since,
            "told_at": now if tell else row.told_at,
            "reason": error.reason,
            "detail": error.detail,
            "updated_at": now,
        }
        with self._inbox.database.transaction(due.tenant) as tx:
            if _is_on(tx, due):
                repository.update(tx, due.channel, due.role, values, since=row.since)
            if tell:
                said = {"reason": error.reason, "detail": error.detail}
                _tell(tx, due, "failing", said, now)


def _is_on(tx: TenantTransaction, due: Due) -> bool:
    return repository.get(tx, due.channel, due.role).due_at is not None


def _tell(
    tx: TenantTransaction, due: Due, verb: str, data: Mapping[str, object], now: datetime.datetime
) -> None:
    subject = public_id("ent", tx.entity_id)
    said = {"channel": due.channel, "role": due.role, **data}
    events.append(tx, type=f"pickup.{verb}", subject_id=subject, data=said, now=now)
