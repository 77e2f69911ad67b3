"""What the gateway tells the law of its documents, and from which day of the entity on."""

import datetime

import pytest

from countries.base import RecordKind, Subject
from countries.registry import COUNTRIES
from gateway.compliance.retention import Keeper, tax_point_of
from gateway.kinds import DocumentKind
from tests.formats.samples import invoice

DAY = datetime.date(2026, 11, 20)
TODAY = datetime.date(2026, 11, 22)


def until(country: str, kind: DocumentKind = DocumentKind.INVOICE, **settings: object) -> str:
    keeper = Keeper.of(COUNTRIES.get(country), {"retention": settings})
    return keeper.kept(keeper.issued(kind, DAY), TODAY).until.isoformat()


@pytest.mark.parametrize(
    ("country", "last"),
    [
        ("BE", "2036-12-31"),
        ("DE", "2034-12-31"),
        ("ES", "2032-12-31"),
        ("HR", "2037-12-31"),
        ("NL", "2033-12-31"),
        ("PL", "2036-12-31"),
        ("SI", "2036-12-31"),
    ],
)
def test_every_declared_country_keeps_invoices_as_long_as_it_says(country: str, last: str) -> None:
    assert until(country) == last


def test_all_declared_countries_are_tried() -> None:
    assert set(COUNTRIES) == {"BE", "DE", "ES", "HR", "NL", "PL", "SI"}


def test_where_nothing_is_declared_the_strictest_rule_holds() -> None:
    assert until("FR") == "2037-12-31"
    assert until("FR", subjects=["immovable_property"]) == "2051-12-31"  # 25 years, as in Belgium


@pytest.mark.parametrize(("country", "last"), [("NL", "2034-06-30"), ("SI", "2036-12-31")])
def test_a_business_year_counts_where_the_law_counts_by_it(country: str, last: str) -> None:
    assert until(country, fiscal_year_end="06-30") == last


def test_what_an_entity_deals_in_lengthens_all_it_issues() -> None:
    assert until("SI", subjects=["immovable_property"]) == "2046-12-31"


def test_offers_are_letters_and_delivery_notes_are_not() -> None:
    assert until("DE", DocumentKind.ESTIMATE) == "2032-12-31"
    assert until("DE", DocumentKind.DELIVERY_NOTE) == "2034-12-31"


@pytest.mark.parametrize(
    ("kind", "kinds"),
    [
        (DocumentKind.INVOICE, {RecordKind.INVOICE, RecordKind.FISCAL_RECORD}),
        (DocumentKind.CREDIT_NOTE, {RecordKind.CREDIT_NOTE, RecordKind.FISCAL_RECORD}),
        (DocumentKind.SELF_BILLED_INVOICE, {RecordKind.RECEIVED, RecordKind.FISCAL_RECORD}),
        (DocumentKind.PROFORMA, {RecordKind.BUSINESS_LETTER}),
    ],
)
def test_what_an_authority_was_told_is_a_record_too(
    kind: DocumentKind, kinds: set[RecordKind]
) -> None:
    keeper = Keeper.of(COUNTRIES["SI"], {"fiscalization": {"scheme": "si-furs"}})
    assert keeper.issued(kind, DAY).kinds == kinds


def test_what_is_noted_of_a_document_is_added_to_what_all_are_about() -> None:
    keeper = Keeper.of(None, {"retention": {"subjects": ["capital_goods"]}})
    basis = keeper.received(DAY, {Subject.IMMOVABLE_PROPERTY})
    assert basis.subjects == set(Subject)
    assert basis.kinds == {RecordKind.RECEIVED}


def test_the_last_day_on_which_tax_can_arise_is_taken() -> None:
    assert tax_point_of(invoice(delivery_information=None)) is None
    point = {"value_added_tax_point_date": "2026-12-01", "value_added_tax_point_date_code": None}
    period = {"invoicing_period": {"start_date": "2027-01-01", "end_date": "2027-01-31"}}
    delivered = {"actual_delivery_date": "2026-12-24"}
    assert tax_point_of(invoice(**point, delivery_information=None)) == datetime.date(2026, 12, 1)
    both = invoice(**point, delivery_information={**delivered, **period})
    assert tax_point_of(both) == datetime.date(2027, 1, 31)
    assert tax_point_of(invoice(**point, delivery_information=delivered)) == datetime.date(
        2026, 12, 24
    )
