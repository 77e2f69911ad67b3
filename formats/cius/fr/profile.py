"""The profiles of EXTENDED-CTC-FR, the extension of EN 16931 for the French reform (XP Z12-012).

Its rules are EN 16931's as far as the extension lets them stand, and after them those of flux 2,
the invoices that go between platforms.
"""

from dataclasses import replace

from formats.cii.profile import EN16931_CII, ROOT
from formats.ubl.profile import EN16931_UBL

_IDENTIFIER = "urn:cen.eu:en16931:2017#conformant#urn.cpro.gouv.fr:1p0:extended-ctc-fr"

FR_CTC_EXTENDED_UBL = replace(
    EN16931_UBL,
    id="fr-ctc-extended-ubl",
    name="EXTENDED-CTC-FR 1.4 (UBL)",
    customization_id=_IDENTIFIER,
    rule_sets=("fr.ctc:extended-ubl", "fr.ctc:flux2-ubl"),
    rules=(),  # the extension changes rules of EN 16931
)

FR_CTC_EXTENDED_CII = replace(
    EN16931_CII,
    id="fr-ctc-extended-cii",
    name="EXTENDED-CTC-FR 1.4 (CII)",
    customization_id=_IDENTIFIER,
    schemas={ROOT: "un.unece.uncefact:cii-d22b"},
    rule_sets=("fr.ctc:extended-cii", "fr.ctc:flux2-cii"),
    rules=(),  # the extension changes rules of EN 16931
)
