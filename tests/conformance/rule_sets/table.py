"""Which rule set is for which documents.

Verdicts of `EXPECTED.json` add documents to a set by its name; what stands here is the rest: the
folders of examples and of unit tests, and the roots that the set looks at. Of Peppol's post-award
rules only the published form is here: the sources include files that nobody published.
"""

from tests.conformance.rule_sets.dialects import (
    factur_x,
    france,
    pint,
    tax_data,
    transactions,
)
from tests.conformance.rule_sets.row import CII, SOME_UBL, UBL, Row, ubl

_BILLING = ("peppol-2026-05/examples/billing", "peppol-bis3/rules/examples")
_BILLING_UNITS = tuple(
    f"peppol-bis3/rules/unit-UBL-{part}"
    for part in ("PEPPOL", "DE", "DK", "GR", "IT", "NL", "NO", "SE")
)
_CII_UNITS = tuple(
    f"peppol-bis3/rules/unit-CII-{part}" for part in ("PEPPOL", "DK", "IT", "NL", "NO", "SE")
)
_EN_UNITS = ("en16931/test/Invoice-unit-UBL", "en16931/test/CreditNote-unit-UBL")

ROWS: tuple[Row, ...] = (
    Row(
        "en16931-ubl",
        (
            "en16931/ubl/xslt/EN16931-UBL-validation.xslt",
            "en16931/ubl/schematron/EN16931-UBL-validation.sch",
            "en16931/ubl/schematron/preprocessed/*.sch",
        ),
        UBL,
        ("en16931/ubl/examples", "en16931/test/testfiles"),
        _EN_UNITS,
        verdicts="EN-UBL",
    ),
    Row(
        "en16931-cii",
        (
            "en16931/cii/xslt/EN16931-CII-validation.xslt",
            "en16931/cii/schematron/EN16931-CII-validation.sch",
            "en16931/cii/schematron/preprocessed/*.sch",
        ),
        CII,
        ("en16931/cii/examples",),
        ("en16931/test/cii",),
        verdicts="EN-CII",
    ),
    Row(
        "peppol-billing",
        (
            "peppol-2026-05/xslt/PEPPOL-EN16931-UBL.xslt",
            "peppol-2026-05/sch/PEPPOL-EN16931-UBL.sch",
        ),
        UBL,
        _BILLING,
        _BILLING_UNITS,
        verdicts="PEPPOL",
    ),
    Row(
        "peppol-self-billing",
        (
            "peppol-2026-05/xslt/PEPPOL-EN16931-UBL-SB.xslt",
            "peppol-2026-05/sch/PEPPOL-EN16931-UBL-SB.sch",
        ),
        UBL,
        (*_BILLING, "peppol-2026-05/examples", "peppol-pint/examples/pint-my-1.3.1/selfbilling"),
        _BILLING_UNITS[:1],
        units_hold=False,
    ),
    Row(
        "peppol-en16931",
        (
            "peppol-2026-05/xslt/CEN-EN16931-UBL.xslt",
            "peppol-2026-05/sch/CEN-EN16931-UBL.sch",
            "peppol-bis3/rules/sch/CEN-EN16931-UBL.sch",
        ),
        UBL,
        _BILLING,
        _EN_UNITS,
    ),
    Row(
        "peppol-bis3-2025",
        ("peppol-bis3/rules/sch/PEPPOL-EN16931-UBL.sch",),
        UBL,
        (*_BILLING, "peppol-bis3/rules/snippets", "peppol-bis3/rules/national-examples"),
        _BILLING_UNITS,
    ),
    Row(
        "peppol-bis3-2025-cii",
        (
            "peppol-bis3/rules/sch/PEPPOL-EN16931-CII.sch",
            "peppol-bis3/rules/sch/CEN-EN16931-CII.sch",
        ),
        CII,
        ("en16931/cii/examples",),
        _CII_UNITS,
    ),
    *transactions(),
    *pint(),
    Row(
        "mls",
        (
            "peppol-network/schemas/mls-xslt/*.xslt",
            "peppol-network/schemas/mls-schematron/**/*.sch",
        ),
        (ubl("ApplicationResponse"),),
        ("peppol-network/mls",),
    ),
    Row(
        "eusr",
        (
            "peppol-reporting/xslt/peppol-end-user-statistics-reporting-1.1.5.xslt",
            "peppol-reporting/sch/eusr-1.1.5/*.sch",
        ),
        ("EndUserStatisticsReport",),
        ("peppol-reporting/eusr",),
    ),
    Row(
        "tsr",
        (
            "peppol-reporting/xslt/peppol-transaction-statistics-reporting-1.0.5.xslt",
            "peppol-reporting/sch/tsr-1.0.5/*.sch",
        ),
        ("TransactionStatisticsReport",),
        ("peppol-reporting/tsr",),
    ),
    *tax_data(),
    Row("aunz", ("peppol-aunz/sch/*.sch",), UBL, ("peppol-aunz/examples",)),
    Row("sg", ("peppol-sg/sch/*.sch",), UBL, ("peppol-sg/examples",)),
    Row(
        "xrechnung-ubl",
        (
            "xrechnung/xslt-3.0.2/XRechnung-UBL-validation.xslt",
            "xrechnung/schematron/schematron/ubl/*.sch",
        ),
        UBL,
        ("xrechnung/schematron-test/ubl-inv", "xrechnung/schematron-test/ubl-cn"),
        verdicts="XR-UBL",
        xmute="xrubl",
    ),
    Row(
        "xrechnung-cii",
        (
            "xrechnung/xslt-3.0.2/XRechnung-CII-validation.xslt",
            "xrechnung/schematron/schematron/cii/*.sch",
        ),
        CII,
        ("xrechnung/schematron-test/cii",),
        verdicts="XR-CII",
        xmute="xrcii",
    ),
    *factur_x(),
    *france(),
    Row(
        "hr",
        (
            "hr-fiskalizacija/schematron-xslt/HR-CIUS-EXT-EN16931-UBL.xslt",
            "hr-fiskalizacija/HRUBLSchematron/HR-CIUS-EXT-EN16931-UBL.sch",
        ),
        UBL,
        ("hr-fiskalizacija/Primjeri_eRacuna",),
    ),
    Row("pt", ("pt-cius/xslt/*.xslt", "pt-cius/sch/*.sch"), UBL, ("pt-cius/examples",)),
    Row(
        "ro",
        ("ro-cius/xslt/*.xslt", "ro-cius/sch/*.sch", "ro-cius/sch/preprocessed/*.sch"),
        UBL,
        ("ro-cius/examples", "ro-cius/examples-min"),
    ),
    Row(
        "rs",
        ("rs-sef/xslt/*.xslt", "rs-sef/sch/EN16931-UBL-srbdt-validation.sch"),
        UBL,
        ("rs-sef/examples",),
    ),
    Row("sa", ("sa-zatca/xsl/*.xsl",), UBL, ("sa-zatca",)),
    Row("be", ("be-ubl/sch/*.sch",), UBL, SOME_UBL),
    Row(
        "tr",
        ("tr-efatura/sch/*.sch",),
        (
            *UBL,
            *(ubl(name) for name in ("ApplicationResponse", "DespatchAdvice", "ReceiptAdvice")),
            "StandardBusinessDocument",
        ),
        ("tr-efatura/examples",),
    ),
    Row("cz", ("cz-isdoc/sch/*.sch",), ("{http://isdoc.cz/namespace/2013}Invoice",)),
)
