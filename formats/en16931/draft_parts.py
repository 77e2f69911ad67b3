"""The lines, allowances and charges of a draft, with all their amounts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from formats.en16931.amounts import DocumentLevelAllowance, DocumentLevelCharge, Totals
from formats.en16931.clash import Clash
from formats.en16931.draft_amounts import Amounts
from formats.en16931.line import Line
from formats.en16931.model import InvoiceTerms
from formats.en16931.money import EXACT, add, round_amount
from formats.en16931.rules.base import fatal, plain
from formats.en16931.rules.lines import net_amount
from formats.en16931.tax_inclusive import Net, without_vat
from formats.en16931.totals import taxed_alike
from formats.findings import Finding


@dataclass(frozen=True, slots=True)
class Parts:
    """Lines, allowances and charges with their amounts, without VAT.

    Attributes:
        lines: BG-25.
        allowances: BG-20.
        charges: BG-21.
        net: How they were derived from amounts with VAT; None where those were given without.
        clashes: Sums with VAT that cannot be reached.
        rounding: The rounding amount (BT-114) that makes up for them.
        findings: What the caller's lines say that cannot be, before VAT is taken from them.
    """

    lines: tuple[Line, ...]
    allowances: tuple[DocumentLevelAllowance, ...]
    charges: tuple[DocumentLevelCharge, ...]
    net: Net | None = None
    clashes: tuple[Clash, ...] = ()
    rounding: Decimal | None = None
    findings: tuple[Finding, ...] = ()


def complete_parts(terms: InvoiceTerms, amounts: Amounts, *, prices_include_vat: bool) -> Parts:
    """Return the lines, allowances and charges of a draft with their amounts, without VAT.

    Args:
        terms: The draft.
        amounts: Completes them, and collects what cannot be completed.
        prices_include_vat: Whether what the draft gives includes VAT.
    """
    lines = tuple(
        amounts.line(line, f"/lines/{index}", str(index + 1))
        for index, line in enumerate(terms.lines)
    )

    findings = tuple(
        finding
        for index, line in enumerate(lines)
        for finding in _of_price(line, f"/lines/{index}", amounts.decimals)
    )

    def of_lines(item: DocumentLevelAllowance | DocumentLevelCharge) -> Decimal | None:
        """Return the sum of the lines that are taxed like an allowance or charge."""
        alike = [line.net_amount for line in lines if taxed_alike(line, item)]
        return add(alike) if alike else None

    parts = Parts(
        lines,
        amounts.reductions(
            terms.document_level_allowances, "/document_level_allowances", of_lines
        ),
        amounts.reductions(terms.document_level_charges, "/document_level_charges", of_lines),
        findings=findings,
    )
    if not prices_include_vat:
        return parts
    net = without_vat(parts.lines, parts.allowances, parts.charges, amounts.decimals)
    return Parts(net.lines, net.allowances, net.charges, net, net.clashes, findings=findings)


def _of_price(line: Line, pointer: str, decimals: int) -> Iterator[Finding]:
    """Yield what contradicts quantity, price and what the price is for."""
    base = line.item_price_base_quantity
    if base is not None and base <= 0:  # of Peppol; nobody else can say a price for nothing either
        yield fatal(
            "PEPPOL-EN16931-R121",
            f"{pointer}/item_price_base_quantity",
            "BT-149",
            f"The price base quantity (BT-149) is {plain(base)}, but must be more than 0.",
            "Give the quantity the price is for, or leave it out for one.",
        )
        return
    yield from net_amount(line, pointer, decimals)


def rounded(parts: Parts, claim: Totals) -> tuple[Parts, Totals]:
    """Let the rounding amount (BT-114) carry what the net amounts cannot reach."""
    net = parts.net
    if net is None or not net.clashes:
        return parts, claim
    rounding = EXACT.subtract(net.seen, net.reached)
    if rounding != round_amount(rounding):  # the sum itself has fractions of a cent
        return parts, claim
    return (
        replace(parts, clashes=(), rounding=rounding),
        claim.model_copy(update={"rounding_amount": rounding}),
    )
