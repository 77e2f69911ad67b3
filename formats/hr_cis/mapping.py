"""From the canonical invoice to what CIS is told of it; what CIS cannot be told is a finding.

The canonical invoice knows amounts, parties and VAT categories. Number, moment and operator come
beside it (`Till`), and the ZKI goes in afterwards.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from zoneinfo import ZoneInfo

from formats.en16931.codes.documents import CREDIT_NOTE_TYPES
from formats.en16931.model import Invoice
from formats.en16931.money import add
from formats.findings import Finding, Flag
from formats.hr_cis.invoice import Invoice as FiscalInvoice
from formats.hr_cis.invoice import Number, Tax
from formats.hr_cis.values import IS_OIB, CisError

RULE_SET = "hr.gateway:cis:1"

RULES = {
    "HR-03": "A cash invoice told to CIS is in EUR.",
    "HR-04": "Its VAT categories are among those CIS has a place for: S, Z, E, G, K and O.",
    "HR-05": "Its number is sequence/premise/device, as CIS is told.",
    "HR-06": "Its issue date is the day of its moment in Croatia.",
    "HR-07": "It says how it is paid.",
    "HR-08": "What CIS is told fits its schema.",
}

ZONE = ZoneInfo("Europe/Zagreb")

_AT_RATES = frozenset({"S", "Z"})
_EXEMPT = frozenset({"E", "G", "K"})
_MARGIN = frozenset({"VATEX-EU-D", "VATEX-EU-F", "VATEX-EU-I", "VATEX-EU-J"})
_KNOWN = _AT_RATES | _EXEMPT | {"O"}
_TAXABLE_PERSON = frozenset({"S", "G", "K"})

_WAYS: Mapping[str, str] = MappingProxyType(
    {
        "10": "G",  # in cash
        **dict.fromkeys(("48", "54", "55"), "K"),  # bank card, credit card, debit card
        **dict.fromkeys(("30", "31", "42", "58"), "T"),  # credit transfers, to a bank account
    }
)
"""NacinPlac by UNTDID 4461; all others are `O`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Till:
    """What CIS wants to know that an invoice does not say.

    Attributes:
        numbering: `N`: each device counts; `P`: the premise counts.
        number: As BT-1 has it.
        issued_at: The moment, with its zone.
        operator: OIB of who issued it; None: the issuer's own, as for machines.
    """

    numbering: str
    number: Number
    issued_at: datetime.datetime
    operator: str | None = None


class NotFiscalError(ValueError):
    """CIS cannot be told of this invoice.

    Attributes:
        findings: Why, all of it.
    """

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(f"{one.rule}: {one.message}" for one in findings))
        self.findings = findings


def misnumbered(number: str | None, why: str) -> NotFiscalError:
    """Return that a number is none of a cash invoice."""
    finding = _finding(
        "HR-05",
        f"The number {number} cannot be told to CIS: {why}.",
        "BT-1",
        "/number",
        "Number cash invoices sequence/premise/device: a series with premise and device, and the"
        " pattern {seq}/{premise}/{device}.",
    )
    return NotFiscalError((finding,))


def local_time(moment: datetime.datetime) -> datetime.datetime:
    """Return a moment as Croatian invoices state it: local time, whole seconds, without a zone.

    Raises:
        ValueError: It has no zone itself.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return moment.astimezone(ZONE).replace(tzinfo=None, microsecond=0)


def oib_of(vat_identifier: str | None, registration: str | None = None) -> str:
    """Return a party's OIB by its VAT identifier or its tax registration; empty without one."""
    for said in (vat_identifier, registration):
        found = (said or "").removeprefix("HR")
        if IS_OIB(found):
            return found
    return ""


def fiscal_invoice(invoice: Invoice, till: Till) -> FiscalInvoice:
    """Return what CIS is told of an invoice, without its ZKI; of a credit note, below zero.

    Of who is no taxable person for VAT CIS is told the total alone (its checks v142 to v145).

    Raises:
        NotFiscalError: CIS has no words for it.
    """
    if found := tuple(_findings(invoice, till)):
        raise NotFiscalError(found)
    seller, credit = invoice.seller, invoice.type_code in CREDIT_NOTE_TYPES
    oib, payment = oib_of(seller.vat_identifier, seller.tax_registration_identifier), _way(invoice)
    in_vat = seller.vat_identifier is not None
    sums = _sums(invoice, credit=credit) if in_vat else {}
    recipient = oib_of(invoice.buyer.vat_identifier)
    try:
        return FiscalInvoice(
            oib=oib,
            in_vat=in_vat,
            issued_at=local_time(till.issued_at),
            numbering=till.numbering,
            number=till.number,
            vat=_taxes(invoice, credit=credit) if in_vat else (),
            exempt=sums.get("exempt"),
            margin=sums.get("margin"),
            not_taxable=sums.get("not_taxable"),
            total=_signed(invoice.totals.total_with_vat or Decimal(), credit=credit),
            payment=payment,
            operator=till.operator or oib,
            recipient=recipient if recipient and payment != "T" else None,
        )
    except CisError as error:
        raise NotFiscalError((_misfit(error),)) from error


