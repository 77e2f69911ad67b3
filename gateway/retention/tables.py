"""The tables of retention; what is noted here is added, ended once, and never taken away."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.kit.database import metadata

retention_subject = sa.Table(
    "retention_subject",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("document_id", sa.Uuid),
    sa.Column("received_id", sa.Uuid),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("actor_kind", sa.Text, nullable=False),
    sa.Column("actor_id", sa.Text),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
)

retention_hold = sa.Table(
    "retention_hold",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("document_id", sa.Uuid),
    sa.Column("received_id", sa.Uuid),
    sa.Column("document", sa.Text),
    sa.Column("kinds", postgresql.ARRAY(sa.Text)),
    sa.Column("issued_from", sa.Date),
    sa.Column("issued_until", sa.Date),
    sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("placed_by_kind", sa.Text, nullable=False),
    sa.Column("placed_by", sa.Text),
    sa.Column("ended_at", sa.DateTime(timezone=True)),
    sa.Column("ended_by_kind", sa.Text),
    sa.Column("ended_by", sa.Text),
    sa.Column("end_reason", sa.Text),
)

retention_round = sa.Table(
    "retention_round",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, primary_key=True),
    sa.Column("environment", sa.Text, nullable=False),
    sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("applied", sa.LargeBinary),
)
