"""A record of VeriFactu joins its chain: sealed, kept, shown as a stamp, and queued."""

import datetime
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from countries.es import verifactu_qr
from countries.es.chain import sealed
from formats.verifactu import period
from formats.verifactu.parties import PersonaES
from formats.verifactu.records import Registro, RegistroAlta
from formats.verifactu.submission import Cabecera, read_submission, written
from formats.verifactu.values import Moment
from gateway.archive.service import Archive, EvidenceItem, StoredItem
from gateway.chains import service as chains
from gateway.chains.problems import ChainHaltedProblem
from gateway.chains.service import Head, Link
from gateway.documents.fiscal.verifactu_filing import MADRID
from gateway.kit.tenancy import TenantTransaction
from gateway.stamps import service as stamps
from gateway.stamps.service import Stamp
from gateway.transmissions import service as transmissions

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
    """

    archive: Archive
    chain_key: str
    channel: str
    host: str

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

        def build(head: Head) -> Link:
            moment = Moment.of(head.at.astimezone(MADRID))
            timed = replace(unsealed, FechaHoraHusoGenRegistro=moment)
            previous = _before(tx, self.chain_key, head)
            made.append(_sealed(timed, previous))
            content = written(Cabecera(ObligadoEmision=seller), made[0])
            return Link(made[0].Huella, content)

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
        stored = self.archive.store((item,))
        (record,) = made
        mark = Stamp(
            authority=VERIFACTU,
            kind="huella" if isinstance(record, RegistroAlta) else "huella-anulacion",
            identifier=added.digest,
            at=added.at,
            qr=_code(record, self.host) if isinstance(record, RegistroAlta) else None,
            proof_id=item.id,
        )
        stamps.put(tx, document_id, mark, now=now)
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
    return read_submission(row.record).records[0]


def _code(record: RegistroAlta, host: str) -> str:
    named = record.IDFactura
    return verifactu_qr.address(
        named.IDEmisorFactura,
        named.NumSerieFactura,
        named.FechaExpedicionFactura,
        record.ImporteTotal,
        host=host,
    )
