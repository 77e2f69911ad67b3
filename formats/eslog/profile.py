"""The profile of e-SLOG 2.0."""

from formats.en16931 import rules as en16931
from formats.eslog import rules
from formats.eslog.carried import carried
from formats.eslog.document import read, write
from formats.eslog.names import ROOT, SPECIFICATION
from formats.profile import Profile, Syntax

ESLOG_2 = Profile(
    id="eslog-2",
    name="e-SLOG 2.0",
    syntax=Syntax.ESLOG,
    customization_id=SPECIFICATION,
    process_id=None,
    media_type="application/xml",
    schemas={ROOT: "si.gzs.eslog:invoice"},
    rule_sets=(),  # the chamber publishes a schema and no rules
    rules=(en16931.check, rules.check),
    write=write,
    read=read,
    carried=carried(),
)
