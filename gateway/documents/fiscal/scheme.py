"""What a fiscal scheme must be able to do."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from formats.en16931 import Invoice
from formats.findings import Finding
from formats.signatures.signer import Signer
from gateway.archive.service import Archive, StoredItem
from gateway.documents.earlier import NOTHING, Beside
from gateway.documents.fiscal.keys import ForPurpose
from gateway.documents.seat import Seat
from gateway.kinds import DocumentKind
from gateway.kit.tenancy import TenantTransaction


@dataclass(frozen=True, slots=True)
class Duty:
    """That documents of an entity are recorded by a scheme.

    Attributes:
        scheme: Which.
        channel: Where its records go.
    """

    scheme: "Scheme"
    channel: str


@dataclass(frozen=True, slots=True)
class Case:
    """A document that is about to be issued.

    Attributes:
        duty: By what it is recorded.
        kind: What it is.
        seat: Who issues it.
        invoice: What it says, with the number that is expected.
        now: The moment of issue.
        replaces: It takes the place of another one, which it corrects.
        beside: What the invoice does not say.
    """

    duty: Duty
    kind: DocumentKind
    seat: Seat
    invoice: Invoice
    now: datetime.datetime
    replaces: bool = False
    beside: Beside = NOTHING


@dataclass(frozen=True, slots=True)
class Tools:
    """What schemes need of the process.

    Attributes:
        archive: Where records go as evidence.
        for_purpose: The vault.
        address: Tells where people find the authority behind a channel, for QR codes.
    """

    archive: Archive
    for_purpose: ForPurpose
    address: Callable[[str], str]


class Sealing(Protocol):
    """How one document is recorded: all that could be found out before it had its number."""

    def seal(
        self,
        tx: TenantTransaction,
        *,
        document_id: UUID,
        invoice: Invoice,
        content: bytes,
        now: datetime.datetime,
    ) -> tuple[StoredItem, ...]:
        """Record a document that has its number: sign, chain, stamp and queue what it asks for.

        Series and chain are locked: what is slow was done before.

        Returns:
            Evidence on disk; the caller records it with the document's own.

        Raises:
            FiscalKeyProblem: The key refused, although it seemed usable.
            ChainHaltedProblem, ChainOwnerProblem, ClockSetBackProblem, NumberKnownProblem: As
                `chains.extend`.
            ArchiveUnavailableProblem: The disk refuses.
        """
        ...


class Amends(Protocol):
    """What may be recorded of one document later, where its authority takes it."""

    def mend(self, tx: TenantTransaction, document_id: UUID) -> tuple[StoredItem, ...]:
        """Record a document anew, as it should have been recorded.

        Args:
            tx: Holds the document.
            document_id: Which.

        Returns:
            Evidence on disk; the caller records it.

        Raises:
            RecordPendingProblem: An earlier record is not answered.
            RecordStandsProblem: It was never recorded, or is cancelled.
            NotRegistrableError: The authority would refuse it.
            ChainHaltedProblem, ChainOwnerProblem, ClockSetBackProblem: As `chains.extend`.
            ArchiveUnavailableProblem: The disk refuses.
        """
        ...

    def cancel(self, tx: TenantTransaction, document_id: UUID) -> tuple[StoredItem, ...]:
        """Record that a document should never have been issued; see `mend`."""
        ...


class Scheme(Protocol):
    """The way of one authority.

    Attributes:
        id: As entities name it in their settings.
        channels: Where its records go, by environment; it is not for any other.
        signs: Whether its records need a key of the entity.
        profile: The one in which documents are issued that the authority gets itself, and hands
            to the buyer; None: it gets a record, and the profile is anybody's choice.
    """

    @property
    def id(self) -> str:
        """Return its name."""
        ...

    @property
    def signs(self) -> bool:
        """Return whether its records need a key of the entity."""
        ...

    @property
    def profile(self) -> str | None:
        """Return the profile of documents that the authority gets themselves."""
        ...

    @property
    def channels(self) -> Mapping[str, str]:
        """Return where its records go, by environment."""
        ...

    def concerns(self, kind: DocumentKind) -> bool:
        """Tell whether documents of a kind are recorded."""
        ...

    def wants(self, tx: TenantTransaction, case: Case) -> bool:
        """Tell whether this document is recorded, of a kind that is."""
        ...

    def chain_key(self, entity_id: UUID, seat: Seat, invoice: Invoice) -> str | None:
        """Return the name of the chain of a record; None where it would name no predecessor."""
        ...

    def chain_owner(self, seat: Seat, invoice: Invoice) -> str:
        """Return whose chain, for the authority, a record goes into; empty where it keeps none."""
        ...

    def refuse(self, signer: Signer) -> None:
        """Refuse a key that cannot sign records.

        Raises:
            FiscalKeyProblem: Why not.
        """
        ...

    def findings(self, tx: TenantTransaction, case: Case) -> tuple[Finding, ...]:
        """Return why the authority cannot be told of a document, in the sender's terms."""
        ...

    def begin(self, tx: TenantTransaction, case: Case, tools: Tools) -> Sealing:
        """Return how a document is to be recorded, of which nothing was found.

        Raises:
            FiscalKeyProblem: No key can be used for it; or a problem of the vault that says so.
        """
        ...
