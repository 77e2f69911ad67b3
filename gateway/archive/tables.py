"""The archive's tables, as the migrations make them."""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from gateway.kit.database import metadata

archive_entry = Table(
    "archive_entry",
    metadata,
    Column("account_id", Uuid, primary_key=True),
    Column("entity_id", Uuid, nullable=False),
    Column("id", Uuid, primary_key=True),
    Column("document_id", Uuid),
    Column("role", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", LargeBinary, nullable=False),
    Column("leaf", LargeBinary, nullable=False),
    Column("log_index", BigInteger, nullable=False, unique=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("received_id", Uuid),
    Column("entity_index", BigInteger, nullable=False),
    Column("destroyed_at", DateTime(timezone=True)),
)

entity_log = Table(
    "entity_log",
    metadata,
    Column("account_id", Uuid, nullable=False),
    Column("entity_id", Uuid, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("edge", LargeBinary, nullable=False),
)

entity_log_node = Table(
    "entity_log_node",
    metadata,
    Column("account_id", Uuid, nullable=False),
    Column("entity_id", Uuid, primary_key=True),
    Column("level", SmallInteger, primary_key=True, autoincrement=False),
    Column("index", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
)

log_node = Table(
    "log_node",
    metadata,
    Column("level", SmallInteger, primary_key=True, autoincrement=False),
    Column("index", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
)

log_head = Table(
    "log_head",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("size", BigInteger, nullable=False),
    Column("root", LargeBinary, nullable=False),
)

log_checkpoint = Table(
    "log_checkpoint",
    metadata,
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("root", LargeBinary, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

secret = Table(
    "secret",
    metadata,
    Column("name", Text, primary_key=True),
    Column("ciphertext", LargeBinary, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

archive_key = Table(
    "archive_key",
    metadata,
    Column("entity_id", Uuid, primary_key=True),
    Column("data_key", LargeBinary),
    Column("version", Text),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("destroyed_at", DateTime(timezone=True)),
)

archive_scrub = Table(
    "archive_scrub",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("stage", Text, nullable=False),
    Column("after_owner", Uuid),
    Column("after_digest", LargeBinary),
    Column("files", BigInteger, nullable=False, server_default="0"),
    Column("bytes", BigInteger, nullable=False, server_default="0"),
    Column("damaged", BigInteger, nullable=False, server_default="0"),
    Column("missing", BigInteger, nullable=False, server_default="0"),
    Column("unlogged", BigInteger, nullable=False, server_default="0"),
    Column("findings", JSONB, nullable=False, server_default="[]"),
    Column("began_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
)

archive_told = Table(
    "archive_told",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("next_index", BigInteger, nullable=False),
)

log_anchor = Table(
    "log_anchor",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("note", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("receipt", LargeBinary),
    Column("at", DateTime(timezone=True), nullable=False),
)

log_cosignature = Table(
    "log_cosignature",
    metadata,
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("root", LargeBinary, nullable=False),
    Column("witness", Text, primary_key=True),
    Column("key_id", LargeBinary, primary_key=True),
    Column("line", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

log_witnessed = Table(
    "log_witnessed",
    metadata,
    Column("origin", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("note", Text, nullable=False),
    Column("cosigned_at", DateTime(timezone=True), nullable=False),
)

log_reconciliation = Table(
    "log_reconciliation",
    metadata,
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("formerly", Text, nullable=False),
    Column("origin", Text, nullable=False, unique=True),
    Column("abandoned_size", BigInteger, nullable=False),
    Column("abandoned_by", Text, nullable=False),
    Column("abandoned_note", Text),
    Column("before", BigInteger, nullable=False),
    Column("more", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)
