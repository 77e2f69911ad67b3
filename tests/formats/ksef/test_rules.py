from pathlib import Path

import pytest

from formats.en16931.model import Invoice
from formats.findings import Finding
from formats.ksef import write
from formats.ksef.rules import RULES, check
from tests.formats.ksef.documents import violations
from tests.formats.ksef.polish import POLISH, ordinary
from tests.formats.samples import changed


def found(invoice: Invoice, rule: str) -> Finding:
    findings = [finding for finding in check(invoice) if finding.rule == rule]
    assert findings, [finding.rule for finding in check(invoice)]
    return findings[0]


def test_an_ordinary_invoice_has_no_findings() -> None:
    assert check(ordinary()) == ()


@pytest.mark.parametrize(
    ("pointer", "value", "at", "term"),
    [
        ("/number", "x" * 257, "/number", "BT-1"),
        ("/currency_code", "EURO", "/currency_code", "BT-5"),
        ("/issue_date", "2025-08-31", "/issue_date", "BT-2"),
        ("/seller/vat_identifier", "SI12345678", "/seller/vat_identifier", "BT-31"),
        ("/seller/name", None, "/seller/vat_identifier", "BT-31"),
        ("/seller/postal_address", None, "/seller/postal_address", "BG-5"),
        ("/buyer/name", "x" * 513, "/buyer/name", "BT-44"),
        (
            "/buyer/postal_address/country_code",
            "XX",
            "/buyer/postal_address/country_code",
            "BT-55",
        ),
        ("/lines/0/item_name", "x" * 513, "/lines/0/item_name", "BT-153"),
        ("/lines/0/net_amount", "0.001", "/lines/0/net_amount", "BT-131"),
        ("/lines/0/invoiced_quantity", "0.0000001", "/lines/0/invoiced_quantity", "BT-129"),
        ("/totals/total_with_vat", None, "/totals/total_with_vat", "BT-112"),
    ],
)
@pytest.mark.official
def test_what_breaks_the_schema_is_told_by_field(
    official: Path, pointer: str, value: object, at: str, term: str
) -> None:
    invoice = changed(ordinary(), pointer, value)
    finding = found(invoice, "PL-10")
    assert (finding.pointer, finding.term) == (at, term)
    assert violations(official, write(invoice))


def test_what_has_no_place_is_told_by_field() -> None:
    file = {"content": "aGVsbG8=", "mime_code": "text/csv", "filename": "a.csv"}
    attached = [{"reference": "1", "attached_document": file}]
    invoice = changed(ordinary(), "/additional_supporting_documents", attached)
    finding = found(invoice, "PL-11")
    assert finding.pointer == "/additional_supporting_documents/0/attached_document"
    assert finding.term == "BT-125"


def test_what_would_be_said_of_itself_is_told() -> None:
    invoice = changed(ordinary(), "/totals/sum_of_line_net_amounts", "900.00")
    assert found(invoice, "PL-11").pointer == "/totals/sum_of_line_net_amounts"


@pytest.mark.parametrize(
    ("buyer", "poland", "pointer"),
    [
        ({"vat_identifier": "PL1111111112"}, {}, "/buyer/vat_identifier"),
        (
            {},
            {"podmiot3": [{"dane_identyfikacyjne": {"idwew": "1111111112-00001"}, "rola": "10"}]},
            "/extensions/poland",
        ),
    ],
)
def test_a_nip_has_a_check_digit(buyer: object, poland: object, pointer: str) -> None:
    assert isinstance(buyer, dict)
    invoice = changed(ordinary(buyer=POLISH | buyer), "/extensions", {"poland": poland})
    finding = found(invoice, "PL-12")
    assert (finding.pointer, finding.flag) == (pointer, "warning")


@pytest.mark.parametrize("character", ["\x7f", "\x86", "\ufdd0", "\U0001fffe", "\U0010ffff"])
def test_characters_that_ksef_refuses(character: str) -> None:
    invoice = changed(ordinary(), "/lines/0/item_name", f"a{character}b")
    finding = found(invoice, "PL-18")
    assert finding.pointer == "/lines/0/item_name"
    assert f"U+{ord(character):04X}" in finding.message


@pytest.mark.parametrize("character", ["\x85", "ż", "\U0001f600"])
def test_characters_that_ksef_takes(character: str) -> None:
    invoice = changed(ordinary(), "/lines/0/item_name", f"a{character}b")
    assert check(invoice) == ()


def test_a_document_has_a_limit_that_an_attachment_raises() -> None:
    text = "ó" * 250
    own = [{"klucz": text, "wartosc": text} for _ in range(1000)]
    invoice = changed(ordinary(), "/extensions", {"poland": {"fa": {"dodatkowy_opis": own}}})
    assert len(write(invoice)) > 1_000_000
    assert found(invoice, "PL-17").flag == "fatal"
    data = {"meta_dane": [{"zklucz": "a", "zwartosc": "b"}]}
    attached = {"fa": {"dodatkowy_opis": own}, "zalacznik": {"blok_danych": [data]}}
    assert check(changed(ordinary(), "/extensions", {"poland": attached})) == ()


def test_a_line_names_what_was_sold_in_a_category_that_fa3_has() -> None:
    assert found(changed(ordinary(), "/lines/0/item_name", " "), "PL-19").term == "BT-153"
    other = changed(ordinary(), "/vat_breakdown/0/category_code", "L")
    assert found(other, "PL-19").pointer == "/vat_breakdown/0/category_code"


def test_every_rule_has_a_sentence() -> None:
    assert sorted(RULES) == [f"PL-{number}" for number in range(10, 28)]
