"""The job that destroys what two people decided to destroy.

Each document is looked at again, blanked and certified in one transaction, in which PostgreSQL
refuses what is early; only then its bytes go, in another. Killed between the two, the next attempt
finds the document marked and does the rest: nothing twice, and nothing that is not certified.
"""

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gateway.archive.destroyed_list import DestroyedList
from gateway.archive.service import Archive
from gateway.documents import keeping as issued_keeping
from gateway.events import service as events
from gateway.inbox import keeping as received_keeping
from gateway.jobs.work import Work
from gateway.kit import clock, idempotency, locks
from gateway.kit.clock import written
from gateway.kit.ids import parse_id, public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.retention import destructions, holds, service
from gateway.retention.certificates import certificate
from gateway.retention.destruction_repository import (
    DESTRUCTIONS,
    ITEMS,
    DestructionRow,
    ItemRow,
    Spared,
)
from gateway.retention.papers import Paper
from gateway.tenants import service as tenants


@dataclass(frozen=True, slots=True)
class Destroyer:
    """Does what was approved.

    Attributes:
        archive: Has the bytes, and takes the certificates.
        listed: Says what was destroyed to whoever restores a backup from before.
    """

    archive: Archive
    listed: DestroyedList

    def run(self, work: Work) -> dict[str, Any]:
        """Destroy what a destruction lists: the handler of the job."""
        destruction_id = parse_id(work.parameters["destruction"], "dst")
        with work.transaction(read_only=True) as tx:
            row, items = destructions.get(tx, destruction_id)
        files = 0
        for place, item in enumerate(items):
            work.progress(place, len(items))
            with work.transaction() as tx:
                self._mark(tx, row, item.id, clock.now())
            with work.transaction() as tx:
                files += self._destroy(tx, item.id, clock.now())
        with work.transaction() as tx:
            return _done(tx, destruction_id, clock.now()) | {"files": files}

    def _mark(
        self, tx: TenantTransaction, row: DestructionRow, item_id: UUID, now: datetime.datetime
    ) -> None:
        """Blank a document and certify that, or say why it is spared; once."""
        item = ITEMS.get(tx, item_id, lock=True)
        if item.state != "listed":
            return
        locks.share(tx, [holds.LOCK])
        why = _spared(tx, item, now)
        if why is not None:
            ITEMS.change(tx, item.id, {"state": "spared", "spared_because": why})
            return
        entries = self.archive.entries(tx, item.of)
        said = certificate(row, item, entries, now)
        stored = self.archive.store(tx.entity_id, [said])
        received = item.received_id is not None
        (received_keeping if received else issued_keeping).destroy(tx, item.of, now)
        idempotency.forget(tx, [item.document], now)
        ITEMS.change(tx, item.id, {"state": "marked", "certificate_id": said.id})
        events.append(
            tx,
            type="retention.destroyed",
            document_id=item.document_id,
            subject_id=item.document,
            data={"number": item.number, "certificate": said.id.hex},
            evidence_id=said.id,
            now=now,
        )
        self.archive.record(tx, document_id=item.of, items=stored, now=now, received=received)

    def _destroy(self, tx: TenantTransaction, item_id: UUID, now: datetime.datetime) -> int:
        """Destroy the bytes of a document that is marked."""
        item = ITEMS.get(tx, item_id, lock=True)
        if item.state != "marked":
            return 0
        if item.certificate_id is None:  # a check constraint of the database
            raise AssertionError("nothing is marked without a certificate")
        self.listed.note(
            public_id("ent", tx.entity_id),
            item.document,
            written(now),
            public_id("arc", item.certificate_id),
        )
        zone = tenants.zone_of(tenants.get_entity(tx, tx.entity_id))
        gone = self.archive.destroy(tx, item.of, item.retain_until, now.astimezone(zone))
        ITEMS.change(tx, item.id, {"state": "destroyed"})
        return gone


def _spared(tx: TenantTransaction, item: ItemRow, now: datetime.datetime) -> Spared | None:
    """Look at a document again, locked; return why it is not destroyed."""
    keeping = issued_keeping if item.received_id is None else received_keeping
    found = keeping.lock(tx, item.of)
    if found is None:
        return "destroyed"
    explained = service.explain(tx, Paper(found), now)
    if not explained.over or explained.by_law.until >= explained.today:
        return "kept"
    if explained.holds:
        return "held"
    hindrance: Spared | None = keeping.hindrance(tx, item.of)
    return hindrance


def _done(tx: TenantTransaction, destruction_id: UUID, now: datetime.datetime) -> dict[str, Any]:
    row = DESTRUCTIONS.get(tx, destruction_id, lock=True)
    _, items = destructions.get(tx, destruction_id)
    spared = [one for one in items if one.state == "spared"]
    counts = {"destroyed": len(items) - len(spared), "spared": len(spared)}
    if row.state == "approved":
        DESTRUCTIONS.change(tx, row.id, {"state": "done", "done_at": now})
        destructions.tell(tx, row, "done", counts, now)
    return dict(counts)
