import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from formats.en16931.codes.documents import CREDIT_NOTE_TYPES
from formats.en16931.model import Invoice
from formats.ksef import read, write
from formats.ksef.rules import check
from tests.formats.ksef.documents import tree_of, violations
from tests.formats.ksef.polish import AMERICAN, GERMAN, POLISH, ordinary
from tests.formats.samples import changed

KSEF_NUMBER = "5265877635-20250826-0100001AF629-AF"
NO = {"P_16": "2", "P_17": "2", "P_18": "2", "P_18A": "2", "P_23": "2"}


def content(invoice: Invoice) -> dict[str, Any]:
    found: dict[str, Any] = tree_of(write(invoice))["Fa"]
    return found


def line(
    category: str, rate: str | None, price: str = "100.00", **more: object
) -> dict[str, object]:
    return {
        "invoiced_quantity": "1",
        "unit_code": "H87",
        "item_net_price": price,
        "item_name": "towar",
        "vat_category_code": category,
        "vat_rate": rate,
    } | more


def extended(invoice: Invoice, **fa: object) -> Invoice:
    return changed(invoice, "/extensions", {"poland": {"fa": fa}})


def rules(invoice: Invoice) -> set[str]:
    return {finding.rule for finding in check(invoice)}


def test_an_ordinary_invoice() -> None:
    tree = tree_of(write(ordinary()))
    fa = tree["Fa"]
    assert (fa["RodzajFaktury"], fa["KodWaluty"], fa["P_2"]) == ("VAT", "PLN", "FV/1/2026")
    assert (fa["P_13_1"], fa["P_14_1"], fa["P_15"]) == ("1000.00", "230.00", "1230.00")
    assert NO.items() <= fa["Adnotacje"].items()
    assert fa["Adnotacje"]["Zwolnienie"] == {"P_19N": "1"}
    row = fa["FaWiersz"][0]
    assert (row["P_8A"], row["P_8B"], row["P_9A"], row["P_11"], row["P_12"]) == (
        *("szt.", "2", "500.00", "1000.00"),
        "23",
    )
    assert tree["Podmiot1"]["DaneIdentyfikacyjne"]["NIP"] == "5265877635"
    assert tree["Podmiot2"]["Adres"]["AdresL2"] == "33-300 Nowy Sącz"
    assert (tree["Podmiot2"]["JST"], tree["Podmiot2"]["GV"]) == ("2", "2")
    assert tree["Naglowek"]["DataWytworzeniaFa"] == "2026-11-20T00:00:00Z"


@pytest.mark.parametrize(
    ("category", "rate", "buyer", "sums", "code"),
    [
        ("S", "23", None, {"P_13_1": "100.00", "P_14_1": "23.00"}, {"P_12": "23"}),
        ("S", "8", None, {"P_13_2": "100.00", "P_14_2": "8.00"}, {"P_12": "8"}),
        ("S", "5.0", None, {"P_13_3": "100.00", "P_14_3": "5.00"}, {"P_12": "5"}),
        ("S", "4", None, {"P_13_4": "100.00", "P_14_4": "4.00"}, {"P_12": "4"}),
        ("S", "19", GERMAN, {"P_13_5": "100.00", "P_14_5": "19.00"}, {"P_12_XII": "19"}),
        ("Z", "0", None, {"P_13_6_1": "100.00"}, {"P_12": "0 KR"}),
        ("K", "0", GERMAN, {"P_13_6_2": "100.00"}, {"P_12": "0 WDT"}),
        ("G", "0", AMERICAN, {"P_13_6_3": "100.00"}, {"P_12": "0 EX"}),
        ("E", "0", None, {"P_13_7": "100.00"}, {"P_12": "zw"}),
        ("O", None, AMERICAN, {"P_13_8": "100.00"}, {"P_12": "np I"}),
        ("AE", "0", GERMAN, {"P_13_9": "100.00"}, {"P_12": "np II"}),
        ("AE", "0", None, {"P_13_10": "100.00"}, {"P_12": "oo"}),
    ],
)
def test_every_category_has_its_sums(
    category: str, rate: str | None, buyer: object, sums: dict[str, str], code: dict[str, str]
) -> None:
    invoice = ordinary(lines=[line(category, rate)], buyer=buyer or POLISH)
    fa = content(invoice)
    assert {name: one for name, one in fa.items() if name[:5] in {"P_13_", "P_14_"}} == sums
    assert {name: fa["FaWiersz"][0][name] for name in code} == code
    assert fa["Adnotacje"]["P_18"] == ("1" if category == "AE" else "2")
    again = read(write(invoice))
    assert again.vat_breakdown == invoice.vat_breakdown
    assert not rules(invoice)


