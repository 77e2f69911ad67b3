"""Makes the code lists of EN 16931, Peppol and XRechnung from the official rule files.

    python scripts/code_lists.py EN16931-UBL-validation-preprocessed.sch PEPPOL-EN16931-UBL.sch
        XRechnung-UBL-validation.xslt

The lists are restrictions that CEN/TC 434 publishes with the validation artefacts of EN 16931
(each release has its own); the Schematron is where they are normative in machine-readable form.
A test compares the modules with the official file again.
"""

import re
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

VERSION = "1.3.16"
PEPPOL_VERSION = "3.0.21"
PEPPOL_LISTS = (
    ("ISO4217", "CURRENCIES", "ISO 4217, alpha-3 (PEPPOL-EN16931-CL007)"),
    ("eaid", "ELECTRONIC_ADDRESS_SCHEMES", "EAS, as far as Peppol uses it (CL008)"),
)

XRECHNUNG_VERSION = "2.5.0"
XRECHNUNG_LISTS = (
    ("ISO-6523-ICD-CODES", "IDENTIFIER_SCHEMES", "ISO/IEC 6523 (BR-DEX-04 to -06, -08)"),
    ("CEF-EAS-CODES", "ELECTRONIC_ADDRESS_SCHEMES", "CEF EAS (BR-DEX-07)"),
    ("UNTDID-7143-CODES", "ITEM_CLASSIFICATIONS", "UNTDID 7143, item types (BR-TMP-CVD-01)"),
)


@dataclass(frozen=True, slots=True)
class CodeList:
    """One list: the rule whose test holds it, and which of the lists in that test it is."""

    module: str
    constant: str
    rule: str
    title: str
    position: int = 0


LISTS = (
    CodeList("documents", "INVOICE_TYPES", "BR-CL-01", "UNTDID 1001, invoices"),
    CodeList("documents", "CREDIT_NOTE_TYPES", "BR-CL-01", "UNTDID 1001, credit notes", 1),
    CodeList("documents", "NOTE_SUBJECTS", "BR-CL-08", "UNTDID 4451, subjects of notes"),
    CodeList("currencies", "CURRENCIES", "BR-CL-04", "ISO 4217, alpha-3"),
    CodeList("countries", "COUNTRIES", "BR-CL-14", "ISO 3166-1, alpha-2, with 1A and XI"),
    CodeList("countries", "VAT_PREFIXES", "BR-CO-09", "ISO 3166-1 as VAT prefix, with EL"),
    CodeList("taxes", "VAT_POINT_DATES", "BR-CL-06", "UNTDID 2005, VAT point dates"),
    CodeList("taxes", "VAT_CATEGORIES", "BR-CL-17", "UNTDID 5305, VAT categories"),
    CodeList("taxes", "VAT_EXEMPTIONS", "BR-CL-22", "CEF VATEX, exemption reasons"),
    CodeList("allowances", "ALLOWANCE_REASONS", "BR-CL-19", "UNTDID 5189, allowances"),
    CodeList("allowances", "CHARGE_REASONS", "BR-CL-20", "UNTDID 7161, charges"),
    CodeList("payments", "PAYMENT_MEANS", "BR-CL-16", "UNTDID 4461, payment means"),
    CodeList("identifiers", "ICD", "BR-CL-11", "ISO/IEC 6523, identifier schemes"),
    CodeList("identifiers", "EAS", "BR-CL-25", "CEF EAS, electronic address schemes"),
    CodeList("identifiers", "OBJECT_SCHEMES", "BR-CL-07", "UNTDID 1153, reference qualifiers"),
    CodeList("identifiers", "ITEM_CLASSIFICATIONS", "BR-CL-13", "UNTDID 7143, item types"),
    CodeList("units", "UNITS", "BR-CL-23", "UN/ECE Recommendation 20 with 21"),
    CodeList("attachments", "MEDIA_TYPES", "BR-CL-24", "media types of attachments"),
)


def read(schematron: Path) -> dict[str, tuple[str, ...]]:
    """Return the codes of every list, by the name of its constant, from a Schematron file."""
    text = schematron.read_text(encoding="utf-8")
    tests = dict(re.findall(r'<assert id="([^"]+)" flag="[^"]+" test="([^"]*)"', text))
    return {item.constant: _codes(tests[item.rule], item) for item in LISTS}


def _codes(test: str, item: CodeList) -> tuple[str, ...]:
    if item.constant == "MEDIA_TYPES":
        return tuple(re.findall(r"@mimeCode = '([^']+)'", test))
    lists = re.findall(r"contains\(\s*'( [^']+ )'", test)
    return tuple(lists[item.position].split())


def modules(codes: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the source of every module, by its name."""
    sources: dict[str, str] = {}
    for item in LISTS:
        header = (
            f'"""Code lists of EN 16931 as EN16931-UBL {VERSION} restricts them.\n\n'
            f"Source: EN16931-UBL-validation {VERSION} (CEN/TC 434, EUPL 1.2). Made by"
            ' scripts/code_lists.py.\n"""\n'
        )
        wrapped = textwrap.fill(" ".join(codes[item.constant]), 99, break_on_hyphens=False)
        name = item.constant
        sources[item.module] = sources.get(item.module, header) + (
            f'\n_{name} = """\n{wrapped}\n"""\n'
            f'{name} = frozenset(_{name}.split())\n"""{item.title} ({item.rule})."""\n'
        )
    return sources


def peppol_module(schematron: Path) -> str:
    """Return the source of formats/peppol/code_lists.py."""
    text = schematron.read_text(encoding="utf-8")
    source = (
        '"""Code lists of Peppol BIS Billing 3.0 where they differ from those of EN 16931.\n\n'
        f"Source: PEPPOL-EN16931-UBL.sch {PEPPOL_VERSION} (OpenPeppol). Made by"
        ' scripts/code_lists.py.\n"""\n'
    )
    for variable, name, title in PEPPOL_LISTS:
        codes = re.findall(rf"""let name="{variable}" value="tokenize\('([^']+)'""", text)[0]
        source += _constant(name, codes, title)
    return source


def xrechnung_module(stylesheet: Path) -> str:
    """Return the source of formats/xrechnung/code_lists.py."""
    text = stylesheet.read_text(encoding="utf-8")
    source = (
        '"""Code lists of XRechnung 3.0.2 where it has its own edition of them.\n\n'
        f"Source: XRechnung Schematron {XRECHNUNG_VERSION} (KoSIT). Made by"
        ' scripts/code_lists.py.\n"""\n'
    )
    for variable, name, title in XRECHNUNG_LISTS:
        codes = re.findall(rf"""variable name="{variable}" select="' ([^']+)'""", text)[0]
        source += _constant(name, codes, title)
    return source


def _constant(name: str, codes: str, title: str) -> str:
    wrapped = textwrap.fill(" ".join(codes.split()), 99, break_on_hyphens=False)
    return (
        f'\n_{name} = """\n{wrapped}\n"""\n{name} = frozenset(_{name}.split())\n"""{title}."""\n'
    )


def main() -> None:
    """Write the modules into their packages."""
    formats = Path(__file__).parents[1] / "formats"
    package = formats / "en16931" / "codes"
    (formats / "peppol" / "code_lists.py").write_text(
        peppol_module(Path(sys.argv[2])), encoding="utf-8"
    )
    (formats / "xrechnung" / "code_lists.py").write_text(
        xrechnung_module(Path(sys.argv[3])), encoding="utf-8"
    )
    for name, source in modules(read(Path(sys.argv[1]))).items():
        (package / f"{name}.py").write_text(source, encoding="utf-8")


if __name__ == "__main__":
    main()
