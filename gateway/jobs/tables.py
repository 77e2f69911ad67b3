"""The table of jobs, as callers see them; what moves them is procrastinate's."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.kit.database import metadata

job = sa.Table(
    "job",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid),
    sa.Column("environment", sa.Text, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("parameters", postgresql.JSONB, nullable=False),
    sa.Column("done", sa.Integer, nullable=False),
    sa.Column("total", sa.Integer),
    sa.Column("result", postgresql.JSONB(none_as_null=True)),
    sa.Column("problem", postgresql.JSONB(none_as_null=True)),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("run_at", sa.DateTime(timezone=True)),
    sa.Column("actor_kind", sa.Text, nullable=False),
    sa.Column("actor_id", sa.Text),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("started_at", sa.DateTime(timezone=True)),
    sa.Column("finished_at", sa.DateTime(timezone=True)),
)

job.info["asker_column"] = "actor_id"  # see `kit/scope.py`
