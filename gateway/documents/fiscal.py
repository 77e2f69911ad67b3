"""What a fiscal scheme asks of a document at issue: a record in its chain, signed, and queued.

Only the scheme of the sandbox is here so far. In the issuing transaction the order of locks is
series, chain, outbox, log head. The record names its predecessor, so it can only be built and
signed while the chain is held; that the key can be used is made sure before a number is taken.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from http import HTTPStatus
from typing import Protocol
from uuid import UUID

from formats import sandbox_scheme
from formats.en16931 import Invoice
from formats.sandbox_scheme import Record
from formats.signatures.signer import Signer, SignerError
from gateway.archive.service import Archive, EvidenceItem, StoredItem
from gateway.chains import service as chains
from gateway.chains.service import Head, Link
from gateway.compliance.addressing import participants
from gateway.documents.seat import Seat
from gateway.kinds import DocumentKind
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import Problem
from gateway.stamps import service as stamps
from gateway.stamps.service import Stamp
from gateway.transmissions import service as transmissions
from gateway.transmissions.routes import ROUTES

SANDBOX_AUTHORITY = "sandbox-authority"
"""The scheme, its channel, and the authority that stamps."""

PURPOSE = "fiscal-signature"
"""For what the entity's key is meant that signs records."""

NOWHERE = "http://sandbox-authority.invalid"
"""Stands in QR codes while no authority of the sandbox is known to run."""


class FiscalKeyProblem(Problem):
    """The entity's fiscal scheme needs a key to sign with, and there is none that can be used.

    `reason` says why not. Nothing was issued and no number was used. Give the entity a key of the
    purpose `fiscal-signature` with a certificate that is valid on the day, and finalize again.
    """

    type = "fiscal-key"
    title = "The records of the entity cannot be signed"
    status = HTTPStatus.CONFLICT

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The fiscal record cannot be signed: {reason}.", purpose=PURPOSE, reason=reason
        )


class ForPurpose(Protocol):
    """Finds the entity's key for a purpose."""

    def __call__(
        self,
        tx: TenantTransaction,
        purpose: str,
        /,
        *,
        at: datetime.datetime,
        until: datetime.datetime | None = None,
    ) -> Signer:
        """Return the key that is in force from a moment on, until what it signs has arrived.

        A Problem says why there is none.
        """
        ...


def no_keys(
    _tx: TenantTransaction,
    _purpose: str,
    *,
    at: datetime.datetime,
    until: datetime.datetime | None = None,  # noqa: ARG001 - there is none at all
) -> Signer:
    """Find no key: what holds where no vault was opened."""
    raise FiscalKeyProblem(f"there is no key for it at {at:%Y-%m-%d}")


