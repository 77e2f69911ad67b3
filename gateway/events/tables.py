"""The event table: append-only, one row per thing that happened."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import UserDefinedType
from typing_extensions import override

from gateway.kit.database import metadata


class TransactionId(UserDefinedType[str]):
    """PostgreSQL's `xid8`: the number of a transaction, 64 bits, never reused."""

    cache_ok = True

    @override
    def get_col_spec(self, **kw: object) -> str:
        """Return the type's name in SQL."""
        return "xid8"


event = sa.Table(
    "event",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("position", sa.BigInteger, sa.Identity(always=True), nullable=False),
    sa.Column(
        "xid", TransactionId, server_default=sa.text("pg_current_xact_id()"), nullable=False
    ),
    sa.Column("document_id", sa.Uuid),
    sa.Column("transmission_id", sa.Uuid),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("data", postgresql.JSONB, nullable=False),
    sa.Column("evidence_id", sa.Uuid),
    sa.Column("dedup_key", sa.Text),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("subject_id", sa.Text),
)

document_kind = sa.table(
    "document",
    sa.column("account_id", sa.Uuid),
    sa.column("entity_id", sa.Uuid),
    sa.column("id", sa.Uuid),
    sa.column("kind", sa.Text),
)
"""Of the documents, only what it takes to write their public id (`inv_...` or `crn_...`)."""
