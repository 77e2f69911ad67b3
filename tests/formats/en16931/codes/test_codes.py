import html
import re
from importlib import import_module
from pathlib import Path

import pytest

from formats.en16931.currency import MINOR_UNITS
from formats.peppol import code_lists, codes

pytestmark = pytest.mark.official

_PACKAGE = "formats.en16931.codes"
_LISTS = (
    ("documents", "INVOICE_TYPES", "BR-CL-01", 0),
    ("documents", "CREDIT_NOTE_TYPES", "BR-CL-01", 1),
    ("documents", "NOTE_SUBJECTS", "BR-CL-08", 0),
    ("currencies", "CURRENCIES", "BR-CL-03", 0),
    ("currencies", "CURRENCIES", "BR-CL-04", 0),
    ("currencies", "CURRENCIES", "BR-CL-05", 0),
    ("taxes", "VAT_POINT_DATES", "BR-CL-06", 0),
    ("identifiers", "OBJECT_SCHEMES", "BR-CL-07", 0),
    ("identifiers", "ICD", "BR-CL-10", 0),
    ("identifiers", "ICD", "BR-CL-11", 0),
    ("identifiers", "ITEM_CLASSIFICATIONS", "BR-CL-13", 0),
    ("countries", "COUNTRIES", "BR-CL-14", 0),
    ("countries", "COUNTRIES", "BR-CL-15", 0),
    ("payments", "PAYMENT_MEANS", "BR-CL-16", 0),
    ("taxes", "VAT_CATEGORIES", "BR-CL-17", 0),
    ("taxes", "VAT_CATEGORIES", "BR-CL-18", 0),
    ("allowances", "ALLOWANCE_REASONS", "BR-CL-19", 0),
    ("allowances", "CHARGE_REASONS", "BR-CL-20", 0),
    ("identifiers", "ICD", "BR-CL-21", 0),
    ("taxes", "VAT_EXEMPTIONS", "BR-CL-22", 0),
    ("units", "UNITS", "BR-CL-23", 0),
    ("identifiers", "EAS", "BR-CL-25", 0),
    ("identifiers", "ICD", "BR-CL-26", 0),
    ("countries", "VAT_PREFIXES", "BR-CO-09", 0),
)


def _test_of(schematron: Path, rule: str) -> str:
    text = schematron.read_text(encoding="utf-8")
    found = re.search(rf'<assert[^>]*? id="{rule}"[^>]*?\stest="([^"]*)"', text, re.DOTALL)
    assert found is not None, rule
    return html.unescape(found[1])


@pytest.mark.parametrize(("module", "name", "rule", "position"), _LISTS)
def test_a_code_list_is_the_one_in_the_rule(
    official: Path, module: str, name: str, rule: str, position: int
) -> None:
    folder = official / "en16931" / "ubl" / "schematron" / "preprocessed"
    test = _test_of(folder / "EN16931-UBL-validation-preprocessed.sch", rule)
    lists = [set(codes.split()) for codes in re.findall(r"'(\s[^']+\s)'", test)]
    ours = getattr(import_module(f"{_PACKAGE}.{module}"), name)
    assert ours == lists[position]


def test_the_media_types_are_those_in_the_rule(official: Path) -> None:
    folder = official / "en16931" / "ubl" / "schematron" / "preprocessed"
    test = _test_of(folder / "EN16931-UBL-validation-preprocessed.sch", "BR-CL-24")
    ours = import_module(f"{_PACKAGE}.attachments").MEDIA_TYPES
    assert ours == set(re.findall("'([^']+)'", test))


def test_the_lists_of_peppol_are_those_of_its_rules(official: Path) -> None:
    folder = official / "peppol-2026-05" / "sch"
    text = (folder / "PEPPOL-EN16931-UBL.sch").read_text(encoding="utf-8")

    def variable(name: str) -> set[str]:
        found = re.search(rf"""name="{name}" value="tokenize\('([^']+)'""", text)
        assert found is not None
        return set(found[1].split())

    assert variable("ISO4217") == code_lists.CURRENCIES
    assert variable("eaid") == code_lists.ELECTRONIC_ADDRESS_SCHEMES
    for name, module in (("UNCL5189", "ALLOWANCE_REASONS"), ("UNCL7161", "CHARGE_REASONS")):
        assert variable(name) == getattr(import_module(f"{_PACKAGE}.allowances"), module)
    self_billing = (folder / "PEPPOL-EN16931-UBL-SB.sch").read_text(encoding="utf-8")
    for source, invoices, credit_notes in (
        (text, codes.INVOICES, codes.CREDIT_NOTES),
        (self_billing, codes.SELF_BILLED_INVOICES, codes.SELF_BILLED_CREDIT_NOTES),
    ):
        for rule, ours in (("P0100", invoices), ("P0101", credit_notes)):
            found = re.search(rf"PEPPOL-EN16931-{rule}\".*?tokenize\('([^']+)'", source, re.DOTALL)
            assert found is not None
            assert ours == set(found[1].split())


def test_every_currency_with_other_decimals_is_a_currency() -> None:
    assert set(MINOR_UNITS) <= import_module(f"{_PACKAGE}.currencies").CURRENCIES
