"""The rules of Croatia say what its tax administration's own set says."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings

from formats.cius.hr import rules
from formats.cius.hr.identifiers import is_oib
from formats.en16931.model import Invoice
from formats.registry import PROFILES
from tests.formats.rule_sets import Break, Judge, disagreements, specified
from tests.formats.samples import DRAFT, SELLER, any_invoices, completed
from tests.oracle.saxon import SaxonOracle

pytestmark = pytest.mark.official

PROFILE = PROFILES["hr-cius"]
SET = "hr.mfin:cius-ext-ubl"


@pytest.fixture
def judge(official: Path, saxon: SaxonOracle) -> Judge:
    return Judge(PROFILE, rules.check, rules.RULES, SET, official, saxon)


OIB = "12345678903"
"""A number with the right check digit; nobody's."""

_LINE = "/lines/0"
_OPERATOR = "/seller/extensions"
_PERIOD = {"start_date": "1899-12-31", "end_date": "2100-01-01"}
_REPRESENTATIVE = {"name": "R", "vat_identifier": f"HR{OIB}", "postal_address": {}}
_TYPE, _PROCESS = "/type_code", "/process_control/business_process_type"


def _category(code: str) -> dict[str, object]:
    return {f"{_LINE}/vat_category_code": code, f"{_LINE}/vat_rate": "0"}


_REDUCTION = {"amount": "1", "vat_category_code": "Z", "vat_rate": "0", "reason": "r"}

_BREAKS = (
    Break("", {}),
    Break("HR-BR-1", {"/number": "1 2"}, "/number"),
    Break("HR-BR-2", {"/extensions": None}, "/extensions/issue_time"),
    Break("HR-BR-4 HR-BR-41", {"/payment_due_date": None}, "/payment_due_date"),
    Break("HR-BR-41", {"/payment_due_date": "2100-01-01"}),
    Break("", {"/payment_due_date": None, "/totals/amount_due": "0"}),
    Break("", {"/payment_due_date": None, _TYPE: "381"}),
    Break(
        "HR-BR-4 HR-BR-41",
        {"/payment_due_date": None, _TYPE: "381", "/totals/amount_due": "-1"},
    ),
    Break("HR-BR-5", {"/process_control/specification_identifier": "urn:x"}),
    Break("HR-BR-6 HR-BR-45", {"/preceding_invoice_references": [{"reference": "1"}]}),
    Break(
        "HR-BR-45",
        {"/preceding_invoice_references": [{"reference": "1", "issue_date": "1899-12-31"}]},
    ),
    Break("HR-BR-7", {"/seller/electronic_address": None}),
    Break("HR-BR-9", {f"{_OPERATOR}/operator_identifier": "12345678904"}),
    Break("HR-BR-9", {f"{_OPERATOR}/operator_identifier": f"HR{OIB}"}),
    Break("HR-BR-10", {"/buyer/electronic_address": None}, "/buyer/electronic_address"),
    Break("HR-BR-20", {f"{_LINE}/item_price_base_quantity": "0"}),
    Break(
        "HR-BR-21",
        {
            f"{_LINE}/item_price_base_quantity": "1",
            f"{_LINE}/item_price_base_quantity_unit_code": "DAY",
        },
    ),
    Break("HR-BR-25", {f"{_LINE}/item_classification_identifiers": []}),
    Break("", {f"{_LINE}/item_classification_identifiers": [], _TYPE: "386"}),
    Break("HR-BR-34", {_PROCESS: "P13"}, _PROCESS),
    Break("HR-BR-34", {_PROCESS: None}),
    Break("", {_PROCESS: "P12"}),
    Break("", {_PROCESS: "P99:own"}),
    Break("HR-BR-37", {f"{_OPERATOR}/operator_name": None}),
    Break("HR-BR-40", {"/issue_date": "2025-12-31"}, "/issue_date"),
    Break("HR-BR-42", {_PROCESS: "P99:" + "x" * 197}),
    Break("HR-BR-43", {"/contract_reference": "c" * 1025}),
    Break("", {"/contract_reference": "c" * 1024}),
    Break("HR-BR-44", {"/delivery_information": {"actual_delivery_date": "1899-12-31"}}),
    Break("HR-BR-46", {f"{_LINE}/item_name": "n" * 1025}),
    Break("HR-BR-47", {f"{_LINE}/item_description": "d" * 4097}),
    Break("HR-BR-48", {"/value_added_tax_point_date": "2100-01-01"}),
    Break("HR-BR-49 HR-BR-50", {"/delivery_information": {"invoicing_period": _PERIOD}}),
    Break("HR-BR-51 HR-BR-52", {f"{_LINE}/period": _PERIOD}),
    Break("HR-BR-53", {"/buyer/vat_identifier": "HR12345678904"}),
    Break(
        "",
        {"/buyer/vat_identifier": "NL123456789B01", "/buyer/postal_address/country_code": "NL"},
    ),
    Break("", {"/seller_tax_representative": _REPRESENTATIVE}),
    Break("HR-BR-53", {"/seller_tax_representative": _REPRESENTATIVE | {"vat_identifier": "HR1"}}),
    Break("HR-BR-56", {f"{_LINE}/item_net_price": "1.00000000001"}, f"{_LINE}/item_net_price"),
    Break("", {f"{_LINE}/item_net_price": "1.0000000001"}),
    Break("HR-BR-S-1", {"/buyer/vat_identifier": None}, "/buyer/vat_identifier"),
    Break("HR-BR-AE-1", {"/buyer/vat_identifier": None} | _category("AE")),
    Break("HR-BR-E-1", {"/buyer/vat_identifier": None} | _category("E")),
    Break("", {"/buyer/vat_identifier": None} | _category("K")),
    Break(
        "HR-BR-S-1 HR-BR-Z-2",
        {"/buyer/vat_identifier": None, "/document_level_allowances": [_REDUCTION]},
    ),
    Break(
        "HR-BR-S-1 HR-BR-Z-3",
        {"/buyer/vat_identifier": None, "/document_level_charges": [_REDUCTION]},
    ),
)


