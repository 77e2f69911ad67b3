"""Any format we read to any profile we write: the same invoice, or a report of what is not."""

import base64
import datetime
import json
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest

from formats.cii.document import write as write_cii
from formats.conversion import Conversion, Source, convert, convert_reading, read, source_profile
from formats.en16931.comparison import differences
from formats.en16931.hashing import semantic_hash
from formats.en16931.model import Invoice
from formats.facturx.container import UnreadableHybridError
from formats.facturx.hybrid import embed
from formats.fidelity import Fate, FidelityReport, LossyConversionError
from formats.json.body import BodyRefusedError
from formats.pdf import render
from formats.profile import Profile
from formats.registry import PROFILES
from formats.spreadsheet import SpreadsheetError
from formats.ubl import write
from formats.xml import UnreadableDocumentError
from tests.formats.samples import changed, invoice
from tests.formats.ubl.examples import credit_note, direct_debit, full_invoice
from tests.official_documents import billing_documents
from tests.pace import takes_less_than

CONTROL = {"/process_control/business_process_type", "/process_control/specification_identifier"}
NOW = datetime.datetime(2026, 11, 30, tzinfo=datetime.UTC)
FULL = ("peppol-bis-3", "en16931-ubl", "en16931-cii", "xrechnung-ubl", "xrechnung-cii")
"""Profiles that carry all of EN 16931, in both syntaxes."""


EXAMPLES = ["full", "credit note", "direct debit", "plain"]


def _hybrid(source: Invoice) -> bytes:
    profile = PROFILES["facturx-en16931"]
    assert profile.hybrid is not None
    made = convert(write(source), profile)
    return embed(render(source), made.content, profile.hybrid, modified=NOW)


SOURCES: dict[Source, Callable[[Invoice], bytes]] = {
    Source.UBL: write,
    Source.CII: write_cii,
    Source.HYBRID: _hybrid,
    Source.JSON: lambda source: source.model_dump_json().encode(),
}


@pytest.mark.parametrize(
    "original", [full_invoice(), credit_note(), direct_debit(), invoice()], ids=EXAMPLES
)
@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("target", FULL)
def test_nothing_is_lost_from_any_format_to_any_syntax(
    source: Source, target: str, original: Invoice
) -> None:
    profile = PROFILES[target]
    reading = read(SOURCES[source](original))
    assert reading.source is source
    made = convert_reading(reading, profile)
    lost = [loss for loss in made.report.losses if loss.term != "BT-23"]
    assert not lost, lost
    back = read(made.content)
    assert set(differences(original, back.invoice)) <= CONTROL
    assert semantic_hash(back.invoice) == semantic_hash(original)
    assert back.profile is profile
    assert back.invoice == made.invoice


@pytest.mark.parametrize("target", [one for one in PROFILES if PROFILES[one].carried is None])
def test_only_process_control_changes(target: str) -> None:
    profile = PROFILES[target]
    converted = convert(write(full_invoice()), profile).invoice
    assert set(differences(full_invoice(), converted)) <= CONTROL
    assert converted.process_control.specification_identifier == profile.customization_id
    expected = profile.process_id or full_invoice().process_control.business_process_type
    assert converted.process_control.business_process_type == expected


@pytest.mark.official
def test_official_documents_convert_to_other_profiles(official: Path) -> None:
    targets = cycle(PROFILES[name] for name in FULL)
    for path, profile in zip(billing_documents(official), targets, strict=False):
        content = (official / path).read_bytes()
        converted = convert(content, profile).invoice
        assert set(differences(read(content).invoice, converted)) <= CONTROL, path


def test_a_document_is_told_by_its_root_whatever_its_profile() -> None:
    stranger = write(full_invoice()).replace(b"billing:3.0", b"billing:9.9")
    assert read(stranger).profile is None
    made = convert(stranger, PROFILES["peppol-bis-3"])
    assert source_profile(made.invoice) is PROFILES["peppol-bis-3"]


@pytest.mark.parametrize(
    ("content", "error", "code"),
    [
        (b"", UnreadableDocumentError, "empty"),
        (b"<Invoice/>", UnreadableDocumentError, "unknown-root"),
        (b'<Order xmlns="urn:x"/>', UnreadableDocumentError, "unknown-root"),
        (b"<!DOCTYPE x><x/>", UnreadableDocumentError, "doctype"),
        (b"<x>\xe4</x>", UnreadableDocumentError, "encoding"),
        (b"number,name\n1,2", UnreadableDocumentError, "not-well-formed"),
        (b"%PDF-1.7\n%%EOF", UnreadableHybridError, "damaged"),
        (b'{"number": "1"}', BodyRefusedError, None),
        (b"PK\x03\x04", SpreadsheetError, None),
    ],
)
def test_other_documents_are_refused(
    content: bytes, error: type[Exception], code: str | None
) -> None:
    with pytest.raises(error) as raised:
        convert(content, PROFILES["en16931-ubl"])
    if code is not None:
        assert isinstance(raised.value, UnreadableDocumentError)
        assert raised.value.code == code


