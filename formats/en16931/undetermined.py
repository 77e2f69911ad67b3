"""What to say of VAT that is neither given nor certain: it is asked for, never zero in silence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from formats.en16931.amounts import DocumentLevelAllowance, DocumentLevelCharge
from formats.en16931.line import Line
from formats.en16931.rules.categories import BY_CODE
from formats.en16931.totals import OUT_OF_SCOPE, WITHOUT_VAT
from formats.findings import Finding, Flag

RULE_SET = "formats.en16931:determination"

_CODES = (
    "S with vat_rate, AE (reverse charge), K (intra-community supply), G (export), E (exempt),"
    " Z (zero rated) or O (outside the scope)."
)


@dataclass(frozen=True, slots=True)
class Kind:
    """What bears VAT, and how the norm names its terms and rules.

    Attributes:
        name: For people.
        category_rule: The rule that asks for the category.
        category: The term of the category.
        rate_rule: How the id of the rule that asks for the rate ends: BR-S-05.
        rate: The term of the rate.
    """

    name: str
    category_rule: str
    category: str
    rate_rule: str
    rate: str


LINE = Kind("Line", "GW-01", "BT-151", "05", "BT-152")
ALLOWANCE = Kind("Allowance", "BR-32", "BT-95", "06", "BT-96")
CHARGE = Kind("Charge", "BR-37", "BT-102", "07", "BT-103")


def needs_rate(code: str | None) -> bool:
    """Tell whether a category has a rate that the category alone does not say."""
    return code is not None and code not in WITHOUT_VAT and code != OUT_OF_SCOPE


def unknown_lines(lines: tuple[Line, ...], buyer_country_code: str | None) -> Iterator[Finding]:
    """Yield the lines without category, or without the rate of theirs."""
    why = f"and none is certain for a buyer in {buyer_country_code or 'an unknown country'}"
    for number, line in enumerate(lines):
        code, rate = line.vat_category_code, line.vat_rate
        yield from _unknown(LINE, ("/lines", number), code, rate, why)


def unknown_reductions(
    items: Sequence[DocumentLevelAllowance | DocumentLevelCharge],
    pointer: str,
    kind: Kind,
) -> Iterator[Finding]:
    """Yield the allowances or charges of the document that the lines leave more than one way."""
    why = "and the lines do not leave exactly one possibility"
    for number, item in enumerate(items):
        code, rate = item.vat_category_code, item.vat_rate
        yield from _unknown(kind, (pointer, number), code, rate, why)


def _unknown(
    kind: Kind, place: tuple[str, int], code: str | None, rate: Decimal | None, why: str
) -> Iterator[Finding]:
    pointer, number = place
    if code is None:
        at = "" if rate is None or kind is LINE else f" at {rate:f} %"
        yield Finding(
            kind.category_rule,
            RULE_SET,
            Flag.FATAL,
            f"{kind.name} {number + 1}{at} has no VAT category, {why}.",
            term=kind.category,
            pointer=f"{pointer}/{number}/vat_category_code",
            fix=f"Give vat_category_code: {_CODES}",
        )
    elif rate is None and needs_rate(code):
        category = BY_CODE.get(code)
        yield Finding(
            f"{category.rules}-{kind.rate_rule}" if category else "BR-48",
            RULE_SET,
            Flag.FATAL,
            f"{kind.name} {number + 1} has VAT category {code} and no VAT rate ({kind.rate}),"
            f" {why}.",
            term=kind.rate,
            pointer=f"{pointer}/{number}/vat_rate",
            fix="Give vat_rate.",
        )
