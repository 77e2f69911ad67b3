"""The table of items of bulk jobs."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.kit.database import metadata

bulk_item = sa.Table(
    "bulk_item",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("job_id", sa.Uuid, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("reference", sa.Text),
    sa.Column("body", sa.Text),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("document_id", sa.Uuid),
    sa.Column("number", sa.Text),
    sa.Column("problem", postgresql.JSONB(none_as_null=True)),
    sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
)
