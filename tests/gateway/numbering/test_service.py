import datetime
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NoReturn
from uuid import UUID

import pytest

from gateway.kit.database import Database
from gateway.kit.tenancy import Tenant
from gateway.numbering import changes, service
from gateway.numbering.schemas import SeriesInput
from gateway.numbering.service import NumberDateOrderProblem, SeriesExistsProblem
from gateway.problems import NotFoundProblem, RequestInvalidProblem
from gateway.tenants import service as tenants
from gateway.tenants.schemas import EntityInput

NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)
DAY = NOW.date()


@dataclass(frozen=True)
class Seat:
    database: Database
    tenant: Tenant
    series_id: UUID


@pytest.fixture
def seat(database: Database) -> Seat:
    return make_seat(database)


def make_seat(database: Database) -> Seat:
    account_id = tenants.create_account(database, "x", NOW)
    account = Tenant(account_id, (), "sandbox", account_wide=True)
    with database.transaction(account) as tx:
        given = EntityInput(name="x", country_code="SI")
        entity = tenants.create_entity(tx, given, service.create_default_series, NOW)
    tenant = Tenant(account_id, (entity.id,), "sandbox")
    with database.transaction(tenant) as tx:
        series_id = service.expected(tx, "INV").series_id
    return Seat(database, tenant, series_id)


def test_a_new_entity_has_its_three_series(seat: Seat) -> None:
    with seat.database.transaction(seat.tenant) as tx:
        found = [(row.code, row.kind, row.next_number) for row in service.listed(tx)]
    assert found == [("CRN", "gapless", 1), ("EXT", "external", 1), ("INV", "gapless", 1)]


def test_a_rollback_gives_the_number_back(seat: Seat) -> None:
    def take_and_fail() -> None:
        with seat.database.transaction(seat.tenant) as tx:
            assert service.take(tx, seat.series_id, DAY).number == "INV-000001"
            fail()

    with pytest.raises(ZeroDivisionError):
        take_and_fail()
    with seat.database.transaction(seat.tenant) as tx:
        assert service.take(tx, seat.series_id, DAY) == service.Taken(1, "INV-000001")


def test_what_is_expected_may_be_taken_by_somebody_quicker(seat: Seat) -> None:
    with seat.database.transaction(seat.tenant) as tx:
        expected = service.for_document(tx, code="INV")
        with seat.database.transaction(seat.tenant) as other:
            service.take(other, seat.series_id, DAY)
        taken = expected.take(tx, issue_date=DAY)
    assert (expected.number, taken.number) == ("INV-000001", "INV-000002")


def test_an_earlier_date_never_gets_a_later_number(seat: Seat) -> None:
    with seat.database.transaction(seat.tenant) as tx:
        service.take(tx, seat.series_id, DAY)
    with (
        pytest.raises(NumberDateOrderProblem) as problem,
        seat.database.transaction(seat.tenant) as tx,
    ):
        service.take(tx, seat.series_id, DAY - datetime.timedelta(days=1))
    assert problem.value.extensions["not_before"] == DAY.isoformat()
    with seat.database.transaction(seat.tenant) as tx:
        assert service.take(tx, seat.series_id, DAY).sequence == 2


def test_the_date_order_holds_between_transactions_that_meet(seat: Seat) -> None:
    held, done = threading.Event(), threading.Event()

    def later_date() -> None:
        with seat.database.transaction(seat.tenant) as tx:
            service.take(tx, seat.series_id, DAY)
            held.set()
            done.wait(0.3)

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(later_date)
        held.wait(5)
        with (
            pytest.raises(NumberDateOrderProblem),
            seat.database.transaction(seat.tenant) as tx,
        ):
            service.take(tx, seat.series_id, DAY - datetime.timedelta(days=1))
        first.result()


def test_a_code_is_used_once(seat: Seat) -> None:
    with pytest.raises(SeriesExistsProblem), seat.database.transaction(seat.tenant) as tx:
        changes.create(tx, SeriesInput(code="INV", pattern="X{seq}"), NOW)


def test_a_number_of_the_callers_own_goes_to_an_external_series(seat: Seat) -> None:
    with seat.database.transaction(seat.tenant) as tx:
        expected = service.for_document(tx, number="A/1")
        assert expected.take(tx, issue_date=DAY) == service.Taken(None, "A/1")
        with pytest.raises(RequestInvalidProblem) as own:
            service.for_document(tx, code="INV", number="A/1")
        with pytest.raises(RequestInvalidProblem) as none:
            service.for_document(tx, code="EXT")
        with pytest.raises(RequestInvalidProblem) as unknown:
            service.for_document(tx, code="NIX")
    pointers = [one.value.errors[0]["pointer"] for one in (own, none, unknown)]
    assert pointers == ["/number", "/number", "/series"]


def test_an_external_series_cannot_be_counted(seat: Seat) -> None:
    with seat.database.transaction(seat.tenant) as tx:
        external = service.for_document(tx, number="A/1").series_id
        with pytest.raises(NotFoundProblem):
            service.take(tx, external, DAY)


def test_a_foreign_series_is_not_found(seat: Seat) -> None:
    other = make_seat(seat.database)
    with seat.database.transaction(seat.tenant) as tx, pytest.raises(NotFoundProblem):
        service.take(tx, other.series_id, DAY)


def fail() -> NoReturn:
    """Break a transaction off after its number was taken."""
    raise ZeroDivisionError
