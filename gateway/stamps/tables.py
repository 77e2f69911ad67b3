"""The table of stamps; a row is added and never changed."""

import sqlalchemy as sa

from gateway.kit.database import metadata

stamp = sa.Table(
    "stamp",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("document_id", sa.Uuid, nullable=False),
    sa.Column("authority", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("identifier", sa.Text, nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("qr", sa.Text),
    sa.Column("proof_id", sa.Uuid),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
)
