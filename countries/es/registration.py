"""From the canonical invoice to the record that the AEAT is told of it (RegistroAlta).

What decides the kind (TipoFactura) where a `Filing` does not say it:

* F3 where it stands for simplified invoices;
* a credit note (UNTDID 1001: 381 ...) or a corrected invoice (384) is a rectificativa: R1 with a
  recipient who is identified, R5 without one. R2, R3 and R4 have reasons that only the seller
  knows. A credit note corrects by differences, and its amounts turn negative; 384 by substitution;
* with a recipient who is identified F1, else F2.
"""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from countries.es import breakdown
from countries.es.chain import UNSEALED
from countries.es.counterparts import nif_of, recipient
from countries.es.filing import Filing, NotRegistrableError, finding
from countries.es.record_rules import check
from formats.en16931 import Invoice
from formats.en16931.codes.documents import CREDIT_NOTE_TYPES
from formats.en16931.money import add
from formats.findings import Finding, Flag
from formats.verifactu.parties import Persona
from formats.verifactu.records import (
    Cadena,
    ClaveTipoFactura,
    ClaveTipoRectificativa,
    Factura,
    RegistroAlta,
)
from formats.verifactu.values import Moment

_CORRECTED = "384"
_NUMBER = 60
_TEXT = 500
_NAME = 120
_FORBIDDEN = frozenset("<>\"'=")
_MACRO = Decimal(100_000_000)
_CORRECTIVE = frozenset({"R1", "R2", "R3", "R4", "R5"})
_UNNAMED = frozenset({"F2", "R5"})


def registration(
    invoice: Invoice, filing: Filing, today: datetime.date
) -> tuple[RegistroAlta, tuple[Finding, ...]]:
    """Return the record, which is not in its chain yet (`chain.sealed`), and what is remarked.

    Args:
        invoice: Issued, or about to be.
        filing: What comes beside it.
        today: The day in Spain.

    Raises:
        NotRegistrableError: VeriFactu cannot say it, or the AEAT would refuse it.
    """
    wrong = tuple(_missing(invoice, filing))
    if wrong:
        raise NotRegistrableError(wrong)
    record = _record(invoice, filing)
    found = check(record, today)
    fatal = tuple(one for one in found if one.flag is Flag.FATAL)
    if fatal:
        raise NotRegistrableError(fatal)
    return record, found


def _missing(invoice: Invoice, filing: Filing) -> Iterator[Finding]:
    if invoice.currency_code != "EUR":
        yield finding(
            "ES-01",
            f"The invoice is in {invoice.currency_code or 'no currency'}; the AEAT is told euros.",
            term="BT-5",
            pointer="/currency_code",
        )
    if seller_nif(invoice) is None:
        yield finding(
            "ES-02",
            "The seller has no NIF with a right control character.",
            term="BT-31",
            pointer="/seller/vat_identifier",
            fix="Give the seller's VAT identifier as ES and the nine characters of the NIF.",
        )
    number = invoice.number or ""
    printable = 1 <= len(number) <= _NUMBER and all(" " <= one <= "~" for one in number)
    if not printable or _FORBIDDEN & set(number):
        message = f"The number {number!r} is none that the AEAT takes (1130, 1287)."
        yield finding("ES-03", message, term="BT-1", pointer="/number")
    needed = {
        ("BT-2", "/issue_date"): invoice.issue_date,
        ("BT-27", "/seller/name"): invoice.seller.name,
        ("BT-112", "/totals/total_with_vat"): invoice.totals.total_with_vat,
        ("BG-23", "/vat_breakdown"): invoice.vat_breakdown,
    }
    for (term, pointer), value in needed.items():
        if value in {None, "", ()}:
            message = f"A VeriFactu record needs {term}."
            yield finding("ES-04", message, term=term, pointer=pointer)
    yield from breakdown.unsayable(invoice.vat_breakdown)
    if _way(invoice, filing) == "S" and filing.replaced_amounts is None:
        yield finding(
            "ES-07",
            "A correction by substitution says what the replaced invoices amounted to.",
            term="BG-3",
            fix="Say base and tax of the replaced invoices (importe_rectificacion), or correct by"
            " differences.",
        )
    if not _description(invoice, filing):
        yield finding("ES-08", "Nothing says what was sold.", term="BT-153", pointer="/lines")


def seller_nif(invoice: Invoice) -> str | None:
    """Return the NIF by which the AEAT knows the seller; None where he gives no right one."""
    seller = invoice.seller
    registered = seller.legal_registration_identifier
    known = (
        seller.vat_identifier,
        seller.tax_registration_identifier,
        None if registered is None else registered.value,
    )
    return next((found for one in known if (found := nif_of(one)) is not None), None)


