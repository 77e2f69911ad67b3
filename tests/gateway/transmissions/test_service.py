from uuid import UUID

import psycopg
import pytest

from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.ids import new_id
from gateway.kit.tenancy import Tenant
from gateway.problems import NotFoundProblem
from gateway.transmissions import queue, service
from gateway.transmissions.routes import ROUTES, Route
from gateway.transmissions.tables import outbox
from tests.gateway.archive import seed
from tests.gateway.sandbox.invoices import RECEIVER, SENDER, invoice

CONTENT = invoice("R-1")


def enqueue(database: Database, owner: Tenant, document: UUID, receiver: str = RECEIVER) -> UUID:
    with database.transaction(owner) as tx:
        return service.enqueue(
            tx,
            document_id=document,
            channel="sandbox-network",
            sender=SENDER,
            receiver=receiver,
            payload=CONTENT,
            now=clock.now(),
        )


@pytest.fixture
def owner(admin_url: str) -> Tenant:
    return seed.tenant(admin_url)


@pytest.fixture
def document(admin_url: str, owner: Tenant) -> UUID:
    return seed.document(admin_url, owner, CONTENT, day=seed.NOW.date())


def test_a_queued_transmission_is_read_back(
    database: Database, owner: Tenant, document: UUID
) -> None:
    transmission = enqueue(database, owner, document)
    with database.transaction(owner) as tx:
        assert service.for_documents(tx, [document])[document] == (service.get(tx, transmission),)
        view = service.get(tx, transmission)
    assert (view.transport, view.regulatory, view.business) == ("queued", "pending", "none")


def test_nothing_is_queued_when_the_issue_is_rolled_back(
    database: Database, owner: Tenant, document: UUID
) -> None:
    def issue() -> None:
        with database.transaction(owner) as tx:
            service.enqueue(
                tx,
                document_id=document,
                channel="sandbox-network",
                sender=SENDER,
                receiver=RECEIVER,
                payload=CONTENT,
                now=clock.now(),
            )
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        issue()
    with database.worker_transaction() as tx:
        assert tx.execute(outbox.select()).all() == []


def test_a_live_document_never_goes_to_the_sandbox(database: Database, owner: Tenant) -> None:
    live = Tenant(owner.account_id, owner.entity_ids, "live")
    with pytest.raises(ValueError, match="live"):
        enqueue(database, live, new_id())


def test_a_foreign_transmission_is_not_found(
    database: Database, admin_url: str, owner: Tenant, document: UUID
) -> None:
    transmission = enqueue(database, owner, document)
    foreign = seed.tenant(admin_url)
    with database.transaction(foreign) as tx:
        assert service.for_documents(tx, [document]) == {}
        with pytest.raises(NotFoundProblem):
            service.get(tx, transmission)


def test_every_waiting_row_has_a_due_time(
    admin_url: str, database: Database, owner: Tenant, document: UUID
) -> None:
    enqueue(database, owner, document)
    with psycopg.connect(admin_url, autocommit=True) as connection:
        for state in ("queued", "sending", "unknown", "sent"):
            with pytest.raises(psycopg.errors.CheckViolation):
                connection.execute("update outbox set state = %s, due_at = null", [state])


def test_an_ordered_lane_gives_out_its_first_unfinished_row_only(
    database: Database, admin_url: str, owner: Tenant
) -> None:
    for _ in range(3):
        document = seed.document(admin_url, owner, CONTENT, day=seed.NOW.date())
        enqueue(database, owner, document)
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute("update outbox set lane = 'ordered/x'")
        first, second, _ = [
            row[0] for row in connection.execute("select id from outbox order by id")
        ]
        ordered = Route("ordered", "sandbox", lanes=None)

        def due(route: Route) -> list[int]:
            with database.worker_transaction() as tx:
                return [row.id for row in queue.due(tx, route, "ordered/x", clock.now())]

        assert due(ordered) == [first]
        later = "update outbox set due_at = now() + interval '1 hour' where id = %s"
        connection.execute(later, [first])
        assert due(ordered) == []  # nobody overtakes
        assert due(Route("ordered", "sandbox", lanes=4))[0] == second
        connection.execute(
            "update outbox set state = 'stuck', due_at = null where id = %s", [first]
        )
        assert due(ordered) == []  # by law: it stops the lane, and is shown
        connection.execute("update outbox set state = 'closed' where id = %s", [first])
        assert due(ordered) == [second]


def test_unfinished_business_comes_before_new_business(
    database: Database, admin_url: str, owner: Tenant
) -> None:
    for _ in range(3):
        document = seed.document(admin_url, owner, CONTENT, day=seed.NOW.date())
        enqueue(database, owner, document)
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute(
            "update outbox set state = 'sending' where id = (select max(id) from outbox)"
        )
        lane = connection.execute("select lane from outbox").fetchone()
    assert lane is not None
    with database.worker_transaction() as tx:
        rows = queue.due(tx, ROUTES["sandbox-network"], lane[0], clock.now())
    assert [row.state for row in rows] == ["sending", "queued", "queued"]


def test_unordered_messages_spread_over_lanes_of_their_entity_by_receiver() -> None:
    route, one, other = ROUTES["sandbox-network"], new_id(), new_id()
    assert route.lane(one, SENDER, RECEIVER) == route.lane(one, "other:1", RECEIVER)
    assert route.lane(one, SENDER, RECEIVER) != route.lane(other, SENDER, RECEIVER)
    lanes = {route.lane(one, SENDER, f"9930:DE{number}") for number in range(300)}
    assert len(lanes) == route.lanes
