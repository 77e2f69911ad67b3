"""The inbox's tables, as migration 0011 makes them."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.kit.database import metadata

received_document = sa.Table(
    "received_document",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("sha256", sa.LargeBinary, nullable=False),
    sa.Column("state", sa.Text, nullable=False, server_default="received"),
    sa.Column("verdict", sa.Text, nullable=False, server_default="not_judged"),
    sa.Column("business", sa.Text, nullable=False, server_default="new"),
    sa.Column("misaddressed", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("source", sa.Text),
    sa.Column("profile", sa.Text),
    sa.Column("type_code", sa.Text),
    sa.Column("number", sa.Text),
    sa.Column("issue_date", sa.Date),
    sa.Column("due_date", sa.Date),
    sa.Column("supplier_name", sa.Text),
    sa.Column("supplier_keys", postgresql.ARRAY(sa.Text), nullable=False, server_default="{}"),
    sa.Column("currency_code", sa.Text),
    sa.Column("total_without_vat", sa.Numeric),
    sa.Column("total_vat", sa.Numeric),
    sa.Column("total_with_vat", sa.Numeric),
    sa.Column("amount_due", sa.Numeric),
    sa.Column("semantic_hash", sa.Text),
    sa.Column("invoice", postgresql.JSONB),
    sa.Column("report", postgresql.JSONB),
    sa.Column("decision_code", sa.Text),
    sa.Column("decision_reason", sa.Text),
    sa.Column("decided_at", sa.DateTime(timezone=True)),
    sa.Column("paid_on", sa.Date),
    sa.Column("payment_reference", sa.Text),
    sa.Column("retain_until", sa.Date, nullable=False),
    sa.Column("metadata", postgresql.JSONB, nullable=False, server_default="{}"),
    sa.Column("read_at", sa.DateTime(timezone=True)),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("destroyed_at", sa.DateTime(timezone=True)),
)

received_document.info["direction"] = "received"  # see `kit/scope.py`

received_arrival = sa.Table(
    "received_arrival",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("received_id", sa.Uuid, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("message_id", sa.Text),
    sa.Column("sender", sa.Text),
    sa.Column("receiver", sa.Text),
    sa.Column("filename", sa.Text),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
)

received_likeness = sa.Table(
    "received_likeness",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("received_id", sa.Uuid, primary_key=True),
    sa.Column("other_id", sa.Uuid, primary_key=True),
    sa.Column("relation", sa.Text, nullable=False),
)

inbox_work = sa.Table(
    "inbox_work",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("environment", sa.Text, nullable=False),
    sa.Column("received_id", sa.Uuid, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
)

entity_address = sa.Table(
    "entity_address",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, primary_key=True),
    sa.Column("environment", sa.Text, nullable=False),
    sa.Column("value", sa.Text, primary_key=True),
    sa.Column("since", sa.DateTime(timezone=True), nullable=False),
)
"""Kept by a trigger on `entity`; read here alone."""
