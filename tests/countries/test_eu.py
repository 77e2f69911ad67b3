from datetime import date

import pytest

from countries import eu
from countries.registry import country
from formats.findings import Flag
from tests.formats.samples import changed, invoice

DOMESTIC = {
    "seller": {"name": "A", "vat_identifier": "SI50223054"},
    "buyer": {"name": "B", "postal_address": {"country_code": "SI"}},
}


def _line(rate: str) -> dict[str, object]:
    return {
        "invoiced_quantity": "1",
        "unit_code": "C62",
        "item_net_price": "100",
        "vat_category_code": "S",
        "vat_rate": rate,
        "item_name": "Work",
    }


@pytest.mark.parametrize(
    ("code", "day", "member"),
    [
        ("SI", date(2004, 4, 30), False),
        ("SI", date(2004, 5, 1), True),
        ("HR", date(2013, 6, 30), False),
        ("GB", date(2020, 1, 31), True),
        ("GB", date(2020, 2, 1), False),
        ("CH", date(2026, 1, 1), False),
    ],
)
def test_membership_has_a_first_and_a_last_day(code: str, day: date, *, member: bool) -> None:
    assert eu.is_member(code, day) is member


def test_there_are_twenty_seven_members_today() -> None:
    assert sum(eu.is_member(code, date(2026, 11, 20)) for code in eu.MEMBERS) == 27


@pytest.mark.parametrize(
    ("identifier", "code"), [("EL123456783", "GR"), ("si50223054", "SI"), ("XI123456789", "XI")]
)
def test_greece_writes_el_before_its_numbers(identifier: str, code: str) -> None:
    assert eu.country_of(identifier) == code
    assert eu.has_prefix(identifier, code)


def test_every_declared_vat_scheme_belongs_to_a_member() -> None:
    for code in ("BE", "DE", "ES", "HR", "NL", "PL", "SI"):
        assert eu.is_member(code, date(2026, 11, 20))


def test_a_rate_the_country_never_had_is_a_warning_at_its_line() -> None:
    checked = invoice(**DOMESTIC, lines=[_line("22"), _line("21")])
    [finding] = country("SI").check(checked)
    assert (finding.rule, finding.flag) == ("SI-02", Flag.WARNING)
    assert (finding.pointer, finding.term) == ("/lines/1/vat_rate", "BT-152")


@pytest.mark.parametrize(
    ("code", "vat_identifier", "rule"),
    [
        ("BE", "BE0428759497", "BE-02"),
        ("DE", "DE136695976", "DE-02"),
        ("HR", "HR79517545745", "HR-02"),
        ("ES", "ESB12345674", "ES-13"),
        ("NL", "NL004495445B01", "NL-02"),
        ("PL", "PL5265877635", "PL-02"),
        ("SI", "SI50223054", "SI-02"),
    ],
)
def test_every_country_checks_its_own_rates(code: str, vat_identifier: str, rule: str) -> None:
    checked = invoice(
        seller={"name": "A", "vat_identifier": vat_identifier},
        buyer={"name": "B", "postal_address": {"country_code": code}},
        lines=[_line("17")],
    )
    assert [finding.rule for finding in country(code).check(checked)] == [rule]


@pytest.mark.parametrize("rate", ["22", "22.00", "9.5", "5"])
def test_a_rate_in_force_is_accepted_however_it_is_written(rate: str) -> None:
    assert country("SI").check(invoice(**DOMESTIC, lines=[_line(rate)])) == ()


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/value_added_tax_point_date", "2013-06-30"),
        ("/delivery_information", {"actual_delivery_date": "2013-06-30"}),
        ("/delivery_information", {"invoicing_period": {"end_date": "2013-06-30"}}),
    ],
)
def test_a_former_rate_is_accepted_for_a_supply_of_its_time(pointer: str, value: object) -> None:
    late = invoice(**DOMESTIC, lines=[_line("20")])
    assert [finding.rule for finding in country("SI").check(late)] == ["SI-02"]
    assert country("SI").check(changed(late, pointer, value)) == ()


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/buyer/postal_address/country_code", "AT"),
        ("/seller/vat_identifier", "ATU12345675"),
        ("/seller/vat_identifier", None),
        ("/seller_tax_representative", {"name": "R", "vat_identifier": "ATU12345675"}),
        ("/issue_date", None),
    ],
)
def test_a_sale_that_may_be_taxed_abroad_is_not_judged(pointer: str, value: object) -> None:
    checked = invoice(**DOMESTIC, lines=[_line("20")])
    assert country("SI").check(changed(checked, pointer, value)) == ()
