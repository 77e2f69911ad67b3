"""The profile of CIUS-PT."""

from dataclasses import replace

from formats.ubl.profile import EN16931_UBL

CIUS_PT = replace(
    EN16931_UBL,
    id="cius-pt",
    name="CIUS-PT 2.1.1",
    customization_id="urn:cen.eu:en16931:2017#compliant#urn:feap.gov.pt:CIUS-PT:2.1.1",
    # The set holds the rules of EN 16931 that Portugal judges by, and Portugal's own categories
    # (AA); newer rules of EN 16931, also ours on the model, refuse its examples.
    rule_sets=("pt.feap:cius-pt-ubl",),
    rules=(),
    variants=(
        "urn:cen.eu:en16931:2017#compliant#urn:feap.gov.pt:CIUS-PT:2.1.0",
        "urn:cen.eu:en16931:2017#compliant#urn:feap.gov.pt:CIUS-PT:2.0.0",
        "urn:cen.eu:en16931:2017#compliant#urn:feap.gov.pt:CIUS-PT:1.0.0",
        "urn:cen.eu:en16931:2017#compliant#urn:feap.gov.pt:CIUS-PT:1.0.0.",
    ),
)
