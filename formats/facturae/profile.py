"""The profile of Facturae 3.2.2."""

from formats.carrying import all_but
from formats.facturae import rules
from formats.facturae.document import read, write
from formats.facturae.names import NAMESPACE, ROOT
from formats.profile import Profile, Syntax

_HOMELESS = frozenset({"BT-23", "BT-111"})
"""The process, which nobody asks for, and the VAT in another currency, which has no place here."""

FACTURAE_3_2_2 = Profile(
    id="facturae-3-2-2",
    name="Facturae 3.2.2",
    syntax=Syntax.FACTURAE,
    # Facturae has no place for BT-24; its documents are told by their namespace.
    customization_id=NAMESPACE,
    process_id=None,
    media_type="application/xml",
    schemas={ROOT: "es.gob.facturae:facturae"},
    rule_sets=(),  # the ministry publishes a schema and no rules
    rules=(rules.check,),
    write=write,
    read=read,
    carried=all_but(_HOMELESS),
)
