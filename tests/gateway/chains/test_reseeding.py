"""Our chain and the authority's ledger: compared, halted, followed by a successor."""

import datetime
from uuid import UUID

import pytest

from gateway.chains import foreign, repository, schemes, service
from gateway.chains.problems import ChainHaltedProblem, ReseedRefusedProblem
from gateway.chains.repository import ForeignRow, RecordRow
from gateway.chains.reseeding import compare, part, refuse_stranger, reseed, withdraw
from gateway.chains.told import Known, read_known
from gateway.events import service as events
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.tenancy import Tenant
from tests.gateway.chains.chaining import add, entity

KEY = "test/1"
NOW = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def tenant(database: Database) -> Tenant:
    return entity(database)


@pytest.fixture
def ours(database: Database, tenant: Tenant) -> list[RecordRow]:
    """Three records of ours."""
    with database.transaction(tenant) as tx:
        return [add(tx, KEY) for _ in range(3)]


def known(rows: list[RecordRow]) -> list[ForeignRow]:
    return [ForeignRow(chain_key="", sequence=one.sequence, digest=one.digest) for one in rows]


def other(sequence: int, number: str = "") -> ForeignRow:
    return ForeignRow(chain_key="", sequence=sequence, digest=f"d{sequence}", number=number)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_an_authority_that_has_less_agrees(
    database: Database, tenant: Tenant, ours: list[RecordRow], count: int
) -> None:
    with database.transaction(tenant) as tx:
        found = compare(tx, KEY, known(ours[:count]), NOW)
        assert (found.agrees, found.ours, found.theirs) == (True, 3, count)
        assert add(tx, KEY).sequence == 4


def about(row: RecordRow) -> UUID:
    """Return the document of a record, which is about one."""
    assert row.document_id is not None
    return row.document_id


def test_after_a_restored_backup_the_chain_is_halted(
    database: Database, tenant: Tenant, ours: list[RecordRow]
) -> None:
    ledger = [*known(ours), other(4, "INV-4"), other(5, "INV-5")]
    with database.transaction(tenant) as tx:
        found = compare(tx, KEY, ledger, NOW)
        assert (found.agrees, found.ours, found.theirs) == (False, 3, 5)
        assert [one.sequence for one in found.foreign] == [4, 5]
        assert repository.listed(tx, KEY)[0].state == "open"  # it is only shown
        assert part(tx, KEY, ledger, NOW) == found
    with pytest.raises(ChainHaltedProblem), database.transaction(tenant) as tx:
        add(tx, KEY)
    with database.transaction(tenant) as tx:
        told = events.feed(tx, None, 50).events
        assert [one.type for one in told] == ["chain.halted"]
        assert told[0].data["reason"] == found.reason


def test_a_successor_follows_what_the_authority_has(
    database: Database, tenant: Tenant, ours: list[RecordRow]
) -> None:
    ledger = [*known(ours), other(4, "INV-4"), other(5, "INV-5")]
    with database.transaction(tenant) as tx:
        begun = reseed(tx, KEY, reason="backup", way="authority", known=ledger, now=NOW)
        assert (begun.generation, begun.first_sequence, begun.first_previous) == (2, 6, "d5")
        added = add(tx, KEY)
        assert (added.sequence, added.previous, added.chain_id) == (6, "d5", begun.id)
        first, second = repository.listed(tx, KEY)
        assert (first.state, first.closed_because) == ("closed", "backup")
        assert (second.state, second.opened_because) == ("open", "backup")
        assert foreign.place_of_number(tx, KEY, "INV-5") == 5
        assert foreign.place_of_number(tx, KEY, "INV-6") is None


def test_a_fork_is_followed_from_where_the_authority_is(
    database: Database, tenant: Tenant, ours: list[RecordRow]
) -> None:
    ledger = [*known(ours[:1]), other(2)]  # its second is another than ours
    with database.transaction(tenant) as tx:
        found = compare(tx, KEY, ledger, NOW)
        assert [one.sequence for one in found.foreign] == [2]
        begun = reseed(tx, KEY, reason="fork", way="authority", known=ledger, now=NOW)
        assert (begun.first_sequence, begun.first_previous) == (3, "d2")
        assert add(tx, KEY).sequence == 3