@pytest.mark.parametrize(
    ("reason", "field"),
    [
        ("art. 43 ust. 1 pkt 37 ustawy o VAT", "P_19A"),
        ("art. 132 ust. 1 lit. a dyrektywy 2006/112/WE", "P_19B"),
        ("inna podstawa", "P_19C"),
    ],
)
def test_an_exemption_names_its_basis(reason: str, field: str) -> None:
    exempt = ordinary(lines=[line("E", "0")])
    invoice = changed(exempt, "/vat_breakdown/0/exemption_reason_text", reason)
    assert content(invoice)["Adnotacje"]["Zwolnienie"] == {"P_19": "1", field: reason}
    assert read(write(invoice)).vat_breakdown[0].exemption_reason_text == reason
    without = changed(exempt, "/vat_breakdown/0/exemption_reason_text", None)
    assert "PL-16" in rules(without)


def test_a_margin_scheme_shows_no_vat() -> None:
    invoice = ordinary(lines=[line("E", "0", "15000")])
    invoice = changed(invoice, "/vat_breakdown/0/exemption_reason_text", None)
    invoice = changed(invoice, "/vat_breakdown/0/exemption_reason_code", "VATEX-EU-F")
    fa = content(invoice)
    assert (fa["P_13_11"], "P_13_7" in fa) == ("15000.00", False)
    assert fa["Adnotacje"]["PMarzy"] == {"P_PMarzy": "1", "P_PMarzy_3_1": "1"}
    assert fa["Adnotacje"]["Zwolnienie"] == {"P_19N": "1"}
    assert "P_12" not in fa["FaWiersz"][0]
    assert read(write(invoice)).vat_breakdown[0].exemption_reason_code == "VATEX-EU-F"


MARKED = {"extensions": {"poland": {"p_12_zal_15": "1"}}}


@pytest.mark.parametrize(
    ("price", "more", "said"),
    [("15000", MARKED, "1"), ("12195.12", MARKED, "2"), ("15000", {}, "2")],
)
def test_split_payment_needs_annex_15_and_more_than_15000(
    price: str, more: dict[str, object], said: str
) -> None:
    invoice = ordinary(lines=[line("S", "23", price, **more)])
    assert content(invoice)["Adnotacje"]["P_18A"] == said
    if price == "12195.12":
        assert invoice.totals.total_with_vat == Decimal("15000.00")


def test_split_payment_of_another_currency_counts_in_zloty() -> None:
    more = {"extensions": {"poland": {"p_12_zal_15": "1", "gtu": "GTU_06"}}}
    lines = [line("S", "23", "4000", **more)]  # 4,920 EUR are 20,942 PLN
    accounting = {"currency_code": "EUR", "vat_accounting_currency_code": "PLN"}
    fa = content(ordinary(lines=lines, **accounting))
    assert fa["Adnotacje"]["P_18A"] == "1"
    assert (fa["FaWiersz"][0]["GTU"], fa["FaWiersz"][0]["P_12_Zal_15"]) == ("GTU_06", "1")


IN_EUROS = {"currency_code": "EUR", "vat_accounting_currency_code": "PLN"}


