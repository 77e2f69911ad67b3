"""The profiles of Serbia's SRBDT, CIUS and extension, in UBL."""

from dataclasses import replace

from formats.ubl.profile import EN16931_UBL

RS_SEF = replace(
    EN16931_UBL,
    id="rs-sef",
    name="SRBDT 2022 (Serbian SEF)",
    customization_id="urn:cen.eu:en16931:2017#compliant#urn:mfin.gov.rs:srbdt:2022",
    rule_sets=(*EN16931_UBL.rule_sets, "rs.mfin:srbdt-ubl"),
)

RS_SEF_EXTENSION = replace(
    RS_SEF,
    id="rs-sef-extension",
    name="SRBDT 2022 extension (Serbian SEF)",
    customization_id=(
        "urn:cen.eu:en16931:2017#compliant#urn:mfin.gov.rs:srbdt:2022"
        "#conformant#urn:mfin.gov.rs:srbdtext:2022"
    ),
)
