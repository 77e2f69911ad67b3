"""The profile of plain EN 16931 in CII, and what every CII profile has in common."""

from formats.cii import rules
from formats.cii.document import read, write
from formats.profile import Profile, Syntax

ROOT = "CrossIndustryInvoice"

EN16931_CII = Profile(
    id="en16931-cii",
    name="EN 16931 (CII)",
    syntax=Syntax.CII,
    customization_id="urn:cen.eu:en16931:2017",
    process_id=None,
    media_type="application/xml",
    # D16B as CEN/TS 16931-3-3 binds it, without the code lists of 2016.
    schemas={ROOT: "un.unece.uncefact:cii-d16b"},
    rule_sets=("eu.cen.en16931:cii",),
    rules=(rules.check,),
    write=write,
    read=read,
)
