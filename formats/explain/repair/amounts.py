"""Totals (BG-22) and VAT breakdown (BG-23) that do not follow from the lines.

Which amount is wrong is told by the others. An amount is put right only where more of the stated
amounts agree with the lines than not, and one that adds up all lines is among them: a total that
is off stands against many that are not; a line that got lost contradicts all of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from formats.en16931.amounts import Totals, VatBreakdown
from formats.en16931.model import Invoice
from formats.en16931.money import EXACT, add
from formats.en16931.rules import totals as totals_rules
from formats.en16931.rules import vat_amounts
from formats.en16931.rules.categories import BY_CODE
from formats.en16931.rules.exactness import TAX_SLACK
from formats.en16931.rules.lines import net_amount
from formats.en16931.totals import Computed, compute
from formats.explain.repair import doubts
from formats.explain.repair.doubts import LITTLE, Reading
from formats.explain.repair.edits import GONE, Case, Edit, Gone, JsonValue, Mend, amount

RULES = (
    totals_rules.RULES
    | vat_amounts.RULES
    | {f"{category.rules}-01" for category in BY_CODE.values()}
    | {"BR-45", "BR-46", "BR-47", "BR-48", "BR-CO-18", "PEPPOL-EN16931-R053", "BR-DE-14", "GW-11"}
)

FOLLOWING = (
    "sum_of_line_net_amounts",
    "sum_of_allowances",
    "sum_of_charges",
    "total_without_vat",
    "total_vat",
    "total_with_vat",
    "amount_due",
)


def mend(case: Case) -> Iterator[Mend]:
    """Yield the amounts to correct, together: they have one cause."""
    plan = _plan(case)
    if plan is None or plan.other is not None:
        return
    expected, rows, wrong = plan.expected, plan.rows, plan.wrong
    witnessed = _witnessed(case, expected, plan.right, len(wrong) + rows.wrong)
    if not witnessed and not _little(case.invoice.totals, expected, wrong, rows.wrong):
        return
    edits = [*rows.edits, *_totals(case.invoice.totals, expected)]
    if edits:
        yield Mend(RULES, tuple(edits))


def other_reading(case: Case) -> Reading | None:
    """Return what the stated amounts may mean as well, so that there is no patch."""
    plan = _plan(case)
    return None if plan is None else plan.other


def _plan(case: Case) -> "_Plan | None":
    """Return what the amounts should be, and what else they may mean."""
    invoice = case.invoice
    if not case.broken(RULES) or not invoice.lines or inconsistent(invoice):
        return None
    right = compute(totals_rules.totals_input(invoice))
    rows = _rows(invoice, right)
    if rows is None:
        return None
    expected = compute(totals_rules.totals_input(invoice), vat_breakdown=rows.kept).totals
    wrong = [
        name
        for name in FOLLOWING
        if case.stated(f"/totals/{name}")
        and _stated(invoice.totals, name) not in {None, _stated(expected, name)}
    ]
    other = None
    if case.stated("/vat_breakdown"):
        other = doubts.of_rows(invoice, rows.kept)
    if other is None:
        other = doubts.of_totals(invoice.totals, expected, wrong, _more(invoice, rows))
    return _Plan(right, rows, expected, wrong, other)


def _more(invoice: Invoice, rows: "_Rows") -> Decimal:
    """Return by how much the stated VAT of the rows is more than it follows; missing: nothing."""
    pairs = zip(invoice.vat_breakdown, rows.kept, strict=False)
    return add(
        EXACT.subtract(row.category_tax_amount, kept.category_tax_amount)
        for row, kept in pairs
        if row.category_tax_amount is not None and kept.category_tax_amount is not None
    )


def inconsistent(invoice: Invoice) -> tuple[int, ...]:
    """Return the lines whose amount is missing, or not what quantity and price give."""
    return tuple(
        number
        for number, line in enumerate(invoice.lines)
        if line.net_amount is None or any(net_amount(line, "", 2))
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """The VAT breakdown as it should be.

    Attributes:
        kept: The rows, corrected.
        edits: How to get there.
        stated: How many amounts the caller states.
        wrong: How many of them were wrong.
    """

    kept: tuple[VatBreakdown, ...]
    edits: tuple[Edit, ...]
    stated: int
    wrong: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the amounts should be.

    Attributes:
        right: What the lines give.
        rows: The VAT breakdown as it should be.
        expected: The totals as they should be.
        wrong: Names of the stated totals that are not.
        other: Another reading that is as good.
    """

    right: Computed
    rows: _Rows
    expected: Totals
    wrong: list[str]
    other: Reading | None


