"""The feed: complete behind every cursor that was handed out, whatever commits when."""

import random
import threading
import time
from uuid import UUID

import pytest

from gateway.events import service
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.problems import RequestInvalidProblem
from tests.gateway.archive import seed


@pytest.fixture
def owner(admin_url: str) -> Tenant:
    return seed.tenant(admin_url)


def append(tx: TenantTransaction, word: str, dedup_key: str | None = None) -> bool:
    return service.append(
        tx, type="test", data={"word": word}, dedup_key=dedup_key, now=clock.now()
    )


def read(
    database: Database, owner: Tenant, after: str | None = None, limit: int = 1000
) -> tuple[list[str], str]:
    with database.transaction(owner) as tx:
        page = service.feed(tx, after, limit)
    return [one.data["word"] for one in page.events], page.cursor


def settled(database: Database, owner: Tenant, count: int, after: str | None = None) -> list[str]:
    """Read until the horizon has passed: other databases of the server hold it back too."""
    deadline = time.monotonic() + 20
    while len(words := read(database, owner, after)[0]) < count:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return words


def test_the_feed_is_read_page_by_page(database: Database, owner: Tenant) -> None:
    for word in "abcde":
        with database.transaction(owner) as tx:
            append(tx, word)
    assert settled(database, owner, 5) == list("abcde")
    first, cursor = read(database, owner, limit=2)
    second, cursor = read(database, owner, cursor, limit=2)
    third, cursor = read(database, owner, cursor, limit=2)
    assert first + second + third == list("abcde")
    assert read(database, owner, cursor) == ([], cursor)


def test_an_event_waits_for_earlier_transactions(database: Database, owner: Tenant) -> None:
    with database.transaction(owner) as slow:
        append(slow, "slow")
        with database.transaction(owner) as quick:
            append(quick, "quick")
        words, cursor = read(database, owner)
        assert words == []
    assert settled(database, owner, 2, cursor) == ["slow", "quick"]


def test_a_lower_position_that_commits_later_is_not_skipped(
    database: Database, owner: Tenant
) -> None:
    """The order of transactions is not that of positions: position alone would lose `second`."""
    with database.transaction(owner) as second:
        with database.transaction(owner) as first:
            append(first, "kept back")  # takes the first transaction number
            append(second, "second")
            append(first, "after it")
        words, cursor = read(database, owner)
    assert words + settled(database, owner, 3 - len(words), cursor) == [
        "kept back",
        "after it",
        "second",
    ]


def test_what_is_rolled_back_never_happened(database: Database, owner: Tenant) -> None:
    def fail() -> None:
        with database.transaction(owner) as tx:
            append(tx, "undone")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.transaction(owner) as tx:
        append(tx, "done")
    assert settled(database, owner, 1) == ["done"]


def test_a_follower_sees_every_event_once_and_in_the_final_order(
    database: Database, owner: Tenant
) -> None:
    chance = random.Random(3)  # noqa: S311 - to be repeated
    pauses = [[chance.uniform(0, 0.01) for _ in range(25)] for _ in range(4)]

    def write(name: int) -> None:
        for number, pause in enumerate(pauses[name]):
            with database.transaction(owner) as tx:
                append(tx, f"{name}-{number}-a")
                time.sleep(pause)
                append(tx, f"{name}-{number}-b")

    writers = [threading.Thread(target=write, args=(name,)) for name in range(4)]
    for writer in writers:
        writer.start()
    followed: list[str] = []
    cursor = None
    deadline = time.monotonic() + 30
    while len(followed) < 200:
        assert time.monotonic() < deadline
        words, cursor = read(database, owner, cursor, limit=7)
        followed += words
    for writer in writers:
        writer.join()
    assert followed == settled(database, owner, 200)
    assert len(set(followed)) == 200


def test_the_same_key_is_recorded_once_also_by_two_at_a_time(
    database: Database, owner: Tenant
) -> None:
    results: list[bool] = []

    def once() -> None:
        with database.transaction(owner) as tx:
            results.append(append(tx, "once", "key"))
            time.sleep(0.05)

    threads = [threading.Thread(target=once) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False, False, False, True]


def test_a_foreign_entity_sees_nothing(database: Database, owner: Tenant, admin_url: str) -> None:
    document: UUID = seed.document(admin_url, owner, b"x", day=seed.NOW.date())
    with database.transaction(owner) as tx:
        service.append(tx, type="test", document_id=document, data={}, now=clock.now())
        append(tx, "mine", "key")
    foreign = seed.tenant(admin_url)
    with database.transaction(foreign) as tx:
        assert service.feed(tx, None, 10).events == ()
        assert service.of_document(tx, document) == ()
        assert service.counts(tx, [document]) == {}
        assert service.document_prefixes(tx, [document]) == {}
        assert not service.has(tx, "key")
        assert append(tx, "theirs", "key")  # keys are each entity's own
    with database.transaction(owner) as tx:
        assert service.counts(tx, [document]) == {document: 1}
        assert service.document_prefixes(tx, [document]) == {document: "inv"}


@pytest.mark.parametrize("cursor", ["", "1", "-", "1-2-3", "a-1", "-1-1", "1-" + "9" * 30, "١-1"])
def test_a_cursor_that_is_none_of_ours_is_refused(
    database: Database, owner: Tenant, cursor: str
) -> None:
    with database.transaction(owner) as tx, pytest.raises(RequestInvalidProblem):
        service.feed(tx, cursor, 10)
