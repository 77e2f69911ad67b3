"""Rules Belgian law adds to EN 16931. Ids are ours and are never reused."""

from stdnum.be import vat

from countries import eu
from countries.be.rates import RATES
from formats.en16931 import Invoice
from formats.findings import Finding, Flag

RULE_SET = "be.gateway:invoice:1"

RULES = {
    "BE-01": "The seller's VAT number has right check digits (warning).",
    "BE-02": eu.RATE_RULE,
    "BE-03": "The seller's VAT number and enterprise number are one number (warning).",
}

BE_01 = Finding(
    rule="BE-01",
    rule_set=RULE_SET,
    flag=Flag.WARNING,
    message="The seller's VAT number has wrong check digits (97 minus the first eight modulo 97).",
    term="BT-31",
    pointer="/seller/vat_identifier",
    fix="Write the VAT number as BE and the ten digits of the enterprise number.",
)
BE_03 = Finding(
    rule="BE-03",
    rule_set=RULE_SET,
    flag=Flag.WARNING,
    message="The seller's VAT and enterprise number differ; in Belgium they are one number.",
    term="BT-30",
    pointer="/seller/legal_registration_identifier",
    fix="Give the ten digits of the VAT number as enterprise number (scheme 0208), or mend BT-31.",
)


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what Belgian law finds wrong with the invoice.

    Warnings, because the official examples carry placeholder numbers, and refusing a right number
    is worse than passing a wrong one.
    """
    return (
        *eu.vat_identifier_findings(invoice, "BE", is_valid=vat.is_valid, finding=BE_01),
        *eu.rate_findings(invoice, "BE", RATES, rule="BE-02", rule_set=RULE_SET),
        *_one_number(invoice),
    )


def _one_number(invoice: Invoice) -> tuple[Finding, ...]:
    vat_identifier = invoice.seller.vat_identifier
    registration = invoice.seller.legal_registration_identifier
    if (
        vat_identifier is None
        or not eu.has_prefix(vat_identifier, "BE")
        or registration is None
        or registration.scheme_identifier != "0208"
        or vat.compact(vat_identifier) == vat.compact(registration.value)
    ):
        return ()
    return (BE_03,)
