"""Rules Polish law adds to EN 16931. Ids are ours and are never reused.

What the structure of FA(3) and KSeF forbid has ids from PL-10 on, and is found by the profile.
"""

from stdnum.pl import nip

from countries import eu
from countries.pl.vat import VAT
from formats.en16931 import Invoice
from formats.findings import Finding, Flag

RULE_SET = "pl.gateway:invoice:1"

RULES = {
    "PL-01": "The seller's NIP has a right check digit (warning).",
    "PL-02": eu.RATE_RULE,
}

PL_01 = Finding(
    rule="PL-01",
    rule_set=RULE_SET,
    flag=Flag.WARNING,
    message="The seller's NIP has a wrong check digit.",
    term="BT-31",
    pointer="/seller/vat_identifier",
    fix="Write the VAT identifier as PL and the ten digits of the NIP.",
)


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what Polish law finds wrong with the invoice.

    Warnings: the ministry's own examples have made-up numbers.
    """
    return (
        *eu.vat_identifier_findings(invoice, "PL", is_valid=nip.is_valid, finding=PL_01),
        *eu.rate_findings(invoice, "PL", VAT.rates, rule="PL-02", rule_set=RULE_SET),
    )
