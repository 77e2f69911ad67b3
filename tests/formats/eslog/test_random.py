"""What is written is valid and says what was to be said, or a finding names field and rule."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from formats.conversion import convert
from formats.en16931.comparison import differences
from formats.en16931.model import Invoice, ProcessControl
from formats.eslog import read, write
from formats.eslog.rules import RULES, check
from formats.registry import PROFILES
from formats.ubl import write as write_ubl
from tests.formats.eslog.documents import violations
from tests.formats.samples import any_invoices, changed, invoice
from tests.formats.ubl.examples import full_invoice

pytestmark = pytest.mark.official

PROFILE = PROFILES["eslog-2"]


def _rules(one: Invoice) -> set[str]:
    found = check(one)
    assert {finding.rule for finding in found} <= RULES.keys()
    assert all(finding.fix for finding in found)
    return {finding.rule for finding in found}


def _chosen(count: int) -> settings:
    return settings(
        max_examples=count,
        derandomize=True,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )


def _own(one: Invoice) -> Invoice:
    control = ProcessControl(specification_identifier=PROFILE.customization_id)
    return one.model_copy(update={"process_control": control})


@_chosen(25)
@given(any_invoices)
def test_whatever_is_invalid_is_refused_first(official: Path, one: Invoice) -> None:
    rules = _rules(one)
    content = write(one)
    if not rules:
        assert violations(official, content) == []
        assert differences(_own(one), _own(read(content))) == ()
    elif "SI-10" not in rules:
        assert violations(official, content) == []


_words = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=60)


@_chosen(30)
@given(
    name=_words.filter(lambda text: bool(text.strip(" \t\r\n"))),
    note=st.text(st.sampled_from("ab č\n"), max_size=3000),
    quantity=st.decimals("0.001", "100000", places=3),
    price=st.decimals("0.0001", "10000", places=4),
    rate=st.sampled_from(["22", "9.5", "5"]),
    terms=st.text(st.sampled_from("ab č\n"), max_size=700),
)
def test_what_an_ordinary_seller_issues_is_written_and_read_back(  # noqa: PLR0913, PLR0917
    official: Path, name: str, note: str, quantity: object, price: object, rate: str, terms: str
) -> None:
    line = {
        "invoiced_quantity": str(quantity),
        "unit_code": "C62",
        "item_net_price": str(price),
        "vat_category_code": "S",
        "vat_rate": rate,
        "item_name": name,
        "allowances": [{"amount": "0.01", "reason": "popust"}],
    }
    one = _own(
        invoice(
            lines=[line],
            notes=[{"note": note}] if note.strip(" \n") else [],
            payment_terms=terms or None,
        )
    )
    assert all(rule(one) == () for rule in PROFILE.rules[:1])  # EN 16931
    content = write(one)
    if not _rules(one):
        assert violations(official, content) == []
        back = read(content)
        assert differences(one, back) == ()
        assert write(back) == content
    else:  # nothing but a text that is too long, or whose lines are cut
        assert any(len(text) > 512 for text in (note, terms)) or "SI-10" not in _rules(one)


def test_an_invoice_with_every_term_loses_no_more_than_is_reported(official: Path) -> None:
    made = convert(write_ubl(full_invoice()), PROFILE)
    lost = {loss.term for loss in made.report.losses}
    assert {"BT-122", "BT-123", "BT-124", "BT-125"} <= lost  # attached documents
    assert lost <= {
        *("BT-122", "BT-123", "BT-124", "BT-125", "BT-23", "BT-29", "BT-158", "BT-81"),
        *("BT-84", "BT-85", "BT-86", "BT-87", "BT-88", "BT-89", "BT-90", "BT-91"),
        None,
    }, lost
    assert violations(official, made.content) == []


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/number", "N" * 71),
        ("/lines/0/item_name", "x" * 257),
        ("/buyer/postal_address/city", "y" * 36),
        ("/lines/0/identifier", "1234567"),
        ("/lines/0/item_net_price", "1.1234567"),
        ("/totals/amount_due", "1234567890123.123456"),
        ("/buyer/electronic_address", {"value": "a", "scheme_identifier": "12345"}),
    ],
)
def test_the_rules_measure_as_the_schema_does(official: Path, pointer: str, value: object) -> None:
    one = changed(invoice(), pointer, value)
    assert "SI-10" in _rules(one)
    assert violations(official, write(one))
    fitting = value[:-1] if isinstance(value, str) else {"value": "a", "scheme_identifier": "1234"}
    other = changed(invoice(), pointer, fitting)
    assert "SI-10" not in _rules(other)
    assert violations(official, write(other)) == []


def test_what_has_no_place_is_named() -> None:
    document = {"reference": "A1", "description": "Plan"}
    found = check(_own(invoice(additional_supporting_documents=[document])))
    assert [(one.rule, one.pointer) for one in found] == [
        ("SI-11", "/additional_supporting_documents/0")
    ]


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/seller/legal_registration_identifier", {"value": "5555555000"}),
        (
            "/seller/legal_registration_identifier",
            {"value": "5493001KJTIIGC8Y1R12", "scheme_identifier": "0199"},
        ),
        ("/seller/legal_registration_identifier", {"value": "1", "scheme_identifier": "0002"}),
        ("/invoiced_object_identifier", {"value": "7"}),
        ("/notes", [{"note": "Hvala"}, {"note": "a\nb", "subject_code": "AAI"}]),
        ("/lines/0/item_description", "ž" * 400),
    ],
)
def test_what_is_usual_comes_back_as_it_was(pointer: str, value: object) -> None:
    one = _own(changed(invoice(), pointer, value))
    assert differences(one, read(write(one))) == ()
