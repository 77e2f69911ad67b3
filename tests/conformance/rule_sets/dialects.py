"""Rows of the table that follow a scheme: one per dialect, transaction, profile or country."""

from tests.conformance.rule_sets.row import CII, SOME_CII, SOME_UBL, UBL, Row, ubl

ORDERS = ("peppol-2026-05/examples", "peppol-poacc/rules/examples", "peppol-poacc/rules/snippets")
CDAR = (
    "{urn:un:unece:uncefact:data:standard:CrossDomainAcknowledgementAndResponse:100}CrossDomainAcknowledgementAndResponse",
)
_TAX_DATA = ("vida", "sk", "ae", "om")


def pint() -> tuple[Row, ...]:
    """Return the dialects of PINT."""
    rows = []
    for dialect, kinds in {
        "ae-2026.5": ("billing", "selfbilling"),
        "aunz-1.1.3": ("billing", "selfbilling"),
        "eu-1.1.1": ("",),
        "jp-1.1.3": ("",),
        "jp-ntr-1.1.3": ("",),
        "jp-sb-1.1.3": ("",),
        "my-1.3.1": ("billing", "selfbilling"),
        "om-1.0.1": ("billing", "selfbilling"),
        "sg-1.4.1": ("",),
    }.items():
        name = f"pint-{dialect}"
        middle = "" if dialect in {"ae-2026.5", "om-1.0.1"} else "xslt/"
        # No examples of self-billing in Japan: those of the invoice have every element.
        examples = "pint-jp-1.1.3" if dialect.startswith("jp-sb") else name
        rows += [
            Row(
                family=f"{name} {kind}".strip(),
                files=(
                    f"peppol-pint/xslt/{name}/{middle}{kind + '/' if kind else ''}*.xslt",
                    f"peppol-pint/sch/{name}/{kind + '/' if kind else ''}*.sch",
                ),
                roots=UBL,
                examples=(f"peppol-pint/examples/{examples}{'/' + kind if kind else ''}",),
            )
            for kind in kinds
        ]
    rows.append(Row("pint", ("peppol-pint/sch/pint-1.1.3/*.sch",), UBL, ("peppol-pint/examples",)))
    return tuple(rows)


def transactions() -> tuple[Row, ...]:
    """Return Peppol's documents before and after the invoice."""
    rows = []
    for number, roots, unit in (
        ("01", ("Order",), "order"),
        ("16", ("DespatchAdvice",), "despatch-advice"),
        ("19", ("Catalogue",), "catalogue"),
        ("58", ("ApplicationResponse",), None),
        ("71", ("ApplicationResponse",), None),
        ("76", ("OrderResponse",), "order-response"),
        ("77", ("Catalogue",), "punch-out"),
        ("110", ("OrderResponse",), "order-agreement"),
        ("111", ("ApplicationResponse",), "invoice-response"),
        ("114", ("OrderChange",), "order-change"),
        ("115", ("OrderCancellation",), "order-cancellation"),
        ("116", ("OrderResponse",), "order-response-advanced"),
    ):
        units = [f"peppol-poacc/rules/unit-{unit}"] if unit else []
        rows.append(
            Row(
                family=f"peppol-t{number}",
                files=tuple(
                    f"peppol-2026-05/{form}/PEPPOLBIS-T{number}.{form}" for form in ("xslt", "sch")
                ),
                roots=tuple(ubl(root) for root in roots),
                examples=ORDERS,
                units=(*units, *(["peppol-poacc/rules/unit-common"] if number == "01" else [])),
            )
        )
    return tuple(rows)


def factur_x() -> tuple[Row, ...]:
    """Return the profiles of Factur-X."""
    return tuple(
        Row(
            family=f"factur-x-{profile.lower()}",
            files=(
                f"facturx/xslt/FACTUR-X_{profile}.xslt",
                f"facturx/sch/FACTUR-X_{profile}.sch",
            ),
            roots=CII,
            examples=(f"facturx/examples/{profile.lower().replace('-', '')}", *more),
        )
        for profile, more in {
            "MINIMUM": ("facturx/fixtures",),
            "BASIC-WL": ("facturx/examples/minimum",),
            "BASIC": ("facturx/examples/basicwl",),
            "EN16931": ("facturx/mustang",),
            "EXTENDED": ("facturx/mustang",),
        }.items()
    )


def france() -> tuple[Row, ...]:
    """Return the French sets."""
    ctc = "ctc-1.4.0.03/20260804_"
    sets: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
        ("cdar", f"{ctc}BR-FR-CDV-*", CDAR, ("fr-ctc/examples", "cii/examples")),
        ("flux2-cii", f"{ctc}BR-FR-Flux2-Schematron-CII_*", CII, SOME_CII),
        ("flux2-ubl", f"{ctc}BR-FR-Flux2-Schematron-UBL_*", UBL, SOME_UBL),
        ("extended-cii", f"{ctc}EXTENDED-CTC-FR-CII-*", CII, SOME_CII),
        ("extended-ubl", f"{ctc}EXTENDED-CTC-FR-UBL-*", UBL, SOME_UBL),
        ("flux1-cii", "flux1/PPF_Flux1_CII_1_8_*", CII, SOME_CII),
        ("flux1-ubl", "flux1/PPF_Flux1_UBL_1_8_*", UBL, SOME_UBL),
        ("flux10", "flux10/PPF_Flux10_v1_0", ("Report",), ()),
    )
    return tuple(
        Row(
            f"fr-{family}",
            tuple(f"fr-ctc/{form}/{name}.{form}" for form in ("xslt", "sch")),
            roots,
            examples,
        )
        for family, name, roots, examples in sets
    )


def tax_data() -> tuple[Row, ...]:
    """Return the sets of tax data, a country each."""
    rows = []
    for country in _TAX_DATA:
        folder = f"peppol-taxdata/{{}}/{country}/**/*.{{}}"
        files = tuple(folder.format(form, form) for form in ("xslt", "sch"))
        examples = (f"peppol-taxdata/examples/{country}",)
        rows.append(Row(f"tax-data-{country}", files, ("TaxData",), examples))
    return tuple(rows)
