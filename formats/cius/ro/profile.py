"""The profiles of CIUS-RO, which is at home in both syntaxes."""

from dataclasses import replace

from formats.cii.profile import EN16931_CII
from formats.cius.ro import rules
from formats.ubl.profile import EN16931_UBL

CIUS_RO = replace(
    EN16931_UBL,
    id="cius-ro",
    name="CIUS-RO 1.0.1",
    customization_id=rules.CIUS,
    # The set holds the rules of EN 16931 that Romania judges by; newer ones refuse its examples.
    rule_sets=("ro.mfinante:cius-ro-ubl",),
    rules=(*EN16931_UBL.rules, rules.check),
    # Judged by the rules of 1.0.1, which say that 1.0.0 is over (BR-RO-001).
    variants=("urn:cen.eu:en16931:2017#compliant#urn:efactura.mfinante.ro:CIUS-RO:1.0.0",),
)

CIUS_RO_CII = replace(
    EN16931_CII,
    id="cius-ro-cii",
    name="CIUS-RO 1.0.1 (CII)",
    customization_id=CIUS_RO.customization_id,
    variants=CIUS_RO.variants,
    unproven="no official rule files for CII at hand",
)
