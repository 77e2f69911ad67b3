"""The profile of FA(3)."""

from formats.ksef import rules
from formats.ksef.carried import carried
from formats.ksef.document import read, write
from formats.ksef.names import NAMESPACE, ROOT
from formats.profile import Profile, Syntax

KSEF_FA_3 = Profile(
    id="ksef-fa-3",
    name="KSeF FA(3)",
    syntax=Syntax.KSEF,
    # FA(3) has no place for BT-24; its documents are told by their namespace.
    customization_id=NAMESPACE,
    process_id=None,
    media_type="application/xml",
    schemas={ROOT: "pl.gov.mf.ksef:fa"},
    rule_sets=(),  # the ministry publishes a schema and no rules
    rules=(rules.check,),
    write=write,
    read=read,
    carried=carried(),
)
