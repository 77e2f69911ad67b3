"""The profile of EHF Billing 3.0.

Norway adopted Peppol BIS Billing 3.0 as EHF Billing 3.0, identifiers and all; Peppol's own rule
file holds the Norwegian rules NO-R-*. A document that carries the identifier is `peppol-bis-3`.
"""

from dataclasses import replace

from formats.peppol.profile import PEPPOL_BIS_3

EHF = replace(
    PEPPOL_BIS_3,
    id="ehf",
    name="EHF Billing 3.0",
    unproven="no official rule files at hand; Peppol's hold for it as peppol-bis-3",
)
