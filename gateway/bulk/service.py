"""Bulk work: asking for it, doing it, and what came of each item.

Each item is done in a transaction of its own, together with the note of what came of it: so an
item is done once, whatever happens to the worker, and none harms another. Items are done in the
order of the request, so numbers follow it.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog

from gateway.bulk import repository
from gateway.bulk.repository import ItemRow
from gateway.bulk.schemas import BulkDocumentsInput, BulkIdsInput
from gateway.documents.doing import note
from gateway.documents.sending import Send
from gateway.documents.service import ALL_KINDS, DocumentRow, Documents
from gateway.jobs import service as jobs
from gateway.jobs.registry import Jobs
from gateway.jobs.work import Work
from gateway.kinds import KINDS, DocumentKind
from gateway.kit import clock
from gateway.kit.database import is_transient
from gateway.kit.ids import new_id, public_id
from gateway.kit.json_body import plain, to_json
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import (
    ConflictProblem,
    InternalProblem,
    Problem,
    RequestInvalidProblem,
    UnavailableProblem,
    within,
)

CREATE, FINALIZE, SEND = "bulk_documents", "bulk_finalize", "bulk_send"
"""What `Bulk.run` does."""

_KIND_OF_PREFIX = {declared.prefix: kind for kind, declared in KINDS.items()}
_CANNOT_SEND = "is not possible: this gateway is not set up to send"
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Bulk:
    """The bulk work of one process.

    Attributes:
        documents: The documents feature.
        send: How documents are sent; None where this gateway cannot.
    """

    documents: Documents
    send: Send | None = None

    def arrange(self, registry: Jobs) -> None:
        """Have the jobs of a process do it."""
        for kind in (CREATE, FINALIZE, SEND):
            registry.handler(kind, self.run)

    def ask_documents(
        self, tx: TenantTransaction, given: BulkDocumentsInput, now: datetime.datetime
    ) -> UUID:
        """Ask for documents to be made; return the id of the job.

        Raises:
            RequestInvalidProblem: What is asked for is not possible for any of them.
        """
        if given.send and not given.finalize:
            raise _refused("/send", "only what is issued can be sent: set finalize too")
        if given.send and self.send is None:
            raise _refused("/send", _CANNOT_SEND)
        items = [
            {
                "kind": item.kind.value,
                "reference": item.reference,
                "body": to_json(plain(item.body)).decode(),
                "updated_at": now,
            }
            for item in given.documents
        ]
        actions = {"finalize": given.finalize, "send": given.send}
        return _ask(tx, CREATE, actions, items, now)

    def ask_finalize(
        self, tx: TenantTransaction, given: BulkIdsInput, now: datetime.datetime
    ) -> UUID:
        """Ask for drafts to be issued; return the id of the job."""
        return _ask(tx, FINALIZE, {}, _named(given.ids, now), now)

    def ask_send(self, tx: TenantTransaction, given: BulkIdsInput, now: datetime.datetime) -> UUID:
        """Ask for issued documents to be sent; return the id of the job."""
        return _ask(tx, SEND, {}, _named(given.ids, now), now)

    def run(self, work: Work) -> dict[str, int]:
        """Do a bulk job; the handler of all three kinds."""
        with work.transaction(read_only=True) as tx:
            waiting = repository.waiting(tx, work.job_id)
            total = sum(repository.counts(tx, work.job_id).values())
        done = total - len(waiting)
        for position in waiting:
            work.progress(done, total)
            self._do(work, position)
            done += 1
        with work.transaction(read_only=True) as tx:
            counts = repository.counts(tx, work.job_id)
        work.progress(total, total)
        return {state: counts.get(state, 0) for state in ("succeeded", "failed")}

    def _do(self, work: Work, position: int) -> None:
        """Do one item, and note what came of it.

        Raises:
            UnavailableProblem, sqlalchemy.exc.DBAPIError: An outage; the item is not done.
        """
        try:
            with work.transaction() as tx:
                item = repository.take(tx, work.job_id, position)
                if item is not None and item.document_id is None:
                    self._make(tx, work, item)
            if work.kind == SEND or work.parameters.get("send"):
                self._send(work, position)
        except UnavailableProblem:
            raise
        except Problem as problem:
            if work.kind == CREATE:
                within(problem, f"/documents/{position}/body")
            _note_failure(work, position, problem)
        except Exception as error:
            if is_transient(error):
                raise
            incident = str(new_id())
            _log.exception("bulk_item_failed", position=position, incident=incident)
            _note_failure(
                work,
                position,
                InternalProblem("The gateway failed at this item.", incident=incident),
            )

    def _make(self, tx: TenantTransaction, work: Work, item: ItemRow) -> None:
        """Make the item's document, or find it, and note that; the item is done if that is all."""
        now = clock.now()
        if work.kind == CREATE:
            content = (item.body or "").encode()
            made = self.documents.create(tx, DocumentKind(item.kind), content, now)
            row = self.documents.get(tx, made)
            self._note(tx, work, "create", row, now)
        else:
            row = self.documents.find(tx, item.reference or "")
        last = not (work.kind == SEND or work.parameters.get("send"))
        if work.kind == FINALIZE or work.parameters.get("finalize"):
            self.documents.finalize(tx, ALL_KINDS, row.id, now, holds=last)
            row = self.documents.get(tx, row.id)
            if row.held_at is None:
                self._note(tx, work, "finalize", row, now)
        values = {
            "state": "succeeded" if last else "queued",
            "kind": row.kind.value,
            "document_id": row.id,
            "number": row.number,
            "body": None,
            "updated_at": now,
        }
        repository.update(tx, work.job_id, item.position, values)

    def _note(
        self,
        tx: TenantTransaction,
        work: Work,
        verb: str,
        row: DocumentRow,
        now: datetime.datetime,
    ) -> None:
        """Write into the activity log what was done, in the name of who asked for the job."""
        job = public_id("job", work.job_id)
        note(tx, verb, row, {"job_id": job}, now)

    def _send(self, work: Work, position: int) -> None:
        """Send the item's document: after it is committed, because its PDF is kept in the archive.

        Raises:
            Problem: It cannot be sent; it stays issued.
        """
        if self.send is None:
            raise ConflictProblem(f"Sending {_CANNOT_SEND}.")
        now = clock.now()
        with work.transaction() as tx:
            item = repository.take(tx, work.job_id, position)
            if item is not None and item.document_id is not None:
                self.send(tx, item.document_id, now)
                self._note(tx, work, "send", self.documents.get(tx, item.document_id), now)
                values = {"state": "succeeded", "updated_at": now}
                repository.update(tx, work.job_id, position, values)


