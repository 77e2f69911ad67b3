"""The evidence of many documents in one file: asked for, made in the background, handed out.

What an invited auditor asks for is made of what is in scope and no more: the job opens its
transactions with the scope, asks again while it works whether the access still lasts, and its file
is fetched with the token, which ends with the access.
"""

import datetime
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import IO, Any, Self
from uuid import UUID

from gateway.archive.bundle import Described, JsonValue
from gateway.archive.service import Archive
from gateway.auditors import service as auditors
from gateway.evidence_sets import service
from gateway.evidence_sets.criteria import Criteria, RetrievalInput, criteria
from gateway.evidence_sets.problems import RetrievalRunningProblem, RetrievalsOfADayProblem
from gateway.exports.problems import ExportExpiredProblem, ExportNotReadyProblem
from gateway.exports.service import ExportFile, Exports
from gateway.gone import anew_without_destroyed
from gateway.jobs import service as jobs
from gateway.jobs.registry import Jobs
from gateway.jobs.work import Work
from gateway.kit import clock, locks
from gateway.kit.clock import written
from gateway.kit.scope import Direction
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.problems import NotFoundProblem

KINDS: Mapping[Direction, str] = MappingProxyType(
    {"issued": "issued_evidence", "received": "received_evidence"}
)
"""What retrievals are called among jobs."""

_MEDIA_TYPE = "application/zip"
_AT_ONCE = 500  # documents found by one query
MOST_A_DAY = 20
"""Files for one invited auditor: each is a copy of all that fits, and kept for some days."""

_DAY = datetime.timedelta(days=1)
_ASK_EVERY = 50  # documents, after which it is asked whether the access still lasts

Told = Callable[[TenantTransaction, UUID], tuple[Described, Sequence[Mapping[str, JsonValue]]]]
"""Says what a document is, and what happened to it."""


