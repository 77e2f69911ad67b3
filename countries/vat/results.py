"""The decisions that bear no tax of the seller's, each with its category and reason code."""

from decimal import Decimal

from countries.vat.decision import (
    EXEMPT,
    EXPORT,
    INTRA_COMMUNITY,
    OUT_OF_SCOPE,
    REVERSE_CHARGE,
    Decision,
    Missing,
)
from countries.vat.law import cited

_NOTHING = Decimal(0)


def reverse_charge(*rules: str, note: str = "reverse_charge") -> Decision:
    """Return that the customer owes the tax."""
    return Decision(REVERSE_CHARGE, _NOTHING, "VATEX-EU-AE", rules=cited(*rules), note=note)


def intra_community(*rules: str) -> Decision:
    """Return that goods go to a business in another member state."""
    return Decision(
        INTRA_COMMUNITY, _NOTHING, "VATEX-EU-IC", rules=cited(*rules), note="intra_community"
    )


def export(*rules: str) -> Decision:
    """Return that goods leave the Union."""
    return Decision(EXPORT, _NOTHING, "VATEX-EU-G", rules=cited(*rules), note="export")


def export_elsewhere(*rules: str) -> Decision:
    """Return that goods leave a country that is not in the Union."""
    return Decision(EXPORT, _NOTHING, rules=cited(*rules), note="export")


def out_of_scope(*rules: str, note: str = "out_of_scope") -> Decision:
    """Return that no VAT of the seller's is concerned."""
    return Decision(OUT_OF_SCOPE, None, "VATEX-EU-O", rules=cited(*rules), note=note)


def exempt(*rules: str, vatex: str | None, note: str, said: str = "") -> Decision:
    """Return that the supply is exempt."""
    return Decision(EXEMPT, _NOTHING, vatex, rules=cited(*rules), note=note, said=said)


def asking(missing: Missing, *rules: str) -> Decision:
    """Return that a fact is missing."""
    return Decision(None, rules=cited(*rules), missing=(missing,))
