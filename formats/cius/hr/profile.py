"""The profile of the Croatian CIUS with its extension, which eRačun requires together."""

from dataclasses import replace

from formats.cius.hr import rules
from formats.ubl.profile import EN16931_UBL

HR_CIUS = replace(
    EN16931_UBL,
    id="hr-cius",
    name="HR CIUS and extension 2025",
    customization_id=rules.SPECIFICATION,
    # UBL 2.1 with the Croatian extension (HR-BG-*, HR-BT-*) inside its extension element.
    schemas={"Invoice": "hr.mfin:invoice", "CreditNote": "hr.mfin:credit-note"},
    rule_sets=(*EN16931_UBL.rule_sets, "hr.mfin:cius-ext-ubl"),
    rules=(*EN16931_UBL.rules, rules.check),
    addressed=True,  # HR-BR-7, HR-BR-10
)
