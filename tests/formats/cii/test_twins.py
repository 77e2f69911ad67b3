"""Official documents that exist in both syntaxes are read to the same invoice.

Some twins say different things: each such place is listed with what the documents have there. The
examples of CEN (`ubl-tc434-example*` and `CII_example*`) are no twins: their amounts differ.
"""

from pathlib import Path

import pytest

from formats import cii, ubl
from formats.en16931.comparison import differences
from formats.en16931.hashing import semantic_hash
from tests.formats.cii.judges import documents

pytestmark = pytest.mark.official

TWINS = 34
_XRECHNUNG = "xrechnung/testsuite/"
_ZUGFERD = "zugferd-corpus/XML-Rechnung/CII/"

DUMMY = "UBL has a dummy order, because it demands one beside the sales order"
ZERO = "CII says zero where UBL says nothing"
ADDED = "the UBL was made by a tool that adds trading names and a process"
GROSS = "the CII states gross prices that equal the net prices"
GLN = "the CII states a number of the seller beside the GLN"
PAYEE = "the UBL has no registration of the payee"
NAMES = "the UBL swaps name and trading name"
BASE = "only one of them has a base quantity, or its unit"

_COMPREHENSIVE = {
    NAMES: "/buyer/name /buyer/trading_name",
    PAYEE: "/payee/legal_registration_identifier",
    BASE: "/lines/1/item_price_base_quantity",
    ZERO: "/totals/rounding_amount",
}
_MADE_BY_TOOL = {
    ADDED: "/process_control/business_process_type /buyer/trading_name /seller/trading"
}
_FIRST_PRICES = {GROSS: "/lines/0/item_ /lines/1/item_"}
_LATER_PRICES = {GROSS: "/lines/1/item_ /lines/2/item_ /lines/3/item_"}
_FIRST_PRICE = {GROSS: "/lines/0/item_"}
_NUMBERS = {GLN: "/seller/identifiers"}

