"""Lines in lines, of XRechnung's extension: BR-DEX-02, -03 (UBL invoices), -15 (CII)."""

from collections.abc import Iterator

from formats.en16931.codes.documents import CREDIT_NOTE_TYPES
from formats.en16931.line import Line
from formats.en16931.model import Invoice
from formats.en16931.money import add
from formats.en16931.rules.base import fatal, plain, warning
from formats.en16931.rules.categories import trimmed
from formats.findings import Finding

RULES = frozenset({"BR-DEX-02", "BR-DEX-03", "BR-DEX-15"})


def check(invoice: Invoice, *, in_cii: bool) -> Iterator[Finding]:
    """Yield what is wrong with sub lines."""
    if in_cii:
        yield from _parents(invoice)
    elif trimmed(invoice.type_code) not in CREDIT_NOTE_TYPES:
        for number, line in enumerate(invoice.lines):
            yield from _below(line, f"/lines/{number}")


def _below(line: Line, pointer: str) -> Iterator[Finding]:
    inner = line.extensions.sub_lines if line.extensions else ()
    if not inner:
        return
    total = add(each.net_amount for each in inner)
    if line.net_amount is None or line.net_amount != total:
        yield warning(
            "BR-DEX-02",
            f"{pointer}/net_amount",
            "BT-131",
            f"The line net amount (BT-131) is {plain(line.net_amount)}, but its sub lines add up"
            f" to {plain(total)}.",
            f"Write {plain(total)}, or correct the sub lines.",
        )
    for number, each in enumerate(inner):
        where = f"{pointer}/extensions/sub_lines/{number}"
        categories = _categories(each)
        if categories != 1:
            yield fatal(
                "BR-DEX-03",
                f"{where}/vat_category_code",
                "BT-DEX-151",
                f"The sub line has {categories} VAT categories, but must have one.",
                "Give the sub line a VAT category and rate.",
            )
        yield from _below(each, where)


def _categories(line: Line) -> int:
    own = line.vat_category_code is not None or line.vat_rate is not None
    return own + (len(line.extensions.item_tax_categories) if line.extensions else 0)


def _parents(invoice: Invoice) -> Iterator[Finding]:
    for number, line in enumerate(invoice.lines):
        if line.extensions is not None and line.extensions.parent_line_identifier is not None:
            yield warning(
                "BR-DEX-15",
                f"/lines/{number}/extensions/parent_line_identifier",
                "BT-X-304",
                f"The line names {line.extensions.parent_line_identifier} as the line it is part"
                " of; XRechnung in CII knows no sub lines.",
                "Leave it out, or write the document in UBL with lines in lines.",
            )