def test_a_pdf_without_invoice_says_so() -> None:
    with pytest.raises(UnreadableHybridError) as raised:
        read(render(invoice()))
    assert raised.value.code == "no-invoice"


# --- what is lost -------------------------------------------------------------------------------


def _found(made: Conversion, fate: Fate) -> dict[str, list[str | None]]:
    found: dict[str, list[str | None]] = {}
    for loss in made.report.losses:
        if loss.fate is fate:
            found.setdefault(loss.term or "", []).append(loss.source)
    return found


MINIMUM_KEEPS = {
    *("BT-1", "BT-2", "BT-3", "BT-5", "BT-10", "BT-13", "BT-23", "BT-24", "BT-27", "BT-30"),
    *("BT-31", "BT-32", "BT-40", "BT-44", "BT-47", "BT-109", "BT-110", "BT-112", "BT-115"),
}


def _profile(profile_id: str) -> Profile:
    return PROFILES[profile_id]


def test_minimum_drops_what_it_has_no_room_for_and_has_no_notes_to_move_it_to() -> None:
    made = convert(write(full_invoice()), _profile("facturx-minimum"))
    dropped = _found(made, Fate.DROPPED)
    assert not _found(made, Fate.MOVED)
    assert {"BT-9", "BT-11", "BT-22", "BT-50", "BT-84", "BT-126", "BT-153"} <= dropped.keys()
    assert not MINIMUM_KEEPS & dropped.keys()
    assert all(loss.source and loss.line for loss in made.report.losses)
    assert dropped["BT-9"] == ["/*/cbc:DueDate"]
    assert dropped["BT-11"] == ["/*/cac:ProjectReference/cbc:ID"]
    unit = dropped["BT-130"][0] or ""
    assert unit.startswith("/*/cac:InvoiceLine")
    assert unit.endswith("/cbc:InvoicedQuantity/@unitCode")


def test_a_party_of_which_a_profile_has_room_for_nothing_is_dropped_in_full() -> None:
    source = invoice(seller={"trading_name": "Shop"}, buyer={"trading_name": "Client"})
    made = convert(write(source), PROFILES["facturx-minimum"])
    dropped = {loss.term for loss in made.report.losses if loss.fate is Fate.DROPPED}
    assert {"BT-28", "BT-45"} <= dropped


def test_basic_moves_what_a_note_can_say() -> None:
    made = convert(write(full_invoice()), _profile("facturx-basic"))
    moved = _found(made, Fate.MOVED)
    assert {"BT-11", "BT-14", "BT-15", "BT-17", "BT-154", "BT-155", "BT-159"} <= moved.keys()
    notes = [note.note for note in made.invoice.notes]
    assert f"Project reference (BT-11): {full_invoice().project_reference}" in notes
    line = full_invoice().lines[0]
    said = made.invoice.lines[0].note or ""
    assert said.startswith(f"{line.note}\n")
    assert f"Item sellers identifier (BT-155): {line.item_sellers_identifier}" in said
    (loss,) = [one for one in made.report.losses if one.term == "BT-11"]
    assert "/notes/" in loss.detail
    assert loss.value == full_invoice().project_reference


def test_what_stands_in_the_result_is_not_reported() -> None:
    """The report is true: what it does not name is in the result."""
    for target in ("facturx-minimum", "facturx-basic-wl", "facturx-basic"):
        made = convert(write(full_invoice()), _profile(target))
        pointers = {loss.pointer for loss in made.report.losses}
        for pointer in differences(full_invoice(), made.invoice):
            if pointer in CONTROL or pointer.startswith("/notes/") or pointer.endswith("/note"):
                continue  # what was moved there is in the report under its own term
            assert any(
                one and (one == pointer or one.startswith(f"{pointer}/")) for one in pointers
            ), (target, pointer)


def test_terms_that_no_one_reads_are_told_with_their_place() -> None:
    stranger = b"<cac:Signature><cbc:ID>SIG-1</cbc:ID></cac:Signature>"
    mark = b"<cac:AccountingSupplierParty>"
    content = write(invoice()).replace(mark, stranger + mark, 1)
    made = convert(content, _profile("en16931-cii"))
    (loss,) = made.report.losses
    assert (loss.fate, loss.value, loss.term) == (Fate.DROPPED, "SIG-1", None)
    assert loss.source == "/*/cac:Signature/cbc:ID"
    assert loss.pointer is None