DIFFER: dict[str, dict[str, str]] = {
    f"{_XRECHNUNG}business-cases/standard/01.02a": {DUMMY: "/purchase_order_reference"},
    f"{_XRECHNUNG}business-cases/standard/01.09a": {DUMMY: "/purchase_order_reference"},
    f"{_XRECHNUNG}business-cases/standard/01.12a": {DUMMY: "/purchase_order_reference"},
    f"{_XRECHNUNG}business-cases/standard/01.20a": {
        "placeholders are called otherwise": "/seller/postal_address",
        ZERO: "/totals/sum_of_allowances /totals/sum_of_charges /totals/paid_amount",
    },
    f"{_XRECHNUNG}business-cases/standard/02.01a": {ZERO: "/totals/rounding_amount"},
    f"{_XRECHNUNG}business-cases/standard/02.02a": {ZERO: "/totals/rounding_amount"},
    f"{_XRECHNUNG}business-cases/standard/02.04a": {ZERO: "/totals/rounding_amount"},
    f"{_XRECHNUNG}business-cases/standard/03.01a": {
        "the UBL has a trading name": "/buyer/trading_name"
    },
    f"{_XRECHNUNG}business-cases/standard/03.06a": {
        "the UBL swaps city and post code": "/buyer/postal_address /seller/postal_address"
    },
    f"{_XRECHNUNG}technical-cases/cius/01.01": _COMPREHENSIVE
    | _NUMBERS
    | {"CII D16B has one preceding invoice": "/preceding_invoice_references/1"},
    f"{_XRECHNUNG}technical-cases/cius/01.03": _COMPREHENSIVE
    | {"another person": "/seller/contact/point"},
    f"{_XRECHNUNG}technical-cases/cius/01.04": _COMPREHENSIVE
    | {"another person": "/seller/contact/point"},
    f"{_XRECHNUNG}technical-cases/cvd/02.01a": _NUMBERS
    | {
        PAYEE: "/payee/legal_registration_identifier",
        ZERO: "/totals/rounding_amount",
        "another wording, another order": "/lines/0/item_description /lines/0/item_attributes",
    },
    f"{_ZUGFERD}EN16931_1_Teilrechnung": _MADE_BY_TOOL | _LATER_PRICES | _NUMBERS,
    f"{_ZUGFERD}EN16931_AbweichenderZahlungsempf": _MADE_BY_TOOL | _FIRST_PRICES | _NUMBERS,
    f"{_ZUGFERD}EN16931_Einfach_DueDate": _MADE_BY_TOOL | _FIRST_PRICES | _NUMBERS,
    f"{_ZUGFERD}EN16931_Einfach_negativePaymentDue": _MADE_BY_TOOL | _FIRST_PRICES | _NUMBERS,
    f"{_ZUGFERD}EN16931_Elektron": _MADE_BY_TOOL
    | _FIRST_PRICES
    | {"the CII has links to its own attachments": "/additional_supporting_documents"},
    f"{_ZUGFERD}EN16931_Gutschrift": _MADE_BY_TOOL | _FIRST_PRICES | _NUMBERS,
    f"{_ZUGFERD}EN16931_Haftpflichtversicherung": _MADE_BY_TOOL | _FIRST_PRICES,
    f"{_ZUGFERD}EN16931_OEPNV": _MADE_BY_TOOL,
    f"{_ZUGFERD}EN16931_Rabatte": _MADE_BY_TOOL | _LATER_PRICES,
    f"{_ZUGFERD}EN16931_Rechnungskorrektur": _MADE_BY_TOOL | _FIRST_PRICE | _NUMBERS,
    f"{_ZUGFERD}EN16931_Sachversicherung": _MADE_BY_TOOL | _FIRST_PRICE | _NUMBERS,
    f"{_ZUGFERD}not_validating_full_invoice": {
        "the UBL lacks it": (
            "/value_added_tax_point_date_code /payment_instructions"
            " /payee/legal_registration_identifier /totals/rounding_amount"
        ),
        "another process": "/process_control/business_process_type",
        "the UBL has other amounts": (
            "/document_level_allowances/0/base_amount /document_level_charges/0/base_amount"
            " /lines/0/net_amount /lines/0/allowances/0/base_amount /lines/1/net_amount"
            " /lines/0/charges/0/base_amount /totals/total_vat /vat_breakdown"
        ),
    },
    "zugferd-corpus/other/eicar": {
        PAYEE: "/payee/legal_registration_identifier",
        BASE: "/lines/0/item_price_base_quantity_unit_code",
    },
}


def twins(official: Path) -> list[tuple[str, str]]:
    """Return pairs of documents, CII first, that are named as each other's twins."""
    return [
        (path, twin)
        for path in documents(official)
        for twin in (
            path.replace("_uncefact.", "_ubl."),
            path.replace("/CII/", "/UBL/").replace(".cii.", ".ubl."),
        )
        if twin != path and (official / twin).is_file() and not path.startswith("facturx/")
    ]


def explanation(path: str) -> list[str]:
    prefixes = (places for name, places in DIFFER.items() if path.startswith(name))
    return " ".join(" ".join(places.values()) for places in prefixes).split()


def test_twins_are_read_to_the_same_invoice(official: Path) -> None:
    pairs = twins(official)
    assert len(pairs) == TWINS
    unexplained: dict[str, object] = {}
    for one, other in pairs:
        first = cii.read((official / one).read_bytes())
        second = ubl.read((official / other).read_bytes())
        found = {
            pointer
            for pointer in differences(first, second)
            if pointer != "/process_control/specification_identifier"
            and "/extensions" not in pointer
        }
        expected = explanation(one)
        new = {pointer for pointer in found if not pointer.startswith(tuple(expected))}
        gone = [place for place in expected if not any(p.startswith(place) for p in found)]
        if new or gone:
            unexplained[one] = (new, gone)
        assert found or semantic_hash(first) == semantic_hash(second), one
    assert unexplained == {}


def test_every_explanation_is_about_a_twin(official: Path) -> None:
    paths = [path for path, _ in twins(official)]
    assert [name for name in DIFFER if not any(path.startswith(name) for path in paths)] == []
