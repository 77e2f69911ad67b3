"""The table of number series. One row is one counter, and its lock."""

import sqlalchemy as sa

from gateway.kit.database import metadata

series = sa.Table(
    "series",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("pattern", sa.Text, nullable=False),
    sa.Column("reset", sa.Text, nullable=False),
    sa.Column("premise", sa.Text, nullable=False),
    sa.Column("device", sa.Text, nullable=False),
    sa.Column("next_number", sa.BigInteger, nullable=False),
    sa.Column("period", sa.Text),
    sa.Column("places", sa.BigInteger, nullable=False),
    sa.Column("first_number", sa.BigInteger, nullable=False),
    sa.Column("first_period", sa.Text),
    sa.Column("last_issue_date", sa.Date),
    sa.Column("archived_at", sa.DateTime(timezone=True)),
    sa.Column("counter_id", sa.Uuid),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
)

series_skip = sa.Table(
    "series_skip",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("series_id", sa.Uuid, nullable=False),
    sa.Column("place", sa.BigInteger, nullable=False),
    sa.Column("period", sa.Text),
    sa.Column("next_number", sa.BigInteger, nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
)

number_floor = sa.Table(
    "number_floor",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, primary_key=True),
    sa.Column("next_number", sa.BigInteger, nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
)