def _findings(invoice: Invoice, till: Till) -> Iterator[Finding]:
    if invoice.currency_code != "EUR":
        said = f"The invoice is in {invoice.currency_code}."
        yield _finding("HR-03", said, "BT-5", "/currency_code", "Issue it in EUR.")
    for place, row in enumerate(invoice.vat_breakdown):
        if row.category_code not in _KNOWN:
            yield _finding(
                "HR-04",
                f"CIS has no place that is known for VAT category {row.category_code}.",
                "BT-118",
                f"/vat_breakdown/{place}/category_code",
                f"Use one of {', '.join(sorted(_KNOWN))}.",
            )
    parts = till.number
    expected = f"{parts.sequence}/{parts.premise}/{parts.device}"
    if invoice.number != expected:
        yield _finding(
            "HR-05",
            f"The invoice is number {invoice.number}, and CIS would be told {expected}.",
            "BT-1",
            "/number",
            "Number cash invoices sequence/premise/device.",
        )
    day = local_time(till.issued_at).date()
    if invoice.issue_date != day:
        yield _finding(
            "HR-06",
            f"The invoice is of {invoice.issue_date}, and in Croatia it is {day}.",
            "BT-2",
            "/issue_date",
            "Date it on the day on which it is issued.",
        )
    if not any(one.payment_means_type_code for one in invoice.payment_instructions):
        yield _finding(
            "HR-07",
            "The invoice does not say how it is paid, and CIS is told.",
            "BT-81",
            "/payment_instructions",
            "State the means of payment: 10 in cash, 48 by card, 58 by transfer.",
        )
    if invoice.seller.vat_identifier is None:
        yield from _charged(invoice)
    yield from _missing(invoice)


def _charged(invoice: Invoice) -> Iterator[Finding]:
    """Yield the rows that only a taxable person for VAT writes: CIS would be told of no VAT."""
    for place, row in enumerate(invoice.vat_breakdown):
        if row.category_code in _TAXABLE_PERSON:
            yield _finding(
                "HR-08",
                f"A row of VAT category {row.category_code}, and a seller outside of VAT.",
                "BT-31",
                f"/vat_breakdown/{place}/category_code",
                "State the seller's VAT identifier (BT-31), or issue it without VAT (O, E).",
            )


def _missing(invoice: Invoice) -> Iterator[Finding]:
    total = invoice.totals.total_with_vat
    wanted = [("total_with_vat", "BT-112", "/totals/total_with_vat", total)]
    terms = {
        "category_taxable_amount": "BT-116",
        "category_tax_amount": "BT-117",
        "category_rate": "BT-119",
    }
    for place, row in enumerate(invoice.vat_breakdown):
        names = list(terms) if row.category_code in _AT_RATES else ["category_taxable_amount"]
        at = f"/vat_breakdown/{place}"
        wanted += [(name, terms[name], f"{at}/{name}", getattr(row, name)) for name in names]
    for name, term, pointer, value in wanted:
        if value is None:
            yield _finding("HR-08", f"CIS wants {name}.", term, pointer, "State it.")


def _way(invoice: Invoice) -> str:
    """Return NacinPlac: what is paid in several ways is `O`."""
    codes = [one.payment_means_type_code for one in invoice.payment_instructions]
    ways = {_WAYS.get(code, "O") for code in codes if code}
    return ways.pop() if len(ways) == 1 else "O"


def _taxes(invoice: Invoice, *, credit: bool) -> tuple[Tax, ...]:
    """Return VAT by rate, highest first; rows of one rate are added."""
    rates: dict[Decimal, list[tuple[Decimal, Decimal]]] = {}
    for row in invoice.vat_breakdown:
        if row.category_code in _AT_RATES and not _is_margin(row.exemption_reason_code):
            pair = row.category_taxable_amount or Decimal(), row.category_tax_amount or Decimal()
            rates.setdefault((row.category_rate or Decimal()).normalize(), []).append(pair)
    return tuple(
        Tax(
            rate=rate,
            base=_signed(add(base for base, _ in pairs), credit=credit),
            amount=_signed(add(tax for _, tax in pairs), credit=credit),
        )
        for rate, pairs in sorted(rates.items(), reverse=True)
    )


def _sums(invoice: Invoice, *, credit: bool) -> dict[str, Decimal]:
    """Return what bears no VAT, by what CIS tells apart."""
    found: dict[str, list[Decimal]] = {}
    for row in invoice.vat_breakdown:
        if _is_margin(row.exemption_reason_code):
            kind = "margin"
        elif row.category_code in _AT_RATES:
            continue
        else:
            kind = "not_taxable" if row.category_code == "O" else "exempt"
        found.setdefault(kind, []).append(row.category_taxable_amount or Decimal())
    return {kind: _signed(add(sums), credit=credit) for kind, sums in found.items()}


def _is_margin(reason: str | None) -> bool:
    return (reason or "").upper() in _MARGIN


def _signed(amount: Decimal, *, credit: bool) -> Decimal:
    return -amount if credit and amount else amount


def _misfit(error: CisError) -> Finding:
    fix = "Correct what this was made of; CIS would answer s001."
    return _finding("HR-08", f"{error.name} {error.detail}.", None, None, fix)


def _finding(rule: str, message: str, term: str | None, pointer: str | None, fix: str) -> Finding:
    return Finding(
        rule=rule,
        rule_set=RULE_SET,
        flag=Flag.FATAL,
        message=message,
        term=term,
        pointer=pointer,
        fix=fix,
    )
