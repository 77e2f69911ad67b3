"""The rules of CIUS-RO say what Romania's own set says."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings

from formats.cius.ro import rules
from formats.cius.ro.lengths import LIMITS
from formats.en16931.model import Invoice
from formats.registry import PROFILES
from tests.formats.cius.texts import all_texts_of
from tests.formats.rule_sets import (
    Break,
    Judge,
    categories_spaced,
    disagreements,
    specified,
)
from tests.formats.samples import DRAFT, SELLER, any_invoices, completed
from tests.oracle.saxon import SaxonOracle

pytestmark = pytest.mark.official

PROFILE = PROFILES["cius-ro"]
SET = "ro.mfinante:cius-ro-ubl"


@pytest.fixture
def judge(official: Path, saxon: SaxonOracle) -> Judge:
    return Judge(PROFILE, rules.check, rules.RULES, SET, official, saxon)


_BUCHAREST = {
    "line_1": "Str. 1",
    "city": "SECTOR1",
    "country_subdivision": "RO-B",
    "country_code": "RO",
}
_CLUJ = _BUCHAREST | {"city": "Cluj-Napoca", "country_subdivision": "RO-CJ"}
_TYPE, _SPECIFICATION = "/type_code", "/process_control/specification_identifier"
_SELLER, _BUYER = "/seller/postal_address", "/buyer/postal_address"
_REPRESENTATIVE, _DELIVERY = "/seller_tax_representative", "/delivery_information"


def _represented(**address: object) -> dict[str, object]:
    return {
        _REPRESENTATIVE: {
            "name": "R",
            "vat_identifier": "RO1",
            "postal_address": _CLUJ | address,
        }
    }


def _delivered(**address: object) -> dict[str, object]:
    return {_DELIVERY: {"deliver_to_address": _CLUJ | address}}


_BREAKS = (
    Break("", {}),
    Break("BR-RO-001", {_SPECIFICATION: f"{rules.CIUS}.1"}, _SPECIFICATION),
    Break("BR-RO-010", {"/number": "A"}, "/number"),
    Break("BR-RO-020_1", {_TYPE: "386"}, _TYPE),
    Break("BR-RO-020_2", {_TYPE: "396"}, _TYPE),
    Break("", {_TYPE: "381"}),
    Break("", {_TYPE: "751"}),
    Break("BR-RO-030", {"/currency_code": "EUR"}, "/vat_accounting_currency_code"),
    Break("BR-RO-040", {"/value_added_tax_point_date_code": "5"}),
    Break("", {"/value_added_tax_point_date_code": "432"}),
    Break("BR-RO-065", {"/seller/vat_identifier": None}, "/seller/vat_identifier"),
    Break("", {"/seller/vat_identifier": None} | _represented()),
    Break("BR-RO-120", {"/buyer/vat_identifier": None}, "/buyer/vat_identifier"),
    Break("", {"/buyer/vat_identifier": None, _TYPE: "381"}),
    Break("BR-RO-A020", {"/notes": [{"note": "n"}] * 21}, "/notes/20"),
    Break("BR-RO-L302", {"/notes": [{"subject_code": "AAI", "note": "n" * 296}]}),
    Break("", {"/notes": [{"subject_code": "AAI", "note": "n" * 295}]}),
    Break("", {"/notes": [{"note": "n" * 290 + " " * 20 + "n"}]}),
    Break("BR-RO-081", {f"{_SELLER}/line_1": None}, f"{_SELLER}/line_1"),
    Break("BR-RO-091", {f"{_SELLER}/city": None}),
    Break("BR-RO-082", {f"{_BUYER}/line_1": " "}),
    Break("BR-RO-092", {f"{_BUYER}/city": None}),
    Break("BR-RO-100", {_SELLER: _BUCHAREST | {"city": "Bucharest"}}, f"{_SELLER}/city"),
    Break("BR-RO-101", {_BUYER: _BUCHAREST | {"city": "Sector 1"}}),
    Break("", {_SELLER: _BUCHAREST, _BUYER: _BUCHAREST}),
    Break("BR-RO-110", {_SELLER: _CLUJ | {"country_subdivision": "CJ"}}),
    Break("BR-RO-111", {_BUYER: _CLUJ | {"country_subdivision": None}}),
    Break("", {_BUYER: _CLUJ | {"country_subdivision": None, "country_code": "NL"}}),
    Break("BR-RO-140", _represented(line_1=None)),
    Break("BR-RO-150", _represented(city=None)),
    Break("BR-RO-160", _represented(country_subdivision="RO-B")),
    Break("BR-RO-170", _represented(country_subdivision="RO-XX")),
    Break("BR-RO-180", _delivered(line_1=None)),
    Break("BR-RO-201", _delivered(city=None)),
    Break("BR-RO-202", _delivered(country_subdivision="RO-B")),
    Break("BR-RO-211", _delivered(country_subdivision=None, country_code="NL")),
    Break("BR-RO-211 BR-RO-212", _delivered(country_subdivision=None)),
    Break("BR-RO-212", _delivered(country_subdivision="RO-XX")),
)


def _base() -> Invoice:
    seller = SELLER | {"postal_address": _CLUJ}
    buyer = DRAFT["buyer"] | {"postal_address": _CLUJ}
    return specified(completed(seller=seller, buyer=buyer, currency_code="RON").invoice, PROFILE)


def test_a_broken_invoice_breaks_the_same_rule_for_both(judge: Judge) -> None:
    assert list(disagreements(judge, _base(), _BREAKS)) == []


def test_the_longest_texts_are_those_of_the_official_set(judge: Judge) -> None:
    limits = {limit.rule for limit in LIMITS}
    ours, theirs = judge.both(all_texts_of(LIMITS, beyond=0))
    assert set(ours) == theirs
    assert not limits & theirs
    ours, theirs = judge.both(all_texts_of(LIMITS, beyond=1))
    assert set(ours) == theirs
    assert limits <= theirs


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
        ours, theirs = judge.both(source)
        # For these two alone " S" is no S; for all of EN 16931, and for us who read it, it is.
        spaced = {"BR-RO-065", "BR-RO-120"} if categories_spaced(source) else set()
        assert set(ours) - spaced == theirs - spaced

    compare()


def test_the_rules_are_those_of_the_official_set_on_its_examples(official: Path) -> None:
    expected: dict[str, Any] = json.loads((official / "EXPECTED.json").read_bytes())
    judged = 0
    for name, entry in expected["documents"].items():
        for rule_set, verdict in entry.get("rules", {}).items():
            if rule_set.startswith("ro-cius/"):
                invoice = PROFILE.read((official / name).read_bytes())
                fired = {rule for rules_ in verdict.values() for rule in rules_}
                ours = {finding.rule for finding in rules.check(invoice)}
                assert ours == fired & rules.RULES, name
                judged += 1
    assert judged == 8
