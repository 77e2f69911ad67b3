"""Spain's VeriFactu: each document's record joins the chain of its seller, and goes to the AEAT.

A record names the one that the same installation made before for the same seller, so it is
finished while that chain is held. Nothing in it is signed: a VERI*FACTU system proves by TLS who
sends, and the AEAT has every record as it is made. Source: RD 1007/2023; Orden HAC/1177/2024.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from countries.es import verifactu_qr
from countries.es.chain import sealed
from countries.es.filing import Filing, NotRegistrableError
from countries.es.registration import registration, seller_nif
from formats.en16931 import Invoice
from formats.findings import Finding
from formats.signatures.signer import Signer
from formats.verifactu.parties import PersonaES, Sistema
from formats.verifactu.records import Factura, Rectificado, Registro, RegistroAlta
from formats.verifactu.submission import Cabecera, read_submission, written
from formats.verifactu.values import Moment
from gateway.archive.service import Archive, EvidenceItem, StoredItem
from gateway.chains import service as chains
from gateway.chains.counting import Part
from gateway.chains.problems import ChainHaltedProblem
from gateway.chains.service import Head, Link
from gateway.documents.fiscal.scheme import Case, Tools
from gateway.documents.seat import Seat
from gateway.documents.tables import document
from gateway.kinds import DocumentKind
from gateway.kit.tenancy import TenantTransaction
from gateway.stamps import service as stamps
from gateway.stamps.service import Stamp
from gateway.tenants.fiscalization import VerifactuFiscalization
from gateway.transmissions import service as transmissions
from gateway.version import VERSION

VERIFACTU = "es-verifactu"
"""The scheme, its channel for live entities, and the authority that stamps."""

_CHANNELS = MappingProxyType({"live": VERIFACTU, "sandbox": "es-verifactu-test"})
_COUNTED_IN: tuple[Part, ...] = ("taxpayer", "installation")
_MADRID = ZoneInfo("Europe/Madrid")
_CORRECTED = "384"


@dataclass(frozen=True, slots=True)
class VerifactuScheme:
    """The scheme; see `Scheme`."""

    id: str = VERIFACTU
    signs: bool = False

    @property
    def channels(self) -> Mapping[str, str]:
        """Return where records go: to the AEAT, or to its test system."""
        return _CHANNELS

    def concerns(self, kind: DocumentKind) -> bool:
        """Tell whether a document is told; what the entity issues as a buyer is its seller's."""
        return kind.fiscal and not kind.self_billed

    def chain_key(self, entity_id: UUID, seat: Seat, invoice: Invoice) -> str | None:
        """Return the name of the installation's chain; the sandbox has chains of its own."""
        del entity_id  # who sells counts, and by which installation
        if seller_nif(invoice) is None:
            return None
        return f"{_CHANNELS[seat.environment]}/{self.chain_owner(seat, invoice)}"

    def chain_owner(self, seat: Seat, invoice: Invoice) -> str:
        """Return whose chain a record goes into: NIF and installation."""
        return chains.owner_of(
            _COUNTED_IN, taxpayer=seller_nif(invoice), installation=_chosen(seat).installation
        )

    def refuse(self, signer: Signer) -> None:
        """Refuse nothing: no key signs records."""
        del signer

    def findings(self, tx: TenantTransaction, case: Case) -> tuple[Finding, ...]:
        """Return why the AEAT cannot be told of a document, or what it would remark upon."""
        try:
            _, remarked = _registered(tx, case, case.now)
        except NotRegistrableError as error:
            return error.findings
        return remarked

    def begin(self, tx: TenantTransaction, case: Case, tools: Tools) -> "VerifactuSealing":
        """Find whose chain it is; see `Scheme.begin`."""
        key = self.chain_key(tx.entity_id, case.seat, case.invoice)
        if key is None:
            raise AssertionError("that the seller has no NIF was found before")
        return VerifactuSealing(tools.archive, key, _host(case, tools), case)


@dataclass(frozen=True, slots=True)
class VerifactuSealing:
    """How the AEAT is told of one document.

    Attributes:
        archive: Where the record goes as evidence.
        chain_key: Of the seller's installation.
        host: Where the QR code leads.
        case: The document.
    """

    archive: Archive
    chain_key: str
    host: str
    case: Case

    def seal(
        self,
        tx: TenantTransaction,
        *,
        document_id: UUID,
        invoice: Invoice,
        content: bytes,
        now: datetime.datetime,
    ) -> tuple[StoredItem, ...]:
        """Add the record to the chain, and queue it; see `Sealing`."""
        del content  # the AEAT is told amounts, not the document
        unsealed, _ = _registered(tx, replace(self.case, invoice=invoice), now)
        header = Cabecera(ObligadoEmision=_seller(unsealed))
        made: list[RegistroAlta] = []

        def build(head: Head) -> Link:
            moment = Moment.of(head.at.astimezone(_MADRID))
            timed = replace(unsealed, FechaHoraHusoGenRegistro=moment)
            made.append(sealed(timed, _before(tx, self.chain_key, head)))
            return Link(made[0].Huella, written(header, made[0]))

        owner = self.chain_key.partition("/")[2]
        added = chains.extend(
            tx, self.chain_key, owner=owner, document_id=document_id, now=now, build=build
        )
        chains.refuse_known(tx, self.chain_key, invoice.number or "")
        item = EvidenceItem("fiscal-record", "registro.xml", "application/xml", added.record)
        stored = self.archive.store((item,))
        mark = Stamp(
            authority=VERIFACTU,
            kind="huella",
            identifier=added.digest,
            at=added.at,
            qr=_code(made[0], self.host),
            proof_id=item.id,
        )
        stamps.put(tx, document_id, mark, now=now)
        transmissions.enqueue(
            tx,
            document_id=document_id,
            channel=self.case.duty.channel,
            sender=f"nif:{owner}",  # one lane, as there is one chain
            receiver=f"authority:{VERIFACTU}",
            payload=item.content,
            now=now,
        )
        return stored


