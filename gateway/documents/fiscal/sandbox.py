"""The scheme of the sandbox's authority: every record names its predecessor and is signed.

The record can only be built and signed while the chain is held; that the key can be used is made
sure before a number is taken.
"""

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from uuid import UUID

from formats import sandbox_scheme
from formats.en16931 import Invoice
from formats.findings import Finding
from formats.sandbox_scheme import Record
from formats.signatures.signer import Signer, SignerError
from gateway.archive.service import Archive, EvidenceItem, StoredItem
from gateway.chains import service as chains
from gateway.chains.service import Head, Link
from gateway.compliance.addressing import participants
from gateway.documents.fiscal.keys import PURPOSE, FiscalKeyProblem
from gateway.documents.fiscal.scheme import Case, Tools
from gateway.documents.seat import Seat
from gateway.kinds import DocumentKind
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.stamps import service as stamps
from gateway.stamps.service import Stamp
from gateway.transmissions import service as transmissions
from gateway.transmissions.routes import ROUTES

SANDBOX_AUTHORITY = "sandbox-authority"
"""The scheme, its channel, and the authority that stamps."""


@dataclass(frozen=True, slots=True)
class SandboxScheme:
    """The scheme; see `Scheme`."""

    id: str = SANDBOX_AUTHORITY
    signs: bool = True
    profile: str | None = None

    @property
    def channels(self) -> Mapping[str, str]:
        """Return its one channel: nobody's law asks for it."""
        return _CHANNELS

    def concerns(self, kind: DocumentKind) -> bool:
        """Tell whether a document is recorded.

        What the entity issues as a buyer belongs into the seller's chain, which is not ours.
        """
        return kind.fiscal and not kind.self_billed

    def wants(self, tx: TenantTransaction, case: Case) -> bool:
        """Tell that every document of its kinds is recorded."""
        del tx, case
        return True

    def chain_key(self, entity_id: UUID, seat: Seat, invoice: Invoice) -> str:
        """Return the name of an entity's chain."""
        del seat, invoice
        return f"{SANDBOX_AUTHORITY}/{public_id('ent', entity_id)}"

    def chain_owner(self, seat: Seat, invoice: Invoice) -> str:
        """Return whose chain a record goes into: the taxpayer's."""
        del seat
        return _owner_of(invoice)

    def refuse(self, signer: Signer) -> None:
        """Refuse a key that the authority would not take; see `Scheme.refuse`."""
        if reason := sandbox_scheme.usable(signer):
            raise FiscalKeyProblem(reason)

    def findings(self, tx: TenantTransaction, case: Case) -> tuple[Finding, ...]:
        """Return nothing: every document fits."""
        del tx, case
        return ()

    def begin(self, tx: TenantTransaction, case: Case, tools: Tools) -> "SandboxSealing":
        """Find the key; see `Scheme.begin`."""
        until = ROUTES[case.duty.channel].latest(case.now)
        signer = tools.for_purpose(tx, PURPOSE, at=case.now, until=until)
        self.refuse(signer)
        address = tools.address(case.duty.channel)
        key = self.chain_key(tx.entity_id, case.seat, case.invoice)
        return SandboxSealing(tools.archive, key, signer, address, case.kind)


_CHANNELS = MappingProxyType({"sandbox": SANDBOX_AUTHORITY})


@dataclass(frozen=True, slots=True)
class SandboxSealing:
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
        content: bytes,
        now: datetime.datetime,
    ) -> tuple[StoredItem, ...]:
        """Add the record of a document that has its number, sign and queue it; see `Sealing`."""
        seller = _seller_of(invoice)
        sha256 = hashlib.sha256(content).hexdigest()
        messages: list[bytes] = []

        def build(head: Head) -> Link:
            record = sandbox_scheme.write(self._record(head, invoice, sha256, seller))
            messages.append(self._signed(record))
            return Link(sandbox_scheme.digest(record), record)

        added = chains.extend(
            tx,
            self.chain_key,
            owner=_owner_of(invoice),
            document_id=document_id,
            now=now,
            build=build,
        )
        chains.refuse_known(tx, self.chain_key, invoice.number or "")
        item = EvidenceItem(
            "fiscal-record", "fiscal-record.json", sandbox_scheme.MEDIA_TYPE, messages[0]
        )
        (stored,) = self.archive.store(tx.entity_id, (item,))
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
        return (stored,)

    def _record(self, head: Head, invoice: Invoice, sha256: str, seller: str) -> Record:
        totals = invoice.totals
        if invoice.issue_date is None:
            raise AssertionError("an issued invoice without a date")
        return Record(
            currency=invoice.currency_code or "",
            document_sha256=sha256,
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


def _owner_of(invoice: Invoice) -> str:
    return chains.owner_of(sandbox_scheme.COUNTED_IN, taxpayer=_seller_of(invoice))


def _seller_of(invoice: Invoice) -> str:
    """Return what the authority knows the seller by: the VAT identifier, else its address."""
    return invoice.seller.vat_identifier or participants(invoice)[0]
