"""What belongs to an entity, table by table: what goes with it, and what stays, and why.

A table that nobody has decided about fails a test, so that a new one cannot be forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import Column, Table

from gateway.kit.database import metadata

_FOUND_BY = ("party_key", "party_vat", "total_key")
_OWNER = "account_id"
"""Who takes an entity in has an account of their own."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A table whose rows go with the entity.

    Attributes:
        name: The table.
        order: By these columns its rows stand in the file, after those that lead nowhere.
        numbered: Columns that the database fills, or that mean nothing elsewhere.
        proven: Columns that say where the log of the installation vouches for the row, or when
            its worker looks next; they are in the file, and another installation has its own.
        grows: Rows come there also while an entity leaves: of what is done with an exit, of a PDF
            that is drawn to be read, of a worker that looks. None that another installation must
            have.
    """

    name: str
    order: tuple[str, ...] = ("id",)
    numbered: tuple[str, ...] = ()
    proven: tuple[str, ...] = ()
    grows: bool = False

    @property
    def table(self) -> Table:
        """The table, as its feature declares it."""
        return metadata.tables[self.name]

    @property
    def entity(self) -> Column[UUID]:
        """The column that says whose a row is."""
        return self.table.c["id" if self.name == "entity" else "entity_id"]

    @property
    def left_out(self) -> tuple[str, ...]:
        """Columns that are not in the file."""
        return (_OWNER, *self.numbered)


CARRIED: tuple[Carried, ...] = (
    Carried("entity"),
    Carried("series", ("counter_id", "id")),
    Carried("series_skip"),
    Carried("number_floor", ("next_number",)),
    Carried("customer"),
    Carried("tax"),
    Carried("item"),
    Carried("template"),
    Carried("premise"),
    Carried("premise_report"),
    Carried("received_document", numbered=_FOUND_BY),
    Carried("received_arrival"),
    Carried("received_likeness", ("received_id", "other_id")),
    Carried("document", numbered=_FOUND_BY),
    Carried("document_version", ("document_id", "version")),
    Carried("document_relation"),
    Carried("document_vat", ("document_id", "place")),
    Carried("payment"),
    Carried("recurring_invoice"),
    Carried("recurring_occurrence"),
    Carried("recurring_due", grows=True),
    Carried("retention_subject"),
    Carried("retention_hold"),
    Carried("erasure", proven=("due_at",)),
    Carried("destruction"),
    Carried("destruction_item"),
    Carried("chain"),
    Carried("chain_record", ("chain_id", "sequence", "id")),
    Carried("chain_foreign", ("chain_key", "sequence", "digest", "noted_at")),
    Carried("transmission", numbered=("attention",)),
    Carried("outbox", numbered=("id",)),
    Carried("correlation"),
    Carried("deadline", grows=True),
    Carried("attempt", ("carried_by", "id")),
    Carried("exchange", ("attempt_id", "number")),
    Carried(
        "archive_entry",
        ("log_index",),
        proven=("leaf", "log_index", "entity_index", "at"),
        grows=True,
    ),
    Carried("stamp"),
    Carried("event", ("position",), numbered=("position", "xid")),
    Carried("vat_check"),
    Carried("vat_watch", ("customer_id",)),
    Carried("email", numbered=("sealed",)),
    Carried("reminder", ("document_id", "occasion")),
    Carried("fetched_logo", ("url",)),
    Carried("pickup", ("channel", "role"), numbered=("due_at",), grows=True),
    Carried("activity", grows=True),
    Carried("idempotency", ("scope", "key"), grows=True),
)
"""In an order in which no row names one that comes later."""

_OF_ACCOUNT = "it is the account's, and not the entity's alone"
_KEYED = "the other installation cannot check it: it is hashed or sealed with a key of this one"
_PEOPLE = "people are invited by the account that they work in"
_WORK = "it is work that this installation does"
_ANEW = "the other installation makes its own"

LEFT: Mapping[str, str] = MappingProxyType(
    {
        "account": _OF_ACCOUNT,
        "account_settings": _OF_ACCOUNT,
        "person": _OF_ACCOUNT,
        "api_key": _OF_ACCOUNT,
        "share_link": _KEYED,
        "auditor": _KEYED,
        "auditor_visit": _KEYED,
        "auditor_access": "it says who looked at what in this installation",
        "webhook_endpoint": _KEYED,
        "webhook_feed": _OF_ACCOUNT,
        "webhook_message": _WORK,
        "webhook_delivery": _WORK,
        "webhook_queue": _WORK,
        "membership": _PEOPLE,
        "invitation": _PEOPLE,
        "magic_link": _PEOPLE,
        "user_session": _PEOPLE,
        "signing_key": _KEYED,
        "signing_secret": _KEYED,
        "signing_token_key": "the key is in a token of this installation",
        "signing_certificate": "it goes with its key",
        "held_secret": _KEYED,
        "held_secret_value": _KEYED,
        "archive_key": _ANEW,
        "entity_log": _ANEW,
        "entity_log_node": _ANEW,
        "entity_move": _ANEW,
        "entity_address": _ANEW,
        "retention_round": _ANEW,
        "vat_round": _ANEW,
        "job": _WORK,
        "bulk_item": _WORK,
        "vat_batch_item": _WORK,
        "vat_question": _WORK,
        "intake": _WORK,
        "inbox_work": _WORK,
        "email_queue": _WORK,
    }
)
"""Tables whose rows stay, and why."""

MISSED = frozenset(
    name for name, reason in LEFT.items() if reason not in {_OF_ACCOUNT, _WORK, _ANEW}
)
"""Those that somebody will miss who goes on with the entity elsewhere."""
