"""The VAT categories (UNTDID 5305) as the rules of EN 16931 treat them.

The rules repeat themselves per category: BR-S-05, BR-Z-05, BR-E-05 ... say the same of another
code. The table below is what differs.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from formats.en16931.model import Invoice
from formats.en16931.rules.base import XML_SPACE


class Rate(Enum):
    """What rate a category asks for."""

    POSITIVE = "more than 0"
    NOT_NEGATIVE = "0 or more"
    ZERO = "0"
    NONE = "no rate"


@dataclass(frozen=True, slots=True)
class Category:
    """One VAT category.

    Attributes:
        code: BT-151, BT-95, BT-102 and BT-118.
        rules: How the official ids of its rules begin: `BR-S`.
        name: For people.
        rate: What BT-152, BT-96 and BT-103 must be (rules 05 to 07).
        exemption: Whether the breakdown must (True) or must not (False) give a reason (rule 10).
        vatex: The exemption reason code (CEF VATEX) that fits whenever nothing more special does.
        several_rates: Whether the breakdown may have several rows of it (rule 01).
        seller_tax_registration: Whether BT-32 identifies the seller well enough (rules 02 to 04).
    """

    code: str
    rules: str
    name: str
    rate: Rate
    exemption: bool
    vatex: str | None = None
    several_rates: bool = False
    seller_tax_registration: bool = True


CATEGORIES = (
    Category("S", "BR-S", "standard rated", Rate.POSITIVE, exemption=False, several_rates=True),
    Category("Z", "BR-Z", "zero rated", Rate.ZERO, exemption=False),
    Category("E", "BR-E", "exempt from VAT", Rate.ZERO, exemption=True),
    Category("AE", "BR-AE", "reverse charge", Rate.ZERO, exemption=True, vatex="VATEX-EU-AE"),
    Category(
        "K",
        "BR-IC",
        "intra-community supply",
        Rate.ZERO,
        exemption=True,
        vatex="VATEX-EU-IC",
        seller_tax_registration=False,
    ),
    Category(
        "G",
        "BR-G",
        "export outside the EU",
        Rate.ZERO,
        exemption=True,
        vatex="VATEX-EU-G",
        seller_tax_registration=False,
    ),
    Category("O", "BR-O", "not subject to VAT", Rate.NONE, exemption=True, vatex="VATEX-EU-O"),
    Category("L", "BR-AF", "IGIC", Rate.NOT_NEGATIVE, exemption=False, several_rates=True),
    Category("M", "BR-AG", "IPSI", Rate.NOT_NEGATIVE, exemption=False, several_rates=True),
)

_ZERO = Decimal(0)

BY_CODE = {category.code: category for category in CATEGORIES}


@dataclass(frozen=True, slots=True)
class Taxed:
    """A line, document level allowance or charge, as far as its VAT is concerned.

    Attributes:
        kind: `line`, `allowance` or `charge`.
        pointer: JSON pointer to it.
        code: Its VAT category code, without surrounding space, or None.
        rate: Its VAT rate.
        amount: What it adds to the taxable amount; negative for an allowance, zero if absent.
    """

    kind: str
    pointer: str
    code: str | None
    rate: Decimal | None
    amount: Decimal


def trimmed(code: str | None) -> str | None:
    """Return a code as the official rules compare it, without surrounding XML space."""
    return None if code is None else code.strip(XML_SPACE)


def taxed(invoice: Invoice) -> Iterator[Taxed]:
    """Yield everything that bears a VAT category."""
    for number, line in enumerate(invoice.lines):
        code = trimmed(line.vat_category_code)
        amount = line.net_amount or _ZERO
        yield Taxed("line", f"/lines/{number}", code, line.vat_rate, amount)
    for number, allowance in enumerate(invoice.document_level_allowances):
        yield Taxed(
            "allowance",
            f"/document_level_allowances/{number}",
            trimmed(allowance.vat_category_code),
            allowance.vat_rate,
            (allowance.amount or _ZERO).copy_negate(),
        )
    for number, charge in enumerate(invoice.document_level_charges):
        code = trimmed(charge.vat_category_code)
        pointer = f"/document_level_charges/{number}"
        yield Taxed("charge", pointer, code, charge.vat_rate, charge.amount or _ZERO)


def of_category(items: Iterable[Taxed], code: str) -> tuple[Taxed, ...]:
    """Return the items of one category."""
    return tuple(item for item in items if item.code == code)
