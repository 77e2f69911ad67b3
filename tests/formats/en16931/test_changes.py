from typing import Any

import pytest
from hypothesis import given, settings

from formats.en16931.changes import Change, Kind, diff
from formats.en16931.comparison import differences
from formats.en16931.model import Invoice
from tests.formats.samples import DRAFT, any_invoices, changed, invoice
from tests.formats.ubl.examples import full_invoice
from tests.pace import takes_less_than

_LINE: dict[str, Any] = DRAFT["lines"][0]


def _lines(*names: str, first: int = 1, **changes: object) -> Invoice:
    lines = [
        _LINE | {"identifier": str(number), "item_name": name} | changes
        for number, name in enumerate(names, first)
    ]
    return invoice(lines=lines)


def _of_lines(old: Invoice, new: Invoice) -> list[tuple[Kind, str | None, str | None]]:
    """Return the changes but for those of the sums, which follow from the lines."""
    found = diff(old, new)
    return [
        (one.kind, one.term, one.pointer or one.old_pointer)
        for one in found
        if "/lines" in (one.pointer or one.old_pointer or "")
    ]


@settings(max_examples=40)
@given(any_invoices, any_invoices)
def test_nothing_changed_exactly_where_nothing_differs(one: Invoice, other: Invoice) -> None:
    copy = Invoice.model_validate_json(one.model_dump_json())
    assert diff(one, copy, process_control=True) == ()
    if diff(one, other, process_control=True) == ():
        assert {pointer.split("/")[1] for pointer in differences(one, other)} <= {
            *("additional_supporting_documents", "document_level_allowances", "lines"),
            *("document_level_charges", "payment_instructions", "preceding_invoice_references"),
            *("seller", "vat_breakdown"),
        }


def test_a_change_names_term_words_places_and_values() -> None:
    new = changed(invoice(), "/seller/vat_identifier", "SI87654321")
    assert diff(invoice(), new) == (
        Change(
            kind=Kind.CHANGED,
            term="BT-31",
            name="Seller VAT identifier",
            pointer="/seller/vat_identifier",
            old_pointer="/seller/vat_identifier",
            old="SI12345678",
            new="SI87654321",
        ),
    )


@pytest.mark.parametrize(
    ("pointer", "value", "kind", "term"),
    [
        ("/buyer_reference", None, Kind.REMOVED, "BT-10"),
        ("/project_reference", "P", Kind.ADDED, "BT-11"),
        ("/lines/0/vat_rate", "9.5", Kind.CHANGED, "BT-152"),
        ("/buyer/contact", {"point": "A"}, Kind.ADDED, "BG-9"),
        ("/seller/electronic_address/value", "x", Kind.CHANGED, "BT-34"),
        ("/notes", [{"note": "N"}], Kind.ADDED, "BG-1"),
    ],
)
def test_kinds(pointer: str, value: object, kind: Kind, term: str) -> None:
    (found,) = diff(invoice(), changed(invoice(), pointer, value))
    assert (found.kind, found.term) == (kind, term)
    (back,) = diff(changed(invoice(), pointer, value), invoice())
    turned = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED}.get(kind, kind)
    assert (back.kind, back.term, back.old, back.new) == (turned, term, found.new, found.old)


def test_an_inserted_line_is_one_addition() -> None:
    old, new = _lines("A", "B", "C"), _lines("new", "A", "B", "C")
    assert _of_lines(old, new) == [
        (Kind.RENUMBERED, "BT-126", "/lines/1/identifier"),
        (Kind.ADDED, "BG-25", "/lines/0"),
    ]
    (renumbered,) = [one for one in diff(old, new) if one.kind is Kind.RENUMBERED]
    assert (renumbered.old, renumbered.new) == ("1 to 3", "2 to 4")
    assert renumbered.name == "Identifier of 3 lines"
    assert _of_lines(new, old)[-1] == (Kind.REMOVED, "BG-25", "/lines/0")


def test_lines_that_changed_places_moved() -> None:
    old = _lines("A", "B", "C", "D")
    new = old.model_copy(update={"lines": (*old.lines[1:], old.lines[0])})
    (moved,) = diff(old, new)
    assert (moved.kind, moved.old, moved.new) == (Kind.MOVED, 1, 4)
    assert (moved.old_pointer, moved.pointer) == ("/lines/0", "/lines/3")


def test_a_changed_line_is_found_again_by_its_item() -> None:
    old, new = _lines("A", "B"), _lines("new", "A", "B")
    new = changed(new, "/lines/2/note", "two")
    assert (Kind.ADDED, "BT-127", "/lines/2/note") in _of_lines(old, new)
    assert (Kind.ADDED, "BG-25", "/lines/0") in _of_lines(old, new)
    assert not [one for one in _of_lines(old, new) if one[0] is Kind.REMOVED]


def test_a_line_with_the_number_of_another_is_that_line_when_nothing_else_tells() -> None:
    old, new = _lines("A", "B"), _lines("A", "C")
    assert _of_lines(old, new) == [(Kind.CHANGED, "BT-153", "/lines/1/item_name")]


def test_what_has_no_order_does_not_move() -> None:
    full = full_invoice()
    assert len(full.additional_supporting_documents) > 1
    turned = full.additional_supporting_documents[::-1]
    new = full.model_copy(update={"additional_supporting_documents": turned})
    assert diff(full, new) == ()


def test_a_vat_row_is_found_by_category_and_rate() -> None:
    other = _LINE | {"vat_rate": "9.5"}
    old = invoice(lines=[_LINE, other])
    new = old.model_copy(update={"vat_breakdown": old.vat_breakdown[1:]})
    (removed,) = diff(old, new)
    assert (removed.kind, removed.term) == (Kind.REMOVED, "BG-23")
    assert isinstance(removed.old, dict)
    assert removed.old["category_rate"] == "22"


def test_what_a_document_claims_to_follow_is_compared_on_demand() -> None:
    new = changed(invoice(), "/process_control/specification_identifier", "urn:other")
    assert diff(invoice(), new) == ()
    (found,) = diff(invoice(), new, process_control=True)
    assert found.term == "BT-24"


def test_attached_files_are_shown_by_size_and_hash() -> None:
    file = {"content": "aGVsbG8=", "mime_code": "text/plain", "filename": "a.txt"}
    new = invoice(additional_supporting_documents=[{"reference": "D", "attached_document": file}])
    (found,) = diff(invoice(), new)
    assert isinstance(found.new, dict)
    shown = found.new["attached_document"]
    assert shown["bytes"] == 5
    assert shown["sha256"].startswith("2cf24dba5fb0a30e")
    assert "content" not in shown


@pytest.mark.parametrize("same", [True, False], ids=["equal lines", "different lines"])
def test_ten_thousand_lines_take_seconds(*, same: bool) -> None:
    base = _lines("A").lines[0]
    lines = tuple(
        base.model_copy(
            update={"identifier": str(number), "item_name": "A" if same else f"I{number}"}
        )
        for number in range(10_000)
    )
    old = _lines("A").model_copy(update={"lines": lines})
    shifted = tuple(
        line.model_copy(update={"identifier": str(number + 1)})
        for number, line in enumerate(lines)
    )
    first = base.model_copy(update={"identifier": "0", "item_name": "first"})
    new = old.model_copy(update={"lines": (first, *shifted)})
    kinds = [one.kind for one in diff(old, new)]
    assert takes_less_than(10, lambda: diff(old, new))
    assert kinds.count(Kind.ADDED) == 1
    assert len(kinds) <= 3
