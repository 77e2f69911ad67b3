"""Revalidations: asking for one, judging in the background, handing out the report.

It changes no document and no evidence: what was archived stays what it is, and the report is not
archived, since the same question gives the same report again at any time.
"""

import datetime
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self
from uuid import UUID

from gateway.archive.service import Archive, ArchiveEntry
from gateway.archive.stores.problems import EvidenceDamagedProblem
from gateway.exports.store import ExportStore, Stored
from gateway.jobs import service as jobs
from gateway.jobs.registry import Jobs
from gateway.jobs.work import Work
from gateway.kit import clock
from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.revalidations import repository
from gateway.revalidations.again import Again, Evidence
from gateway.revalidations.judging import Archived, Bench
from gateway.revalidations.problems import (
    RevalidationExpiredProblem,
    RevalidationNotReadyProblem,
)
from gateway.revalidations.repository import Chosen, Wanted
from gateway.revalidations.schemas import RevalidationInput
from gateway.revalidations.writing import Writing
from gateway.settings import Settings
from gateway.version import VERSION

KIND = "revalidation"
"""What revalidations are called among jobs."""

Json = dict[str, Any]
Form = Literal["json", "csv"]

_EXPIRE_EVERY = 3600.0  # seconds
_TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A finished report, to be sent.

    Attributes:
        path: Where it is.
        name: What the caller shall call it.
        media_type: As served.
        sha256: Its digest, hexadecimal.
    """

    path: Path
    name: str
    media_type: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Revalidations:
    """The revalidations of one installation.

    Attributes:
        archive: Where the documents are.
        store: Where finished reports are kept.
        days: How long.
        bench: Makes the judge of a job.
    """

    archive: Archive
    store: ExportStore
    days: int
    bench: Callable[[], Bench]

    @classmethod
    def open(cls, settings: Settings, archive: Archive) -> Self:
        """Return them, with their reports under the data directory."""
        store = ExportStore(settings.data / "revalidations")
        return cls(archive, store, settings.export_days, lambda: Bench.of(settings))

    def arrange(self, registry: Jobs) -> None:
        """Have the jobs of a process do them."""
        registry.handler(KIND, self.run)
        registry.every(_EXPIRE_EVERY, "revalidations.expire", self.expire)

    def file(self, tx: TenantTransaction, public: str, form: Form) -> ReportFile:
        """Return the report of a finished revalidation.

        Raises:
            NotFoundProblem: There is none for this caller.
            RevalidationNotReadyProblem: It is not finished.
            RevalidationExpiredProblem: It was kept long enough.
        """
        job = find(tx, public)
        if job["state"] != "succeeded":
            detail = f"The revalidation is {job['state']}; see /v1/jobs/{public}."
            raise RevalidationNotReadyProblem(detail)
        found = job["result"]["files"][form]
        path = self.store.path(found["sha256"])
        if not path.is_file():
            raise RevalidationExpiredProblem("The report was kept for some days; ask again.")
        return ReportFile(path, found["name"], found["media_type"], found["sha256"])

    def expire(self, now: datetime.datetime) -> None:
        """Remove what was kept long enough."""
        self.store.expire(now - datetime.timedelta(days=self.days))

    def run(self, work: Work) -> Json:
        """Judge the documents: the handler of the job. Begun twice, it does the same again."""
        asked = dict(work.parameters)
        until = datetime.datetime.fromisoformat(asked.pop("until"))
        today = datetime.date.fromisoformat(asked.pop("today"))
        wanted = Wanted(RevalidationInput.model_validate(asked), until)
        day = None if wanted.given.own_day else wanted.given.as_of or today
        with (
            closing(self.bench()) as bench,
            self.store.draft() as report,
            self.store.draft() as table,
        ):
            writing = Writing(report, table, _head(work, wanted, day))
            self._judge(work, wanted, writing, Again(bench, day))
            summary, now = writing.close(bench.versions), clock.now()
            name = f"revalidation-{'own-day' if day is None else day.isoformat()}"
            return {
                **summary,
                "files": {
                    "json": _file(name, "json", self.store.keep(report, now)),
                    "csv": _file(name, "csv", self.store.keep(table, now)),
                },
                "expires_at": written(now + datetime.timedelta(days=self.days)),
            }

    def _judge(self, work: Work, wanted: Wanted, writing: Writing, again: Again) -> None:
        with work.transaction(read_only=True) as tx:
            total = repository.count(tx, wanted)
        work.progress(0, total)
        for done, chosen in enumerate(_chosen(work, wanted), 1):
            with work.transaction(read_only=True) as tx:
                narrow = tx.for_entity(chosen.entity_id) if tx.tenant.all_entities else tx
                given = self._evidence(narrow, chosen)
            writing.add(again.judged(chosen, *given))
            work.progress(done, total)

    def _evidence(self, tx: TenantTransaction, chosen: Chosen) -> tuple[Evidence, Archived | None]:
        """Return a document's entries and what they hold; None where the bytes are not whole."""
        role = "document" if chosen.direction == "issued" else "received"
        entries = self.archive.entries(tx, chosen.id)
        evidence = Evidence(_first(entries, role), _first(entries, "validation-report"))
        if evidence.content is None:
            return evidence, None
        try:
            content = self._bytes(tx, evidence.content)
            report = None
            if evidence.report is not None:
                report = json.loads(self._bytes(tx, evidence.report))
        except EvidenceDamagedProblem:
            return evidence, None
        return evidence, Archived(content, evidence.content.media_type, report)

    def _bytes(self, tx: TenantTransaction, entry: ArchiveEntry) -> bytes:
        """Return the bytes of an entry; they, the row and the leaf of the log agree.

        Raises:
            EvidenceDamagedProblem: They do not.
        """
        if json.loads(entry.leaf)["sha256"] != entry.sha256.hex():
            raise EvidenceDamagedProblem("The entry is not what the log has.")
        return self.archive.read(tx, entry.id)


