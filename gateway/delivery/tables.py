"""E-mails and their queue, reminders, share links, fetched logos; the law is in migration 0008."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.kit.database import metadata

_WHEN = sa.DateTime(timezone=True)

fetched_logo = sa.Table(
    "fetched_logo",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, primary_key=True),
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("sha256", sa.LargeBinary, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("fetched_at", _WHEN, nullable=False),
)

email = sa.Table(
    "email",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("document_id", sa.Uuid),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("about", sa.Text),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("message_id", sa.Text, nullable=False),
    sa.Column("sender", sa.Text, nullable=False),
    sa.Column("reply_to", sa.Text),
    sa.Column("recipients", postgresql.JSONB, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("attachments", postgresql.JSONB, nullable=False),
    sa.Column("message", sa.LargeBinary),
    sa.Column("sealed", sa.LargeBinary),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("last_error", sa.Text),
    sa.Column("metadata", postgresql.JSONB, nullable=False),
    sa.Column("created_at", _WHEN, nullable=False),
    sa.Column("updated_at", _WHEN, nullable=False),
    sa.Column("sent_at", _WHEN),
)

email_queue = sa.Table(
    "email_queue",
    metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("account_id", sa.Uuid, nullable=False),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("environment", sa.Text, nullable=False),
    sa.Column("email_id", sa.Uuid, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("due_at", _WHEN, nullable=False),
)

reminder = sa.Table(
    "reminder",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, primary_key=True),
    sa.Column("document_id", sa.Uuid, primary_key=True),
    sa.Column("occasion", sa.Text, primary_key=True),
    sa.Column("email_id", sa.Uuid),
    sa.Column("at", _WHEN, nullable=False),
)

share_link = sa.Table(
    "share_link",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("environment", sa.Text, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("document_id", sa.Uuid, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sa.Column("hint", sa.Text, nullable=False),
    sa.Column("created_at", _WHEN, nullable=False),
    sa.Column("updated_at", _WHEN, nullable=False),
    sa.Column("expires_at", _WHEN),
    sa.Column("revoked_at", _WHEN),
    sa.Column("views", sa.BigInteger, nullable=False),
    sa.Column("last_viewed_at", _WHEN),
    sa.Column("metadata", postgresql.JSONB, nullable=False),
)

read_only = sa.MetaData()

owed = sa.Table(
    "document",
    read_only,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("due_date", sa.Date),
    sa.Column("amount_due", sa.Numeric),
    sa.Column("amount_credited", sa.Numeric, nullable=False),
    sa.Column("amount_paid", sa.Numeric, nullable=False),
)
"""Of documents, only that something is owed, and when. gw_auth may see whose, and not which."""

directory = sa.table(
    "entity",
    sa.column("account_id", sa.Uuid),
    sa.column("id", sa.Uuid),
    sa.column("environment", sa.Text),
)
"""Of entities, only whose they are."""
