"""From the canonical invoice to what FURS is told of it; what FURS cannot say is a finding.

The canonical invoice knows amounts, parties and VAT categories. Premise, device, moment and
operator come beside it (`Till`), and the ZOI goes in afterwards.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from zoneinfo import ZoneInfo

from formats.en16931.codes.documents import CREDIT_NOTE_TYPES
from formats.en16931.model import Invoice
from formats.en16931.money import add
from formats.findings import Finding
from formats.furs.abroad import owes_abroad
from formats.furs.invoice import (
    Identifier,
    ReferenceInvoice,
    ReferenceSalesBook,
    SellerTaxes,
    Vat,
)
from formats.furs.invoice import Invoice as FiscalInvoice
from formats.furs.refusals import NotFiscalError, finding
from formats.furs.structure import FursError

_CORRECTED = "384"
ZONE = ZoneInfo("Europe/Ljubljana")

_AT_RATES = frozenset({"S", "Z"})
_EXEMPT = frozenset({"E", "G", "K"})  # ZDDV-1: exports and supplies to other Member States, too
_MARGIN = frozenset({"VATEX-EU-D", "VATEX-EU-F", "VATEX-EU-I", "VATEX-EU-J"})  # articles 97, 101
_KNOWN = _AT_RATES | _EXEMPT | {"AE", "O"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Till:
    """What FURS wants to know that an invoice does not say.

    Attributes:
        tax_number: The issuer's, eight digits.
        numbering: `B`: each device counts; `C`: the premise counts.
        identifier: Premise, device and sequence.
        issued_at: The moment, with its zone.
        operator: Tax number of who issued it.
        foreign_operator: He has no Slovenian one.
        references: The fiscal invoices that a credit note or correction changes.
        sales_book_references: Those of numbered books.
        notes: Anything else.
        returns: What the customer gets back, as for packaging.
        payment: What is to be paid, where that is not the whole, less returns.
        subsequent: It was issued without an EOR and is sent afterwards.
    """

    tax_number: str
    numbering: str
    identifier: Identifier
    issued_at: datetime.datetime
    operator: str | None = None
    foreign_operator: bool = False
    references: tuple[ReferenceInvoice, ...] = ()
    sales_book_references: tuple[ReferenceSalesBook, ...] = ()
    returns: Decimal | None = None
    payment: Decimal | None = None
    subsequent: bool = False
    notes: str | None = None


def changes(invoice: Invoice) -> bool:
    """Tell whether an invoice changes another one, which FURS is told of then (R_3.4)."""
    total = invoice.totals.total_with_vat or Decimal(0)
    return invoice.type_code in {*CREDIT_NOTE_TYPES, _CORRECTED} or total < 0


def local_time(moment: datetime.datetime) -> datetime.datetime:
    """Return a moment as Slovenian invoices state it: local time, whole seconds, without a zone.

    Raises:
        ValueError: It has no zone itself.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return moment.astimezone(ZONE).replace(tzinfo=None, microsecond=0)


def fiscal_invoice(invoice: Invoice, till: Till) -> FiscalInvoice:
    """Return what FURS is told of an invoice, without its ZOI; of a credit note, below zero.

    Raises:
        NotFiscalError: FURS has no words for it.
    """
    if found := tuple(_findings(invoice, till)):
        raise NotFiscalError(found)
    totals, credit = invoice.totals, invoice.type_code in CREDIT_NOTE_TYPES
    with_vat = totals.total_with_vat or Decimal()  # there: SI-08
    rounding = totals.rounding_amount or Decimal()
    payment = till.payment
    if payment is None:
        payment = add((with_vat, rounding, -(till.returns or Decimal())))
    try:
        return FiscalInvoice(
            tax_number=till.tax_number,
            issued_at=local_time(till.issued_at),
            numbering=till.numbering,
            identifier=till.identifier,
            customer=invoice.buyer.vat_identifier,
            amount=_signed(with_vat, credit=credit),
            returns=None if till.returns is None else _signed(till.returns, credit=credit),
            payment=_signed(payment, credit=credit),
            taxes=(_taxes(invoice, credit=credit),),
            operator=till.operator,
            foreign_operator=True if till.foreign_operator else None,
            subsequent=True if till.subsequent else None,
            references=till.references,
            sales_book_references=till.sales_book_references,
            notes=till.notes,
        )
    except FursError as error:
        raise NotFiscalError((_misfit(error),)) from error