def _base() -> Invoice:
    seller = SELLER | {
        "vat_identifier": f"HR{OIB}",
        "extensions": {"operator_name": "Ana", "operator_identifier": OIB},
    }
    address = {"city": "Split", "country_code": "HR"}
    buyer = DRAFT["buyer"] | {"vat_identifier": f"HR{OIB}", "postal_address": address}
    line = DRAFT["lines"][0] | {
        "item_classification_identifiers": [
            {"value": "62.10.11", "scheme_identifier": "CG"},
        ]
    }
    invoice = completed(seller=seller, buyer=buyer, lines=[line]).invoice
    document = invoice.model_dump(mode="json")
    document["extensions"] = {"issue_time": "12:30:00"}
    document["process_control"]["business_process_type"] = "P1"
    return specified(Invoice.model_validate(document), PROFILE)


def test_a_broken_invoice_breaks_the_same_rule_for_both(judge: Judge) -> None:
    assert list(disagreements(judge, _base(), _BREAKS)) == []


_UNSEEN = {  # in the document, and not in the model
    *("HR-BR-6", "HR-BR-21", "HR-BR-45"),  # there but empty: the reader takes it for absent
    "HR-BR-1",  # white space around a number: the reader takes it off
}


def test_the_same_rules_are_broken_by_invoices_nobody_would_write(judge: Judge) -> None:

    @settings(
        max_examples=15,
        derandomize=True,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(any_invoices)
    def compare(source: Invoice) -> None:
        # A total in the accounting currency alone is read as the invoice's own.
        assume(source.totals.total_vat is not None)
        # The official rules stop with an error at a second tax number of the seller.
        seller = source.seller.model_copy(update={"tax_registration_identifier": None})
        ours, theirs = judge.both(source.model_copy(update={"seller": seller}))
        assert set(ours) - _UNSEEN == theirs - _UNSEEN

    compare()


def test_the_rules_are_those_of_the_official_set_on_its_examples(official: Path) -> None:
    expected: dict[str, Any] = json.loads((official / "EXPECTED.json").read_bytes())
    judged = 0
    for name, entry in expected["documents"].items():
        for rule_set, verdict in entry.get("rules", {}).items():
            if rule_set.startswith("hr-fiskalizacija/"):
                invoice = PROFILE.read((official / name).read_bytes())
                fired = {rule for rules_ in verdict.values() for rule in rules_}
                ours = {finding.rule for finding in rules.check(invoice)}
                assert ours == fired & rules.RULES, name
                judged += 1
    assert judged == 14


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        (OIB, True),
        ("69435151530", True),
        ("69435151531", False),
        ("6943515153", False),
        ("", False),
        ("6943515153०", False),
    ],
)
def test_an_oib_has_its_check_digit(number: str, valid: bool) -> None:  # noqa: FBT001
    assert is_oib(number) is valid
