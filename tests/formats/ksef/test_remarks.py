"""Remarks carry what FA(3) has no element for, and can change nothing that it has one for."""

import pytest

from formats.ksef import read, write
from formats.ksef.remarks import told
from tests.formats.ksef.documents import tree_of
from tests.formats.ksef.polish import ordinary
from tests.formats.samples import changed


def with_entries(*entries: tuple[str, str]) -> bytes:
    """Return the ordinary invoice with DodatkowyOpis before its lines."""
    made = "".join(
        f"<DodatkowyOpis><Klucz>{key}</Klucz><Wartosc>{value}</Wartosc></DodatkowyOpis>"
        for key, value in entries
    )
    return write(ordinary()).replace(b"<FaWiersz>", f"{made}<FaWiersz>".encode(), 1)


def test_a_term_without_an_element_travels_as_a_remark() -> None:
    invoice = ordinary(buyer_reference="dział 4")
    entries = tree_of(write(invoice))["Fa"]["DodatkowyOpis"]
    assert {"Klucz": "BT-10 /buyer_reference", "Wartosc": "dział 4"} in entries
    assert read(write(invoice)) == invoice


def test_a_remark_of_a_line_names_the_line() -> None:
    invoice = changed(ordinary(), "/lines/0/item_description", "w dwóch\nwierszach")
    entry = tree_of(write(invoice))["Fa"]["DodatkowyOpis"][0]
    assert entry["NrWiersza"] == "1"
    assert entry["Klucz"] == "BT-154 /lines/0/item_description"
    assert read(write(invoice)).lines[0].item_description == "w dwóch\nwierszach"


def test_a_long_text_travels_in_pieces_that_are_joined_again() -> None:
    text = "termin płatności 30 dni; " * 40 + "koniec"
    invoice = ordinary(payment_terms=text)
    entries = tree_of(write(invoice))["Fa"]["DodatkowyOpis"]
    assert [entry["Klucz"].partition("terms")[2] for entry in entries] == [
        *("", " (2)", " (3)", " (4)")
    ]
    assert all(0 < len(entry["Wartosc"]) <= 256 for entry in entries)
    assert read(write(invoice)).payment_terms == text


def test_what_the_seller_adds_stands_before_the_remarks() -> None:
    own = {"klucz": "preferowane godziny", "wartosc": "17:00"}
    poland = {"poland": {"fa": {"dodatkowy_opis": [own]}}}
    invoice = changed(ordinary(buyer_reference="4"), "/extensions", poland)
    keys = [entry["Klucz"] for entry in tree_of(write(invoice))["Fa"]["DodatkowyOpis"]]
    assert keys == ["preferowane godziny", "BT-10 /buyer_reference"]
    assert read(write(invoice)) == invoice


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("BT-115 /totals/amount_due", "0"),  # said by an element
        ("BT-1 /number", "other"),
        ("BT-3 /type_code", "381"),
        ("BT-84 /payment_instructions/0/credit_transfers/7/payment_account_identifier", "PL1"),
        ("BT-130 /seller/name", "Somebody else"),
        ("BT-22 /notes/1/note", "not the first"),
        ("BT-1 /nothing/there", "x"),
        ("BT-10 /buyer", "no term"),
        ("FA-P_15 /extensions/poland/fa/p_1m", "Warszawa"),
        ("BT-24 /process_control/specification_identifier", "urn:other"),
        ("BT-73 /delivery_information/invoicing_period/start_date", "no day"),
    ],
)
def test_a_remark_that_may_not_stand_is_kept_as_it_is(key: str, value: str) -> None:
    plain = read(write(ordinary()))
    found = read(with_entries((key, value)))
    assert found.extensions is not None
    assert found.extensions.poland is not None
    assert found.extensions.poland.fa is not None
    kept = found.extensions.poland.fa.dodatkowy_opis
    assert [(one.klucz, one.wartosc) for one in kept] == [(key, value)]
    assert found.model_copy(update={"extensions": None}) == plain
    assert tree_of(write(found)) == tree_of(with_entries((key, value)))


def test_one_that_may_not_stand_takes_the_others_along() -> None:
    found = read(with_entries(("BT-10 /buyer_reference", "4"), ("BT-1 /number", "other")))
    assert (found.number, found.buyer_reference) == ("FV/1/2026", None)


def test_remarks_stand_behind_all_others() -> None:
    ours = {"Klucz": "BT-10 /buyer_reference", "Wartosc": "4"}
    other = {"Klucz": "uwaga", "Wartosc": "x"}
    assert told([other, ours])[0] == [other]
    assert told([ours, other]) == ([ours, other], [])
    stray = {"Klucz": "BT-10 /buyer_reference (2)", "Wartosc": "4"}
    assert told([stray]) == ([stray], [])
