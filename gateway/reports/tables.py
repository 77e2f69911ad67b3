"""What reports read: their own table of VAT, and of other features' tables the columns they sum.

The latter are views of ours: nothing is written through them, and a test compares their columns
with the migrated database.
"""

import sqlalchemy as sa

from gateway.kit.database import metadata

document_vat = sa.Table(
    "document_vat",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("document_id", sa.Uuid, primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("issue_date", sa.Date, nullable=False),
    sa.Column("currency_code", sa.Text, nullable=False),
    sa.Column("category_code", sa.Text, nullable=False),
    sa.Column("rate", sa.Numeric),
    sa.Column("taxable_amount", sa.Numeric, nullable=False),
    sa.Column("tax_amount", sa.Numeric, nullable=False),
)
"""BG-23 of documents in force: issued, not voided, not replaced; migration 0010 keeps it."""

read_only = sa.MetaData()

document = sa.Table(
    "document",
    read_only,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("issue_date", sa.Date),
    sa.Column("due_date", sa.Date),
    sa.Column("issued_at", sa.DateTime(timezone=True)),
    sa.Column("currency_code", sa.Text),
    sa.Column("total_without_vat", sa.Numeric),
    sa.Column("total_vat", sa.Numeric),
    sa.Column("total_with_vat", sa.Numeric),
    sa.Column("amount_due", sa.Numeric),
    sa.Column("amount_paid", sa.Numeric, nullable=False),
    sa.Column("amount_credited", sa.Numeric, nullable=False),
)

document_relation = sa.Table(
    "document_relation",
    read_only,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("from_id", sa.Uuid, nullable=False),
    sa.Column("to_id", sa.Uuid, nullable=False),
    sa.Column("effective", sa.Boolean, nullable=False),
)
"""Which later document refers to which earlier one; in force once the later one is issued."""

transmission = sa.Table(
    "transmission",
    read_only,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("attention", sa.Text),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
)
"""`attention`: why a transmission is not settled well; None when it is."""

entity = sa.Table(
    "entity",
    read_only,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("environment", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    info={"entity_column": "id"},
)
