"""Rules Croatian law adds to EN 16931. Ids are ours and are never reused."""

from stdnum.hr import oib

from countries import eu
from countries.hr.vat import VAT
from formats.en16931 import Invoice
from formats.findings import Finding, Flag
from formats.hr_cis import mapping as cis

RULE_SET = "hr.gateway:invoice:1"

RULES = {
    "HR-01": "The seller's OIB has a right check digit (warning).",
    "HR-02": eu.RATE_RULE,
    **cis.RULES,
    "HR-09": "Its series counts as CIS is told: by device, or by premise.",
}

HR_01 = Finding(
    rule="HR-01",
    rule_set=RULE_SET,
    flag=Flag.WARNING,
    message="The seller's OIB has a wrong check digit.",
    term="BT-31",
    pointer="/seller/vat_identifier",
    fix="Write the VAT identifier as HR and the eleven digits of the OIB.",
)


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what Croatian law finds wrong with the invoice.

    A warning: the tax authority's own examples have made-up numbers.
    """
    return (
        *eu.vat_identifier_findings(invoice, "HR", is_valid=oib.is_valid, finding=HR_01),
        *eu.rate_findings(invoice, "HR", VAT.rates, rule="HR-02", rule_set=RULE_SET),
    )
