"""The tables of checks of VAT numbers; the last two hold nothing of a tenant."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from gateway.kit.database import metadata

_Json = postgresql.JSONB(none_as_null=True)
_Moment = sa.DateTime(timezone=True)

vat_check = sa.Table(
    "vat_check",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("requester", sa.Text),
    sa.Column("trader", _Json),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("fault", sa.Text),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("service", sa.Text, nullable=False),
    sa.Column("asked_at", _Moment, nullable=False),
    sa.Column("request_date", sa.Date),
    sa.Column("consultation_number", sa.Text),
    sa.Column("name", sa.Text),
    sa.Column("address", sa.Text),
    sa.Column("matches", _Json, nullable=False),
    sa.Column("sent", sa.LargeBinary, nullable=False),
    sa.Column("received", sa.LargeBinary, nullable=False),
    sa.Column("created_at", _Moment, nullable=False),
)

vat_question = sa.Table(
    "vat_question",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("environment", sa.Text, nullable=False),
    sa.Column("lane", sa.Text, nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("requester", sa.Text, nullable=False),
    sa.Column("trader", _Json),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("next_try_at", _Moment, nullable=False),
    sa.Column("deadline", _Moment, nullable=False),
    sa.Column("check_id", sa.Uuid),
    sa.Column("created_at", _Moment, nullable=False),
    sa.Column("updated_at", _Moment, nullable=False),
)

vat_watch = sa.Table(
    "vat_watch",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("customer_id", sa.Uuid, primary_key=True),
    sa.Column("enabled", sa.Boolean, nullable=False),
    sa.Column("every_days", sa.Integer, nullable=False),
    sa.Column("created_at", _Moment, nullable=False),
    sa.Column("updated_at", _Moment, nullable=False),
)

vat_round = sa.Table(
    "vat_round",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, primary_key=True),
    sa.Column("environment", sa.Text, nullable=False),
    sa.Column("due_at", _Moment, nullable=False),
)

vat_batch_item = sa.Table(
    "vat_batch_item",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("entity_id", sa.Uuid, nullable=False),
    sa.Column("job_id", sa.Uuid, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("given", sa.Text, nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("customer_id", sa.Uuid),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text),
    sa.Column("fault", sa.Text),
    sa.Column("detail", sa.Text),
    sa.Column("from_cache", sa.Boolean, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("next_try_at", _Moment),
    sa.Column("check_id", sa.Uuid),
    sa.Column("updated_at", _Moment, nullable=False),
)

vat_lane = sa.Table(
    "vat_lane",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("openings", sa.Integer, nullable=False),
    sa.Column("open_until", _Moment),
    sa.Column("probe_until", _Moment),
    sa.Column("updated_at", _Moment, nullable=False),
)

vat_flight = sa.Table(
    "vat_flight",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("lane", sa.Text, nullable=False),
    sa.Column("until", _Moment, nullable=False),
)
