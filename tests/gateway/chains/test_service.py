"""Adding records: the place, the predecessor, the moment, and what is refused."""

import datetime
import threading

import pytest
import sqlalchemy as sa
from freezegun import freeze_time
from sqlalchemy.exc import DBAPIError

from gateway.chains import foreign, repository, service
from gateway.chains.problems import ChainHaltedProblem, ClockSetBackProblem, NumberKnownProblem
from gateway.chains.repository import ForeignRow
from gateway.chains.service import Head, Link
from gateway.kit.database import Database
from gateway.kit.tenancy import Tenant
from tests.gateway.chains.chaining import BreakOffError, add, broken, build, draft, entity

KEY = "test/1"
NOON = datetime.datetime(2026, 11, 22, 12, 0, 0, 250_000, tzinfo=datetime.UTC)


@pytest.fixture
def tenant(database: Database) -> Tenant:
    return entity(database)


def test_each_record_names_its_predecessor(database: Database, tenant: Tenant) -> None:
    for _ in range(3):
        with database.transaction(tenant) as tx:
            add(tx, KEY)
    with database.transaction(tenant) as tx:
        row = repository.current(tx, KEY)
        assert row is not None
        rows = repository.records(tx, row.id, limit=9)
    assert [one.sequence for one in rows] == [1, 2, 3]
    assert rows[0].previous == ""
    assert broken(rows) == []
    assert (row.next_sequence, row.last_digest, row.last_record) == (4, rows[2].digest, rows[2].id)


def test_a_rollback_gives_the_place_back(database: Database, tenant: Tenant) -> None:
    def roll_back() -> None:
        with database.transaction(tenant) as tx:
            add(tx, KEY)
            raise BreakOffError

    places = []
    for _ in range(2):
        with pytest.raises(BreakOffError):
            roll_back()
        with database.transaction(tenant) as tx:
            places.append(add(tx, KEY).sequence)
    assert places == [1, 2]


def test_the_second_waits_for_the_first_and_follows_it(database: Database, tenant: Tenant) -> None:
    held, second = threading.Event(), list[str]()

    def follow() -> None:
        held.wait(10)
        with database.transaction(tenant) as tx:
            second.append(add(tx, KEY).previous)

    thread = threading.Thread(target=follow)
    thread.start()
    with database.transaction(tenant) as tx:  # the very first: both want to open the chain
        first = add(tx, KEY)
        held.set()
        thread.join(0.2)
        assert thread.is_alive(), "the chain was not locked"
    thread.join(10)
    assert second == [first.digest]


def test_the_moment_is_read_under_the_lock(database: Database, tenant: Tenant) -> None:
    with freeze_time(NOON) as time:
        asked_at = NOON
        time.tick(5)
        with database.transaction(tenant) as tx:
            later = add(tx, KEY)
        with database.transaction(tenant) as tx:  # began before, and comes after
            record = add(tx, KEY, now=asked_at)
    assert record.at == later.at == NOON.replace(microsecond=0, second=5)


def test_clocks_that_differ_a_little_never_go_back(database: Database, tenant: Tenant) -> None:
    with freeze_time(NOON), database.transaction(tenant) as tx:
        first = add(tx, KEY)
    with freeze_time(NOON - datetime.timedelta(seconds=1)), database.transaction(tenant) as tx:
        assert add(tx, KEY).at == first.at


def test_a_clock_set_back_is_refused_and_said(database: Database, tenant: Tenant) -> None:
    with freeze_time(NOON), database.transaction(tenant) as tx:
        add(tx, KEY)
    with (
        freeze_time(NOON - datetime.timedelta(minutes=1)),
        pytest.raises(ClockSetBackProblem) as refused,
        database.transaction(tenant) as tx,
    ):
        add(tx, KEY)
    assert refused.value.extensions["last_at"] == "2026-11-22T12:00:00Z"
    assert refused.value.headers["Retry-After"] == "61"
    with freeze_time(NOON), database.transaction(tenant) as tx:
        assert add(tx, KEY).sequence == 2


