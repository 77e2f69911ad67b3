"""The tables of recurring invoices."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.kit.database import metadata

recurring_invoice = sa.Table(
    "recurring_invoice",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.Text),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("schedule", postgresql.JSONB, nullable=False),
    sa.Column("actions", postgresql.JSONB, nullable=False),
    sa.Column("due_days", sa.Integer),
    sa.Column("metadata", postgresql.JSONB, nullable=False),
    sa.Column("made", sa.Integer, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("last_date", sa.Date),
    sa.Column("next_date", sa.Date),
    sa.Column("problem", postgresql.JSONB(none_as_null=True)),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("deleted_at", sa.DateTime(timezone=True)),
)

recurring_occurrence = sa.Table(
    "recurring_occurrence",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("recurring_id", sa.Uuid, nullable=False),
    sa.Column("date", sa.Date, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("document_id", sa.Uuid),
    sa.Column("problem", postgresql.JSONB(none_as_null=True)),
    sa.Column("sent_at", sa.DateTime(timezone=True)),
    sa.Column("send_problem", postgresql.JSONB(none_as_null=True)),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
)

recurring_due = sa.Table(
    "recurring_due",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("environment", sa.Text, nullable=False),
    sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("taken_until", sa.DateTime(timezone=True)),
    sa.Column("attempts", sa.Integer, nullable=False),
)
