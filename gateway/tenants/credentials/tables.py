"""API keys, people, what they may do where, and the secrets that prove who they are."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.kit.database import metadata

_MOMENT = sa.DateTime(timezone=True)

api_key = sa.Table(
    "api_key",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid),
    sa.Column("environment", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("hint", sa.Text, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sa.Column("created_at", _MOMENT, nullable=False),
    sa.Column("expires_at", _MOMENT),
    sa.Column("revoked_at", _MOMENT),
    sa.Column("scopes", postgresql.ARRAY(sa.Text)),
    sa.Column("period_from", sa.Date),
    sa.Column("period_until", sa.Date),
    sa.Column("last_used_at", _MOMENT),
    sa.Column("origin", sa.Text, nullable=False),
)

person = sa.Table(
    "person",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("environment", sa.Text, nullable=False),
    sa.Column("email", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("metadata", postgresql.JSONB, nullable=False),
    sa.Column("created_at", _MOMENT, nullable=False),
    sa.Column("updated_at", _MOMENT, nullable=False),
    sa.Column("deleted_at", _MOMENT),
)

membership = sa.Table(
    "membership",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("environment", sa.Text, nullable=False),
    sa.Column("person_id", sa.Uuid, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("may_invite", sa.Boolean),
    sa.Column("period_from", sa.Date),
    sa.Column("period_until", sa.Date),
    sa.Column("expires_at", _MOMENT),
    sa.Column("accepted_at", _MOMENT),
    sa.Column("created_at", _MOMENT, nullable=False),
    sa.Column("updated_at", _MOMENT, nullable=False),
    sa.Column("deleted_at", _MOMENT),
)

invitation = sa.Table(
    "invitation",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("environment", sa.Text, nullable=False),
    sa.Column("membership_id", sa.Uuid, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sa.Column("invited_by", sa.Text),
    sa.Column("created_at", _MOMENT, nullable=False),
    sa.Column("expires_at", _MOMENT, nullable=False),
    sa.Column("accepted_at", _MOMENT),
    sa.Column("revoked_at", _MOMENT),
)

magic_link = sa.Table(
    "magic_link",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("environment", sa.Text, nullable=False),
    sa.Column("membership_id", sa.Uuid, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sa.Column("made_by", sa.Text),
    sa.Column("created_at", _MOMENT, nullable=False),
    sa.Column("expires_at", _MOMENT, nullable=False),
    sa.Column("used_at", _MOMENT),
    sa.Column("revoked_at", _MOMENT),
)

user_session = sa.Table(
    "user_session",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("environment", sa.Text, nullable=False),
    sa.Column("membership_id", sa.Uuid, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sa.Column("created_at", _MOMENT, nullable=False),
    sa.Column("expires_at", _MOMENT, nullable=False),
    sa.Column("revoked_at", _MOMENT),
)

auditor = sa.Table(
    "auditor",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("environment", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("firm", sa.Text),
    sa.Column("email", sa.Text),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("period_from", sa.Date),
    sa.Column("period_until", sa.Date),
    sa.Column("kinds", postgresql.ARRAY(sa.Text), nullable=False),
    sa.Column("directions", postgresql.ARRAY(sa.Text), nullable=False),
    sa.Column("hint", sa.Text, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sa.Column("invited_by_kind", sa.Text, nullable=False),
    sa.Column("invited_by", sa.Text),
    sa.Column("created_at", _MOMENT, nullable=False),
    sa.Column("expires_at", _MOMENT, nullable=False),
    sa.Column("last_used_at", _MOMENT),
    sa.Column("ended_at", _MOMENT),
    sa.Column("ended_by_kind", sa.Text),
    sa.Column("ended_by", sa.Text),
)

auditor_access = sa.Table(
    "auditor_access",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("auditor_id", sa.Uuid, nullable=False),
    sa.Column("at", _MOMENT, nullable=False),
    sa.Column("operation", sa.Text, nullable=False),
    sa.Column("shows", sa.Text, nullable=False),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("subject_id", sa.Text),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("request_id", sa.Text),
)

auditor_visit = sa.Table(
    "auditor_visit",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("auditor_id", sa.Uuid, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sa.Column("created_at", _MOMENT, nullable=False),
    sa.Column("expires_at", _MOMENT, nullable=False),
    sa.Column("ended_at", _MOMENT),
)
