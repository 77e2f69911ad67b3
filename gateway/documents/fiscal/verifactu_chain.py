"""A record of VeriFactu joins its chain: sealed, kept, shown as a stamp, and queued."""

import datetime
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from countries.es import verifactu_qr
from countries.es.chain import sealed
from formats.signatures.signer import Signer, SignerError
from formats.signatures.xml import SigningError
from formats.verifactu import period
from formats.verifactu.parties import PersonaES
from formats.verifactu.reading import read_held, write_record
from formats.verifactu.records import Registro, RegistroAlta
from formats.verifactu.signing import sign_record
from formats.verifactu.submission import Cabecera, Voluntaria, written
from formats.verifactu.values import Moment
from gateway.archive.service import Archive, EvidenceItem, StoredItem
from gateway.chains import service as chains
from gateway.chains.problems import ChainHaltedProblem
from gateway.chains.service import Head, Link
from gateway.documents.fiscal.keys import FiscalKeyProblem
from gateway.documents.fiscal.verifactu_filing import MADRID
from gateway.kit.tenancy import TenantTransaction
from gateway.stamps import service as stamps
from gateway.stamps.service import Stamp
from gateway.transmissions import service as transmissions
from gateway.verifactu import log
from gateway.verifactu.log import Book

VERIFACTU = "es-verifactu"
"""The scheme, its channel for live entities, and the authority that stamps."""

Kind = Literal["issue", "mend", "cancel"]

_NAMES = {"issue": "registro.xml", "mend": "subsanacion.xml", "cancel": "anulacion.xml"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record goes.

    Attributes:
        archive: As evidence.
        chain_key: Of the seller's installation.
        channel: To the AEAT, or to its test system.
        host: Where QR codes lead.
        until: The last year in which records are sent, where that is known.
        signer: Signs records that are kept; None: they are sent, and nothing is signed.
        book: The log of events, where records are kept, or were.
    """

    archive: Archive
    chain_key: str
    channel: str
    host: str
    until: int | None
    signer: Signer | None
    book: Book

    @property
    def sends(self) -> bool:
        """Whether records are sent."""
        return self.signer is None

    def enter(  # noqa: PLR0913 - what a record is about
        self,
        tx: TenantTransaction,
        unsealed: Registro,
        seller: PersonaES,
        *,
        document_id: UUID,
        kind: Kind,
        now: datetime.datetime,
        there: RegistroAlta | None = None,
    ) -> tuple[StoredItem, ...]:
        """Add a record to the chain, and queue it.

        Args:
            tx: Holds the document, and its series where it is issued.
            unsealed: The record, without link, huella and moment.
            seller: Whose it is.
            document_id: What it is about.
            kind: What it says of that.
            now: The moment.
            there: What the AEAT has of the invoice, for a cancellation; None for nothing.

        Returns:
            The record on disk; the caller records it with the document's evidence.

        Raises:
            ChainHaltedProblem, ChainOwnerProblem, ClockSetBackProblem: As `chains.extend`.
            ArchiveUnavailableProblem: The disk refuses.
        """
        made: list[Registro] = []
        log.follow(tx, self.book, now, sends=self.sends)

        def build(head: Head) -> Link:
            moment = Moment.of(head.at.astimezone(MADRID))
            timed = replace(unsealed, FechaHoraHusoGenRegistro=moment)
            previous = _before(tx, self.chain_key, head)
            made.append(_sealed(timed, previous))
            return Link(made[0].Huella, self._content(made[0], seller, head.at))

        owner = self.chain_key.partition("/")[2]
        added = chains.extend(
            tx,
            self.chain_key,
            owner=owner,
            document_id=document_id,
            now=now,
            build=build,
            kind=kind,
        )
        item = EvidenceItem("fiscal-record", _NAMES[kind], "application/xml", added.record)
        stored = self.archive.store(tx.entity_id, (item,))
        (record,) = made
        mark = Stamp(
            authority=VERIFACTU,
            kind="huella" if isinstance(record, RegistroAlta) else "huella-anulacion",
            identifier=added.digest,
            at=added.at,
            qr=self._code(record) if isinstance(record, RegistroAlta) else None,
            proof_id=item.id,
        )
        stamps.put(tx, document_id, mark, now=now)
        if not self.sends:
            return stored
        transmissions.enqueue(
            tx,
            document_id=document_id,
            channel=self.channel,
            sender=f"nif:{owner}",  # one lane, as there is one chain
            receiver=f"authority:{VERIFACTU}",
            payload=item.content,
            now=now,
            called=()
            if there is None
            else ((period.OPERATION_MONTH, period.noted(record.Huella, there)),),
        )
        return stored

    def _content(self, record: Registro, seller: PersonaES, at: datetime.datetime) -> bytes:
        """Return what is kept of a record: as it is sent, or signed.

        Raises:
            FiscalKeyProblem: The key refused.
        """
        if self.signer is None:
            return written(
                Cabecera(ObligadoEmision=seller, RemisionVoluntaria=self._ends(at)), record
            )
        try:
            return sign_record(write_record(record), self.signer, at=at)
        except (SigningError, SignerError) as error:
            raise FiscalKeyProblem(str(error)) from error

    def _ends(self, at: datetime.datetime) -> Voluntaria | None:
        """Return that this is the last year in which records are sent, if it is."""
        if self.until is None or at.astimezone(MADRID).year != self.until:
            return None
        return Voluntaria(FechaFinVeriFactu=datetime.date(self.until, 12, 31))

    def _code(self, record: RegistroAlta) -> str:
        named = record.IDFactura
        return verifactu_qr.address(
            named.IDEmisorFactura,
            named.NumSerieFactura,
            named.FechaExpedicionFactura,
            record.ImporteTotal,
            host=self.host,
            verifiable=self.sends,
        )


def _sealed(record: Registro, previous: Registro | None) -> Registro:
    if isinstance(record, RegistroAlta):
        return sealed(record, previous)
    return sealed(record, previous)


def _before(tx: TenantTransaction, chain_key: str, head: Head) -> Registro | None:
    """Return the record that the next one names; None for the first of a chain.

    Raises:
        ChainHaltedProblem: Only the AEAT has it, and nobody here knows what to call it.
    """
    if not head.digest:
        return None
    row = (
        chains.called(tx, chain_key, head.digest)  # of the chain that this one continues
        if head.record_id is None
        else chains.record(tx, head.record_id)
    )
    if row is None:
        raise ChainHaltedProblem(
            chain_key,
            "its last record is with the AEAT alone; give the installation a new number.",
        )
    return read_held(row.record)
