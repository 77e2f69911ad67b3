"""What stops a wire: about authorities and channels, nobody's data, shared by all processes."""

import sqlalchemy as sa

from gateway.kit.database import metadata

_Moment = sa.DateTime(timezone=True)

breaker = sa.Table(
    "breaker",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
    sa.Column("openings", sa.Integer, nullable=False, server_default="0"),
    sa.Column("open_until", _Moment),
    sa.Column("probe_until", _Moment),
    sa.Column("down_since", _Moment),
    sa.Column("updated_at", _Moment, nullable=False),
)

bucket = sa.Table(
    "bucket",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("next_at", _Moment, nullable=False),
    sa.Column("queue_at", _Moment, nullable=False),
    sa.Column("updated_at", _Moment, nullable=False),
)

ticket = sa.Table(
    "ticket",
    metadata,
    sa.Column("bucket", sa.Text, sa.ForeignKey("bucket.key"), primary_key=True),
    sa.Column("lane", sa.Text, primary_key=True),
    sa.Column("at", _Moment, nullable=False),
)

authority_wait = sa.Table(
    "authority_wait",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("until", _Moment, nullable=False),
    sa.Column("updated_at", _Moment, nullable=False),
)

channel_outage = sa.Table(
    "channel_outage",
    metadata,
    sa.Column("note", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("outage", sa.Uuid, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("begins_at", _Moment, nullable=False),
    sa.Column("ends_at", _Moment),
    sa.Column("withdrawn", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("noted_at", _Moment, nullable=False),
)
"""What operators noted of outages that authorities announced. Rows are only added: of an outage
the newest counts."""

channel_pause = sa.Table(
    "channel_pause",
    metadata,
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("at", _Moment, nullable=False),
)
