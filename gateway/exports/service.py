"""Exports: asking for one, making it in the background, handing out its file.

An export is a job of kind `export`. Its result names the file, kept on disk by its digest.
"""

import datetime
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, Self
from uuid import UUID

from gateway.archive import sealed
from gateway.archive.bundling import Bundle
from gateway.exports import repository
from gateway.exports.contents import Contents
from gateway.exports.makers import Maker, maker_for
from gateway.exports.manifest import Manifest
from gateway.exports.problems import ExportExpiredProblem, ExportNotReadyProblem
from gateway.exports.repository import ExportedDocument, Wanted
from gateway.exports.schemas import ExportInput
from gateway.exports.store import ExportStore, Stored
from gateway.gone import anew_without_destroyed
from gateway.jobs import service as jobs
from gateway.jobs.registry import Jobs
from gateway.jobs.work import Work
from gateway.kit import clock
from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.settings import Settings
from gateway.sheets.problems import ExportTooLargeProblem
from gateway.version import VERSION

KIND = "export"
"""What exports are called among jobs."""

_EXPIRE_EVERY = 3600.0  # seconds
_AT_ONCE = 500  # documents of a bundle, of which the files come one by one

_TYPES: Mapping[str, tuple[str, str]] = {
    "manifest": ("application/json", "manifest.json"),
    "bundle": ("application/zip", "zip"),
    "asice": (sealed.MEDIA_TYPE, "asice"),
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
        contents: Where the files of documents come from.
        store: Where finished files are kept.
        days: How long.
    """

    contents: Contents
    store: ExportStore
    days: int

    @classmethod
    def open(cls, settings: Settings, jobs: Jobs, contents: Contents) -> Self:
        """Return the exports under the data directory, and have the jobs of a process do them."""
        store = ExportStore(settings.data / "exports")
        exports = cls(contents, store, settings.export_days)
        jobs.handler(KIND, exports.run)
        jobs.every(_EXPIRE_EVERY, "exports.expire", exports.expire)
        return exports

    def request(
        self, tx: TenantTransaction, given: ExportInput, now: datetime.datetime
    ) -> dict[str, Any]:
        """Ask for an export of the transaction's entity, or of all entities; return its job.

        Raises:
            EntityRequiredProblem: A container is sealed by one entity, and none is named.
            KeyUnusableProblem: The entity has no key that seals.
        """
        if given.format == "asice":
            self.contents.sealing(tx, now)
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
        """Make an export: the handler of its job.

        Raises:
            UnavailableProblem: A document was destroyed meanwhile: to be done again, without it.
        """
        asked = dict(work.parameters)
        as_of = datetime.datetime.fromisoformat(asked.pop("as_of"))
        wanted = Wanted(ExportInput.model_validate(asked), as_of)
        with self.store.draft() as sink, self.store.draft() as beside, anew_without_destroyed():
            manifest = Manifest(beside, _head(work, wanted.given))
            if wanted.given.format == "bundle":
                self._bundle(work, wanted, sink, manifest)
            elif wanted.given.format == "asice":
                self._container(work, wanted, sink, manifest)
            else:
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
            documents = self._documents(
                work, wanted, limit=maker.page, with_invoice=maker.needs_invoice
            )
            for done, document in enumerate(documents, 1):
                manifest.add(document, maker.add(document, self._content(work, maker, document)))
                work.progress(done, total)
            maker.close(manifest)
        finally:
            maker.release()

    def _bundle(self, work: Work, wanted: Wanted, sink: IO[bytes], manifest: Manifest) -> None:
        """Write a bundle of evidence, one document in memory, and the manifest beside it."""
        moment = clock.now()
        with ExitStack() as stack:
            with work.transaction(read_only=True) as tx:
                begun = self.contents.archive.bundling(
                    tx, sink, now=moment, since=wanted.given.log_sizes
                )
                bundle = stack.enter_context(begun)
                wanted = replace(wanted, within=bundle.size)
                total = repository.count(tx, wanted)
            work.progress(0, total)
            documents = self._documents(work, wanted, limit=_AT_ONCE, with_invoice=False)
            for done, document in enumerate(documents, 1):
                with work.transaction(read_only=True) as tx:
                    own = _narrowed(tx, document)
                    bundle.add(own, *self.contents.told(own, document.id, moment))
                manifest.add(document)
                work.progress(done, total)
            if wanted.given.complete:
                _complete(work, wanted, bundle)
            bundle.finish()
        manifest.close()

    def _container(self, work: Work, wanted: Wanted, sink: IO[bytes], manifest: Manifest) -> None:
        """Write a bundle and seal it."""
        with self.store.draft() as bundle:
            self._bundle(work, wanted, bundle, manifest)
            with work.transaction(read_only=True) as tx:
                sealing = self.contents.sealing(tx, clock.now())
            try:
                sealed.seal(sink, bundle, sealing)
            except sealed.TooLargeToSealError as error:
                raise ExportTooLargeProblem(
                    f"The bundle cannot be sealed: {error}. Take less at a time."
                ) from error

    def _documents(
        self, work: Work, wanted: Wanted, *, limit: int, with_invoice: bool
    ) -> Iterator[ExportedDocument]:
        """Yield the documents, outside any transaction, page by page."""
        after: UUID | None = None
        while True:
            with work.transaction(read_only=True) as tx:
                page = repository.page(
                    tx,
                    wanted,
                    after=after,
                    limit=limit,
                    with_invoice=with_invoice,
                )
            yield from page
            if len(page) < limit:
                return
            after = page[-1].id

    def _content(self, work: Work, maker: Maker, document: ExportedDocument) -> bytes | None:
        """Return the file of a document, where the export holds one."""
        if maker.content is None:
            return None
        with work.transaction(read_only=True) as tx:
            own = _narrowed(tx, document)
            if maker.content == "pdf":
                return self.contents.rendition(own, document.id)
            return self.contents.archive.issued(own, document.id, document.content_sha256)


def _complete(work: Work, wanted: Wanted, bundle: Bundle) -> None:
    """Show of each entity that none of its documents was left out."""
    asked = {*bundle.entities, *work.tenant.entity_ids}
    with work.transaction(read_only=True) as tx:
        for entity_id in sorted(asked, key=lambda one: public_id("ent", one)):
            own = tx.for_entity(entity_id) if tx.tenant.all_entities else tx
            bundle.add_span(own, wanted.given.since, wanted.given.until)


def _narrowed(tx: TenantTransaction, document: ExportedDocument) -> TenantTransaction:
    """Return the transaction as one of the document's entity alone."""
    return tx.for_entity(document.entity_id) if tx.tenant.all_entities else tx


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
    if given.format not in {"bundle", "asice"}:
        del asked["log_sizes"], asked["complete"]
    return {
        "software": f"einvoice-gateway {VERSION}",
        "account_id": public_id("acc", work.tenant.account_id),
        "entity_id": public_id("ent", entities[0]) if entities else None,
        "environment": work.tenant.environment,
        "format": asked.pop("format"),
        "rows": asked.pop("rows"),
        "filter": asked,
    }
