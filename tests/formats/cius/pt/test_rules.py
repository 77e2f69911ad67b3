"""The rules of CIUS-PT say what Portugal's own set says."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from formats.cius.pt import rules
from formats.cius.pt.digits import with_two_decimals
from formats.cius.pt.lengths import LIMITS
from formats.en16931.model import Invoice
from formats.registry import PROFILES
from tests.formats.cii.terms import leaves, together
from tests.formats.cius.texts import all_texts_of
from tests.formats.rule_sets import Break, Judge, disagreements, specified
from tests.formats.samples import DRAFT, SELLER, changed, completed
from tests.oracle.saxon import SaxonOracle

pytestmark = pytest.mark.official

PROFILE = PROFILES["cius-pt"]
SET = "pt.feap:cius-pt-ubl"


@pytest.fixture
def judge(official: Path, saxon: SaxonOracle) -> Judge:
    return Judge(PROFILE, rules.check, rules.RULES, SET, official, saxon)


_ADDRESS = {"line_1": "Rua 1", "city": "Porto", "post_code": "4000", "country_code": "PT"}
_TYPE, _SPECIFICATION = "/type_code", "/process_control/specification_identifier"
_PLACE = "/delivery_information/deliver_to_address"
_ROW, _LINE = "/vat_breakdown/0", "/lines/0"

_BREAKS = (
    Break("", {}),
    Break("BR-CIUS-PT-01 BR-CIUS-PT-02", {"/seller/vat_identifier": None}),
    Break(
        "BR-CIUS-PT-02",
        {"/seller/vat_identifier": None, "/seller/tax_registration_identifier": "5"},
        "/seller/vat_identifier",
    ),
    Break("BR-CIUS-PT-03 BR-CIUS-PT-04", {"/buyer/vat_identifier": None}),
    Break("BR-CIUS-PT-05", {"/seller/postal_address/line_1": None}),
    Break("BR-CIUS-PT-06", {"/seller/postal_address/city": None}),
    Break("BR-CIUS-PT-07", {"/seller/postal_address/post_code": None}),
    Break("BR-CIUS-PT-12", {f"{_ROW}/category_code": "RED", f"{_ROW}/category_rate": "0"}),
    Break("BR-CIUS-PT-14", {f"{_ROW}/category_rate": "0"}, f"{_ROW}/category_rate"),
    Break("BR-CIUS-PT-16", {f"{_ROW}/category_code": "ISE"}),
    Break("BR-CIUS-PT-18", {f"{_LINE}/vat_category_code": "E", f"{_LINE}/vat_rate": "0"}),
    Break(
        "BR-CIUS-PT-13",
        {
            f"{_LINE}/vat_category_code": "AA",
            f"{_LINE}/item_attributes": [
                {"name": "#TAXEXEMPTIONREASON@CLASSIFIEDTAXCATEGORY#", "value": "M01"}
            ],
        },
    ),
    Break("BR-CIUS-PT-21", {f"{_PLACE}/line_1": None}, f"{_PLACE}/line_1"),
    Break("BR-CIUS-PT-22", {f"{_PLACE}/city": None}),
    Break("BR-CIUS-PT-23", {f"{_PLACE}/post_code": None}),
    Break("BR-CIUS-PT-25", {_TYPE: "381"}, "/preceding_invoice_references"),
    Break("", {_TYPE: "381", "/preceding_invoice_references": [{"reference": "1"}]}),
    Break("BR-CIUS-PT-65", {_TYPE: "383"}),
    Break("BR-CIUS-PT-66", {"/delivery_information": {"actual_delivery_date": "2026-11-20"}}),
    Break("DT-CIUS-PT-003_i", {_TYPE: "384"}, _TYPE),
    Break("", {_TYPE: "FT"}),
    Break("", {_TYPE: "80"}),
    Break("DT-CIUS-PT-022", {_SPECIFICATION: "urn:cen.eu:en16931:2017"}, _SPECIFICATION),
    Break("DT-CIUS-PT-133", {f"{_LINE}/item_name": "two\nlines"}, f"{_LINE}/item_name"),
)


def _base() -> Invoice:
    invoice = completed(
        seller=SELLER | {"postal_address": _ADDRESS},
        buyer=DRAFT["buyer"] | {"postal_address": _ADDRESS},
        delivery_information={"deliver_to_address": _ADDRESS},
    ).invoice
    return specified(invoice, PROFILE)


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


def test_the_rules_are_those_of_the_official_set_on_its_examples(official: Path) -> None:
    expected: dict[str, Any] = json.loads((official / "EXPECTED.json").read_bytes())
    judged = 0
    for name, entry in expected["documents"].items():
        for rule_set, verdict in entry.get("rules", {}).items():
            if rule_set.startswith("pt-cius/"):
                invoice = PROFILE.read((official / name).read_bytes())
                fired = {rule for rules_ in verdict.values() for rule in rules_}
                assert {finding.rule for finding in rules.check(invoice)} == fired & rules.RULES
                judged += 1
    assert judged == 5


def test_an_invoice_of_the_sample_is_valid_in_portugal(judge: Judge) -> None:
    """Its rate (22) and quantity (3) have no decimals: the writer gives them two."""
    content = PROFILE.write(_base())
    assert b"<cbc:Percent>22.00</cbc:Percent>" in content
    assert judge.every_rule(content) == set()
    assert PROFILE.read(content) == _base()


def test_only_zeros_are_added() -> None:
    whole = together(tuple(leaves()))
    padded = with_two_decimals(whole)
    assert padded == whole
    assert str(with_two_decimals(_base()).lines[0].invoiced_quantity) == "3.00"
    fine = changed(_base(), "/lines/0/item_net_price", "1.12345")
    assert with_two_decimals(fine).lines[0].item_net_price == Decimal("1.12345")
    line = _base().lines[0].model_copy(update={"item_net_price": Decimal("1E+3")})
    large = with_two_decimals(_base().model_copy(update={"lines": (line,)}))
    assert str(large.lines[0].item_net_price) == "1000.00"
