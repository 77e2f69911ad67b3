"""From a document of an entity to what the AEAT is told of it; see `verifactu`."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from countries.es.declared import said, unfit, with_said
from countries.es.filing import Filing, NotRegistrableError
from countries.es.registration import registration, seller_nif
from formats.en16931 import Invoice
from formats.findings import Finding
from formats.verifactu.parties import Sistema
from formats.verifactu.records import Factura, Rectificado, RegistroAlta
from gateway.documents.seat import Seat
from gateway.documents.tables import document
from gateway.kit.tenancy import TenantTransaction
from gateway.tenants.fiscalization import VerifactuFiscalization
from gateway.verifactu.program import program_of

MADRID = ZoneInfo("Europe/Madrid")


@dataclass(frozen=True, slots=True)
class _Known:
    """An invoice that was issued here: its day, and what it amounted to."""

    day: datetime.date | None
    tax: Decimal
    total: Decimal


def chosen(seat: Seat) -> VerifactuFiscalization:
    """Return the settings of an entity under this scheme."""
    return VerifactuFiscalization.model_validate(seat.settings["fiscalization"])


def system(seat: Seat) -> Sistema:
    """Return how records call the program of an entity."""
    return program_of(chosen(seat)).in_records()


def sends(seat: Seat, now: datetime.datetime) -> bool:
    """Tell whether records of an entity are sent to the AEAT, or kept and signed."""
    return chosen(seat).sends(now.astimezone(MADRID).date())


def registered(
    tx: TenantTransaction, seat: Seat, invoice: Invoice, now: datetime.datetime, *, replaces: bool
) -> tuple[RegistroAlta, tuple[Finding, ...]]:
    """Return the record of a document, not in its chain yet, and what the AEAT would remark.

    Args:
        tx: Of the entity.
        seat: The entity.
        invoice: The document, with its number.
        now: The record's moment.
        replaces: It takes the place of those that it names (BG-3), and corrects by substitution
            where its seller says nothing else.

    Raises:
        NotRegistrableError: It cannot be told.
    """
    named = {
        one.reference: one.issue_date
        for one in invoice.preceding_invoice_references
        if one.reference
    }
    simplified = {one.num_serie_factura or "" for one in said(invoice).facturas_sustituidas}
    known = _known(tx, named.keys() | simplified)
    days = {number: one.day for number, one in known.items() if one.day is not None}
    if wrong := tuple(unfit(invoice, days, replaces=replaces)):
        raise NotRegistrableError(wrong)
    nif = seller_nif(invoice) or ""
    local = now.astimezone(MADRID)
    filing = Filing(
        system=system(seat),
        generated_at=local,
        correction="S" if replaces else None,
        corrected=tuple(
            Factura(IDEmisorFactura=nif, NumSerieFactura=number, FechaExpedicionFactura=day)
            for number, own in named.items()
            if (day := own or days.get(number)) is not None
        ),
        replaced_amounts=_amounts([known[one] for one in named if one in known])
        if named and known.keys() >= named.keys()
        else None,
        description=chosen(seat).description,
    )
    return registration(invoice, with_said(filing, invoice, nif, days), local.date())


def _known(tx: TenantTransaction, numbers: Collection[str]) -> Mapping[str, _Known]:
    """Return those of some invoices that were issued here, by number."""
    if not numbers:
        return {}
    names = ("number", "issue_date", "total_vat", "total_with_vat")
    query = tx.select(document, *(document.c[name] for name in names)).where(
        document.c.number.in_(numbers), document.c.state != "draft"
    )
    return {
        row.number: _Known(
            row.issue_date, row.total_vat or Decimal(0), row.total_with_vat or Decimal(0)
        )
        for row in tx.execute(query)
    }


def _amounts(replaced: Collection[_Known]) -> Rectificado:
    tax = sum((one.tax for one in replaced), Decimal(0))
    total = sum((one.total for one in replaced), Decimal(0))
    return Rectificado(BaseRectificada=total - tax, CuotaRectificada=tax)