def test_a_halted_chain_takes_nothing(database: Database, tenant: Tenant) -> None:
    with database.transaction(tenant) as tx:
        add(tx, KEY)
        assert service.halt(tx, KEY, "The authority has more.", NOON)
        assert not service.halt(tx, KEY, "Again.", NOON)
    with pytest.raises(ChainHaltedProblem) as refused, database.transaction(tenant) as tx:
        add(tx, KEY)
    assert refused.value.extensions["reason"] == "The authority has more."


def test_one_document_is_recorded_once_when_issued_and_again_later(
    database: Database, tenant: Tenant
) -> None:
    later = ["mend", "mend", "cancel", "cancel"]
    with database.transaction(tenant) as tx:
        document_id = draft(tx)
        service.extend(tx, KEY, document_id=document_id, now=NOON, build=build)
        for word in later:
            service.extend(tx, KEY, document_id=document_id, now=NOON, build=build, kind=word)
        found = [one.kind for one in service.of_document(tx, document_id)]
    assert found == ["issue", *later]
    with (
        pytest.raises(DBAPIError, match="chain_record_issue"),
        database.transaction(tenant) as tx,
    ):
        service.extend(tx, KEY, document_id=document_id, now=NOON, build=build)


def test_the_same_key_of_another_entity_is_another_chain(
    database: Database, tenant: Tenant
) -> None:
    for one in (tenant, entity(database)):
        with database.transaction(one) as tx:
            assert add(tx, KEY).sequence == 1
            assert len(repository.listed(tx)) == 1


def test_a_number_that_only_the_authority_has_is_refused(
    database: Database, tenant: Tenant
) -> None:
    known = ForeignRow(chain_key=KEY, sequence=7, digest="d", number="INV-7", registration="R-7")
    with database.transaction(tenant) as tx:
        for _ in range(2):
            foreign.note(tx, known, NOON)
        assert foreign.last(tx, KEY) == 7
        service.refuse_known(tx, KEY, "INV-6")
        with pytest.raises(NumberKnownProblem) as refused:
            service.refuse_known(tx, KEY, "INV-7")
    assert refused.value.extensions["known_sequence"] == 7


@pytest.mark.parametrize(
    "statement",
    [
        "update chain_record set digest = 'x'",
        "update chain_record set record = 'x'",
        "delete from chain_record",
        "delete from chain",
        "update chain set next_sequence = 1, last_record = null, last_at = null, last_digest = ''",
        "update chain set next_sequence = next_sequence + 2",
        "update chain set last_digest = 'x'",
        "update chain set last_at = last_at - interval '1 s', next_sequence = next_sequence + 1",
        "update chain set first_previous = 'x'",
        "update chain set chain_key = 'x'",
    ],
)
def test_the_database_itself_lets_nobody_rewrite_a_chain(
    database: Database, tenant: Tenant, admin_url: str, statement: str
) -> None:
    with database.transaction(tenant) as tx:
        add(tx, KEY)
    with pytest.raises(DBAPIError), database.transaction(tenant) as tx:
        tx.execute(sa.text(statement))
    superuser = sa.create_engine(admin_url.replace("postgresql:", "postgresql+psycopg:"))
    with pytest.raises(DBAPIError), superuser.begin() as connection:
        connection.execute(sa.text(statement))
    superuser.dispose()


def test_the_database_itself_refuses_a_fork(database: Database, tenant: Tenant) -> None:
    with database.transaction(tenant) as tx:
        add(tx, KEY)
        row = repository.current(tx, KEY)
    assert row is not None
    copy = (
        "insert into chain_record select account_id, entity_id, gen_random_uuid(), chain_id,"
        " chain_key, {}, digest, {}, document_id, 'again', record, at from chain_record"
    )
    for sequence, previous in (("1", "'x'"), ("2", "previous")):
        with pytest.raises(DBAPIError, match="unique"), database.transaction(tenant) as tx:
            tx.execute(sa.text(copy.format(sequence, previous)))


def test_a_builder_that_fails_leaves_nothing(database: Database, tenant: Tenant) -> None:
    def fail(head: Head) -> Link:
        raise BreakOffError(head.sequence)

    with pytest.raises(BreakOffError), database.transaction(tenant) as tx:
        service.extend(tx, KEY, document_id=draft(tx), now=NOON, build=fail)
    with database.transaction(tenant) as tx:
        assert repository.current(tx, KEY) is None
