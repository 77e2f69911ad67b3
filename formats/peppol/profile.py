"""The profiles of Peppol BIS Billing 3.0."""

from formats import ubl
from formats.en16931 import rules as en16931
from formats.peppol import rules
from formats.profile import Profile, Syntax
from formats.ubl import profile as plain

PEPPOL_BIS_3 = Profile(
    id="peppol-bis-3",
    name="Peppol BIS Billing 3.0",
    syntax=Syntax.UBL,
    customization_id=rules.BILLING,
    process_id="urn:fdc:peppol.eu:2017:poacc:billing:01:1.0",
    media_type=plain.MEDIA_TYPE,
    schemas=plain.SCHEMAS,
    rule_sets=(plain.RULE_SET, "eu.peppol.bis3:invoice"),
    rules=(en16931.check, rules.check),
    write=ubl.write,
    read=ubl.read,
    addressed=True,  # PEPPOL-EN16931-R010, R020
)

PEPPOL_BIS_3_SELF_BILLING = Profile(
    id="peppol-bis-3-self-billing",
    name="Peppol BIS Self-Billing 3.0",
    syntax=Syntax.UBL,
    customization_id=rules.SELF_BILLING,
    process_id="urn:fdc:peppol.eu:2017:poacc:selfbilling:01:1.0",
    media_type=plain.MEDIA_TYPE,
    schemas=plain.SCHEMAS,
    # Instead of the rules of billing: other processes and type codes (R007, P0100)
    rule_sets=(plain.RULE_SET, "eu.peppol.bis3:invoice-self-billing"),
    rules=(en16931.check, rules.check),
    write=ubl.write,
    read=ubl.read,
    addressed=True,  # PEPPOL-EN16931-R010, R020
)
