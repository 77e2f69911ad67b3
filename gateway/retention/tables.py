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
    sa.Column("tell_after", sa.LargeBinary),
    sa.Column("tell_mark", sa.Uuid),
)

destruction = sa.Table(
    "destruction",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("proposed_by_kind", sa.Text, nullable=False),
    sa.Column("proposed_by", sa.Text),
    sa.Column("proposed_hand", sa.Text, nullable=False),
    sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("decided_at", sa.DateTime(timezone=True)),
    sa.Column("decided_by_kind", sa.Text),
    sa.Column("decided_by", sa.Text),
    sa.Column("decided_hand", sa.Text),
    sa.Column("decision_reason", sa.Text),
    sa.Column("job_id", sa.Uuid),
    sa.Column("erasure_id", sa.Uuid),
    sa.Column("done_at", sa.DateTime(timezone=True)),
)

destruction_item = sa.Table(
    "destruction_item",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("destruction_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("document_id", sa.Uuid),
    sa.Column("received_id", sa.Uuid),
    sa.Column("document", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("number", sa.Text),
    sa.Column("retain_until", sa.Date, nullable=False),
    sa.Column("rule", postgresql.JSONB, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("spared_because", sa.Text),
    sa.Column("certificate_id", sa.Uuid),
)

erasure = sa.Table(
    "erasure",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("environment", sa.Text, nullable=False),
    sa.Column("customer_id", sa.Uuid, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("requested_by_kind", sa.Text, nullable=False),
    sa.Column("requested_by", sa.Text),
    sa.Column("requested_hand", sa.Text, nullable=False),
    sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("decided_at", sa.DateTime(timezone=True)),
    sa.Column("decided_by_kind", sa.Text),
    sa.Column("decided_by", sa.Text),
    sa.Column("decided_hand", sa.Text),
    sa.Column("decision_reason", sa.Text),
    sa.Column("due_at", sa.DateTime(timezone=True)),
    sa.Column("done_at", sa.DateTime(timezone=True)),
)