def _way(invoice: Invoice, filing: Filing) -> ClaveTipoRectificativa | None:
    if filing.invoice_type not in {None, *_CORRECTIVE} or (
        filing.invoice_type is None and filing.replaced
    ):
        return None
    if filing.correction is not None:
        return filing.correction
    if invoice.type_code == _CORRECTED:
        return "S"
    corrective = filing.invoice_type in _CORRECTIVE
    return "I" if corrective or invoice.type_code in CREDIT_NOTE_TYPES else None


def _kind(invoice: Invoice, filing: Filing, buyer: Persona | None) -> ClaveTipoFactura:
    if filing.invoice_type is not None:
        return filing.invoice_type
    if filing.replaced:
        return "F3"
    if _way(invoice, filing) is not None:
        return "R5" if buyer is None else "R1"
    return "F2" if buyer is None else "F1"


def _record(invoice: Invoice, filing: Filing) -> RegistroAlta:
    issued, nif = invoice.issue_date, seller_nif(invoice)
    if issued is None or nif is None:
        raise AssertionError("what is missing was found before")
    buyer = filing.recipient or recipient(invoice)
    kind, way = _kind(invoice, filing, buyer), _way(invoice, filing)
    sign = -1 if invoice.type_code in CREDIT_NOTE_TYPES and way == "I" else 1
    address = invoice.buyer.postal_address
    place = breakdown.Place(
        abroad=(address.country_code if address is not None else None) not in {None, "ES"},
        known=buyer is None or buyer.NIF is not None,
    )
    lines = breakdown.details(invoice.vat_breakdown, filing, sign=sign, place=place)
    extra = add(one.CuotaRecargoEquivalencia for one in lines)
    total = sign * (invoice.totals.total_with_vat or Decimal(0)) + extra
    return RegistroAlta(
        IDFactura=Factura(
            IDEmisorFactura=nif,
            NumSerieFactura=invoice.number or "",
            FechaExpedicionFactura=issued,
        ),
        RefExterna=filing.reference,
        NombreRazonEmisor=(invoice.seller.name or "")[:_NAME],
        Subsanacion="S" if filing.mends else None,
        RechazoPrevio=filing.rejected,
        TipoFactura=kind,
        TipoRectificativa=way if kind in _CORRECTIVE else None,
        FacturasRectificadas=_corrected(invoice, filing, nif) if kind in _CORRECTIVE else (),
        FacturasSustituidas=filing.replaced,
        ImporteRectificacion=filing.replaced_amounts if way == "S" else None,
        FechaOperacion=_operation(invoice, filing, issued),
        DescripcionOperacion=_description(invoice, filing),
        FacturaSimplificadaArt7273="S" if filing.with_recipient else None,
        FacturaSinIdentifDestinatarioArt61d="S" if filing.without_recipient else None,
        Macrodato="S" if abs(total) >= _MACRO else None,
        EmitidaPorTerceroODestinatario=_issuer(filing),
        Tercero=filing.third_party,
        Destinatarios=() if buyer is None or kind in _UNNAMED else (buyer,),
        Cupon="S" if filing.coupon else None,
        Desglose=lines,
        CuotaTotal=add(one.CuotaRepercutida for one in lines) + extra,
        ImporteTotal=total,
        Encadenamiento=Cadena(PrimerRegistro="S"),
        SistemaInformatico=filing.system,
        FechaHoraHusoGenRegistro=Moment.of(filing.generated_at),
        Huella=UNSEALED,
    )


def _issuer(filing: Filing) -> Literal["T", "D"] | None:
    if filing.third_party is not None:
        return "T"
    return "D" if filing.issued_by_recipient else None


def _corrected(invoice: Invoice, filing: Filing, nif: str) -> tuple[Factura, ...]:
    if filing.corrected:
        return filing.corrected
    return tuple(
        Factura(
            IDEmisorFactura=nif,
            NumSerieFactura=one.reference,
            FechaExpedicionFactura=one.issue_date,
        )
        for one in invoice.preceding_invoice_references
        if one.reference and one.issue_date is not None
    )


def _operation(invoice: Invoice, filing: Filing, issued: datetime.date) -> datetime.date | None:
    """Return the day of operation where it is another than that of issue, and not after it."""
    if filing.operation_date is not None:
        return filing.operation_date
    delivery = invoice.delivery_information
    period = delivery.invoicing_period if delivery is not None else None
    said = (
        delivery.actual_delivery_date if delivery is not None else None,
        period.end_date if period is not None else None,
        invoice.value_added_tax_point_date,
    )
    day = next((one for one in said if one is not None), None)
    return day if day is not None and day < issued else None


def _description(invoice: Invoice, filing: Filing) -> str:
    if filing.description:
        return filing.description[:_TEXT]
    names = dict.fromkeys(line.item_name for line in invoice.lines if line.item_name)
    return "; ".join(names)[:_TEXT]
