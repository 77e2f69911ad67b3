"""Transmissions, the outbox and its lanes; the law is in the migrations."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.kit.database import metadata

_Json = postgresql.JSONB(none_as_null=True)
_Moment = sa.DateTime(timezone=True)

transmission = sa.Table(
    "transmission",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("document_id", sa.Uuid, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("lane", sa.Text, nullable=False),
    sa.Column("message_id", sa.Text, nullable=False),
    sa.Column("sender", sa.Text, nullable=False),
    sa.Column("receiver", sa.Text, nullable=False),
    sa.Column("payload", sa.LargeBinary, nullable=False),
    sa.Column("payload_sha256", sa.LargeBinary, nullable=False),
    sa.Column("transport", sa.Text, nullable=False),
    sa.Column("regulatory", sa.Text, nullable=False),
    sa.Column("business", sa.Text, nullable=False),
    sa.Column("action_required", sa.Text),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("turn", sa.Integer, nullable=False, server_default="0"),
    sa.Column("deferred", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("facts", _Json),
    sa.Column("created_at", _Moment, nullable=False),
    sa.Column("updated_at", _Moment, nullable=False),
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("account_id", sa.Uuid, nullable=False),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("transmission_id", sa.Uuid, nullable=False),
    sa.Column("message_id", sa.Text, nullable=False),
    sa.Column("lane", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("due_at", _Moment),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("epoch", sa.BigInteger),
    sa.Column("claimed_at", _Moment),
    sa.Column("created_at", _Moment, nullable=False),
    sa.Column("in_doubt", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("waits_for", sa.Text),
    sa.Column("reason", sa.Text),
    sa.Column("traceparent", sa.Text),
    sa.Column("since", _Moment, nullable=False, server_default=sa.text("clock_timestamp()")),
    sa.Column("resumed_at", _Moment),
    sa.Column("action_required", sa.Text),
    sa.Column("together", sa.Integer),
)
"""The queue. `queued` is to be sent, `deferred` too, as soon as the authority is back; `sending`
is on the wire, `unknown` must be asked about, `sent` waits for its verdict, `closed` is done,
`stuck` waits for a person. `action_required` is the transmission's, copied where that changes: who
looks over all tenants sees no transmission."""

lane = sa.Table(
    "lane",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("owner", sa.Uuid),
    sa.Column("epoch", sa.BigInteger, nullable=False),
    sa.Column("lease_until", _Moment),
    sa.Column("backend_pid", sa.Integer),
    sa.Column("host", sa.Text),
    sa.Column("send_after", _Moment),
    sa.Column("ask_after", _Moment),
    sa.Column("turned_at", _Moment),
)

correlation = sa.Table(
    "correlation",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("transmission_id", sa.Uuid, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("learned_at", _Moment, nullable=False),
)

early_signal = sa.Table(
    "early_signal",
    metadata,
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("signal_id", sa.Text, primary_key=True),
    sa.Column("keys", postgresql.ARRAY(sa.Text), nullable=False),
    sa.Column("signal", _Json, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("received_at", _Moment, nullable=False),
    sa.Column("expires_at", _Moment, nullable=False),
)

attempt = sa.Table(
    "attempt",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("transmission_id", sa.Uuid, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("endpoint", sa.Text, nullable=False),
    sa.Column("credential", sa.Text),
    sa.Column("begun_at", _Moment, nullable=False),
    sa.Column("ended_at", _Moment),
    sa.Column("outcome", sa.Text),
    sa.Column("reason", sa.Text),
    sa.Column("decisions", _Json, nullable=False),
    sa.Column("code_version", sa.Text, nullable=False),
    sa.Column("carried_by", sa.Uuid),
    sa.Column("carries", sa.Integer, nullable=False, server_default="0"),
)

exchange = sa.Table(
    "exchange",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("attempt_id", sa.Uuid, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("request", sa.LargeBinary, nullable=False),
    sa.Column("body", sa.LargeBinary),
    sa.Column("status", sa.Integer),
    sa.Column("headers", _Json),
    sa.Column("answer", sa.LargeBinary),
    sa.Column("retry_after", sa.Double),
    sa.Column("peer", sa.Text),
    sa.Column("elapsed", sa.Double),
)
