"""Every profile there is; `formats.registry` finds them."""

from formats.cii.profile import EN16931_CII
from formats.cius.fr.profile import FR_CTC_EXTENDED_CII, FR_CTC_EXTENDED_UBL
from formats.cius.hr.profile import HR_CIUS
from formats.cius.nl.profile import NLCIUS
from formats.cius.no.profile import EHF
from formats.cius.pt.profile import CIUS_PT
from formats.cius.ro.profile import CIUS_RO, CIUS_RO_CII
from formats.cius.rs.profile import RS_SEF, RS_SEF_EXTENSION
from formats.eslog.profile import ESLOG_2
from formats.facturae.profile import FACTURAE_3_2_2
from formats.facturx.profiles import FACTURX_PROFILES
from formats.ksef.profile import KSEF_FA_3
from formats.peppol.profile import PEPPOL_BIS_3, PEPPOL_BIS_3_SELF_BILLING
from formats.pint.profile import PINT_PROFILES
from formats.profile import Profile
from formats.ubl.profile import EN16931_UBL
from formats.xrechnung.profile import XRECHNUNG_PROFILES

EVERY: tuple[Profile, ...] = (
    PEPPOL_BIS_3,
    PEPPOL_BIS_3_SELF_BILLING,
    EN16931_UBL,
    EN16931_CII,
    *XRECHNUNG_PROFILES,
    *FACTURX_PROFILES,
    FR_CTC_EXTENDED_UBL,
    FR_CTC_EXTENDED_CII,
    CIUS_RO,
    CIUS_RO_CII,
    HR_CIUS,
    CIUS_PT,
    RS_SEF,
    RS_SEF_EXTENSION,
    NLCIUS,
    *PINT_PROFILES,
    EHF,
    KSEF_FA_3,
    FACTURAE_3_2_2,
    ESLOG_2,
)
"""Where two share an identifier, the first is what a document is taken for."""