def _findings(invoice: Invoice, till: Till) -> Iterator[Finding]:
    if invoice.currency_code != "EUR":
        yield finding(
            "SI-03",
            f"The invoice is in {invoice.currency_code}.",
            "BT-5",
            "/currency_code",
            "Issue it in EUR.",
        )
    for place, row in enumerate(invoice.vat_breakdown):
        if row.category_code not in _KNOWN:
            yield finding(
                "SI-04",
                f"FURS has no place for VAT category {row.category_code}.",
                "BT-118",
                f"/vat_breakdown/{place}/category_code",
                f"Use one of {', '.join(sorted(_KNOWN))}.",
            )
    parts = till.identifier
    expected = f"{parts.premise}-{parts.device}-{parts.number}"
    if invoice.number != expected:
        yield finding(
            "SI-05",
            f"The invoice is number {invoice.number}, and FURS would be told {expected}.",
            "BT-1",
            "/number",
            "Number cash invoices premise-device-sequence.",
        )
    day = local_time(till.issued_at).date()
    if invoice.issue_date != day:
        yield finding(
            "SI-06",
            f"The invoice is of {invoice.issue_date}, and in Slovenia it is {day}.",
            "BT-2",
            "/issue_date",
            "Date it on the day on which it is issued.",
        )
    if changes(invoice) and not (till.references or till.sales_book_references):
        yield finding(
            "SI-07",
            "What changes an invoice names no fiscal invoice.",
            "BG-3",
            "/preceding_invoice_references",
            "Name the invoice that it corrects: `corrects`, or for one of another system"
            " `earlier_invoices` with its number and moment.",
        )
    yield from _missing(invoice)


def _missing(invoice: Invoice) -> Iterator[Finding]:
    total = invoice.totals.total_with_vat
    wanted = [("total_with_vat", "BT-112", "/totals/total_with_vat", total)]
    for place, row in enumerate(invoice.vat_breakdown):
        at = f"/vat_breakdown/{place}"
        names = ["category_taxable_amount"]
        if row.category_code in _AT_RATES:
            names += ["category_tax_amount", "category_rate"]
        terms = {
            "category_taxable_amount": "BT-116",
            "category_tax_amount": "BT-117",
            "category_rate": "BT-119",
        }
        wanted += [(name, terms[name], f"{at}/{name}", getattr(row, name)) for name in names]
    for name, term, pointer, value in wanted:
        if value is None:
            yield finding("SI-08", f"FURS wants {name}.", term, pointer, "State it.")


def _taxes(invoice: Invoice, *, credit: bool) -> SellerTaxes:
    """Return the breakdown by what FURS tells apart; rows of one kind are added."""
    at_rates: dict[Decimal, list[tuple[Decimal, Decimal]]] = {}
    sums: dict[_Kind, list[Decimal]] = {}
    for row in invoice.vat_breakdown:
        code, reason = row.category_code or "", row.exemption_reason_code or ""
        base = row.category_taxable_amount or Decimal()
        if code in _AT_RATES:
            rate = (row.category_rate or Decimal()).normalize()
            at_rates.setdefault(rate, []).append((base, row.category_tax_amount or Decimal()))
        else:
            sums.setdefault(_kind(invoice, code, reason), []).append(base)
    return SellerTaxes(
        vat=tuple(
            Vat(
                rate=rate,
                taxable=_signed(add(base for base, _ in pairs), credit=credit),
                tax=_signed(add(tax for _, tax in pairs), credit=credit),
            )
            for rate, pairs in sorted(at_rates.items(), reverse=True)
        ),
        exempt=_sum(sums.get(_Kind.EXEMPT), credit=credit),
        reverse=_sum(sums.get(_Kind.REVERSE), credit=credit),
        not_taxable=_sum(sums.get(_Kind.NOT_TAXABLE), credit=credit),
        special=_sum(sums.get(_Kind.SPECIAL), credit=credit),
    )


class _Kind(Enum):
    EXEMPT = auto()
    REVERSE = auto()
    NOT_TAXABLE = auto()
    SPECIAL = auto()


def _kind(invoice: Invoice, code: str, reason: str) -> _Kind:
    if reason.upper() in _MARGIN:
        return _Kind.SPECIAL
    reverse = _Kind.NOT_TAXABLE if owes_abroad(invoice.buyer) else _Kind.REVERSE
    return {"AE": reverse, "O": _Kind.NOT_TAXABLE}.get(code, _Kind.EXEMPT)


def _sum(amounts: list[Decimal] | None, *, credit: bool) -> Decimal | None:
    return None if amounts is None else _signed(add(amounts), credit=credit)


def _signed(amount: Decimal, *, credit: bool) -> Decimal:
    return -amount if credit else amount


def _misfit(error: FursError) -> Finding:
    return finding(
        "SI-08",
        f"{error.pointer or '/'} {error.detail}.",
        None,
        None,
        "Correct what this was made of; FURS would answer S002.",
    )
