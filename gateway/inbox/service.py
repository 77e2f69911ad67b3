"""The inbox: bytes are stored first, in a transaction of their own; then read, judged, decided on.

Between the two no connection is held, and nothing is lost: what was stored and not read, because a
process died over it, waits in the queue (`work.py`) for the keeper.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from formats.en16931.party import Seller
from formats.json.blanks import without_blanks
from gateway.archive.service import Archive, ArchiveEntry, EvidenceItem
from gateway.compliance.validation import Validator
from gateway.gone import DocumentDestroyedProblem
from gateway.inbox import repository, work
from gateway.inbox.arrivals import Arrival, Stored, store, tell
from gateway.inbox.columns import columns_of
from gateway.inbox.parties import is_misaddressed
from gateway.inbox.problems import ReceivedDocumentStateProblem
from gateway.inbox.reading import Read, read_document
from gateway.inbox.repository import Filter, Likeness, ReceivedRow
from gateway.kit.database import Database
from gateway.kit.ids import public_id
from gateway.kit.json_body import to_json
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.tenants import service as tenants

NETWORK = "sandbox-network"

_GRACE = datetime.timedelta(minutes=2)
"""How long whoever stored a document may take to read it before the keeper does."""

Decision = Literal["accepted", "rejected"]


@dataclass(frozen=True, slots=True)
class Inbox:
    """The inbox feature of one process."""

    database: Database
    archive: Archive
    validator: Validator

    def store(
        self,
        tx: TenantTransaction,
        arrival: Arrival,
        now: datetime.datetime,
        *,
        grace: datetime.timedelta = _GRACE,
    ) -> Stored:
        """Keep the bytes of an arrival; the same bytes, or the same message, are kept once.

        Args:
            tx: A transaction of the receiving entity; ends soon after.
            arrival: What came.
            now: The moment.
            grace: When the keeper reads it, if nobody has by then.

        Raises:
            MessageIdUsedProblem: The message brought other bytes before.
            ArchiveUnavailableProblem: The disk refuses.
        """
        return store(tx, self.archive, arrival, now, grace)

    def read(
        self, tenant: Tenant, received_id: UUID, now: datetime.datetime, made: Read | None = None
    ) -> None:
        """Read and judge what was stored, and keep what came out; once.

        Args:
            tenant: Of the receiving entity.
            received_id: The received document.
            now: The moment; its day is the one whose rules judge.
            made: What to keep instead of reading, for what cannot be read at all.

        Raises:
            NotFoundProblem: There is no such document.
            EvidenceDamagedProblem: The bytes on disk are not those that came.
        """
        with self.database.transaction(tenant, read_only=True) as tx:
            row = self.get(tx, received_id)
            if row.state != "received":
                return
            content = self.content(tx, received_id) if made is None else b""
        if made is None:
            made = read_document(content, row.media_type, self.validator, today=now.date())
        with self.database.transaction(tenant) as tx:
            self._settle(tx, received_id, made, now)

    def decide(  # noqa: PLR0913 - a decision, all of it named
        self,
        tx: TenantTransaction,
        received_id: UUID,
        decision: Decision,
        *,
        code: str | None = None,
        reason: str | None = None,
        now: datetime.datetime,
    ) -> None:
        """Accept or reject a document; the sender is told where the network carries answers.

        Raises:
            NotFoundProblem: There is no such document.
            ReceivedDocumentStateProblem: It was decided otherwise before.
        """
        row = self.get(tx, received_id, lock=True)
        if row.business == decision or (row.business, decision) == ("paid", "accepted"):
            return
        if row.business != "new":
            raise ReceivedDocumentStateProblem(
                f"The document was {row.business} before, and a decision stands."
            )
        values = {
            "business": decision,
            "decision_code": code,
            "decision_reason": reason,
            "decided_at": now,
            "updated_at": now,
        }
        repository.update(tx, received_id, values)
        told = {"number": row.number, "code": code, "reason": reason}
        tell(tx, received_id, decision, told | {"metadata": dict(row.metadata)}, now)
        _answer(tx, received_id, now)

    def pay(
        self,
        tx: TenantTransaction,
        received_id: UUID,
        paid_on: datetime.date | None,
        reference: str | None,
        now: datetime.datetime,
    ) -> None:
        """Note that a document was paid, which accepts it; the sender is told as of a decision.

        Args:
            tx: Of the receiving entity.
            received_id: The document; paid before, nothing changes.
            paid_on: The day; None for the entity's today.
            reference: The caller's own id of the payment.
            now: The moment.

        Raises:
            NotFoundProblem: There is no such document.
            ReceivedDocumentStateProblem: It was rejected.
        """
        row = self.get(tx, received_id, lock=True)
        if row.business == "paid":
            return
        if row.business == "rejected":
            raise ReceivedDocumentStateProblem("The document was rejected; it is not paid.")
        zone = tenants.zone_of(tenants.get_entity(tx, tx.entity_id))
        day = paid_on or now.astimezone(zone).date()
        values = {
            "business": "paid",
            "decided_at": row.decided_at or now,
            "paid_on": day,
            "payment_reference": reference,
            "updated_at": now,
        }
        repository.update(tx, received_id, values)
        told = {"number": row.number, "paid_on": day.isoformat(), "reference": reference}
        tell(tx, received_id, "paid", told | {"metadata": dict(row.metadata)}, now)
        _answer(tx, received_id, now)

    def label(
        self,
        tx: TenantTransaction,
        received_id: UUID,
        metadata: Mapping[str, str],
        now: datetime.datetime,
    ) -> None:
        """Replace the labels of a document.

        Raises:
            NotFoundProblem: There is no such document.
        """
        self.get(tx, received_id, lock=True)
        repository.update(tx, received_id, {"metadata": dict(metadata), "updated_at": now})

    def get(self, tx: TenantTransaction, received_id: UUID, *, lock: bool = False) -> ReceivedRow:
        """Return a received document.

        Raises:
            NotFoundProblem: There is none with this id for this caller.
            DocumentDestroyedProblem: It was destroyed.
        """
        row = repository.get(tx, received_id, lock=lock)
        if row is None:
            raise NotFoundProblem
        if row.destroyed_at is not None:
            raise DocumentDestroyedProblem("rcv", row.id, row.destroyed_at)
        return row

    def page(
        self, tx: TenantTransaction, wanted: Filter, *, before: UUID | None, limit: int
    ) -> list[ReceivedRow]:
        """Return one page, newest first."""
        return repository.page(tx, wanted, before=before, limit=limit)

    def evidence(self, tx: TenantTransaction, received_id: UUID) -> tuple[ArchiveEntry, ...]:
        """Return the archived files of a document, in the order of the log."""
        return self.archive.entries(tx, received_id)

    def original(self, tx: TenantTransaction, received_id: UUID) -> ArchiveEntry:
        """Return the archive entry of the bytes that came."""
        return next(e for e in self.evidence(tx, received_id) if e.role == "received")

    def content(self, tx: TenantTransaction, received_id: UUID) -> bytes:
        """Return the exact bytes that came.

        Raises:
            EvidenceDamagedProblem: Those on disk are others.
        """
        return self.archive.read(tx, self.original(tx, received_id).id)

    def _settle(
        self, tx: TenantTransaction, received_id: UUID, made: Read, now: datetime.datetime
    ) -> None:
        """Write down what was read, once, and which other documents say the same."""
        report = EvidenceItem(
            "validation-report", "report.json", "application/json", to_json(made.report)
        )
        stored = self.archive.store(tx.entity_id, [report])
        row = self.get(tx, received_id, lock=True)
        if row.state != "received":
            return
        values = columns_of(made, now)
        invoice = made.invoice
        if invoice is not None:
            entity = tenants.get_entity(tx, tx.entity_id)
            own = Seller.model_validate(without_blanks(entity.seller))
            values["misaddressed"] = is_misaddressed(invoice, own)
        alike = self._compare(tx, received_id, values)
        repository.update(tx, received_id, values)
        for one in alike:
            repository.add_likeness(tx, one)
        work.done(tx, received_id, "read")
        told = {name: values[name] for name in ("state", "verdict", "number", "misaddressed")}
        others = [{"id": public_id("rcv", a.other_id), "relation": a.relation} for a in alike]
        told |= {"duplicates": others, "metadata": dict(row.metadata)}
        tell(tx, received_id, "read", told, now)
        self.archive.record(tx, document_id=received_id, items=stored, now=now, received=True)

    def _compare(
        self, tx: TenantTransaction, received_id: UUID, values: Mapping[str, object]
    ) -> Sequence[Likeness]:
        """Return the documents of this supplier with this number and day.

        Equal in total, currency and type it is possibly the same invoice, sent in another format
        or again; otherwise the two contradict each other.
        """
        number, day, keys = (values[name] for name in ("number", "issue_date", "supplier_keys"))
        if not (isinstance(number, str) and isinstance(day, datetime.date)):
            return ()
        if not (isinstance(keys, list) and keys):
            return ()
        repository.lock_number(tx, number)
        same = ("total_with_vat", "currency_code", "type_code")
        return [
            Likeness(
                received_id,
                other.id,
                "possible_duplicate"
                if all(getattr(other, name) == values[name] for name in same)
                else "conflict",
            )
            for other in repository.alike(tx, number, day, keys)
        ]


def _answer(tx: TenantTransaction, received_id: UUID, now: datetime.datetime) -> None:
    """Have the network told what became of a document that came by it."""
    if any(arrival.channel == NETWORK for arrival in repository.arrivals(tx, [received_id])):
        work.add(tx, received_id, "answer", now)
