"""The profile of CIUS-PT."""

from dataclasses import replace

from formats import ubl
from formats.cius.pt import rules
from formats.cius.pt.digits import with_two_decimals
from formats.en16931 import Invoice
from formats.ubl.profile import EN16931_UBL

_IDENTIFIER = "urn:cen.eu:en16931:2017#compliant#urn:feap.gov.pt:CIUS-PT:"


def write(invoice: Invoice) -> bytes:
    """Return the document: UBL, with numbers in the form that CIUS-PT wants."""
    return ubl.write(with_two_decimals(invoice))


CIUS_PT = replace(
    EN16931_UBL,
    id="cius-pt",
    name="CIUS-PT 2.1.1",
    customization_id=f"{_IDENTIFIER}2.1.1",
    # The set holds the rules of EN 16931 that Portugal judges by, and Portugal's own categories
    # (AA); newer rules of EN 16931, also ours on the model, refuse its examples.
    rule_sets=("pt.feap:cius-pt-ubl",),
    rules=(rules.check,),
    # The set takes any version that follows (DT-CIUS-PT-022); its examples write 1.0.0 and a dot.
    variants=tuple(f"{_IDENTIFIER}{version}" for version in ("2.1.0", "2.0.0", "1.0.0", "1.0.0.")),
    write=write,
)