def signed_lines(net: tuple[str, ...], rates: tuple[str, ...]) -> list[dict[str, object]]:
    """Return lines of an amount and a rate each; what is below zero is taken back."""
    return [
        line("S", rate, amount.removeprefix("-"))
        | {"invoiced_quantity": "-1" if amount.startswith("-") else "1"}
        for amount, rate in zip(net, rates, strict=True)
    ]


def test_vat_in_another_currency_is_said_in_zloty() -> None:
    accounting = {"currency_code": "EUR", "vat_accounting_currency_code": "PLN"}
    lines = [line("S", "23"), line("S", "8"), line("S", "5", "0.01")]
    invoice = ordinary(lines=lines, **accounting)
    fa = content(invoice)
    parts = [Decimal(fa[f"P_14_{group}W"]) for group in "123"]
    assert sum(parts) == invoice.totals.total_vat_in_accounting_currency
    assert parts[:2] == [Decimal("97.90"), Decimal("34.05")]
    without = changed(invoice, "/totals/total_vat_in_accounting_currency", None)
    assert "PL-13" in rules(changed(without, "/vat_accounting_currency_code", None))


@pytest.mark.parametrize(
    ("net", "rates", "said"),
    [
        (("100", "100"), ("23", "19"), {"1": "97.90"}),  # 19 % is the tax of another state
        (("100", "-99.96"), ("23", "23"), {"1": "0.04"}),
    ],
)
def test_each_tax_is_converted_by_itself(
    net: tuple[str, str], rates: tuple[str, str], said: dict[str, str]
) -> None:
    invoice = ordinary(lines=signed_lines(net, rates), **IN_EUROS)
    fa = content(invoice)
    assert {name: fa[name] for name in fa if name.endswith("W")} == {
        f"P_14_{group}W": amount for group, amount in said.items()
    }
    assert not {"PL-11", "PL-13"} & rules(invoice)
    again = read(write(invoice)).totals.total_vat_in_accounting_currency
    assert again == invoice.totals.total_vat_in_accounting_currency


@pytest.mark.parametrize("net", ["-287.375", "-287.50"])
def test_taxes_that_cancel_each_other_want_the_rate(net: str) -> None:
    invoice = ordinary(lines=signed_lines(("100", net), ("23", "8")), **IN_EUROS)
    assert "PL-13" in rules(invoice)
    rate = {
        "exchange_rate": "4.2565",
        "exchange_source_currency_code": "EUR",
        "exchange_target_currency_code": "PLN",
    }
    told = changed(invoice, "/extensions", rate)
    fa = content(told)
    parts = Decimal(fa["P_14_1W"]), Decimal(fa["P_14_2W"])
    assert abs(parts[0] - Decimal("97.90")) <= Decimal("0.01")
    assert sum(parts) == told.totals.total_vat_in_accounting_currency
    assert not {"PL-11", "PL-13"} & rules(told)
    wrong = changed(told, "/extensions/exchange_rate", "4.5")
    assert "PL-13" in rules(changed(wrong, "/totals/total_vat_in_accounting_currency", "9.99"))


def test_cash_method_and_self_billing() -> None:
    notes = content(ordinary("389", value_added_tax_point_date_code="432"))["Adnotacje"]
    assert (notes["P_16"], notes["P_17"]) == ("1", "1")
    again = read(write(ordinary("389", value_added_tax_point_date_code="432")))
    assert (again.type_code, again.value_added_tax_point_date_code) == ("389", "432")


@pytest.mark.parametrize("code", sorted(CREDIT_NOTE_TYPES))
def test_every_credit_note_is_a_correction_below_zero(code: str) -> None:
    invoice = ordinary(code, preceding_invoice_references=[{"reference": "FV/1"}])
    fa = content(invoice)
    assert (fa["RodzajFaktury"], fa["P_15"]) == ("KOR", "-1230.00")
    assert read(write(invoice)).type_code == code


