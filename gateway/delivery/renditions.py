"""The PDF of a document: drawn once after issue, and the same bytes ever after.

A draft is drawn anew each time, marked as such. What is issued is drawn at its first download or
sending, in the look of that day; the bytes become evidence of the document (role `pdf`), and
every later request gets them, whatever the settings say by then. Two first requests at the same
moment may both draw and record: the entry that comes first in the log counts, for both.

Where the entity wants it (`seal.pdf`), what is kept carries its seal (PAdES): the key is asked for
once, at that first time. A draft has none.

An authority's stamp is on the page. One that comes after the PDF was drawn makes another, once;
the earlier one stays in the evidence.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol
from uuid import UUID

from formats.en16931 import Invoice
from formats.facturx.hybrid import embed
from formats.pdf import InvalidOptionError, RenderingError, render
from formats.pdf.logo import checked_logo
from formats.registry import PROFILES
from gateway.archive.service import ArchiveEntry, EvidenceItem
from gateway.delivery import repository
from gateway.delivery.look import Look, look_of
from gateway.delivery.problems import LogoUnavailableProblem
from gateway.documents.sealing import NO_SEALS, Seals
from gateway.documents.service import Documents
from gateway.kinds import DocumentKind
from gateway.kit.database import Database
from gateway.kit.tenancy import TenantTransaction
from gateway.stamps import paper
from gateway.stamps import service as stamps
from gateway.stamps.service import Stamp
from gateway.tenants import service as tenants

PDF = "application/pdf"

FetchLogo = Callable[[str], bytes]
"""Returns what an address from outside holds, guarded; OSError or ValueError when it cannot."""

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class Document(Protocol):
    """What this feature needs of a document's row."""

    @property
    def id(self) -> UUID:
        """Its id."""

    @property
    def kind(self) -> DocumentKind:
        """What it is."""

    @property
    def state(self) -> str:
        """`draft`, or something that was issued."""

    @property
    def profile(self) -> str | None:
        """How it is written."""

    @property
    def number(self) -> str | None:
        """Its number."""

    @property
    def invoice(self) -> Mapping[str, Any] | None:
        """The invoice as issued."""

    @property
    def metadata(self) -> Mapping[str, str]:
        """The caller's references."""

    @property
    def issued_at(self) -> datetime.datetime | None:
        """When it was issued."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is handed out."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Renditions:
    """Draws documents and keeps what was drawn."""

    database: Database
    documents: Documents
    fetch: FetchLogo
    seals: Seals = NO_SEALS

    def pdf(self, tx: TenantTransaction, row: Document, now: datetime.datetime) -> File:
        """Return the PDF of a document.

        Args:
            tx: A transaction of its entity; reading is enough, what is kept is kept beside it.
            row: The document.
            now: Of a draft's metadata.

        Raises:
            LogoUnavailableProblem: Issued, and its logo cannot be fetched.
            KeyUnusableProblem, PdfSealProblem: Issued, to be sealed, and it cannot be.
        """
        name = file_name(row, "pdf")
        if row.state == "draft":
            return File(name, PDF, self._drawn(tx, row, (), now))
        given = stamps.of_document(tx, row.id)
        own = f"{row.kind.value}-{len(given)}.pdf" if given else f"{row.kind.value}.pdf"
        if (kept := _first(self.documents.archive.entries(tx, row.id), "pdf", own)) is None:
            content = self._sealed(tx, self._drawn(tx, row, given, now), now)
            item = EvidenceItem("pdf", own, PDF, content)
            with self.database.worker_transaction(tx.tenant) as beside:
                self.documents.archive.record(beside, document_id=row.id, items=[item], now=now)
            with self.database.worker_transaction(tx.tenant) as beside:
                return File(name, PDF, self._kept(beside, row.id, own))
        return File(name, PDF, self.documents.archive.read(tx, kept.id))

    def xml(self, tx: TenantTransaction, row: Document) -> File | None:
        """Return the issued bytes where they are XML; None for a draft and what has none."""
        entry = _first(self.documents.archive.entries(tx, row.id), "document")
        if entry is None or "xml" not in entry.media_type:
            return None
        content = self.documents.archive.read(tx, entry.id)
        return File(file_name(row, "xml"), "application/xml", content)

    def look(self, tx: TenantTransaction) -> Look:
        """Return how the documents of the transaction's entity look now."""
        entity = tenants.get_entity(tx, tx.entity_id)
        return look_of(
            tenants.settings_of(entity), tenants.locale_of(entity), tenants.logo_of(tx, entity)
        )

    def logo(self, tx: TenantTransaction, look: Look, now: datetime.datetime) -> bytes | None:
        """Return the logo, fetched if this is the first time that it is needed.

        Raises:
            LogoUnavailableProblem: It cannot be fetched, or is nothing that can be drawn.
        """
        if look.logo is not None or look.logo_url is None:
            return look.logo
        url = look.logo_url
        if (known := repository.fetched_logo(tx, url)) is not None:
            return known
        try:
            content = self.fetch(url)
            checked_logo(content)
        except (OSError, ValueError) as error:
            raise LogoUnavailableProblem(
                f"The logo at {url} cannot be used: {error}. Repeat the request, or set"
                " settings.pdf_template.logo to the picture itself.",
                headers={"Retry-After": "30"},
            ) from None
        with self.database.worker_transaction(tx.tenant) as beside:
            repository.keep_logo(beside, url, content, now)
        return content

    def invoice(self, tx: TenantTransaction, row: Document, now: datetime.datetime) -> Invoice:
        """Return the invoice of a document: as issued, or as a draft would be issued now."""
        stored: Mapping[str, Any] | None = row.invoice
        if row.state == "draft" or stored is None:
            stored = self.documents.show(tx, self.documents.get(tx, row.id), now)["invoice"]
        return Invoice.model_validate(stored or {})

    def _drawn(
        self,
        tx: TenantTransaction,
        row: Document,
        given: Sequence[Stamp],
        now: datetime.datetime,
    ) -> bytes:
        look, draft = self.look(tx), row.state == "draft"
        codes = paper.printed(given)
        try:
            logo = self.logo(tx, look, now)
        except LogoUnavailableProblem:
            if not draft:
                raise
            logo = None
        moment = row.issued_at or now
        invoice = self.invoice(tx, row, now)
        try:
            options = look.options(row.kind, logo=logo, draft=draft, fiscal_codes=codes)
            pages = render(invoice, options, created_at=moment)
        except (InvalidOptionError, RenderingError):
            # The logo has a right header and is damaged behind it.
            if logo is None:
                raise
            if not draft:
                raise LogoUnavailableProblem(
                    "The logo is damaged; set another one as settings.pdf_template.logo."
                ) from None
            options = look.options(row.kind, logo=None, draft=draft, fiscal_codes=codes)
            pages = render(invoice, options, created_at=moment)
        profile = PROFILES.get(row.profile or "")
        level = None if draft or profile is None else profile.hybrid
        xml = None if level is None else self.xml(tx, row)
        if level is None or xml is None:
            return pages
        return embed(pages, xml.content, level, modified=moment)

    def _sealed(self, tx: TenantTransaction, content: bytes, now: datetime.datetime) -> bytes:
        """Return a PDF with the entity's seal, if it wants one.

        Who may read the documents of some period sees no keys, and may be the first to ask for a
        PDF all the same: then the key is found beside his transaction.
        """
        wanted = tenants.settings_of(tenants.get_entity(tx, tx.entity_id)).seal
        if wanted is None or not wanted.pdf:
            return content
        if tx.tenant.period is None:
            return self.seals.pdf(tx, now)(content)
        whole = replace(tx.tenant, period=None)
        with self.database.transaction(whole, read_only=True) as beside:
            seal = self.seals.pdf(beside, now)
        return seal(content)

    def _kept(self, tx: TenantTransaction, document_id: UUID, name: str) -> bytes:
        entry = _first(self.documents.archive.entries(tx, document_id), "pdf", name)
        if entry is None:
            raise AssertionError("a PDF was recorded and is not there")
        return self.documents.archive.read(tx, entry.id)


def file_name(row: Document, extension: str) -> str:
    """Return what a document's file is called: kind and number in plain ASCII.

    Letters lose their marks, everything else that is no letter, digit, `.`, `_` or `-` becomes
    `-`: the name is safe in a header, on any disk and in a shell.
    """
    plain = unicodedata.normalize("NFKD", row.number or "").encode("ascii", "ignore").decode()
    number = _UNSAFE.sub("-", plain).strip("-.")[:60] or ("draft" if row.number is None else "x")
    return f"{row.kind.value.replace('_', '-')}-{number}.{extension}"


def _first(
    entries: tuple[ArchiveEntry, ...], role: str, name: str | None = None
) -> ArchiveEntry | None:
    for entry in entries:
        if entry.role == role and name in {None, entry.name}:
            return entry
    return None
