"""VAT categories, rates and reasons that the rest of the invoice leaves no doubt about."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from formats.en16931.amounts import VatBreakdown
from formats.en16931.model import Invoice
from formats.en16931.rules.categories import BY_CODE, Rate, Taxed, taxed, trimmed
from formats.en16931.rules.totals import totals_input
from formats.en16931.totals import compute_vat_breakdown, rate_in_breakdown
from formats.explain.repair.edits import GONE, Case, Edit, Mend, amount

_KIND = frozenset(
    f"{category.rules}-{rule}"
    for category in BY_CODE.values()
    for rule in ("01", "05", "06", "07", "08", "09")
) | {"BR-CO-04", "BR-32", "BR-37", "BR-CO-17", "BR-48", "GW-01"}

_TWICE = frozenset({"BR-CO-14", *(f"{category.rules}-01" for category in BY_CODE.values())})


def reasons(case: Case) -> Iterator[Mend]:
    """Yield the reason (BT-121) of a category that is its own reason; drop one that cannot be."""
    for number, row in enumerate(case.invoice.vat_breakdown):
        category = BY_CODE.get(trimmed(row.category_code) or "")
        if category is None or not case.broken(rule := frozenset({f"{category.rules}-10"})):
            continue
        if case.broken(frozenset(f"{category.rules}-{other}" for other in ("01", "08", "09"))):
            continue  # the row itself does not fit: its category may be what is wrong
        place = f"/vat_breakdown/{number}"
        because = (f"{place}/category_code", f"{place}/category_rate")
        given = [
            name
            for name in ("exemption_reason_text", "exemption_reason_code")
            if getattr(row, name) is not None
        ]
        if category.exemption and not given and category.vatex is not None:
            edit = Edit(f"{place}/exemption_reason_code", category.vatex)
            yield Mend(rule, (edit,), place, because)
        elif not category.exemption and given and _bears_tax(row):
            edits = tuple(Edit(f"{place}/{name}", GONE) for name in given)
            yield Mend(rule, edits, place, because)


def _bears_tax(row: VatBreakdown) -> bool:
    """Tell whether VAT is charged, so that the reason for none is what is wrong."""
    return bool(row.category_rate) and bool(row.category_tax_amount)


def duplicates(case: Case) -> Iterator[Mend]:
    """Yield rows of the VAT breakdown that stand there twice, to be said once.

    When the breakdown is what the lines give once they are gone.
    """
    rows = case.invoice.vat_breakdown
    again = [number for number, row in enumerate(rows) if row in rows[:number]]
    if not again or not case.broken(_TWICE) or not case.stated("/vat_breakdown"):
        return
    left = [row for number, row in enumerate(rows) if number not in again]
    if _amounts(left) == _amounts(compute_vat_breakdown(totals_input(case.invoice))):
        edits = tuple(Edit(f"/vat_breakdown/{number}", GONE) for number in again)
        because = tuple(f"/vat_breakdown/{rows.index(rows[number])}" for number in again)
        yield Mend(_TWICE, edits, because=because)


def _amounts(rows: Iterable[VatBreakdown]) -> set[tuple[object, ...]]:
    return {
        (
            row.category_code,
            row.category_rate,
            row.category_taxable_amount,
            row.category_tax_amount,
        )
        for row in rows
    }


def kinds(case: Case) -> Iterator[Mend]:
    """Yield category and rate of lines, allowances and charges as the VAT breakdown has them.

    For one that is alone in not fitting, when the breakdown adds up with it and not without.
    """
    if not case.broken(_KIND) or not case.stated("/vat_breakdown"):
        return
    invoice = case.invoice
    odd = [item for item in taxed(invoice) if not _fits(item, invoice)]
    if len(odd) != 1:
        return
    item = odd[0]
    if item.code is None and _taxed_otherwise(item, invoice):
        return  # its category may be the one of VAT under a wrong tax: it cannot have both
    possible = [row for row in invoice.vat_breakdown if _adds_up(invoice, item, row)]
    if len(possible) != 1:
        return
    row, edits = possible[0], list[Edit]()
    if item.code != row.category_code and row.category_code is not None:
        edits.append(Edit(f"{item.pointer}/vat_category_code", row.category_code))
    if row.category_rate is None and item.rate is not None:
        edits.append(Edit(f"{item.pointer}/vat_rate", GONE))
    elif row.category_rate is not None and item.rate != row.category_rate:
        edits.append(Edit(f"{item.pointer}/vat_rate", amount(row.category_rate)))
    number = invoice.vat_breakdown.index(row)
    because = tuple(
        f"/vat_breakdown/{number}/{name}"
        for name in ("category_code", "category_rate", "category_taxable_amount")
    )
    if edits:
        yield Mend(_KIND, tuple(edits), because=because)


def _taxed_otherwise(item: Taxed, invoice: Invoice) -> bool:
    """Tell whether it is a line that keeps the category of another tax (UBL-SR-48)."""
    if item.kind != "line":
        return False
    extensions = invoice.lines[int(item.pointer.rpartition("/")[2])].extensions
    return extensions is not None and bool(extensions.item_tax_categories or extensions.taxes)


def _fits(item: Taxed, invoice: Invoice) -> bool:
    """Tell whether an amount has a row of the breakdown, and a rate that its category takes."""
    key = (item.code, rate_in_breakdown(item.code, item.rate))
    rows = {(trimmed(row.category_code), row.category_rate) for row in invoice.vat_breakdown}
    category = BY_CODE.get(item.code or "")
    if category is None or key not in rows:
        return False
    match category.rate:
        case Rate.POSITIVE:
            return item.rate is not None and item.rate > 0
        case Rate.NOT_NEGATIVE:
            return item.rate is not None and item.rate >= 0
        case Rate.ZERO:
            return item.rate == 0
        case Rate.NONE:
            return item.rate is None


def _adds_up(invoice: Invoice, item: Taxed, row: VatBreakdown) -> bool:
    """Tell whether the breakdown is what the lines give once the item is taxed like a row."""
    if row.category_code not in BY_CODE or not _close_to(item, row):
        return False
    changed = _with(invoice, item, row.category_code, row.category_rate)
    computed = {
        (one.category_code, one.category_rate): one.category_taxable_amount
        for one in compute_vat_breakdown(totals_input(changed))
    }
    stated = {
        (one.category_code, one.category_rate): one.category_taxable_amount
        for one in invoice.vat_breakdown
    }
    return computed == stated and len(stated) == len(invoice.vat_breakdown)


def _close_to(item: Taxed, row: VatBreakdown) -> bool:
    """One of the two is as it was: nobody writes both wrong at once."""
    return item.code is None or item.code == row.category_code or item.rate == row.category_rate


def _with(invoice: Invoice, item: Taxed, code: str | None, rate: Decimal | None) -> Invoice:
    name, number = item.pointer.removeprefix("/").split("/")
    items = list(getattr(invoice, name))
    items[int(number)] = items[int(number)].model_copy(
        update={"vat_category_code": code, "vat_rate": rate}
    )
    return invoice.model_copy(update={name: tuple(items)})
