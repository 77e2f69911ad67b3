"""What `gateway fsck` says of webhooks (INV7)."""

import psycopg

from gateway.fsck.report import InvariantReport
from gateway.fsck.service import check
from tests.gateway.webhooks.conftest import Desk


def told(desk: Desk, admin_url: str) -> InvariantReport:
    return check(admin_url, desk.runtime.settings.data).invariants["INV7"]


def test_every_event_that_was_asked_for_is_delivered_or_queued(desk: Desk, admin_url: str) -> None:
    assert told(desk, admin_url).outcome == "nothing to check"
    endpoint = desk.endpoint("https://hooks.example/", "customer.*")
    desk.endpoint("https://hooks.example/", "item.created")
    desk.happens(count=3)
    found = told(desk, admin_url)
    assert (found.outcome, found.examined) == ("holds", {"webhook endpoints": 2})
    assert desk.courier().sweep() == 3
    assert told(desk, admin_url).outcome == "holds"
    first, second, _ = (row["id"] for row in desk.deliveries(endpoint))
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute("set session_replication_role = replica")
        rows = admin.execute("select id from webhook_delivery order by id").fetchall()
        admin.execute("delete from webhook_queue where delivery_id = %s", [rows[0][0]])
        admin.execute("delete from webhook_delivery where id = %s", [rows[1][0]])
    assert len({first, second}) == 2
    wrong = {
        (one.where.partition(" ")[2].partition(" ")[0], one.what.split()[0])
        for one in told(desk, admin_url).problems
    }
    assert wrong == {("delivery", "is"), ("endpoint", "was")}
