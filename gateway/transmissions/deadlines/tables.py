"""Deadlines, and how long answers usually take; the law is in the migration."""

import sqlalchemy as sa

from gateway.kit.database import metadata

_Moment = sa.DateTime(timezone=True)

deadline = sa.Table(
    "deadline",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("environment", sa.Text, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("transmission_id", sa.Uuid, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("started_at", _Moment, nullable=False),
    sa.Column("due_at", _Moment, nullable=False),
    sa.Column("alerted", sa.SmallInteger, nullable=False, server_default="0"),
    sa.Column("next_alert_at", _Moment),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("ended_at", _Moment),
    sa.Column("mode", sa.Text),
)

channel_pace = sa.Table(
    "channel_pace",
    metadata,
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("environment", sa.Text, primary_key=True),
    sa.Column("samples", sa.Integer, nullable=False),
    sa.Column("median", sa.Interval, nullable=False),
    sa.Column("late", sa.Interval, nullable=False),
    sa.Column("updated_at", _Moment, nullable=False),
)
