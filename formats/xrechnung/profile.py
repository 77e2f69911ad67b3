"""The profiles of XRechnung 3.0 in both syntaxes.

`levels` are KoSIT's: the scenarios of its validator configuration of 2026-01-31 give some rules of
EN 16931 another severity (its integration tests and change log say which). Versions 1 and 2 of
XRechnung carry other identifiers and are other specifications.
"""

from dataclasses import replace

from formats.cii.profile import EN16931_CII
from formats.findings import Flag
from formats.profile import Profile
from formats.ubl.profile import EN16931_UBL
from formats.xrechnung import rules

_CIUS = "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
_EXTENSION = f"{_CIUS}#conformant#urn:xeinkauf.de:kosit:extension:xrechnung_3.0"
_CVD = f"{_CIUS}#compliant#urn:xeinkauf.de:kosit:xrechnung:cvd_0.9"

_CIUS_LEVELS = {
    "BR-CL-21": Flag.WARNING,
    "BR-CL-23": Flag.WARNING,
    "UBL-CR-646": Flag.FATAL,  # sub lines
    "CII-SR-452": Flag.FATAL,  # more than one payment terms
    "CII-SR-453": Flag.FATAL,
    "CII-SR-454": Flag.FATAL,  # more than one VAT category of a line
}
_EXTENSION_LEVELS = _CIUS_LEVELS | {
    # BR-DEX-01 and BR-DEX-04 to BR-DEX-08 say it with their longer lists
    **dict.fromkeys(("BR-CL-10", "BR-CL-11", "BR-CL-21"), Flag.INFORMATION),
    **dict.fromkeys(("BR-CL-24", "BR-CL-25", "BR-CL-26"), Flag.INFORMATION),
    "BR-CO-16": Flag.INFORMATION,  # BR-DEX-09 counts third party payments in
    "UBL-CR-470": Flag.INFORMATION,
    "UBL-CR-646": Flag.INFORMATION,
}
_CVD_LEVELS = _CIUS_LEVELS | {"BR-CL-13": Flag.INFORMATION}  # BR-TMP-CVD-01 knows scheme CVD

XRECHNUNG_UBL = replace(
    EN16931_UBL,
    id="xrechnung-ubl",
    name="XRechnung 3.0 (UBL)",
    customization_id=_CIUS,
    process_id="urn:fdc:peppol.eu:2017:poacc:billing:01:1.0",
    rule_sets=(*EN16931_UBL.rule_sets, "de.xrechnung:ubl"),
    rules=(*EN16931_UBL.rules, rules.check),
    levels=_CIUS_LEVELS,
    addressed=True,  # PEPPOL-EN16931-R010, R020
)
XRECHNUNG_EXTENSION_UBL = replace(
    XRECHNUNG_UBL,
    id="xrechnung-extension-ubl",
    name="XRechnung 3.0 extension (UBL)",
    customization_id=_EXTENSION,
    levels=_EXTENSION_LEVELS,
)
XRECHNUNG_CVD_UBL = replace(
    XRECHNUNG_UBL,
    id="xrechnung-cvd-ubl",
    name="XRechnung 3.0 CVD (UBL)",
    customization_id=_CVD,
    levels=_CVD_LEVELS,
)


def _in_cii(profile: Profile) -> Profile:
    """Return the same specification in the other syntax."""
    return replace(
        profile,
        id=profile.id.replace("-ubl", "-cii"),
        name=profile.name.replace("UBL", "CII"),
        syntax=EN16931_CII.syntax,
        schemas=EN16931_CII.schemas,
        rule_sets=(*EN16931_CII.rule_sets, "de.xrechnung:cii"),
        rules=(*EN16931_CII.rules, rules.check_in_cii),
        write=EN16931_CII.write,
        read=EN16931_CII.read,
    )


XRECHNUNG_CII = _in_cii(XRECHNUNG_UBL)
XRECHNUNG_EXTENSION_CII = _in_cii(XRECHNUNG_EXTENSION_UBL)
XRECHNUNG_CVD_CII = _in_cii(XRECHNUNG_CVD_UBL)

XRECHNUNG_PROFILES = (
    *(XRECHNUNG_UBL, XRECHNUNG_EXTENSION_UBL, XRECHNUNG_CVD_UBL),
    *(XRECHNUNG_CII, XRECHNUNG_EXTENSION_CII, XRECHNUNG_CVD_CII),
)
