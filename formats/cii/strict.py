"""Where the artefact for CII (EN16931-CII 1.3.16) asks more than the one for UBL.

What it finds beyond keeps a document in CII from being accepted, so it is said before one is
issued: BR-09, BR-11, BR-20, BR-53, BR-62, BR-63, BR-CL-08, BR-CO-14, BR-CO-16, BR-IC-11, BR-O-11
to BR-O-14, BR-S-08 and rule 01 of the categories without VAT.
"""

from collections.abc import Iterator
from decimal import ROUND_FLOOR, Decimal, localcontext

from formats.en16931.codes.documents import NOTE_SUBJECTS
from formats.en16931.model import Invoice
from formats.en16931.money import EXACT
from formats.en16931.rules.base import fatal, is_blank, missing, plain
from formats.en16931.rules.categories import CATEGORIES, taxed, trimmed
from formats.findings import Finding

_STANDARD = "S"
_INTRA_COMMUNITY = "K"
_OUT_OF_SCOPE = "O"


def check(invoice: Invoice) -> Iterator[Finding]:
    """Yield what CII finds beyond UBL, also where UBL's rule of that id has found it already."""
    with localcontext(EXACT):
        yield from _parties(invoice)
        yield from _notes(invoice)
        yield from _totals(invoice)
        yield from _breakdown(invoice)
        yield from _standard_rated(invoice)
        yield from _delivered(invoice)
        yield from _out_of_scope(invoice)


def _parties(invoice: Invoice) -> Iterator[Finding]:
    for rule, whose, term, party in (
        ("BR-09", "seller", "BT-40", invoice.seller),
        ("BR-11", "buyer", "BT-55", invoice.buyer),
    ):
        if party.postal_address is None:
            pointer = f"/{whose}/postal_address/country_code"
            yield missing(rule, pointer, term, f"{whose}'s country code")
    representative = invoice.seller_tax_representative
    if representative is not None and representative.postal_address is None:
        pointer = "/seller_tax_representative/postal_address/country_code"
        yield missing("BR-20", pointer, "BT-69", "tax representative's country code")
    for rule, whose, term, address in (
        ("BR-62", "seller", "BT-34", invoice.seller.electronic_address),
        ("BR-63", "buyer", "BT-49", invoice.buyer.electronic_address),
    ):
        if address is not None and is_blank(address.scheme_identifier):
            pointer = f"/{whose}/electronic_address/scheme_identifier"
            yield missing(rule, pointer, term, f"scheme of the {whose}'s electronic address")


def _notes(invoice: Invoice) -> Iterator[Finding]:
    for number, note in enumerate(invoice.notes):
        code = trimmed(note.subject_code)
        if code and code not in NOTE_SUBJECTS:
            yield fatal(
                "BR-CL-08",
                f"/notes/{number}/subject_code",
                "BT-21",
                f"{code} (BT-21) is not in UNTDID 4451.",
                "Take a code of UNTDID 4451.",
            )


def _totals(invoice: Invoice) -> Iterator[Finding]:
    totals, currency = invoice.totals, invoice.currency_code
    if currency is not None and currency == invoice.vat_accounting_currency_code:
        yield fatal(
            "BR-53",
            "/vat_accounting_currency_code",
            "BT-6",
            f"VAT accounting currency (BT-6) and invoice currency (BT-5) are both {currency}.",
            "Leave the VAT accounting currency out.",
        )
    if totals.total_vat and not invoice.vat_breakdown:
        yield fatal(
            "BR-CO-14",
            "/totals/total_vat",
            "BT-110",
            f"The total VAT (BT-110) is {plain(totals.total_vat)}, but there is no VAT breakdown"
            " (BG-23) that gives it.",
            "Give the VAT breakdown, or leave both to us.",
        )
    due, with_vat = totals.amount_due, totals.total_with_vat
    if due is None or with_vat is None:
        return
    paid, rounding = totals.paid_amount or Decimal(0), totals.rounding_amount or Decimal(0)
    right = with_vat - paid + rounding
    if due != right:
        yield fatal(
            "BR-CO-16",
            "/totals/amount_due",
            "BT-115",
            f"The amount due (BT-115) is {plain(due)}, but BT-112 - BT-113 + BT-114 is"
            f" {plain(right)}.",
            f"Write {plain(right)}, or leave it out.",
        )


