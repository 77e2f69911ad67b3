"""The table of customers."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.kit.database import metadata

customer = sa.Table(
    "customer",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("contact_type", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("reference", sa.Text),
    sa.Column("vat_key", sa.Text),
    sa.Column("email_key", sa.Text),
    sa.Column("match_key", sa.Text, nullable=False),
    sa.Column("search", sa.Text, nullable=False),
    sa.Column("buyer", postgresql.JSONB, nullable=False),
    sa.Column("details", postgresql.JSONB, nullable=False),
    sa.Column("checks", postgresql.JSONB, nullable=False),
    sa.Column("metadata", postgresql.JSONB, nullable=False),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("deleted_at", sa.DateTime(timezone=True)),
    sa.Column("erased_at", sa.DateTime(timezone=True)),
)
