"""The profile of plain EN 16931 in UBL, and what every UBL profile has in common."""

from formats.en16931 import rules
from formats.profile import Profile, Syntax
from formats.ubl.document import read, write

MEDIA_TYPE = "application/xml"

SCHEMAS = {
    "Invoice": "org.oasis-open.ubl:invoice",
    "CreditNote": "org.oasis-open.ubl:credit-note",
}

RULE_SET = "eu.cen.en16931:ubl"

EN16931_UBL = Profile(
    id="en16931-ubl",
    name="EN 16931 (UBL 2.1)",
    syntax=Syntax.UBL,
    customization_id="urn:cen.eu:en16931:2017",
    process_id=None,
    media_type=MEDIA_TYPE,
    schemas=SCHEMAS,
    rule_sets=(RULE_SET,),
    rules=(rules.check,),
    write=write,
    read=read,
)
