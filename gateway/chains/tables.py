"""The tables of chains. One row of `chain` is one head, and its lock."""

import sqlalchemy as sa

from gateway.kit.database import metadata

_Moment = sa.DateTime(timezone=True)

chain = sa.Table(
    "chain",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("chain_key", sa.Text, nullable=False),
    sa.Column("owner", sa.Text, nullable=False, server_default=""),
    sa.Column("generation", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("first_sequence", sa.BigInteger, nullable=False),
    sa.Column("first_previous", sa.Text, nullable=False),
    sa.Column("next_sequence", sa.BigInteger, nullable=False),
    sa.Column("last_digest", sa.Text, nullable=False),
    sa.Column("last_record", sa.Uuid),
    sa.Column("last_at", _Moment),
    sa.Column("opened_at", _Moment, nullable=False),
    sa.Column("opened_because", sa.Text, nullable=False),
    sa.Column("halted_at", _Moment),
    sa.Column("halted_because", sa.Text),
    sa.Column("closed_at", _Moment),
    sa.Column("closed_because", sa.Text),
    sa.Column("void_from", sa.BigInteger),
)

chain_record = sa.Table(
    "chain_record",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("chain_id", sa.Uuid, nullable=False),
    sa.Column("chain_key", sa.Text, nullable=False),
    sa.Column("sequence", sa.BigInteger, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("previous", sa.Text, nullable=False),
    sa.Column("document_id", sa.Uuid),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("record", sa.LargeBinary, nullable=False),
    sa.Column("at", _Moment, nullable=False),
)

chain_foreign = sa.Table(
    "chain_foreign",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, primary_key=True),
    sa.Column("chain_key", sa.Text, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("registration", sa.Text, nullable=False),
    sa.Column("noted_at", _Moment, primary_key=True),
    sa.Column("withdrawn_at", _Moment),
    sa.Column("withdrawn_because", sa.Text),
)
"""What an authority has of a chain and we do not."""