def items(
    tx: TenantTransaction, public: str, *, state: str | None, after: int, limit: int
) -> list[ItemRow]:
    """Return items of a bulk job in order; none for a job of another kind.

    Raises:
        NotFoundProblem: There is no such job for this caller.
    """
    job = jobs.find(tx, public)
    if job.entity_id is None:
        return []
    if tx.tenant.account_wide:
        tx = tx.for_entity(job.entity_id)
    return repository.page(tx, job.id, state=state, after=after, limit=limit)


def item_json(row: ItemRow) -> dict[str, Any]:
    """Return an item as JSON (`BulkItemView`)."""
    kind = DocumentKind(row.kind) if row.kind in set(DocumentKind) else None
    document = row.document_id
    return {
        "object": "bulk_item",
        "position": row.position,
        "reference": row.reference,
        "kind": kind,
        "state": row.state,
        "document_id": public_id(kind.prefix, document) if kind and document else None,
        "number": row.number,
        "error": None if row.problem is None else dict(row.problem),
    }


def _ask(
    tx: TenantTransaction,
    kind: str,
    parameters: Mapping[str, Any],
    items: Sequence[Mapping[str, Any]],
    now: datetime.datetime,
) -> UUID:
    given = {**parameters, "items": len(items)}
    job_id = jobs.enqueue(tx, kind, given, now=now, total=len(items))
    repository.insert(tx, job_id, items)
    return job_id


def _named(ids: Sequence[str], now: datetime.datetime) -> list[dict[str, Any]]:
    kinds = (_KIND_OF_PREFIX.get(public.partition("_")[0]) for public in ids)
    return [
        {
            "kind": "" if kind is None else kind.value,
            "reference": public,
            "body": None,
            "updated_at": now,
        }
        for public, kind in zip(ids, kinds, strict=True)
    ]


def _note_failure(work: Work, position: int, problem: Problem) -> None:
    body = problem.as_dict(f"/v1/bulk/{public_id('job', work.job_id)}/items")
    values = {"state": "failed", "problem": body, "body": None, "updated_at": clock.now()}
    with work.transaction() as tx:
        repository.update(tx, work.job_id, position, values)


def _refused(pointer: str, message: str) -> RequestInvalidProblem:
    return RequestInvalidProblem([{"pointer": pointer, "message": message}])
