"""Rules Slovenian law adds to EN 16931. Ids are ours and are never reused."""

from stdnum.si import ddv

from countries import eu
from countries.si.vat import VAT
from formats.en16931 import Invoice
from formats.eslog import rules as eslog
from formats.findings import Finding, Flag
from formats.furs import refusals as furs

RULE_SET = "si.gateway:invoice:1"

_RULES = {
    "SI-01": "The seller's ID za DDV has a right check digit.",
    "SI-02": eu.RATE_RULE,
    **furs.RULES,
    **eslog.RULES,
    "SI-15": "Its series counts as FURS is told: by device, or by premise.",
}
RULES = dict(sorted(_RULES.items()))

SI_01 = Finding(
    rule="SI-01",
    rule_set=RULE_SET,
    flag=Flag.FATAL,
    message="The seller's ID za DDV has a wrong check digit.",
    term="BT-31",
    pointer="/seller/vat_identifier",
    fix="Write the ID za DDV as SI and eight digits, as on the FURS certificate.",
)


def check(invoice: Invoice) -> tuple[Finding, ...]:
    """Return what Slovenian law finds wrong with the invoice."""
    return (
        *eu.vat_identifier_findings(invoice, "SI", is_valid=ddv.is_valid, finding=SI_01),
        *eu.rate_findings(invoice, "SI", VAT.rates, rule="SI-02", rule_set=RULE_SET),
    )
