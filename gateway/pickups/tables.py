"""The table of pickups, as migration 0027 makes it."""

import sqlalchemy as sa

from gateway.kit.database import metadata

_Moment = sa.DateTime(timezone=True)

pickup = sa.Table(
    "pickup",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, primary_key=True),
    sa.Column("environment", sa.Text, nullable=False),
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("role", sa.Text, primary_key=True),
    sa.Column("since", _Moment, nullable=False),
    sa.Column("due_at", _Moment),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("failing_since", _Moment),
    sa.Column("told_at", _Moment),
    sa.Column("reason", sa.Text),
    sa.Column("detail", sa.Text),
    sa.Column("fetched_at", _Moment),
    sa.Column("received_at", _Moment),
    sa.Column("updated_at", _Moment, nullable=False),
)
