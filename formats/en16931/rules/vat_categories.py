"""What each VAT category asks for: BR-47, BR-48 and BR-S/Z/E/AE/IC/G/O/AF/AG-01 to 07 and 10.

One table (`categories`), one function per rule number. What only one category has (BR-IC-11, 12,
BR-O-11 to 14, BR-B-01, 02) stands in `special_categories`.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal

from formats.en16931.amounts import VatBreakdown
from formats.en16931.model import Invoice
from formats.en16931.rules.base import fatal, missing, plain
from formats.en16931.rules.categories import (
    CATEGORIES,
    Category,
    Rate,
    Taxed,
    of_category,
    taxed,
    trimmed,
)
from formats.findings import Finding

RULES = frozenset(
    {"BR-47", "BR-48"}
    | {
        f"{category.rules}-{rule}"
        for category in CATEGORIES
        for rule in ("01", "02", "03", "04", "05", "06", "07", "10")
    }
)

_PARTY_RULES = {"line": "02", "allowance": "03", "charge": "04"}
_RATE_RULES = {"line": "05", "allowance": "06", "charge": "07"}
_RATE_FITS: dict[Rate, Callable[[Decimal | None], bool]] = {
    Rate.POSITIVE: lambda rate: rate is not None and rate > 0,
    Rate.NOT_NEGATIVE: lambda rate: rate is not None and rate >= 0,
    Rate.ZERO: lambda rate: rate is not None and rate == 0,
    Rate.NONE: lambda rate: rate is None,
}
_RATE_TERMS = {"line": "BT-152", "allowance": "BT-96", "charge": "BT-103"}


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what the VAT categories of lines, allowances, charges and breakdown lack."""
    items = tuple(taxed(invoice))
    rows = tuple(enumerate(invoice.vat_breakdown))
    findings = list(_rows(invoice))
    for category in CATEGORIES:
        own_items = of_category(items, category.code)
        own_rows = [row for row in rows if trimmed(row[1].category_code) == category.code]
        findings += _breakdown(category, own_items, len(own_rows))
        findings += _parties(category, own_items, invoice)
        findings += _rates(category, own_items)
        findings += _reasons(category, own_rows)
    return tuple(findings)


def _rows(invoice: Invoice) -> Iterator[Finding]:
    for number, row in enumerate(invoice.vat_breakdown):
        pointer = f"/vat_breakdown/{number}"
        if row.category_code is None:
            where = f"{pointer}/category_code"
            yield missing("BR-47", where, "BT-118", "VAT category code of the breakdown")
        if row.category_rate is None and trimmed(row.category_code) != "O":
            where = f"{pointer}/category_rate"
            yield missing("BR-48", where, "BT-119", "VAT rate of the breakdown")


def _breakdown(category: Category, items: tuple[Taxed, ...], rows: int) -> Iterator[Finding]:
    """Rule 01: what is invoiced is broken down, once unless there may be several rates."""
    if category.several_rates:
        fits = bool(items) == bool(rows)
        wanted = "at least one row" if items else "no row"
    else:
        fits = rows == 1 or not (items or rows)
        wanted = "exactly one row"
    if not fits:
        yield fatal(
            f"{category.rules}-01",
            "/vat_breakdown",
            "BG-23",
            f"The VAT breakdown (BG-23) has {rows} rows of category {category.code}"
            f" ({category.name}), but {len(items)} lines, allowances and charges ask for"
            f" {wanted}.",
            f"Give {wanted} of category {category.code}, or leave the breakdown to us.",
        )


def _parties(category: Category, items: tuple[Taxed, ...], invoice: Invoice) -> Iterator[Finding]:
    """Rules 02 to 04: who must (or, for O, must not) be known to the VAT authorities."""
    kinds = [kind for kind in _PARTY_RULES if any(item.kind == kind for item in items)]
    if not kinds:
        return
    pointer, message, fix = _party_problem(category, invoice)
    if pointer is None:
        return
    for kind in kinds:
        yield fatal(
            f"{category.rules}-{_PARTY_RULES[kind]}",
            pointer,
            "BT-48" if pointer.startswith("/buyer") else "BT-31",
            f"A document with a {kind} of VAT category {category.code} ({category.name})"
            f" {message}.",
            fix,
        )


