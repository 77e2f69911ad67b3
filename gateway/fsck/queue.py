"""INV10: whatever waits has a due time, what is unfinished waits, and every attempt is kept."""

from typing import Any

import psycopg

from gateway.fsck.report import InvariantReport
from gateway.fsck.streams import stream

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
_MISNOTED = """
select o.id, o.action_required as noted, t.action_required from outbox o join transmission t
    on t.entity_id = o.entity_id and t.id = o.transmission_id
 where o.action_required is distinct from t.action_required
"""
_LANES = """
select key from lane where (owner is null) <> (lease_until is null)
"""
_ARRIVED = frozenset({"submitted", "delivered"})
_OVER = frozenset({"failed_permanent", "cancelled_before_send"})
_WAITING = frozenset({"queued", "deferred", "sending", "unknown", "sent"})
_UNNAMED = """
select t.id from transmission t where not exists (
  select from correlation c where c.transmission_id = t.id and c.entity_id = t.entity_id
     and (c.channel, c.kind, c.value) = (t.channel, 'message-id', t.message_id))
"""
_MISSED = """
select s.channel, s.signal_id, c.transmission_id from early_signal s
  join correlation c on c.channel = s.channel and s.keys @> array[c.kind || '=' || c.value]
"""
# Where sends are recorded at all (they are since migration 0013), every one is, up to the last.
_UNRECORDED = """
select t.id, t.attempts, count(*) as recorded from transmission t
  join attempt a on a.entity_id = t.entity_id and a.transmission_id = t.id and a.purpose = 'send'
 group by t.account_id, t.id
having max(a.attempt) <> t.attempts or max(a.attempt) - min(a.attempt) + 1 <> count(*)
"""
_OPEN = """
select a.id, o.state from attempt a
  join outbox o on o.entity_id = a.entity_id and o.transmission_id = a.transmission_id
 where a.purpose = 'send' and a.outcome is null and o.state <> 'sending'
"""
_REQUESTS = """
select a.id from attempt a where a.purpose = 'send' and not exists (
  select from exchange e
   where e.entity_id = a.entity_id and e.number = 0
     and e.attempt_id = coalesce(a.carried_by, a.id))
"""


def check(connection: psycopg.Connection[Any], report: InvariantReport) -> None:
    """Check the queue against the transmissions it is to move."""
    for row in stream(connection, _OUTBOX):
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
        if (row.state == "deferred") != (row.transport == "deferred") and row.state != "stuck":
            report.blame(where, f"{row.state}, but {row.transmission} is {row.transport}")
    for row in connection.execute(_UNQUEUED):
        report.blame(f"transmission {row.id}", "it has no row in the queue")
    for row in connection.execute(_LANES):
        report.blame(f"lane {row.key}", "an owner without a lease, or a lease without an owner")
    _check_people(connection, report)
    _check_names(connection, report)
    _check_attempts(connection, report)
    count = connection.execute("select count(*) from lane").fetchone()
    report.saw("lanes", count[0] if count else 0)


def _check_people(connection: psycopg.Connection[Any], report: InvariantReport) -> None:
    """Check that whoever looks at the queue alone sees what waits for a person."""
    for row in connection.execute(_MISNOTED):
        said = f"it asks for {row.noted}, its transmission for {row.action_required}"
        report.blame(f"outbox {row.id}", said)


def _check_names(connection: psycopg.Connection[Any], report: InvariantReport) -> None:
    """Check that signals find what they are about, and that none waits for a known name."""
    for row in connection.execute(_UNNAMED):
        report.blame(f"transmission {row.id}", "no signal would find it by its message id")
    for row in connection.execute(_MISSED):
        where = f"early signal {row.channel} {row.signal_id}"
        report.blame(where, f"it waits, but it is about {row.transmission_id}")
    for row in connection.execute("select count(*) as kept from early_signal"):
        report.saw("early signals", row.kept)


def _check_attempts(connection: psycopg.Connection[Any], report: InvariantReport) -> None:
    """Check that everything that went on the wire is recorded."""
    for row in connection.execute(_UNRECORDED):
        said = f"{row.attempts} attempts, {row.recorded} recorded"
        report.blame(f"transmission {row.id}", said)
    for row in connection.execute(_OPEN):
        report.blame(f"attempt {row.id}", f"it has no end, and its row is {row.state}")
    for row in connection.execute(_REQUESTS):
        report.blame(f"attempt {row.id}", "what was to be sent was not kept")
    for row in connection.execute("select count(*) as kept from attempt"):
        report.saw("attempts", row.kept)


def _settled(row: Any) -> bool:  # noqa: ANN401 - a row
    """Tell whether nothing is left to send or to ask for."""
    if row.transport in _OVER:
        return True
    return row.transport in _ARRIVED and row.regulatory != "pending"
