"""What exports read of the documents; nothing is written through this, and a test compares it."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

read_only = sa.MetaData()

document = sa.Table(
    "document",
    read_only,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("number", sa.Text),
    sa.Column("issue_date", sa.Date),
    sa.Column("due_date", sa.Date),
    sa.Column("issued_at", sa.DateTime(timezone=True)),
    sa.Column("sent_at", sa.DateTime(timezone=True)),
    sa.Column("voided_at", sa.DateTime(timezone=True)),
    sa.Column("currency_code", sa.Text),
    sa.Column("total_without_vat", sa.Numeric),
    sa.Column("total_vat", sa.Numeric),
    sa.Column("total_with_vat", sa.Numeric),
    sa.Column("amount_due", sa.Numeric),
    sa.Column("amount_paid", sa.Numeric, nullable=False),
    sa.Column("amount_credited", sa.Numeric, nullable=False),
    sa.Column("customer_id", sa.Uuid),
    sa.Column("customer_name", sa.Text),
    sa.Column("content_sha256", sa.LargeBinary),
    sa.Column("metadata", postgresql.JSONB, nullable=False),
    sa.Column("invoice", postgresql.JSONB),
    sa.Column("destroyed_at", sa.DateTime(timezone=True)),
)

archive_entry = sa.Table(
    "archive_entry",
    read_only,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("document_id", sa.Uuid),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("log_index", sa.BigInteger, nullable=False),
)