def _party_problem(category: Category, invoice: Invoice) -> tuple[str | None, str, str]:
    seller, buyer = invoice.seller, invoice.buyer
    representative = invoice.seller_tax_representative
    by_vat = [
        seller.vat_identifier,
        representative.vat_identifier if representative is not None else None,
    ]
    if category.code == "O":
        if any(identifier is not None for identifier in (*by_vat, buyer.vat_identifier)):
            pointer = (
                "/seller/vat_identifier"
                if seller.vat_identifier is not None
                else "/buyer/vat_identifier"
            )
            return (
                pointer,
                "must not name the VAT identifier of anybody (BT-31, BT-48, BT-63)",
                "Remove the VAT identifiers, or use another VAT category.",
            )
        return None, "", ""
    sufficient = list(by_vat)
    if category.seller_tax_registration:
        sufficient.append(seller.tax_registration_identifier)
    if all(identifier is None for identifier in sufficient):
        return (
            "/seller/vat_identifier",
            "must name the seller's VAT identifier (BT-31) or its tax representative's (BT-63)"
            + (" or its tax registration (BT-32)" if category.seller_tax_registration else ""),
            "Give the seller's VAT identifier.",
        )
    known = [buyer.vat_identifier is not None]
    if category.code == "AE":
        known.append(buyer.legal_registration_identifier is not None)
    if category.code in {"AE", "K"} and not any(known):
        return (
            "/buyer/vat_identifier",
            "must name the buyer's VAT identifier (BT-48)"
            + (" or legal registration (BT-47)" if category.code == "AE" else ""),
            "Give the buyer's VAT identifier.",
        )
    return None, "", ""


def _rates(category: Category, items: tuple[Taxed, ...]) -> Iterator[Finding]:
    """Rules 05 to 07: the rate that goes with the category."""
    for item in items:
        if not _RATE_FITS[category.rate](item.rate):
            term = _RATE_TERMS[item.kind]
            yield fatal(
                f"{category.rules}-{_RATE_RULES[item.kind]}",
                f"{item.pointer}/vat_rate",
                term,
                f"The VAT rate ({term}) is {plain(item.rate)}, but VAT category {category.code}"
                f" ({category.name}) asks for {category.rate.value}.",
                "Leave vat_rate out."
                if category.rate is Rate.NONE
                else f"Give a rate of {category.rate.value}, or another VAT category.",
            )


def _reasons(category: Category, rows: list[tuple[int, VatBreakdown]]) -> Iterator[Finding]:
    """Rule 10: a reason where no VAT is charged, and none where it is."""
    for number, row in rows:
        given = row.exemption_reason_text is not None or row.exemption_reason_code is not None
        if given == category.exemption:
            continue
        pointer = f"/vat_breakdown/{number}/exemption_reason_code"
        rule = f"{category.rules}-10"
        if given:
            reason = row.exemption_reason_code or row.exemption_reason_text
            yield fatal(
                rule,
                pointer,
                "BT-121",
                f"The exemption reason {reason} (BT-120, BT-121) contradicts VAT category"
                f" {category.code} ({category.name}).",
                "Remove the reason, or use another VAT category.",
            )
        else:
            example = f" {category.vatex}" if category.vatex else " of the CEF VATEX list"
            yield fatal(
                rule,
                pointer,
                "BT-121",
                f"VAT category {category.code} ({category.name}) needs a reason (BT-120 or"
                " BT-121).",
                f"Give exemption_reason_code{example}, or the reason as text; in a body that"
                f" leaves the breakdown out: vat_exemptions with category_code {category.code}.",
            )