@dataclass(frozen=True, slots=True)
class Retrievals:
    """The evidence of many documents in one file.

    Attributes:
        archive: Holds the evidence.
        told: Says what documents are, by which way they went.
        exports: Keeps finished files, and for how long.
    """

    archive: Archive
    told: Mapping[Direction, Told]
    exports: Exports

    @classmethod
    def open(
        cls, archive: Archive, told: Mapping[Direction, Told], exports: Exports, work: Jobs
    ) -> Self:
        """Return them, and have the jobs of a process do them."""
        retrievals = cls(archive, told, exports)
        for direction, kind in KINDS.items():
            work.handler(kind, partial(retrievals.run, direction))
        return retrievals

    def request(
        self,
        tx: TenantTransaction,
        direction: Direction,
        given: RetrievalInput,
        now: datetime.datetime,
    ) -> dict[str, Any]:
        """Ask for the evidence of what fits; return the job.

        Raises:
            RetrievalRunningProblem: An invited auditor whose last one is not finished.
            RetrievalsOfADayProblem: An invited auditor who had so many made since yesterday.
        """
        if tx.tenant.actor.kind == "auditor":
            locks.hold(tx, [f"retrievals of {tx.tenant.actor.id}"])  # or two at once saw none
            _refuse_second(tx)
            _refuse_more(tx, now)
        parameters = given.model_dump(mode="json") | {"as_of": written(now)}
        job_id = jobs.enqueue(tx, KINDS[direction], parameters, now=now)
        return jobs.job_json(jobs.get(tx, job_id))

    def file(self, tx: TenantTransaction, direction: Direction, public: str) -> ExportFile:
        """Return the file of a finished retrieval.

        Raises:
            NotFoundProblem: There is none for this caller, or the job is of another kind.
            ExportNotReadyProblem: It is not finished.
            ExportExpiredProblem: It was kept long enough.
        """
        row = jobs.find(tx, public)
        if row.kind != KINDS[direction]:
            raise NotFoundProblem
        if row.state != "succeeded":
            raise ExportNotReadyProblem(f"The evidence is {row.state}; see /v1/jobs/{public}.")
        found = row.result["file"]
        path = self.exports.store.path(found["sha256"])
        if not path.is_file():
            raise ExportExpiredProblem("The file was kept for some days; ask for it again.")
        return ExportFile(path, found["name"], found["media_type"], found["sha256"])

    def run(self, direction: Direction, work: Work) -> dict[str, Any]:
        """Put the evidence into one file: the handler of the job.

        Raises:
            NotFoundProblem: Nothing fits.
            ForbiddenProblem: The access of the auditor who asked has ended.
            UnavailableProblem: A document was destroyed meanwhile: to be done again, without it.
        """
        asked = dict(work.parameters)
        as_of = datetime.datetime.fromisoformat(asked.pop("as_of"))
        given = RetrievalInput.model_validate(asked)
        tenant = _scoped(work)
        ids = list(_found(work, tenant, direction, criteria(given, as_of)))
        if not ids:
            raise NotFoundProblem("No document fits.")
        with self.exports.store.draft() as sink, anew_without_destroyed():
            self._write(work, tenant, direction, ids, given.log_sizes, sink)
            now = clock.now()
            stored = self.exports.store.keep(sink, now)
        return {
            "documents": len(ids),
            "file": {
                "name": f"evidence-{as_of:%Y-%m-%d}.zip",
                "media_type": _MEDIA_TYPE,
                "size": stored.size,
                "sha256": stored.sha256,
            },
            "expires_at": written(now + datetime.timedelta(days=self.exports.days)),
        }

    def _write(  # noqa: PLR0913, PLR0917 - whose, what, where to
        self,
        work: Work,
        tenant: Tenant,
        direction: Direction,
        ids: Sequence[UUID],
        log_sizes: Sequence[int],
        sink: IO[bytes],
    ) -> None:
        """Write the bundle, one document in memory, oldest first."""
        work.progress(0, len(ids))
        with ExitStack() as stack:
            with work.database.transaction(tenant, read_only=True) as tx:
                begun = self.archive.bundling(tx, sink, now=clock.now(), since=log_sizes)
                bundle = stack.enter_context(begun)
            for done, document_id in enumerate(reversed(ids), 1):
                with work.database.transaction(tenant, read_only=True) as tx:
                    bundle.add(tx, *self.told[direction](tx, document_id))
                if done % _ASK_EVERY == 0:
                    _scoped(work)
                work.progress(done, len(ids))
            bundle.finish()
        _scoped(work)


def _scoped(work: Work) -> Tenant:
    """Return whose documents a job may see: those that its asker may.

    Raises:
        ForbiddenProblem: The access of the auditor who asked has ended.
    """
    actor = work.tenant.actor
    if actor.kind != "auditor" or actor.id is None:
        return work.tenant
    with work.transaction(read_only=True) as tx:
        scope = auditors.scope_now(tx, actor.id, clock.now())
    return replace(work.tenant, period=scope)


def _found(work: Work, tenant: Tenant, direction: Direction, wanted: Criteria) -> Iterator[UUID]:
    """Yield the ids of what fits, newest first."""
    before: UUID | None = None
    while True:
        with work.database.transaction(tenant, read_only=True) as tx:
            page = service.find(
                tx,
                direction,
                wanted.sought,
                authority_id=wanted.authority_id,
                sha256=wanted.sha256,
                before=before,
                limit=_AT_ONCE,
            )
        yield from (one.id for one in page)
        if len(page) < _AT_ONCE:
            return
        before = page[-1].id


def _refuse_second(tx: TenantTransaction) -> None:
    for state in ("queued", "running"):
        if jobs.page(tx, jobs.Wanted(state=state), limit=1):
            raise RetrievalRunningProblem("Wait until the file you asked for before is there.")


def _refuse_more(tx: TenantTransaction, now: datetime.datetime) -> None:
    made = jobs.page(tx, limit=MOST_A_DAY)
    again = made[-1].created_at + _DAY if len(made) == MOST_A_DAY else now
    if again > now:
        raise RetrievalsOfADayProblem(math.ceil((again - now).total_seconds()))