def _breakdown(invoice: Invoice) -> Iterator[Finding]:
    """Rule 01: a row of a category without VAT that no line, allowance or charge belongs to."""
    used = {item.code for item in taxed(invoice)}
    for category in CATEGORIES:
        if category.several_rates or category.code in used:
            continue
        for number, row in enumerate(invoice.vat_breakdown):
            if trimmed(row.category_code) == category.code:
                yield fatal(
                    f"{category.rules}-01",
                    f"/vat_breakdown/{number}",
                    "BG-23",
                    f"The VAT breakdown (BG-23) has a row of category {category.code}"
                    f" ({category.name}), but no line, allowance or charge is of it.",
                    "Remove the row, or leave the breakdown to us.",
                )
                break


def _standard_rated(invoice: Invoice) -> Iterator[Finding]:
    """BR-S-08 to the cent; each sum is rounded by itself."""
    sums = dict[tuple[Decimal, str], Decimal]()
    for item in taxed(invoice):
        if item.code == _STANDARD and item.rate is not None:
            key = (item.rate, item.kind)
            sums[key] = sums.get(key, Decimal(0)) + item.amount
    for number, row in enumerate(invoice.vat_breakdown):
        rate, stated = row.category_rate, row.category_taxable_amount
        if trimmed(row.category_code) != _STANDARD or rate is None or stated is None:
            continue
        lines, charges = (sums.get((rate, kind), Decimal(0)) for kind in ("line", "charge"))
        allowances = -sums.get((rate, "allowance"), Decimal(0))
        right = _rounded(lines) + _rounded(charges) - _rounded(allowances)
        if stated != right:
            yield fatal(
                "BR-S-08",
                f"/vat_breakdown/{number}/category_taxable_amount",
                "BT-116",
                f"The taxable amount (BT-116) is {plain(stated)}, but lines, charges and"
                f" allowances of category S at {plain(rate)} % add up to {plain(right)}; in CII it"
                " must be that to the cent.",
                f"Write {plain(right)}, or leave the breakdown to us.",
            )


def _rounded(value: Decimal) -> Decimal:
    """XPath's `round(value * 100) div 100`: halves go up."""
    return (value * 100 + Decimal("0.5")).to_integral_value(ROUND_FLOOR).scaleb(-2)


def _delivered(invoice: Invoice) -> Iterator[Finding]:
    """BR-IC-11: in UBL, a code for the VAT point (BT-8) stands in for the period it is in."""
    codes = {trimmed(row.category_code) for row in invoice.vat_breakdown}
    delivery = invoice.delivery_information
    period = delivery.invoicing_period if delivery else None
    dated = (delivery is not None and delivery.actual_delivery_date is not None) or (
        period is not None and bool(period.start_date or period.end_date)
    )
    if _INTRA_COMMUNITY in codes and not dated:
        yield fatal(
            "BR-IC-11",
            "/delivery_information/actual_delivery_date",
            "BT-72",
            "An intra-community supply (VAT category K) needs its delivery date (BT-72) or the"
            " invoicing period (BG-14).",
            "Give the delivery date or the invoicing period.",
        )


def _out_of_scope(invoice: Invoice) -> Iterator[Finding]:
    """BR-O-11 to BR-O-14: two look at rows and lines alike, two at allowances and charges."""
    rows = [trimmed(row.category_code) for row in invoice.vat_breakdown]
    if _OUT_OF_SCOPE not in rows:
        return
    codes = {"line": list[str | None](), "allowance": [], "charge": []}
    for item in taxed(invoice):
        codes[item.kind].append(item.code)
    lines, allowances, charges = codes.values()
    for rule, own, beside, where, term in (
        ("BR-O-11", rows, lines, "/vat_breakdown/{}/category_code", "BT-118"),
        ("BR-O-12", lines, rows, "/lines/{}/vat_category_code", "BT-151"),
        (
            *("BR-O-13", allowances, charges),
            *("/document_level_allowances/{}/vat_category_code", "BT-95"),
        ),
        (
            *("BR-O-14", charges, allowances),
            *("/document_level_charges/{}/vat_category_code", "BT-102"),
        ),
    ):
        others = {code for code in (*own, *beside) if code is not None} - {_OUT_OF_SCOPE}
        if others:
            number = next((n for n, code in enumerate(own) if code in others), 0)
            yield fatal(
                rule,
                where.format(number),
                term,
                "A document in CII that is not subject to VAT (category O) names other VAT"
                f" categories: {', '.join(sorted(others))}.",
                "Put what is subject to VAT on an invoice of its own.",
            )
