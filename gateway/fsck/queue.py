"""INV10: whatever waits has a due time, and whatever is unfinished waits."""

from typing import Any

import psycopg

from gateway.fsck.report import InvariantReport

_OUTBOX = """
select o.id, o.state, o.due_at, o.lane, o.message_id, o.account_id,
       t.id as transmission, t.lane as its_lane, t.message_id as its_message_id,
       t.account_id as its_account, t.transport, t.regulatory, t.action_required
  from outbox o left join transmission t
    on t.entity_id = o.entity_id and t.id = o.transmission_id order by o.id
"""
_UNQUEUED = """
select t.id from transmission t where not exists (
  select from outbox o where o.entity_id = t.entity_id and o.transmission_id = t.id)
"""
_LANES = """
select key from lane where (owner is null) <> (lease_until is null)
"""
_ARRIVED = frozenset({"submitted", "delivered"})
_OVER = frozenset({"failed_permanent", "cancelled_before_send"})
_WAITING = frozenset({"queued", "sending", "unknown", "sent"})


def check(connection: psycopg.Connection[Any], report: InvariantReport) -> None:
    """Check the queue against the transmissions it is to move."""
    for row in connection.execute(_OUTBOX):
        report.saw("outbox rows")
        where = f"outbox {row.id}"
        if row.state in _WAITING and row.due_at is None:
            report.blame(where, f"{row.state} without a due time")
        if row.transmission is None:
            report.blame(where, "its transmission does not exist")
            continue
        told = (row.lane, row.message_id, row.account_id)
        if told != (row.its_lane, row.its_message_id, row.its_account):
            report.blame(where, f"lane, message or account is not that of {row.transmission}")
        if row.state == "closed" and not _settled(row):
            report.blame(where, f"closed, but {row.transmission} is {row.transport}")
        if row.state == "stuck" and row.action_required is None:
            report.blame(where, "stuck, but nobody is asked to act")
    for row in connection.execute(_UNQUEUED):
        report.blame(f"transmission {row.id}", "it has no row in the queue")
    for row in connection.execute(_LANES):
        report.blame(f"lane {row.key}", "an owner without a lease, or a lease without an owner")
    count = connection.execute("select count(*) from lane").fetchone()
    report.saw("lanes", count[0] if count else 0)


def _settled(row: Any) -> bool:  # noqa: ANN401 - a row
    """Tell whether nothing is left to send or to ask for."""
    if row.transport in _OVER:
        return True
    return row.transport in _ARRIVED and row.regulatory != "pending"