def _rows(invoice: Invoice, right: Computed) -> _Rows | None:
    """Match the rows to those that the lines give; None where that is not possible one by one."""
    waiting = {_key(row): row for row in right.vat_breakdown}
    if len(waiting) != len(right.vat_breakdown) or None in {
        row.category_code for row in waiting.values()
    }:
        return None
    found: dict[int, VatBreakdown] = {}
    for number, row in enumerate(invoice.vat_breakdown):
        if (match := waiting.pop(_key(row), None)) is not None:
            found[number] = match
    for number, row in enumerate(invoice.vat_breakdown):
        if number not in found:
            match = _only_match(row, tuple(waiting.values()))
            if match is None:
                return None
            del waiting[_key(match)]
            found[number] = match
    moved = [
        number
        for number, row in enumerate(invoice.vat_breakdown)
        if row.category_taxable_amount not in {None, found[number].category_taxable_amount}
    ]
    if len(moved) > 1:
        return None  # something is taxed in the wrong row; which, the rows do not say
    kept, edits, wrong = [], list[Edit](), 0
    for number, row in enumerate(invoice.vat_breakdown):
        new, changes, mistakes = _corrected(row, found[number], f"/vat_breakdown/{number}")
        kept.append(new)
        edits += changes
        wrong += mistakes
    for offset, row in enumerate(waiting.values()):
        kept.append(row)
        place = f"/vat_breakdown/{len(invoice.vat_breakdown) + offset}"
        edits.append(Edit(place, row.model_dump(mode="json", exclude_none=True)))
    stated = sum(
        value is not None
        for row in invoice.vat_breakdown
        for value in (row.category_taxable_amount, row.category_tax_amount)
    )
    return _Rows(tuple(kept), tuple(edits), stated, wrong)


def _key(row: VatBreakdown) -> tuple[str | None, Decimal | None]:
    return row.category_code, row.category_rate


def _only_match(row: VatBreakdown, waiting: tuple[VatBreakdown, ...]) -> VatBreakdown | None:
    """Return the row that one with a missing or wrong category or rate must be: by its amounts."""
    taxable, tax = row.category_taxable_amount, row.category_tax_amount
    alike = [
        other
        for other in waiting
        if taxable in {None, other.category_taxable_amount}
        and tax in {None, other.category_tax_amount}
        and (
            (row.category_code in {None, other.category_code} and row.category_rate is None)
            or (row.category_code in {None, other.category_code} and taxable is not None)
            or (row.category_rate == other.category_rate and None not in {taxable, tax})
        )
    ]
    return alike[0] if len(alike) == 1 else None


def _corrected(
    row: VatBreakdown, right: VatBreakdown, place: str
) -> tuple[VatBreakdown, list[Edit], int]:
    """Return a row with what it lacks or has wrong, the edits, and how many amounts were wrong."""
    update: dict[str, Decimal | str | None] = {}
    wrong = 0
    for name in ("category_taxable_amount", "category_tax_amount"):
        stated, computed = getattr(row, name), getattr(right, name)
        if stated is None or stated != computed:
            wrong += stated is not None
            update[name] = computed
    for name in ("category_code", "category_rate"):
        if getattr(row, name) != getattr(right, name):
            update[name] = getattr(right, name)
    edits = [Edit(f"{place}/{name}", _written(value)) for name, value in update.items()]
    return row.model_copy(update=update), edits, wrong


def _written(value: Decimal | str | None) -> JsonValue | Gone:
    if value is None:
        return GONE
    return amount(value) if isinstance(value, Decimal) else value


def _stated(totals: Totals, name: str) -> Decimal | None:
    value: Decimal | None = getattr(totals, name)
    if value == 0 and name in {"sum_of_allowances", "sum_of_charges"}:
        return None  # zero and nothing are the same sum
    return value


def _witnessed(case: Case, expected: Totals, right: Computed, wrong: int) -> bool:
    """Tell whether the stated amounts, as a whole, speak for the lines."""
    invoice = case.invoice
    stated = {
        name
        for name in FOLLOWING
        if _stated(invoice.totals, name) is not None and case.stated(f"/totals/{name}")
    }
    broken_down = bool(invoice.vat_breakdown) and case.stated("/vat_breakdown")
    amounts = 2 * len(invoice.vat_breakdown) * broken_down + len(stated)
    if wrong == 0:
        return True
    nets = [
        getattr(invoice.totals, name) == getattr(expected, name)
        for name in ("sum_of_line_net_amounts", "total_without_vat")
        if name in stated
    ]
    taxable = broken_down and add(
        row.category_taxable_amount for row in invoice.vat_breakdown
    ) == add(row.category_taxable_amount for row in right.vat_breakdown)
    if taxable and all(nets) and _by_slack(invoice, right):
        return True
    return 2 * wrong < amounts and (taxable or any(nets))


def _little(totals: Totals, expected: Totals, wrong: list[str], rows: int) -> bool:
    """Tell whether totals alone are off, by less than anything that could have been left out.

    All that a body states may be one total: nothing else speaks for the lines, and a cent of
    rounding is no line that was forgotten.
    """
    return rows == 0 and all(
        _off(_stated(totals, name), _stated(expected, name)) < LITTLE for name in wrong
    )


def _off(one: Decimal | None, other: Decimal | None) -> Decimal:
    return EXACT.subtract(one or Decimal(0), other or Decimal(0)).copy_abs()


def _by_slack(invoice: Invoice, right: Computed) -> bool:
    """Tell whether nothing but VAT is off, by less than the rules see: rate and amounts agree."""
    taxes = {_key(row): row.category_tax_amount for row in right.vat_breakdown}
    return all(
        row.category_tax_amount is not None
        and (tax := taxes.get(_key(row))) is not None
        and EXACT.subtract(row.category_tax_amount, tax).copy_abs() < TAX_SLACK
        for row in invoice.vat_breakdown
    )


def _totals(totals: Totals, expected: Totals) -> Iterator[Edit]:
    for name in FOLLOWING:
        if _stated(totals, name) != (right := _stated(expected, name)):
            yield Edit(f"/totals/{name}", _written(right))