def _chosen(seat: Seat) -> VerifactuFiscalization:
    return VerifactuFiscalization.model_validate(seat.settings["fiscalization"])


def _registered(
    tx: TenantTransaction, case: Case, now: datetime.datetime
) -> tuple[RegistroAlta, tuple[Finding, ...]]:
    """Return the record of a document, not in its chain yet, and what the AEAT would remark.

    Raises:
        NotRegistrableError: It cannot be told.
    """
    chosen = _chosen(case.seat)
    corrected, amounts = _corrected(tx, case.invoice)
    local = now.astimezone(_MADRID)
    filing = Filing(
        system=Sistema(
            NombreRazon=chosen.producer_name,
            NIF=chosen.producer_nif,
            NombreSistemaInformatico=chosen.system_name,
            IdSistemaInformatico=chosen.system_id,
            Version=VERSION,
            NumeroInstalacion=chosen.installation,
            TipoUsoPosibleSoloVerifactu="S",
            TipoUsoPosibleMultiOT="S",
            IndicadorMultiplesOT="S" if chosen.several_taxpayers else "N",
        ),
        generated_at=local,
        corrected=corrected,
        replaced_amounts=amounts,
        description=chosen.description,
    )
    return registration(case.invoice, filing, local.date())


def _corrected(
    tx: TenantTransaction, invoice: Invoice
) -> tuple[tuple[Factura, ...], Rectificado | None]:
    """Return the invoices that one corrects, and their amounts where it stands in their place."""
    named = {
        one.reference: one.issue_date
        for one in invoice.preceding_invoice_references
        if one.reference
    }
    if not named:
        return (), None
    query = tx.select(
        document,
        *(document.c[name] for name in ("number", "issue_date", "total_vat", "total_with_vat")),
    ).where(document.c.number.in_(named), document.c.state != "draft")
    rows = {row.number: row for row in tx.execute(query)}
    nif = seller_nif(invoice) or ""
    days = {
        number: day or (rows[number].issue_date if number in rows else None)
        for number, day in named.items()
    }
    corrected = tuple(
        Factura(IDEmisorFactura=nif, NumSerieFactura=number, FechaExpedicionFactura=day)
        for number, day in days.items()
        if day is not None
    )
    if invoice.type_code != _CORRECTED or rows.keys() != named.keys():
        return corrected, None
    tax = sum((row.total_vat or Decimal(0) for row in rows.values()), Decimal(0))
    total = sum((row.total_with_vat or Decimal(0) for row in rows.values()), Decimal(0))
    return corrected, Rectificado(BaseRectificada=total - tax, CuotaRectificada=tax)


def _before(tx: TenantTransaction, chain_key: str, head: Head) -> Registro | None:
    """Return the record that the next one names; None for the first of a chain.

    Raises:
        ChainHaltedProblem: Only the AEAT has it, and nobody here knows what to call it.
    """
    if not head.digest:
        return None
    row = None if head.record_id is None else chains.record(tx, head.record_id)
    if row is None:
        raise ChainHaltedProblem(
            chain_key,
            "its last record is with the AEAT alone; give the installation a new number.",
        )
    return read_submission(row.record).records[0]


def _seller(record: RegistroAlta) -> PersonaES:
    return PersonaES(NombreRazon=record.NombreRazonEmisor, NIF=record.IDFactura.IDEmisorFactura)


def _host(case: Case, tools: Tools) -> str:
    """Return where QR codes lead; the AEAT has other machines for them than for records."""
    if case.duty.channel == VERIFACTU:
        return verifactu_qr.Host.PRODUCTION
    address = tools.address(case.duty.channel)
    is_theirs = (urlsplit(address).hostname or "").endswith(".aeat.es")
    return verifactu_qr.Host.TEST if is_theirs else address


def _code(record: RegistroAlta, host: str) -> str:
    named = record.IDFactura
    return verifactu_qr.address(
        named.IDEmisorFactura,
        named.NumSerieFactura,
        named.FechaExpedicionFactura,
        record.ImporteTotal,
        host=host,
    )
