"""What a body's links stand for, put where the body itself says nothing. Pure."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import BaseModel

from formats.en16931.amounts import VatBreakdown
from formats.en16931.codes.countries import COUNTRIES
from formats.en16931.extensions.document import PrecedingInvoiceReferenceExtensions
from formats.en16931.line import Line
from formats.en16931.model import Invoice, PrecedingInvoiceReference
from formats.en16931.party import Buyer, BuyerPostalAddress, Seller
from formats.en16931.payment import CreditTransfer, PaymentInstructions
from formats.en16931.totals import VatExemption
from formats.json.body import DocumentInput
from gateway.compliance.profiles import DEFAULT, PLAIN, SELF_BILLING
from gateway.documents.checked_numbers import CheckedNumber
from gateway.kinds import DocumentKind
from gateway.tax.drafting import Goods

_Group = TypeVar("_Group", bound=BaseModel)

DUE_DAYS = 30
"""When neither document nor entity says when to pay (Directive 2011/7/EU, Art. 3(3)(b))."""

CREDIT_TRANSFER = "30"
"""UNTDID 4461: credit transfer, as BT-81 of an entity's own bank account."""


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued document that another one refers to.

    Attributes:
        number: BT-1.
        issue_date: BT-2.
        invoice: What it says.
        registered: The number by which its authority wants it named, if it gave one.
    """

    number: str
    issue_date: datetime.date
    invoice: Invoice
    registered: str | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """What links stand for.

    Attributes:
        buyer: BG-7 of the stored customer, canonical JSON; what the body says wins.
        lines: By the line's place, BG-25 of its item or tax, canonical JSON.
        exemptions: By the line's place, why its tax bears no VAT: an entry of `vat_exemptions`.
        corrected: The document that this one corrects.
        settled: The advance invoices that this one settles, with what credit notes left of them.
        goods: By the line's place, what its item is for VAT.
        checked: What was answered about the buyer's VAT number; None when nothing fresh enough.
    """

    buyer: Mapping[str, Any] | None = None
    lines: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    exemptions: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    corrected: Issued | None = None
    settled: tuple[Issued, ...] = ()
    goods: Mapping[int, Goods] = field(default_factory=dict)
    checked: CheckedNumber | None = None


NONE = Sources()
"""A body without links."""


def enriched(
    given: DocumentInput,
    sources: Sources,
    settings: Mapping[str, Any],
    issue_date: datetime.date,
    *,
    pays: bool,
) -> DocumentInput:
    """Return a body with what its links and the entity's settings add; its own words win.

    Args:
        given: The body.
        sources: What its links stand for.
        settings: The entity's: `due_days`, `bank_accounts`.
        issue_date: BT-2, from which the due date is counted.
        pays: Whether the buyer is asked for money, by a day and to an account.
    """
    changes: dict[str, Any] = {}
    if sources.buyer is not None:
        changes["buyer"] = _filled(given.buyer, sources.buyer)
    if sources.lines or sources.settled:
        own = [
            _filled(line, sources.lines[at]) if at in sources.lines else line
            for at, line in enumerate(given.lines)
        ]
        gross = given.prices_include_vat
        off = (line for one in sources.settled for line in _deduction(one, with_vat=gross))
        changes["lines"] = (*own, *off)
        changes["vat_exemptions"] = (*given.vat_exemptions, *_brought(given, own, sources))
    if references := [one for one in (sources.corrected, *sources.settled) if one is not None]:
        changes["preceding_invoice_references"] = _referring(given, references)
    if pays and given.payment_due_date is None and given.payment_terms is None:
        days = datetime.timedelta(days=settings.get("due_days", DUE_DAYS))
        if issue_date <= datetime.date.max - days:  # else there is no such day: it is asked for
            changes["payment_due_date"] = issue_date + days
    if pays and not given.payment_instructions:
        changes["payment_instructions"] = _account(settings)
    return given.model_copy(update=changes) if changes else given


def placed(buyer: Buyer, country_code: str) -> Buyer:
    """Return a buyer with a country (BT-55), where no address at all is given.

    The country of its VAT identifier (BT-48), else the entity's own: who says nothing else sells
    at home. An address without its country stays so, and is asked for it.
    """
    if buyer.postal_address is not None:
        return buyer
    prefix = (buyer.vat_identifier or "")[:2].upper()
    known = {"EL": "GR", "XI": "GB"}.get(prefix, prefix)
    address = BuyerPostalAddress(country_code=known if known in COUNTRIES else country_code)
    return buyer.model_copy(update={"postal_address": address})


def usual(buyer: Buyer, kind: DocumentKind) -> str:
    """Return the profile of a document when neither body nor entity names one."""
    if buyer.electronic_address is None and not kind.self_billed:
        return PLAIN
    return SELF_BILLING if kind.self_billed else DEFAULT


def as_buyer(seller: Seller) -> Buyer:
    """Return an entity as the buyer (BG-7) of what is billed in its name."""
    words = seller.model_dump(mode="json", exclude_none=True)
    known = {name: words[name] for name in words if name in Buyer.model_fields}
    if isinstance(identifiers := words.get("identifiers"), list) and identifiers:
        known["identifier"] = identifiers[0]
    return Buyer.model_validate(known)


def _filled(given: _Group, base: Mapping[str, Any]) -> _Group:
    """Return a group with what is missing in it taken from canonical JSON, deep."""
    own = given.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    return type(given).model_validate(_under(base, own))


def _under(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for name, value in own.items():
        below = merged.get(name)
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            merged[name] = _under(below, value)
        else:
            merged[name] = value
    return merged


def _brought(given: DocumentInput, lines: list[Line], sources: Sources) -> list[VatExemption]:
    """Return why categories bear no VAT, as the taxes of their lines say it.

    A line that says another category, or a reason itself, does not have its tax's; a category
    that the body gives a reason keeps that one. Different reasons of one category, which has one
    row of the breakdown, are put into one text (BT-120): each of them holds.
    """
    said = {one.category_code for one in given.vat_exemptions}
    found: dict[str, list[VatExemption]] = {}
    for at, line in enumerate(lines):
        if at not in sources.exemptions or _says_why(line):
            continue
        reason = VatExemption.model_validate(sources.exemptions[at])
        others = found.setdefault(reason.category_code, [])
        if line.vat_category_code == reason.category_code and reason not in others:
            others.append(reason)
    return [
        _one_of(code, reasons) for code, reasons in found.items() if reasons and code not in said
    ]


def _says_why(line: Line) -> bool:
    own = line.extensions
    return own is not None and bool(own.vat_exemption_reason_text or own.vat_exemption_reason_code)


def _one_of(code: str, reasons: list[VatExemption]) -> VatExemption:
    if len(reasons) == 1:
        return reasons[0]
    texts = dict.fromkeys(one.text or one.code or "" for one in reasons)
    codes = {one.code for one in reasons}
    only = codes.pop() if len(codes) == 1 else None
    return VatExemption(category_code=code, text="; ".join(texts), code=only)


def left_of(invoice: Invoice, credited: Iterable[Invoice]) -> Invoice:
    """Return an invoice whose VAT breakdown (BG-23) is what credit notes left of it."""
    left = {(row.category_code, row.category_rate): row for row in invoice.vat_breakdown}
    for note in credited:
        for row in note.vat_breakdown:
            key = (row.category_code, row.category_rate)
            before = left.get(key, _nothing_of(row))
            amounts = {name: _less(getattr(before, name), getattr(row, name)) for name in _AMOUNTS}
            left[key] = before.model_copy(update=amounts)
    return invoice.model_copy(update={"vat_breakdown": tuple(left.values())})


_AMOUNTS = ("category_taxable_amount", "category_tax_amount")


def _nothing_of(row: VatBreakdown) -> VatBreakdown:
    return row.model_copy(update=dict.fromkeys(_AMOUNTS, Decimal(0)))


def _less(amount: Decimal | None, taken: Decimal | None) -> Decimal:
    return (amount or Decimal(0)) - (taken or Decimal(0))


def _deduction(advance: Issued, *, with_vat: bool) -> tuple[Line, ...]:
    """Return the lines that take an advance off again: one for each VAT category and rate.

    What was taxed with the advance is not taxed twice (Directive 2006/112/EC, Art. 65): its
    taxable amounts come off, and its VAT with them.

    Args:
        advance: With what is left of it.
        with_vat: Whether the prices of the document include VAT, so that these must too.
    """
    day = advance.issue_date.isoformat()
    amounts = [
        (row, _less(row.category_taxable_amount, None) + (_tax(row) if with_vat else 0))
        for row in advance.invoice.vat_breakdown
    ]
    return tuple(
        Line(
            item_name=f"{advance.number} ({day})",
            invoiced_quantity=Decimal(-1 if amount > 0 else 1),
            unit_code="C62",
            item_net_price=abs(amount),
            vat_category_code=row.category_code,
            vat_rate=row.category_rate,
        )
        for row, amount in amounts
        if amount
    )


def _tax(row: VatBreakdown) -> Decimal:
    return row.category_tax_amount or Decimal(0)


def _referring(
    given: DocumentInput, documents: list[Issued]
) -> tuple[PrecedingInvoiceReference, ...]:
    named = {one.reference for one in given.preceding_invoice_references}
    return (
        *given.preceding_invoice_references,
        *(
            PrecedingInvoiceReference(
                reference=one.number,
                issue_date=one.issue_date,
                extensions=_registered(one),
            )
            for one in documents
            if one.number not in named
        ),
    )


def _registered(one: Issued) -> PrecedingInvoiceReferenceExtensions | None:
    if one.registered is None:
        return None
    return PrecedingInvoiceReferenceExtensions(unique_identifier=one.registered)


def _account(settings: Mapping[str, Any]) -> tuple[PaymentInstructions, ...]:
    """Return BG-16 for the entity's default bank account, if it has one."""
    accounts = [one for one in settings.get("bank_accounts", ()) if one.get("iban")]
    if not accounts:
        return ()
    chosen = next((one for one in accounts if one.get("default")), accounts[0])
    transfer = CreditTransfer(
        payment_account_identifier=chosen["iban"],
        payment_account_name=chosen.get("name"),
        payment_service_provider_identifier=chosen.get("bic"),
    )
    return (
        PaymentInstructions(payment_means_type_code=CREDIT_TRANSFER, credit_transfers=(transfer,)),
    )
