"""Transmissions, the outbox and its lanes; the law is in the migrations."""

import sqlalchemy as sa

from gateway.kit.database import metadata

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
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
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
    sa.Column("due_at", sa.DateTime(timezone=True)),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("epoch", sa.BigInteger),
    sa.Column("claimed_at", sa.DateTime(timezone=True)),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
)
"""The queue. `queued` is to be sent, `sending` is on the wire, `unknown` must be asked about,
`sent` waits for its verdict, `closed` is done, `stuck` waits for a person."""

lane = sa.Table(
    "lane",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("owner", sa.Uuid),
    sa.Column("epoch", sa.BigInteger, nullable=False),
    sa.Column("lease_until", sa.DateTime(timezone=True)),
    sa.Column("backend_pid", sa.Integer),
)
