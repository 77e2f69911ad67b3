"""Accounts and entities. `info` tells the tenant filter how these are owned."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.kit.database import metadata

account = sa.Table(
    "account",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    info={"account_column": "id"},
)

account_settings = sa.Table(
    "account_settings",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("environment", sa.Text, primary_key=True),
    sa.Column("settings", postgresql.JSONB, nullable=False),
    sa.Column("metadata", postgresql.JSONB, nullable=False),
    sa.Column("logo", sa.LargeBinary),
    sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
)

entity = sa.Table(
    "entity",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("environment", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("country_code", sa.Text, nullable=False),
    sa.Column("seller", postgresql.JSONB, nullable=False),
    sa.Column("settings", postgresql.JSONB, nullable=False),
    sa.Column("metadata", postgresql.JSONB, nullable=False),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("logo", sa.LargeBinary),
    sa.Column("deleted_at", sa.DateTime(timezone=True)),
    info={"entity_column": "id"},
)
