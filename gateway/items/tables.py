"""The table of items."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.kit.database import metadata

item = sa.Table(
    "item",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("sku", sa.Text),
    sa.Column("gtin", sa.Text),
    sa.Column("currency_code", sa.Text),
    sa.Column("tax_id", sa.Uuid),
    sa.Column("supply_kind", sa.Text),
    sa.Column("supply_code", sa.Text),
    sa.Column("line", postgresql.JSONB, nullable=False),
    sa.Column("search", sa.Text, nullable=False),
    sa.Column("metadata", postgresql.JSONB, nullable=False),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("deleted_at", sa.DateTime(timezone=True)),
)
