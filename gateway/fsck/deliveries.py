"""INV7: every event that a webhook endpoint asked for became a delivery, and none is forgotten."""

from typing import Any

import psycopg

from gateway.fsck.report import InvariantReport

_ENDPOINTS = "select count(id) from webhook_endpoint where enabled and deleted_at is null"
# Deliveries are kept for thirty days. What goes by a second name alone is not looked for.
_MISSED = """
select w.id as endpoint, e.id as event, e.type
  from webhook_endpoint w
  join webhook_feed f on f.account_id = w.account_id and f.environment = w.environment
  join event e on e.account_id = w.account_id
   and (w.entity_id is null or w.entity_id = e.entity_id)
   and e.xid >= w.since::text::xid8
   and (e.xid, e.position) <= (f.xid::text::xid8, f.position)
   and e.at > now() - interval '29 days'
  join entity n on n.account_id = e.account_id and n.id = e.entity_id
   and n.environment = w.environment
 where w.enabled and w.deleted_at is null
   and exists (
     select from jsonb_array_elements_text(w.event_types) wanted(pattern)
      where pattern in ('*', e.type)
         or (right(pattern, 2) = '.*' and starts_with(e.type, left(pattern, -1))))
   and not exists (
     select from webhook_delivery d
      where d.account_id = w.account_id and d.endpoint_id = w.id and d.event_id = e.id)
"""
_FORGOTTEN = """
select d.id
  from webhook_delivery d
  join webhook_endpoint w on w.account_id = d.account_id and w.id = d.endpoint_id
 where d.state = 'pending' and w.enabled and w.deleted_at is null
   and not exists (
     select from webhook_queue q where q.account_id = d.account_id and q.delivery_id = d.id)
"""


def check(connection: psycopg.Connection[Any], report: InvariantReport) -> None:
    """Compare what happened with what was handed over to the endpoints that asked for it."""
    count = connection.execute(_ENDPOINTS).fetchone()
    if count is not None and count[0]:
        report.saw("webhook endpoints", count[0])
    for row in connection.execute(_MISSED):
        report.blame(f"webhook endpoint {row.endpoint}", f"was not told of {row.type} {row.event}")
    for row in connection.execute(_FORGOTTEN):
        report.blame(f"webhook delivery {row.id}", "is pending and has no row in the queue")