@pytest.mark.parametrize(("code", "kind"), [("389", "KOR"), ("386", "KOR_ZAL")])
def test_corrections_whose_type_does_not_say_so_are_read_back(code: str, kind: str) -> None:
    plain = ordinary(
        code, preceding_invoice_references=[{"reference": "FV/1", "issue_date": "2026-09-30"}]
    )
    invoice = changed(plain, "/extensions", {"poland": {"fa": {"rodzaj_faktury": kind}}})
    assert content(invoice)["DaneFaKorygowanej"][0]["NrFaKorygowanej"] == "FV/1"
    again = read(write(invoice))
    assert (again.type_code, again.totals) == (code, invoice.totals)
    assert "PL-11" not in rules(invoice)


def test_a_credit_note_is_a_correction_below_zero(official: Path) -> None:
    reference = {"reference": "FV/1/2025", "issue_date": "2025-12-31"}
    known = reference | {"extensions": {"unique_identifier": KSEF_NUMBER}}
    invoice = ordinary("381", preceding_invoice_references=[reference, known])
    fa = content(invoice)
    assert (fa["RodzajFaktury"], fa["P_13_1"], fa["P_15"]) == ("KOR", "-1000.00", "-1230.00")
    assert (fa["FaWiersz"][0]["P_8B"], fa["FaWiersz"][0]["P_9A"]) == ("-2", "500.00")
    assert fa["DaneFaKorygowanej"] == [
        {
            "DataWystFaKorygowanej": "2025-12-31",
            "NrFaKorygowanej": "FV/1/2025",
            "NrKSeFN": "1",
        },
        {
            "DataWystFaKorygowanej": "2025-12-31",
            "NrFaKorygowanej": "FV/1/2025",
            "NrKSeF": "1",
            "NrKSeFFaKorygowanej": KSEF_NUMBER,
        },
    ]
    assert read(write(invoice)) == invoice
    assert violations(official, write(invoice)) == []
    assert "PL-14" in rules(ordinary("381"))


def test_a_correction_shows_its_lines_before_and_after(official: Path) -> None:
    before = line("S", "23", "10.00", extensions={"poland": {"stan_przed": "1"}})
    before |= {"identifier": "1", "invoiced_quantity": "-2"}
    after = line("S", "23", "8.00") | {"identifier": "2", "invoiced_quantity": "2"}
    reference = {"reference": "FV/1/2025", "issue_date": "2025-12-31"}
    invoice = ordinary("384", lines=[before, after], preceding_invoice_references=[reference])
    invoice = extended(invoice, przyczyna_korekty="rabat", typ_korekty="2")
    fa = content(invoice)
    assert [row["P_11"] for row in fa["FaWiersz"]] == ["20.00", "16.00"]
    assert [row["P_8B"] for row in fa["FaWiersz"]] == ["2", "2"]
    assert [row.get("StanPrzed") for row in fa["FaWiersz"]] == ["1", None]
    assert (fa["P_13_1"], fa["P_14_1"]) == ("-4.00", "-0.92")
    assert (fa["PrzyczynaKorekty"], fa["TypKorekty"]) == ("rabat", "2")
    assert violations(official, write(invoice)) == []
    assert read(write(invoice)) == invoice


def test_an_advance_and_its_settlement(official: Path) -> None:
    order = {
        "wartosc_zamowienia": "12300",
        "zamowienie_wiersz": [{"nr_wiersza_zam": "1", "p_7z": "mieszkanie", "p_12z": "23"}],
    }
    advance = extended(ordinary("386"), zamowienie=order)
    assert content(advance)["RodzajFaktury"] == "ZAL"
    assert content(advance)["Zamowienie"]["WartoscZamowienia"] == "12300"
    one = {"extensions": {"unique_identifier": KSEF_NUMBER}}
    settled = extended(
        ordinary(preceding_invoice_references=[one, {"reference": "FZ/1"}]),
        rodzaj_faktury="ROZ",
    )
    assert content(settled)["FakturaZaliczkowa"] == [
        {"NrKSeFFaZaliczkowej": KSEF_NUMBER},
        {"NrKSeFZN": "1", "NrFaZaliczkowej": "FZ/1"},
    ]
    for invoice in (advance, settled):
        assert violations(official, write(invoice)) == []
        assert read(write(invoice)) == invoice
        assert not rules(invoice)
    assert "PL-15" in rules(extended(ordinary(), rodzaj_faktury="ROZ"))


