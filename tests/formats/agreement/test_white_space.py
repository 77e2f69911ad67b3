"""White space around a code counts where the official rules count it, and nowhere else.

What our rules say of an invoice is held to what the official ones say of the document written
from it. A document that came from elsewhere is another matter: its codes are read without the
white space, so for us " S" in it is S, as it is for all of EN 16931 but the rules named here.
"""

from pathlib import Path

import pytest

from formats.en16931.model import Invoice
from formats.registry import PROFILES
from formats.validation.document import Document
from tests.formats.agreement.sides import SIDES, Official
from tests.formats.rule_sets import specified
from tests.formats.samples import changed, invoice

pytestmark = pytest.mark.official

_PDF = {"filename": "a.pdf", "content": "YQ=="}
_ATTACHED = {"reference": "1", "attached_document": _PDF | {"mime_code": "application/pdf"}}
_SPACED = {"reference": "1", "attached_document": _PDF | {"mime_code": " application/pdf"}}
_SUPPORT = "/additional_supporting_documents"
_NOK = {
    "/vat_accounting_currency_code": "NOK",
    "/totals/total_vat_in_accounting_currency": "220.10",
}
_UNTAXED = {"/seller/vat_identifier": None}
_CATEGORY, _CURRENCY = "/lines/0/vat_category_code", "/currency_code"


@pytest.fixture(scope="module")
def rules(official: Path) -> Official:
    return Official(official)


@pytest.mark.parametrize(
    ("profile_id", "rule", "changes", "broken"),
    [
        ("xrechnung-ubl", "BR-DE-16", _UNTAXED, True),
        ("xrechnung-cii", "BR-DE-16", _UNTAXED, True),
        ("xrechnung-ubl", "BR-DE-16", _UNTAXED | {_CATEGORY: " S"}, False),
        ("xrechnung-cii", "BR-DE-16", _UNTAXED | {_CATEGORY: "S\n"}, False),
        ("en16931-ubl", "BR-S-02", _UNTAXED | {_CATEGORY: " S"}, True),
        ("en16931-ubl", "BR-CL-24", {_SUPPORT: [_ATTACHED]}, False),
        ("en16931-ubl", "BR-CL-24", {_SUPPORT: [_SPACED]}, True),
        ("en16931-cii", "BR-CL-24", {_SUPPORT: [_SPACED]}, True),
        ("en16931-ubl", "BR-CL-04", {_CURRENCY: " EUR "}, False),
        ("peppol-bis-3", "PEPPOL-EN16931-CL007", {_CURRENCY: " EUR "}, True),
        ("peppol-bis-3", "PEPPOL-EN16931-R055", _NOK, False),
        ("peppol-bis-3", "PEPPOL-EN16931-R055", _NOK | {_CURRENCY: "EUR "}, True),
        (
            *("peppol-bis-3", "PEPPOL-EN16931-R055"),
            _NOK | {"/vat_accounting_currency_code": "\tNOK"},
            True,
        ),
        ("xrechnung-ubl", "PEPPOL-EN16931-R055", _NOK | {_CURRENCY: " EUR"}, True),
    ],
)
def test_white_space_around_a_code_counts_where_it_does_officially(
    profile_id: str, rule: str, changes: dict[str, object], *, broken: bool, rules: Official
) -> None:
    source: Invoice = invoice()
    for pointer, value in changes.items():
        source = changed(source, pointer, value)
    profile = PROFILES[profile_id]
    source = specified(source, profile)
    document = Document(profile.write(source))
    for side in SIDES.values():
        if side.family in profile.rule_sets and rule in side.rules & rules.ids(side):
            assert (rule in rules.found(side, document)) is broken
            assert (rule in side.ours(source)) is broken
            break
    else:
        pytest.fail(f"no side of {profile_id} has {rule}")
