"""Exports: asking for one, making it in the background, handing out its file.

An export is a job of kind `export`. Its result names the file, kept on disk by its digest.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self
from uuid import UUID

from gateway.archive.service import Archive
from gateway.exports import repository
from gateway.exports.makers import Maker, maker_for
from gateway.exports.manifest import Manifest
from gateway.exports.problems import ExportExpiredProblem, ExportNotReadyProblem
from gateway.exports.repository import ExportedDocument, Wanted
from gateway.exports.schemas import ExportInput
from gateway.exports.store import ExportStore, Stored
from gateway.jobs import service as jobs
from gateway.jobs.registry import Jobs
from gateway.jobs.work import Work
from gateway.kit import clock
from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.settings import Settings
from gateway.version import VERSION

KIND = "export"
"""What exports are called among jobs."""

Rendition = Callable[[TenantTransaction, UUID], bytes]
"""Returns the PDF of a document of the transaction's one entity."""

_EXPIRE_EVERY = 3600.0  # seconds

_TYPES: Mapping[str, tuple[str, str]] = {
    "manifest": ("application/json", "manifest.json"),
    "csv": ("text/csv; charset=utf-8", "csv"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "pdf_zip": ("application/zip", "zip"),
    "xml_zip": ("application/zip", "zip"),
}
"""Media type and extension of what an export leaves."""


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A finished file, to be sent.

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
class Exports:
    """The exports of one installation.

    Attributes:
        archive: Where the issued bytes are.
        store: Where finished files are kept.
        days: How long.
        rendition: Draws PDFs.
    """

    archive: Archive
    store: ExportStore
    days: int
    rendition: Rendition

    @classmethod
    def open(cls, settings: Settings, archive: Archive, jobs: Jobs, rendition: Rendition) -> Self:
        """Return the exports under the data directory, and have the jobs of a process do them."""
        store = ExportStore(settings.data / "exports")
        exports = cls(archive, store, settings.export_days, rendition)
        jobs.handler(KIND, exports.run)
        jobs.every(_EXPIRE_EVERY, "exports.expire", exports.expire)
        return exports

    def request(
        self, tx: TenantTransaction, given: ExportInput, now: datetime.datetime
    ) -> dict[str, Any]:
        """Ask for an export of the transaction's entity, or of all entities; return its job."""
        parameters = given.model_dump(mode="json", by_alias=True) | {"as_of": written(now)}
        job_id = jobs.enqueue(tx, KIND, parameters, now=now)
        return jobs.job_json(jobs.get(tx, job_id))

    def find(self, tx: TenantTransaction, public: str) -> dict[str, Any]:
        """Return the job of an export.

        Raises:
            NotFoundProblem: There is none for this caller, or the job is of another kind.
        """
        job = jobs.job_json(jobs.find(tx, public))
        if job["kind"] != KIND:
            raise NotFoundProblem
        return job

    def file(self, tx: TenantTransaction, public: str, which: str) -> ExportFile:
        """Return the `file` of a finished export, or its `manifest`.

        Raises:
            NotFoundProblem: There is none for this caller.
            ExportNotReadyProblem: It is not finished.
            ExportExpiredProblem: It was kept long enough.
        """
        job = self.find(tx, public)
        if job["state"] != "succeeded":
            raise ExportNotReadyProblem(f"The export is {job['state']}; see /v1/jobs/{public}.")
        found = job["result"][which]
        path = self.store.path(found["sha256"])
        if not path.is_file():
            raise ExportExpiredProblem("The file was kept for some days; ask for it again.")
        return ExportFile(path, found["name"], found["media_type"], found["sha256"])

    def expire(self, now: datetime.datetime) -> None:
        """Remove what was kept long enough."""
        self.store.expire(now - datetime.timedelta(days=self.days))

    def run(self, work: Work) -> dict[str, Any]:
        """Make an export: the handler of its job."""
        asked = dict(work.parameters)
        as_of = datetime.datetime.fromisoformat(asked.pop("as_of"))
        wanted = Wanted(ExportInput.model_validate(asked), as_of)
        with self.store.draft() as sink, self.store.draft() as beside:
            manifest = Manifest(beside, _head(work, wanted.given))
            self._make(work, wanted, sink, manifest)
            now = clock.now()
            return {
                "documents": manifest.totals.documents,
                "totals": manifest.totals.as_list(),
                "file": _result(wanted, wanted.given.format, self.store.keep(sink, now)),
                "manifest": _result(wanted, "manifest", self.store.keep(beside, now)),
                "expires_at": written(now + datetime.timedelta(days=self.days)),
            }

    def _make(self, work: Work, wanted: Wanted, sink: IO[bytes], manifest: Manifest) -> None:
        """Write an export and its manifest."""
        with work.transaction(read_only=True) as tx:
            total = repository.count(tx, wanted)
            names = repository.metadata_names(tx, wanted)
        work.progress(0, total)
        maker = maker_for(wanted.given, sink, names)
        try:
            for done, document in enumerate(self._documents(work, wanted, maker), 1):
                manifest.add(document, maker.add(document, self._content(work, maker, document)))
                work.progress(done, total)
            maker.close(manifest)
        finally:
            maker.release()

    def _documents(self, work: Work, wanted: Wanted, maker: Maker) -> Iterator[ExportedDocument]:
        """Yield the documents, outside any transaction, page by page."""
        after: UUID | None = None
        while True:
            with work.transaction(read_only=True) as tx:
                page = repository.page(
                    tx,
                    wanted,
                    after=after,
                    limit=maker.page,
                    with_invoice=maker.needs_invoice,
                )
            yield from page
            if len(page) < maker.page:
                return
            after = page[-1].id

    def _content(self, work: Work, maker: Maker, document: ExportedDocument) -> bytes | None:
        """Return the file of a document, where the export holds one."""
        if maker.content is None:
            return None
        with work.transaction(read_only=True) as tx:
            if tx.tenant.all_entities:
                tx = tx.for_entity(document.entity_id)  # noqa: PLW2901 - the same one, narrowed
            if maker.content == "pdf":
                return self.rendition(tx, document.id)
            return self.archive.issued(tx, document.id, document.content_sha256)


def _result(wanted: Wanted, what: str, stored: Stored) -> dict[str, Any]:
    media_type, extension = _TYPES[what]
    return {
        "name": f"export-{wanted.as_of:%Y-%m-%d}.{extension}",
        "media_type": media_type,
        "size": stored.size,
        "sha256": stored.sha256,
    }


def _head(work: Work, given: ExportInput) -> dict[str, Any]:
    entities = work.tenant.entity_ids
    asked = given.model_dump(mode="json", by_alias=True)
    return {
        "software": f"einvoice-gateway {VERSION}",
        "account_id": public_id("acc", work.tenant.account_id),
        "entity_id": public_id("ent", entities[0]) if entities else None,
        "environment": work.tenant.environment,
        "format": asked.pop("format"),
        "rows": asked.pop("rows"),
        "filter": asked,
    }
