"""Rules Dutch law adds to EN 16931. Ids are ours and are never reused."""

from stdnum.nl import btw

from countries import eu
from countries.nl.numbers import is_kvk, is_oin
from countries.nl.vat import VAT
from formats.en16931 import Invoice
from formats.findings import Finding, Flag

RULE_SET = "nl.gateway:invoice:1"

RULES = {
    "NL-01": "The seller's btw-id has right check digits (warning).",
    "NL-02": eu.RATE_RULE,
    "NL-03": "The seller's KvK number (scheme 0106) is eight digits (warning).",
    "NL-04": "The seller's OIN (scheme 0190) is twenty digits beginning with 0000 (warning).",
}

NL_01 = Finding(
    rule="NL-01",
    rule_set=RULE_SET,
    flag=Flag.WARNING,
    message="The seller's btw-id has wrong check digits.",
    term="BT-31",
    pointer="/seller/vat_identifier",
    fix="Write the btw-id as NL, nine digits, B and two digits, as the Belastingdienst gave it.",
)
NL_03 = Finding(
    rule="NL-03",
    rule_set=RULE_SET,
    flag=Flag.WARNING,
    message="The seller's KvK number (scheme 0106) is not eight digits.",
    term="BT-30",
    pointer="/seller/legal_registration_identifier",
    fix="Give the eight digits of the KvK number, or the OIN with scheme 0190.",
)
NL_04 = Finding(
    rule="NL-04",
    rule_set=RULE_SET,
    flag=Flag.WARNING,
    message="The seller's OIN (scheme 0190) is not twenty digits beginning with 0000.",
    term="BT-30",
    pointer="/seller/legal_registration_identifier",
    fix="Give the twenty digits of the OIN, or the KvK number with scheme 0106.",
)


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what Dutch law finds wrong with the invoice.

    Warnings, because the official examples carry placeholders such as NL123456789B01. That a KvK
    number or an OIN is there at all is the Peppol rule NL-R-003.
    """
    return (
        *eu.vat_identifier_findings(invoice, "NL", is_valid=btw.is_valid, finding=NL_01),
        *eu.rate_findings(invoice, "NL", VAT.rates, rule="NL-02", rule_set=RULE_SET),
        *_registration(invoice),
    )


def _registration(invoice: Invoice) -> tuple[Finding, ...]:
    registration = invoice.seller.legal_registration_identifier
    if registration is None:
        return ()
    if registration.scheme_identifier == "0106" and not is_kvk(registration.value):
        return (NL_03,)
    if registration.scheme_identifier == "0190" and not is_oin(registration.value):
        return (NL_04,)
    return ()
