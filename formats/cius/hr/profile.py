"""The profile of the Croatian CIUS with its extension, which eRačun requires together."""

from dataclasses import replace

from formats.ubl.profile import EN16931_UBL

HR_CIUS = replace(
    EN16931_UBL,
    id="hr-cius",
    name="HR CIUS and extension 2025",
    customization_id=(
        "urn:cen.eu:en16931:2017#compliant#urn:mfin.gov.hr:cius-2025:1.0"
        "#conformant#urn:mfin.gov.hr:ext-2025:1.0"
    ),
    # UBL 2.1 with the Croatian extension (HR-BG-*, HR-BT-*) inside its extension element.
    schemas={"Invoice": "hr.mfin:invoice", "CreditNote": "hr.mfin:credit-note"},
    rule_sets=(*EN16931_UBL.rule_sets, "hr.mfin:cius-ext-ubl"),
)