def test_a_process_that_the_target_prescribes_is_told() -> None:
    other = changed(invoice(), "/process_control/business_process_type", "urn:other")
    made = convert(write(other), _profile("peppol-bis-3"))
    (loss,) = made.report.losses
    assert (loss.fate, loss.term, loss.value) == (Fate.APPROXIMATED, "BT-23", "urn:other")
    assert loss.source == "/*/cbc:ProfileID"
    kept = convert(write(other), _profile("en16931-ubl"))
    assert kept.report.lossless


def test_what_does_not_come_back_from_the_written_document_is_lost() -> None:
    """A unit is an attribute of the quantity: without the one there is no place for the other."""
    lone = changed(invoice(), "/lines/0/invoiced_quantity", None)
    made = convert(lone.model_dump_json().encode(), _profile("en16931-ubl"))
    (loss,) = made.report.losses
    assert (loss.fate, loss.term, loss.value) == (Fate.DROPPED, "BT-130", "HUR")
    assert loss.pointer == loss.source == "/lines/0/unit_code"


def test_a_document_that_becomes_another_kind_is_told() -> None:
    """A CreditNote without type code is written with one, so that it stays a credit note."""
    content = write(credit_note())
    start = content.index(b"<cbc:CreditNoteTypeCode>")
    end = content.index(b"</cbc:CreditNoteTypeCode>") + len(b"</cbc:CreditNoteTypeCode>")
    assert convert(content[:start] + content[end:], _profile("en16931-cii")).invoice.type_code == (
        "381"
    )


def test_strict_refuses_with_the_list_and_lets_through_what_loses_nothing() -> None:
    with pytest.raises(LossyConversionError) as raised:
        convert(write(full_invoice()), _profile("facturx-basic"), strict=True)
    loose = convert(write(full_invoice()), _profile("facturx-basic"))
    assert raised.value.report == loose.report
    strict = convert(write(full_invoice()), _profile("facturx-en16931"), strict=True)
    assert strict.report == FidelityReport()


def test_a_long_value_is_told_by_size_and_hash() -> None:
    long = changed(invoice(), "/payment_terms", "x" * 5000)
    made = convert(write(long), _profile("facturx-minimum"))
    (loss,) = [one for one in made.report.losses if one.term == "BT-20"]
    assert loss.value is not None
    assert len(loss.value) < 200
    assert "5000 characters, sha256 " in loss.value
    file = {"content": base64.b64encode(b"x" * 9).decode(), "mime_code": "text/csv"}
    attached = invoice(
        additional_supporting_documents=[
            {"reference": "A", "attached_document": file | {"filename": "a.csv"}}
        ]
    )
    made = convert(write(attached), _profile("facturx-basic"))
    (loss,) = [one for one in made.report.losses if one.term == "BT-125"]
    assert loss.value is not None
    assert loss.value.startswith("a.csv (9 bytes, sha256 ")
    assert (loss.source or "").endswith("cbc:EmbeddedDocumentBinaryObject")


def test_json_is_told_by_pointers_into_what_was_sent() -> None:
    body = {
        "number": "1",
        "issue_date": "2026-11-30",
        "currency_code": "EUR",
        "seller": {"name": "S", "postal_address": {"country_code": "SI"}},
        "customer": {"name": "B", "country_code": "DE", "city": "Berlin"},
        "due_date": "2026-12-30",
        "items": [
            {"name": "A", "quantity": 1, "price": 10, "vat_category_code": "S", "vat_rate": 22}
        ],
        "metadata": {"a/b": "mine"},
    }
    made = convert(json.dumps(body).encode(), _profile("facturx-minimum"))
    assert str(made.invoice.totals.amount_due) == "12.20"
    places = {loss.term: loss.source for loss in made.report.losses}
    assert places["BT-9"] == "/due_date"
    assert places["BT-52"] == "/customer/city"
    assert places["BT-153"] == "/items/0/name"
    assert places[None] == "/metadata/a~1b"


def test_ten_thousand_lines_are_reported_in_seconds() -> None:
    line = invoice().lines[0]
    lines = tuple(
        line.model_copy(update={"identifier": str(n), "item_sellers_identifier": f"A{n}"})
        for n in range(2_000)
    )
    content = write(invoice().model_copy(update={"lines": lines}))
    made = convert(content, _profile("facturx-basic"))
    assert takes_less_than(20, lambda: convert(content, _profile("facturx-basic")))
    moved = [loss for loss in made.report.losses if loss.term == "BT-155"]
    assert len(moved) == len(lines)
    assert all(loss.source for loss in moved)
    assert moved[1999].source == (
        "/*/cac:InvoiceLine[2000]/cac:Item/cac:SellersItemIdentification/cbc:ID"
    )
