"""Numbers that are left out, where they begin again with a period."""

import datetime

import psycopg
import pytest

from gateway.documents.dating import FORWARD
from gateway.kit.database import Database
from gateway.kit.tenancy import Tenant
from gateway.number_patterns import Reset
from gateway.numbering import counter, floors, skipping
from gateway.numbering.problems import NumberDateOrderProblem
from gateway.numbering.skipping import GivenNumberError
from tests.gateway.archive import seed

MIDSUMMER = datetime.datetime(2026, 7, 1, 12, tzinfo=datetime.UTC)
LAST_DAY = datetime.datetime(2026, 12, 31, 12, tzinfo=datetime.UTC)
SPRING = datetime.datetime(2027, 4, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture
def owner(admin_url: str) -> Tenant:
    """Its series gave four numbers in 2026, the last one on 1 June."""
    found = seed.tenant(admin_url)
    with psycopg.connect(admin_url) as connection:
        connection.execute(
            "update series set reset = 'yearly', pattern = '{yyyy}-{seq}', period = '2026',"
            " next_number = 5, places = 4, last_issue_date = '2026-06-01' where entity_id = %s",
            [found.entity_ids[0]],
        )
    return found


def left_out(
    database: Database, owner: Tenant, count: int, last: int | None, now: datetime.datetime
) -> tuple[str, str] | None:
    with database.transaction(owner) as tx:
        (series,) = skipping.counting(tx)
        given = {} if last is None else {series: last}
        found = skipping.skip(tx, count, given, now)
    return (found[0].first, found[0].last) if found else None


def taken(database: Database, owner: Tenant, day: datetime.date) -> str:
    with database.transaction(owner) as tx:
        (series,) = skipping.counting(tx)
        return counter.take(tx, series, day).number


def test_documents_are_dated_as_far_ahead_as_is_reckoned_with() -> None:
    assert floors.AHEAD == FORWARD


def test_in_the_same_period_the_count_goes_on(database: Database, owner: Tenant) -> None:
    assert left_out(database, owner, 10, None, MIDSUMMER) == ("2026-5", "2026-14")
    assert taken(database, owner, MIDSUMMER.date()) == "2026-15"
    assert taken(database, owner, SPRING.date()) == "2027-1"


def test_in_a_later_period_the_earlier_one_is_over(database: Database, owner: Tenant) -> None:
    assert left_out(database, owner, 10, None, SPRING) == ("2027-1", "2027-10")
    with pytest.raises(NumberDateOrderProblem):
        taken(database, owner, datetime.date(2026, 12, 31))
    assert taken(database, owner, SPRING.date()) == "2027-11"


def test_on_the_last_day_of_a_period_the_next_one_may_have_begun(
    database: Database, owner: Tenant
) -> None:
    assert left_out(database, owner, 10, None, LAST_DAY) == ("2027-1", "2027-10")
    with pytest.raises(NumberDateOrderProblem):
        taken(database, owner, LAST_DAY.date())
    assert taken(database, owner, datetime.date(2027, 1, 1)) == "2027-11"


def test_one_number_is_left_out_to_close_the_period_before(
    database: Database, owner: Tenant
) -> None:
    assert left_out(database, owner, 10, 0, SPRING) == ("2027-1", "2027-1")
    with pytest.raises(NumberDateOrderProblem):
        taken(database, owner, datetime.date(2026, 12, 31))
    assert taken(database, owner, SPRING.date()) == "2027-2"


def test_what_is_stated_must_not_be_before_what_was_given(
    database: Database, owner: Tenant
) -> None:
    with pytest.raises(GivenNumberError):
        left_out(database, owner, 10, 3, MIDSUMMER)
    assert left_out(database, owner, 10, 4, MIDSUMMER) is None
    assert taken(database, owner, MIDSUMMER.date()) == "2026-5"


@pytest.mark.parametrize(
    ("reset", "now", "least"),
    [
        (Reset.YEARLY, MIDSUMMER, 15),
        (Reset.YEARLY, LAST_DAY, 15),
        (Reset.YEARLY, SPRING, 1),
        (Reset.MONTHLY, MIDSUMMER, 15),
        (Reset.MONTHLY, LAST_DAY, 1),
        (Reset.NEVER, SPRING, 15),
    ],
)
def test_new_series_begin_beyond_until_the_period_of_the_loss_is_over(
    database: Database, owner: Tenant, reset: Reset, now: datetime.datetime, least: int
) -> None:
    left_out(database, owner, 10, None, MIDSUMMER)
    with database.transaction(owner) as tx:
        assert floors.least(tx, reset, now) == least


def test_a_loss_on_the_last_day_counts_for_the_next_period(
    database: Database, owner: Tenant
) -> None:
    left_out(database, owner, 10, None, LAST_DAY)
    with database.transaction(owner) as tx:
        assert floors.least(tx, Reset.YEARLY, SPRING) == 11
        assert floors.least(tx, Reset.YEARLY, LAST_DAY) == 11