@dataclass(frozen=True, slots=True)
class Sealing:
    """How one document is recorded; all that can be known before it has its number.

    Attributes:
        archive: Where the record goes as evidence.
        chain_key: The entity's chain.
        signer: Its key.
        address: Of the authority, for the QR code.
        kind: Of the document.
    """

    archive: Archive
    chain_key: str
    signer: Signer
    address: str
    kind: DocumentKind

    def seal(
        self,
        tx: TenantTransaction,
        *,
        document_id: UUID,
        invoice: Invoice,
        content_sha256: bytes,
        now: datetime.datetime,
    ) -> StoredItem:
        """Add the record of a document that has its number, sign it and queue it.

        Returns:
            The signed record as evidence; the caller records it with the document's own.

        Raises:
            ChainHaltedProblem, ChainOwnerProblem, ClockSetBackProblem, NumberKnownProblem: As
                `chains.extend`.
            FiscalKeyProblem: The key refused, although it seemed usable.
            ArchiveUnavailableProblem: The disk refuses.
        """
        seller = seller_of(invoice)
        messages: list[bytes] = []

        def build(head: Head) -> Link:
            record = sandbox_scheme.write(self._record(head, invoice, content_sha256, seller))
            messages.append(self._signed(record))
            return Link(sandbox_scheme.digest(record), record)

        added = chains.extend(
            tx,
            self.chain_key,
            owner=chains.owner_of(sandbox_scheme.COUNTED_IN, taxpayer=seller),
            document_id=document_id,
            now=now,
            build=build,
        )
        chains.refuse_known(tx, self.chain_key, invoice.number or "")
        item = EvidenceItem(
            "fiscal-record", "fiscal-record.json", sandbox_scheme.MEDIA_TYPE, messages[0]
        )
        (stored,) = self.archive.store((item,))
        qr = sandbox_scheme.qr_payload(self.address, seller, added.sequence, added.digest)
        place = Stamp(
            authority=SANDBOX_AUTHORITY,
            kind="chain",
            identifier=f"{added.sequence}-{added.digest[:16]}",  # as on paper
            at=added.at,
            qr=qr,
            proof_id=item.id,
        )
        stamps.put(tx, document_id, place, now=now)
        transmissions.enqueue(
            tx,
            document_id=document_id,
            channel=SANDBOX_AUTHORITY,
            sender=f"entity:{public_id('ent', tx.entity_id)}",  # one lane, as there is one chain
            receiver=f"authority:{SANDBOX_AUTHORITY}",
            payload=item.content,
            now=now,
        )
        return stored

    def _record(self, head: Head, invoice: Invoice, sha256: bytes, seller: str) -> Record:
        totals = invoice.totals
        if invoice.issue_date is None:
            raise AssertionError("an issued invoice without a date")
        return Record(
            currency=invoice.currency_code or "",
            document_sha256=sha256.hex(),
            generated_at=head.at,
            issue_date=invoice.issue_date,
            kind="credit_note" if self.kind.credits else "invoice",
            number=invoice.number or "",
            previous=head.digest,
            seller=seller,
            sequence=head.sequence,
            total=totals.total_with_vat or Decimal(0),
            vat=totals.total_vat or Decimal(0),
        )

    def _signed(self, record: bytes) -> bytes:
        try:
            return sandbox_scheme.sealed(record, self.signer)
        except SignerError as error:
            raise FiscalKeyProblem(str(error)) from error


@dataclass(frozen=True, slots=True)
class Fiscal:
    """The fiscal schemes of one process.

    Attributes:
        for_purpose: The vault.
        address: Tells where the sandbox's authority is, for QR codes.
    """

    for_purpose: ForPurpose = no_keys
    address: Callable[[], str] = lambda: NOWHERE

    def begun(
        self,
        tx: TenantTransaction,
        kind: DocumentKind,
        seat: Seat,
        archive: Archive,
        now: datetime.datetime,
    ) -> Sealing | None:
        """Return how a document is to be recorded; None where no scheme asks for it.

        What the entity issues as a buyer belongs into the seller's chain, which is not ours.

        Raises:
            FiscalKeyProblem: No key can be used for it; or a problem of the vault that says so.
        """
        if scheme_of(seat) is None or not kind.fiscal or kind.self_billed:
            return None
        signer = self.for_purpose(tx, PURPOSE, at=now, until=latest(seat, now))
        if reason := sandbox_scheme.usable(signer):
            raise FiscalKeyProblem(reason)
        return Sealing(archive, chain_key_of(tx.entity_id), signer, self.address(), kind)


NOBODY = Fiscal()
"""Without a vault: entities that have no scheme issue, the others are told why not."""


def scheme_of(seat: Seat) -> str | None:
    """Return the scheme that an entity's documents are under."""
    if seat.environment != "sandbox":
        return None
    chosen = seat.settings.get("fiscalization") or {}
    scheme: str | None = chosen.get("scheme")
    return scheme


def latest(seat: Seat, now: datetime.datetime) -> datetime.datetime | None:
    """Return by when the scheme's authority must have what is issued now; None without one.

    Until then it may be away, and a certificate that signs must outlast that.
    """
    scheme = scheme_of(seat)
    return None if scheme is None else ROUTES[scheme].latest(now)


def chain_key_of(entity_id: UUID) -> str:
    """Return the name of an entity's chain in the sandbox's scheme."""
    return f"{SANDBOX_AUTHORITY}/{public_id('ent', entity_id)}"


def seller_of(invoice: Invoice) -> str:
    """Return what the authority knows the seller by: the VAT identifier, else its address."""
    return invoice.seller.vat_identifier or participants(invoice)[0]
