"""The lines, allowances and charges of a draft, with all their amounts."""

from dataclasses import dataclass, replace
from decimal import Decimal

from formats.en16931.amounts import DocumentLevelAllowance, DocumentLevelCharge, Totals
from formats.en16931.clash import Clash
from formats.en16931.draft_amounts import Amounts
from formats.en16931.line import Line
from formats.en16931.model import InvoiceTerms
from formats.en16931.money import EXACT, add, round_amount
from formats.en16931.tax_inclusive import Net, without_vat
from formats.en16931.totals import taxed_alike


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
    """

    lines: tuple[Line, ...]
    allowances: tuple[DocumentLevelAllowance, ...]
    charges: tuple[DocumentLevelCharge, ...]
    net: Net | None = None
    clashes: tuple[Clash, ...] = ()
    rounding: Decimal | None = None


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
    )
    if not prices_include_vat:
        return parts
    net = without_vat(parts.lines, parts.allowances, parts.charges, amounts.decimals)
    return Parts(net.lines, net.allowances, net.charges, net, net.clashes)


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
