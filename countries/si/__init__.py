"""Slovenia (SI).

VAT is DDV, the tax authority FURS. Invoices to public bodies go through UJP as e-SLOG 2.0; from
2028 businesses must send each other structured invoices too. Cash invoices are verified by FURS
before they are handed over ("davčno potrjevanje računov"); that is not declared here yet.
"""

from datetime import date

from stdnum.si import ddv, maticna

from countries.base import (
    Address,
    Confidence,
    CorrectionMethod,
    Corrections,
    Country,
    Deadline,
    Flow,
    Identifier,
    Mandate,
    NumberKind,
    Retention,
    Source,
    Subject,
    Voiding,
)
from countries.si.rules import RULES, check
from countries.si.vat import VAT

_UJP_ACT = Source(
    title="Zakon o opravljanju plačilnih storitev za proračunske uporabnike (ZOPSPU-A)",
    url="https://pisrs.si/",
    read_on=date(2026, 11, 20),
    confidence=Confidence.B,
    note="The year is in two sources; the day is from memory.",
)
_E_INVOICE_ACT = Source(
    title="Zakon o izmenjavi elektronskih računov in drugih elektronskih dokumentov (ZIERDED)",
    url="https://pisrs.si/",
    read_on=date(2026, 11, 20),
    confidence=Confidence.A,
    note="Adopted 2025-10-23; read in epos.si and bizbox. A PDF is not an e-invoice.",
)
_VAT_ACT_86 = Source(
    title="Zakon o davku na dodano vrednost (ZDDV-1), 86. člen",
    url="https://pisrs.si/",
    read_on=date(2026, 11, 20),
    confidence=Confidence.B,
    note="Read in accounting-ljubljana and dddinvoices.",
)
_VAT_ACT_81 = Source(
    title="Zakon o davku na dodano vrednost (ZDDV-1), 81. člen; Directive 2006/112/EC, Art. 222",
    url="https://pisrs.si/",
    read_on=date(2026, 11, 20),
    confidence=Confidence.M,
)

COUNTRY = Country(
    code="SI",
    name="Slovenia",
    native_name="Slovenija",
    currency="EUR",
    timezone="Europe/Ljubljana",
    rates=VAT.rates,
    identifiers=(
        Identifier(
            name="ID za DDV",
            kind=NumberKind.VAT,
            scheme="9949",
            is_valid=ddv.is_valid,
            compact=ddv.compact,
        ),
        Identifier(
            name="matična številka",
            kind=NumberKind.COMPANY,
            scheme=None,
            is_valid=maticna.is_valid,
            compact=maticna.compact,
        ),
    ),
    addresses=(Address(scheme="9949", kind=NumberKind.VAT, prefix="SI"),),
    mandates=(
        Mandate(
            flow=Flow.B2G,
            since=date(2015, 1, 1),
            formats=("e-SLOG 2.0",),
            profiles=("eslog-2",),
            channel="si-ujp",
            source=_UJP_ACT,
        ),
        Mandate(
            flow=Flow.B2B,
            since=date(2028, 1, 1),
            formats=("e-SLOG 2.0", "EN 16931 syntaxes by prior agreement"),
            profiles=("eslog-2", "peppol-bis-3", "en16931-ubl"),
            channel="any",
            source=_E_INVOICE_ACT,
        ),
    ),
    retention=(
        Retention(years=10, source=_VAT_ACT_86),
        Retention(years=20, subject=Subject.IMMOVABLE_PROPERTY, source=_VAT_ACT_86),
    ),
    deadlines=(
        Deadline(
            months=1,
            day=15,
            applies_to="intra-Community supplies and services taxed at the customer",
            source=_VAT_ACT_81,
        ),
    ),
    corrections=(
        Corrections(
            methods=(
                CorrectionMethod.CREDIT_NOTE,
                CorrectionMethod.CORRECTIVE_INVOICE,
            ),
            voiding=Voiding.UNSENT,
            source=Source(
                title=(
                    "Zakon o davku na dodano vrednost (ZDDV-1), 84. člen; "
                    "Directive 2006/112/EC, Art. 219"
                ),
                url="https://pisrs.si/",
                read_on=date(2026, 11, 20),
                confidence=Confidence.C,
                note=(
                    "A new document that names the first, in one source; the "
                    "article is from memory. Voiding what nobody received is from"
                    " memory."
                ),
            ),
        ),
    ),
    check=check,
    rules=RULES,
    notes={
        "numbers": "An ID za DDV is SI and the tax number; the tax number alone is not a VAT id.",
        "mandates": "Older lists still say that B2B waits for 2030; the act of 2025 says 2028.",
        "addresses": "9949 carries the VAT identifier with its SI (weak: practice, not a text).",
    },
)
