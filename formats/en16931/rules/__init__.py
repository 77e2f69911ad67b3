"""The semantic rules of EN 16931-1 on the model, under their official ids.

They say what the official Schematron says, but of the invoice instead of its XML: with a JSON
pointer, the business term, the values and a fix. Source: EN16931-UBL 1.3.16 (CEN/TC 434).
"""

from formats.en16931.model import Invoice
from formats.en16931.rules import (
    allowances,
    codes,
    decimals,
    document,
    exactness,
    lines,
    other_taxes,
    parties,
    payment,
    special_categories,
    totals,
    vat_amounts,
    vat_categories,
)
from formats.en16931.rules.base import RULE_SET
from formats.findings import Finding

__all__ = ["RULES", "RULE_SET", "check"]

_THEMES = (
    document,
    parties,
    payment,
    allowances,
    lines,
    vat_categories,
    special_categories,
    vat_amounts,
    totals,
    exactness,
    decimals,
    codes,
)

RULES = frozenset[str]().union(*(theme.RULES for theme in _THEMES))
"""Every rule id that can be found here."""


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what EN 16931 finds wrong with the invoice; never raises.

    Its rules are about VAT: of an invoice about another tax (`extensions.tax_scheme`) they see
    neither categories nor the numbers registered for it.
    """
    invoice = other_taxes.as_en16931(invoice)
    return tuple(finding for theme in _THEMES for finding in theme.check(invoice))