@pytest.mark.parametrize(("how", "places"), [("from_one", [1, 1]), ("counting_on", [10, 10])])
def test_a_chain_may_begin_again_where_the_law_says_so(
    database: Database,
    tenant: Tenant,
    how: str,
    places: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(schemes, "ANEW", {"test": schemes.Anew(how)})
    with database.transaction(tenant) as tx:
        add(tx, KEY)
        begun = reseed(tx, KEY, reason="law", way="empty", known=[other(9)], now=NOW)
        assert (begun.first_sequence, begun.first_previous) == (places[0], "")
        again = reseed(tx, KEY, reason="law", way="empty", now=NOW)
        assert (again.generation, again.first_sequence) == (3, places[1])


def test_no_chain_begins_again_where_no_law_says_so(database: Database, tenant: Tenant) -> None:
    with database.transaction(tenant) as tx:
        add(tx, KEY)
    with (
        pytest.raises(ReseedRefusedProblem, match="begin anew"),
        database.transaction(tenant) as tx,
    ):
        reseed(tx, KEY, reason="law", way="empty", known=[other(9)], now=NOW)


@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_record_that_was_refused_for_good_is_followed_by_none(
    database: Database, tenant: Tenant, ours: list[RecordRow], place: int
) -> None:
    """The authority has what stands before it, perhaps nothing; the successor takes its place."""
    with database.transaction(tenant) as tx:
        assert service.broken(tx, about(ours[place - 1]), "no place", NOW)
        with pytest.raises(ReseedRefusedProblem, match="Say which"):
            reseed(tx, KEY, reason="r", way="authority", now=NOW)
        if place > 1:
            with pytest.raises(ReseedRefusedProblem, match="Let them be sent first"):
                reseed(tx, KEY, reason="r", way="authority", known=[], now=NOW)
        ledger = known(ours[: place - 1])
        reseed(tx, KEY, reason="r", way="authority", known=ledger, now=NOW)
        added = add(tx, KEY)
        first, second = repository.listed(tx, KEY)
        assert (first.state, first.void_from) == ("closed", place)
        assert (second.state, added.sequence) == ("open", place)
        assert added.previous == (ours[place - 2].digest if place > 1 else "")
        assert service.is_closed(tx, about(ours[place - 1]))
        assert not service.is_closed(tx, about(added))


def test_the_first_record_of_a_successor_may_be_refused_as_well(
    database: Database, tenant: Tenant, ours: list[RecordRow]
) -> None:
    with database.transaction(tenant) as tx:
        for _ in range(2):
            last = add(tx, KEY)
            service.broken(tx, about(last), "no place", NOW)
            begun = reseed(tx, KEY, reason="r", way="authority", known=known(ours), now=NOW)
            assert (begun.first_sequence, begun.first_previous) == (4, ours[2].digest)


def test_what_the_authority_might_get_yet_is_given_up_by_force_alone(
    database: Database, tenant: Tenant, ours: list[RecordRow]
) -> None:
    with database.transaction(tenant) as tx:
        ledger = known(ours[:1])
        begun = reseed(tx, KEY, reason="r", way="authority", known=ledger, force=True, now=NOW)
        assert (begun.first_sequence, begun.first_previous) == (2, ours[0].digest)
        assert repository.listed(tx, KEY)[0].void_from == 2


def test_records_of_which_none_is_ours_are_another_s(
    database: Database, tenant: Tenant, ours: list[RecordRow]
) -> None:
    with database.transaction(tenant) as tx:
        with pytest.raises(ReseedRefusedProblem, match="another seller"):
            refuse_stranger(compare(tx, KEY, [other(1), other(2)], NOW))
        refuse_stranger(compare(tx, KEY, [*known(ours[:1]), other(2)], NOW))
        refuse_stranger(compare(tx, KEY, [], NOW))


def test_what_was_noted_by_mistake_is_withdrawn_with_a_reason(
    database: Database, tenant: Tenant, ours: list[RecordRow]
) -> None:
    later = clock.now() + datetime.timedelta(seconds=5)
    with database.transaction(tenant) as tx:
        part(tx, KEY, [other(4, "INV-4")], later)
        assert foreign.place_of_number(tx, KEY, "INV-4") == 4
        assert withdraw(tx, KEY, "another seller's", later) == 1
        assert foreign.place_of_number(tx, KEY, "INV-4") is None
        assert add(tx, KEY).sequence == 4
        with pytest.raises(ReseedRefusedProblem, match="The chain is open"):
            withdraw(tx, KEY, "again", later)
        service.broken(tx, about(ours[2]), "no place", later)
        with pytest.raises(ReseedRefusedProblem, match="refused record 3 itself"):
            withdraw(tx, KEY, "again", later)


@pytest.mark.parametrize("ledger", [[], "ours but the last"])
def test_nobody_takes_over_from_a_chain_that_nothing_contradicts(
    database: Database, tenant: Tenant, ours: list[RecordRow], ledger: Known
) -> None:
    chosen = known(ours[:2]) if ledger else []
    with pytest.raises(ReseedRefusedProblem), database.transaction(tenant) as tx:
        reseed(tx, KEY, reason="x", way="authority", known=chosen, now=NOW)
    with database.transaction(tenant) as tx:
        assert add(tx, KEY).sequence == 4


def test_a_chain_that_is_not_there_has_no_successor(database: Database, tenant: Tenant) -> None:
    with pytest.raises(ReseedRefusedProblem), database.transaction(tenant) as tx:
        reseed(tx, KEY, reason="x", way="empty", now=NOW)


def test_a_clock_that_was_wrong_is_mended_by_a_successor(
    database: Database, tenant: Tenant
) -> None:
    wrong = clock.now() + datetime.timedelta(days=400)
    with database.transaction(tenant) as tx:
        first = add(tx, KEY, now=wrong)
        ledger = known([first])
        reseed(tx, KEY, reason="clock", way="authority", known=ledger, now=NOW)
        second = add(tx, KEY)
    assert second.at < first.at
    assert (second.sequence, second.previous) == (2, first.digest)


def test_what_an_authority_has_is_read_from_json() -> None:
    content = b'[{"sequence": 1, "digest": "d", "number": "N", "registration": null}]'
    (one,) = read_known(content)
    assert (one.sequence, one.digest, one.number, one.registration) == (1, "d", "N", "")
    for bad in (b"{", b"[1]", b'{"a": 1}', b'[{"sequence": 1}]', b'[{"sequence": "x"}]'):
        with pytest.raises(ValueError, match="no list"):
            read_known(bad)


def test_no_record_follows_one_that_it_could_not_name(database: Database, tenant: Tenant) -> None:
    key = "es-verifactu/89890001K/1"
    with database.transaction(tenant) as tx:
        own = [add(tx, key) for _ in range(3)]
        ledger = [*known(own), other(4)]
        with pytest.raises(ReseedRefusedProblem, match="new number"):
            reseed(tx, key, reason="backup", way="authority", known=ledger, now=NOW)
        assert [one.state for one in repository.listed(tx, key)] == ["halted"]


def test_a_successor_behind_a_record_of_ours_can_name_it(
    database: Database, tenant: Tenant
) -> None:
    key = "es-verifactu/89890001K/1"
    with database.transaction(tenant) as tx:
        own = [add(tx, key) for _ in range(3)]
        begun = reseed(tx, key, reason="r", way="authority", known=known(own), now=NOW)
        found = service.called(tx, key, begun.first_previous)
        assert found is not None
        assert (found.id, found.sequence) == (own[2].id, 3)
        assert service.called(tx, key, "d9") is None
