"""Documents, their relations and versions; their law is in the migrations."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.kit.database import metadata

document = sa.Table(
    "document",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("profile", sa.Text),
    sa.Column("series_id", sa.Uuid),
    sa.Column("sequence", sa.BigInteger),
    sa.Column("number", sa.Text),
    sa.Column("number_period", sa.Text, nullable=False, server_default=""),
    sa.Column("issue_date", sa.Date),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("invoice", postgresql.JSONB),
    sa.Column("report", postgresql.JSONB),
    sa.Column("content_sha256", sa.LargeBinary),
    sa.Column("retain_until", sa.Date),
    sa.Column("metadata", postgresql.JSONB, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("issued_at", sa.DateTime(timezone=True)),
    sa.Column("currency_code", sa.Text),
    sa.Column("total_without_vat", sa.Numeric),
    sa.Column("total_vat", sa.Numeric),
    sa.Column("total_with_vat", sa.Numeric),
    sa.Column("amount_due", sa.Numeric),
    sa.Column("due_date", sa.Date),
    sa.Column("customer_id", sa.Uuid),
    sa.Column("customer_name", sa.Text),
    sa.Column("amount_paid", sa.Numeric, nullable=False),
    sa.Column("sent_at", sa.DateTime(timezone=True)),
    sa.Column("voided_at", sa.DateTime(timezone=True)),
    sa.Column("void_reason", sa.Text),
    sa.Column("amount_credited", sa.Numeric, nullable=False),
    sa.Column("decision", sa.Text),
    sa.Column("decided_at", sa.DateTime(timezone=True)),
    sa.Column("decision_reason", sa.Text),
    sa.Column("deleted_at", sa.DateTime(timezone=True)),
    sa.Column("reversals", sa.Integer, nullable=False),
    sa.Column("held_at", sa.DateTime(timezone=True)),
    sa.Column("held_number", sa.Text),
    sa.Column("destroyed_at", sa.DateTime(timezone=True)),
)

relation = sa.Table(
    "document_relation",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("from_id", sa.Uuid, nullable=False),
    sa.Column("to_id", sa.Uuid, nullable=False),
    sa.Column("effective", sa.Boolean, nullable=False),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
)

version = sa.Table(
    "document_version",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("document_id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("actor_kind", sa.Text, nullable=False),
    sa.Column("actor_id", sa.Text),
    sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
)

# An auditor may be shown the documents of a period only; see `kit/scope.py`.
document.info["period_columns"] = ("issue_date", "issued_at")
document.info["kind_column"] = "kind"
document.info["direction"] = "issued"
