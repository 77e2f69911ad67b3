"""Rules Spanish law adds to EN 16931. Ids are ours and are never reused.

What the AEAT would refuse of a record has ids up to ES-11, and is found by the scheme (`filing`).
"""

from stdnum.es import nif

from countries import eu
from countries.es import filing
from countries.es.vat import VAT
from formats.en16931 import Invoice
from formats.findings import Finding, Flag

RULE_SET = "es.gateway:invoice:1"

RULES = {
    **filing.RULES,
    "ES-12": "The seller's NIF has a right control character (warning).",
    "ES-13": eu.RATE_RULE,
}

ES_12 = Finding(
    rule="ES-12",
    rule_set=RULE_SET,
    flag=Flag.WARNING,
    message="The seller's NIF has a wrong control character.",
    term="BT-31",
    pointer="/seller/vat_identifier",
    fix="Write the VAT identifier as ES and the nine characters of the NIF.",
)


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what Spanish law finds wrong with the invoice.

    A warning where the NIF is wrong: official examples have made-up ones.
    """
    return (
        *eu.vat_identifier_findings(invoice, "ES", is_valid=nif.is_valid, finding=ES_12),
        *eu.rate_findings(invoice, "ES", VAT.rates, rule="ES-13", rule_set=RULE_SET),
    )