def test_third_parties_local_government_and_vat_groups(official: Path) -> None:
    unit = {
        "dane_identyfikacyjne": {"idwew": "7010002139-00001", "nazwa": "Szkoła nr 1"},
        "rola": "8",
    }
    issuer = {"dane_identyfikacyjne": {"nip": "5213017228", "nazwa": "Biuro"}, "rola": "5"}
    poland = {"podmiot2": {"jst": "1", "gv": "1"}, "podmiot3": [unit, issuer]}
    invoice = changed(ordinary(), "/extensions", {"poland": poland})
    tree = tree_of(write(invoice))
    assert (tree["Podmiot2"]["JST"], tree["Podmiot2"]["GV"]) == ("1", "1")
    assert [one["Rola"] for one in tree["Podmiot3"]] == ["8", "5"]
    assert violations(official, write(invoice)) == []
    assert read(write(invoice)) == invoice


def test_who_has_no_number_is_said_to_have_none() -> None:
    who = tree_of(write(ordinary(buyer={"name": "Jan", "vat_identifier": None})))["Podmiot2"]
    assert who["DaneIdentyfikacyjne"] == {"BrakID": "1", "Nazwa": "Jan"}
    known = {"name": "Shop", "vat_identifier": "US98-76"}
    who = tree_of(write(ordinary(buyer=known)))["Podmiot2"]
    assert who["DaneIdentyfikacyjne"] == {"KodKraju": "US", "NrID": "98-76", "Nazwa": "Shop"}


def test_a_tax_representative_is_an_authorised_party() -> None:
    party = {
        "name": "Doradca",
        "vat_identifier": "PL5213017228",
        "postal_address": {"line_1": "ul. B 1", "city": "Łódź", "country_code": "PL"},
    }
    invoice = ordinary(seller_tax_representative=party)
    found = tree_of(write(invoice))["PodmiotUpowazniony"]
    assert (found["DaneIdentyfikacyjne"]["NIP"], found["RolaPU"]) == ("5213017228", "3")
    assert read(write(invoice)) == invoice


def test_what_was_paid_before_is_a_deduction() -> None:
    invoice = ordinary(totals={"paid_amount": "230.00"})
    rest = content(invoice)["Rozliczenie"]
    assert (rest["SumaOdliczen"], rest["DoZaplaty"]) == ("230.00", "1000.00")
    assert read(write(invoice)).totals == invoice.totals


@pytest.mark.parametrize(
    ("payment", "paid", "due"),
    [
        ({"zaplacono": "1", "data_zaplaty": "2026-11-20"}, "1230.00", "0"),
        (
            {
                "znacznik_zaplaty_czesciowej": "1",
                "zaplata_czesciowa": [
                    {"kwota_zaplaty_czesciowej": "30", "data_zaplaty_czesciowej": "2026-11-20"}
                ],
            },
            "30",
            "1200.00",
        ),
    ],
)
def test_payments_that_were_made_lower_what_is_due(
    payment: dict[str, object], paid: str, due: str
) -> None:
    totals = read(write(extended(ordinary(), platnosc=payment))).totals
    assert (totals.paid_amount, totals.amount_due) == (Decimal(paid), Decimal(due))


