"""Rules German law adds to EN 16931. Ids are ours and are never reused."""

import re

from stdnum.de import leitweg, vat

from countries import eu
from countries.de.rates import RATES
from formats.en16931 import Invoice
from formats.findings import Finding, Flag

RULE_SET = "de.gateway:invoice:1"

RULES = {
    "DE-01": "The seller's USt-IdNr has a right check digit (warning).",
    "DE-02": eu.RATE_RULE,
    "DE-03": "A buyer reference that looks like a Leitweg-ID has right check digits (warning).",
}

_LOOKS_LIKE_LEITWEG = re.compile(r"[0-9]{2,12}-([0-9A-Z]{1,30}-)?[0-9]{2}", re.IGNORECASE)

DE_01 = Finding(
    rule="DE-01",
    rule_set=RULE_SET,
    flag=Flag.WARNING,
    message="The seller's USt-IdNr has a wrong check digit (ISO 7064 Mod 11,10).",
    term="BT-31",
    pointer="/seller/vat_identifier",
    fix="Write the USt-IdNr as DE and nine digits, as the Bundeszentralamt für Steuern gave it.",
)
DE_03 = Finding(
    rule="DE-03",
    rule_set=RULE_SET,
    flag=Flag.WARNING,
    message="The buyer reference looks like a Leitweg-ID, but its check digits are wrong.",
    term="BT-10",
    pointer="/buyer_reference",
    fix="Copy the Leitweg-ID from the order; its last two digits are ISO 7064 Mod 97-10.",
)


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what German law finds wrong with the invoice.

    Warnings, because how the check digit is made was never published, and the official examples
    carry placeholder numbers.
    """
    return (
        *eu.vat_identifier_findings(invoice, "DE", is_valid=vat.is_valid, finding=DE_01),
        *eu.rate_findings(invoice, "DE", RATES, rule="DE-02", rule_set=RULE_SET),
        *_leitweg(invoice),
    )


def _leitweg(invoice: Invoice) -> tuple[Finding, ...]:
    reference = (invoice.buyer_reference or "").strip()
    address = invoice.buyer.postal_address
    if (
        address is None
        or address.country_code != "DE"
        or not _LOOKS_LIKE_LEITWEG.fullmatch(reference)
        or leitweg.is_valid(reference)
    ):
        return ()
    return (DE_03,)