def request(tx: TenantTransaction, given: RevalidationInput, now: datetime.datetime) -> Json:
    """Ask for a revalidation of the transaction's entity, or of all entities; return its job.

    Raises:
        NotFoundProblem: One of the ids is no document's of this tenant.
    """
    if given.ids is not None:
        repository.check_ids(tx, given.ids, now)
    parameters = given.model_dump(mode="json", by_alias=True)
    parameters |= {"until": written(now), "today": now.astimezone(datetime.UTC).date().isoformat()}
    job_id = jobs.enqueue(tx, KIND, parameters, now=now)
    return jobs.job_json(jobs.get(tx, job_id))


def find(tx: TenantTransaction, public: str) -> Json:
    """Return the job of a revalidation.

    Raises:
        NotFoundProblem: There is none for this caller, or the job is of another kind.
    """
    job = jobs.job_json(jobs.find(tx, public))
    if job["kind"] != KIND:
        raise NotFoundProblem
    return job


def _chosen(work: Work, wanted: Wanted) -> Iterator[Chosen]:
    """Yield the documents, outside any transaction, page by page."""
    for direction in wanted.directions:
        after: UUID | None = None
        while True:
            with work.transaction(read_only=True) as tx:
                found = repository.page(tx, wanted, direction, after)
            yield from found
            if len(found) < repository.PAGE:
                break
            after = found[-1].id


def _first(entries: tuple[ArchiveEntry, ...], role: str) -> ArchiveEntry | None:
    return next((entry for entry in entries if entry.role == role), None)


def _head(work: Work, wanted: Wanted, day: datetime.date | None) -> Json:
    entities = work.tenant.entity_ids
    asked = wanted.given.model_dump(mode="json", by_alias=True)
    return {
        "software": f"einvoice-gateway {VERSION}",
        "account_id": public_id("acc", work.tenant.account_id),
        "entity_id": public_id("ent", entities[0]) if entities else None,
        "environment": work.tenant.environment,
        "day": None if day is None else day.isoformat(),
        "asked": {name: value for name, value in asked.items() if name != "as_of"},
    }


def _file(name: str, form: Form, stored: Stored) -> Json:
    return {
        "name": f"{name}.{form}",
        "media_type": _TYPES[form],
        "size": stored.size,
        "sha256": stored.sha256,
    }