def test_the_official_order_and_delivery_are_terms_of_the_norm(official: Path) -> None:
    path = official / "pl-ksef/examples/fa3/FA_3_Przykład_1.xml"
    invoice = read(path.read_bytes())
    assert (invoice.number, invoice.issue_date) == ("FV2026/02/150", datetime.date(2026, 2, 15))
    assert invoice.purchase_order_reference == "4354343"
    assert invoice.extensions is not None
    assert invoice.extensions.purchase_order_issue_date == datetime.date(2026, 1, 26)
    assert invoice.delivery_information is not None
    assert invoice.delivery_information.actual_delivery_date == datetime.date(2026, 1, 27)
    assert (invoice.totals.total_without_vat, invoice.totals.total_vat) == (
        Decimal("1667.61"),
        Decimal("383.38"),
    )
    assert (invoice.totals.paid_amount, invoice.totals.amount_due) == (Decimal(2051), Decimal(0))
    assert [row.category_rate for row in invoice.vat_breakdown] == [Decimal(23), Decimal(5)]
    assert invoice.buyer.identifier is not None
    assert invoice.buyer.identifier.value == "fdfd778343"
    assert invoice.extensions.poland is not None
    assert invoice.extensions.poland.fa is not None
    assert invoice.extensions.poland.fa.fp == "1"


def test_a_buyer_of_whom_only_the_country_is_known_has_no_address() -> None:
    someone = {"name": "Jan Kowalski", "postal_address": {"country_code": "PL"}}
    made = ordinary(buyer=someone)
    assert "Adres" not in tree_of(write(made))["Podmiot2"]
    assert check(made) == ()
    assert read(write(made)).buyer == made.buyer


BRITISH = AMERICAN | {"vat_identifier": "GB123456789", "legal_registration_identifier": None}
IRISH = AMERICAN | {"vat_identifier": "XI123456789", "legal_registration_identifier": None}
MIDDLE = {"poland": {"fa": {"adnotacje": {"p_23": "1"}}}}


@pytest.mark.parametrize(
    ("buyer", "said", "code", "total"),
    [
        (POLISH, None, "oo", "P_13_10"),
        (GERMAN, None, "np II", "P_13_9"),
        (AMERICAN, None, "np I", "P_13_8"),
        (BRITISH, None, "np I", "P_13_8"),
        (IRISH, None, "np I", "P_13_8"),
        (GERMAN, MIDDLE, "np I", "P_13_8"),
    ],
)
def test_what_the_buyer_owes_is_told_by_where_it_is_supplied(
    buyer: dict[str, Any], said: dict[str, Any] | None, code: str, total: str
) -> None:
    invoice = ordinary(buyer=buyer, lines=[line("AE", "0")])
    invoice = changed(invoice, "/extensions", said) if said else invoice
    fa = content(invoice)
    assert fa["FaWiersz"][0]["P_12"] == code
    assert [name for name in fa if name.startswith("P_13_")] == [total]
    assert fa["Adnotacje"]["P_18"] == "1"
    again = read(write(invoice))
    assert [one.category_code for one in again.vat_breakdown] == ["AE"]
    assert [one.vat_category_code for one in again.lines] == ["AE"]
    assert "PL-11" not in rules(invoice)


def test_what_is_not_subject_stays_so() -> None:
    invoice = ordinary(buyer=AMERICAN, lines=[line("O", None)])
    fa = content(invoice)
    assert (fa["FaWiersz"][0]["P_12"], fa["Adnotacje"]["P_18"]) == ("np I", "2")
    assert [one.category_code for one in read(write(invoice)).vat_breakdown] == ["O"]


def test_a_greek_number_begins_with_el() -> None:
    greek = GERMAN | {"vat_identifier": "GR123456789"}
    invoice = ordinary(buyer=greek, lines=[line("AE", "0")])
    assert "PL-11" in rules(invoice)
    right = ordinary(buyer=greek | {"vat_identifier": "EL123456789"}, lines=[line("AE", "0")])
    assert "PL-11" not in rules(right)


def test_a_swiss_number_keeps_its_letters() -> None:
    swiss = AMERICAN | {"vat_identifier": "CHE-123.456.788 MWST"}
    invoice = ordinary(buyer=swiss | {"legal_registration_identifier": None})
    buyer = tree_of(write(invoice))["Podmiot2"]["DaneIdentyfikacyjne"]
    assert (buyer["KodKraju"], buyer["NrID"]) == ("CH", "CHE-123.456.788 MWST")
    assert read(write(invoice)).buyer.vat_identifier == "CHE-123.456.788 MWST"
