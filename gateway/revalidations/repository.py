"""Queries of revalidations: which documents; what they say is read from the archive alone."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.kinds import KINDS, DocumentKind
from gateway.kit.ids import parse_id, public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.revalidations.schemas import (
    DIRECTIONS,
    ISSUED_PREFIXES,
    RECEIVED_PREFIX,
    Direction,
    RevalidationInput,
)
from gateway.revalidations.tables import document, received_document

PAGE = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents.

    Attributes:
        given: What the caller asked for.
        until: Only what was issued or received by then.
    """

    given: RevalidationInput
    until: datetime.datetime

    @property
    def directions(self) -> tuple[Direction, ...]:
        """The directions asked for, issued first."""
        asked = set(self.given.directions)
        if self.given.kinds is not None:
            asked.discard("received")
        return tuple(one for one in DIRECTIONS if one in asked)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A document to be judged again.

    Attributes:
        direction: `issued` or `received`.
        kind: Of an issued one.
        issue_date: BT-2, where it could be read.
    """

    direction: Direction
    entity_id: UUID
    id: UUID
    kind: DocumentKind | None
    number: str | None
    issue_date: datetime.date | None

    @property
    def public_id(self) -> str:
        """The id as callers know it."""
        return public_id(RECEIVED_PREFIX if self.kind is None else self.kind.prefix, self.id)


def count(tx: TenantTransaction, wanted: Wanted) -> int:
    """Return how many documents there are."""
    total = 0
    for direction in wanted.directions:
        table = _TABLES[direction]
        query = tx.select(table, sa.func.count()).where(_condition(direction, wanted))
        total += int(tx.execute(query).scalar_one())
    return total


def page(
    tx: TenantTransaction, wanted: Wanted, direction: Direction, after: UUID | None
) -> list[Chosen]:
    """Return up to `PAGE` documents of a direction, after an id, in the order of ids."""
    table = _TABLES[direction]
    c = table.c
    kind = c.kind if direction == "issued" else sa.null().label("kind")
    query = tx.select(table, c.entity_id, c.id, kind, c.number, c.issue_date)
    query = query.where(_condition(direction, wanted))
    if after is not None:
        query = query.where(c.id > after)
    return [
        Chosen(
            direction,
            row.entity_id,
            row.id,
            None if row.kind is None else DocumentKind(row.kind),
            row.number,
            row.issue_date,
        )
        for row in tx.execute(query.order_by(c.id).limit(PAGE))
    ]


def _condition(direction: Direction, wanted: Wanted) -> sa.ColumnElement[bool]:
    given = wanted.given
    return sa.and_(
        *(_issued(wanted) if direction == "issued" else _received(wanted)),
        *(() if given.ids is None else (_TABLES[direction].c.id.in_(_named(direction, given)),)),
    )


def _issued(wanted: Wanted) -> Iterator[sa.ColumnElement[bool]]:
    c, given = document.c, wanted.given
    yield c.issued_at <= wanted.until
    yield c.destroyed_at.is_(None)
    if given.kinds is not None:
        yield c.kind.in_([kind.value for kind in given.kinds])
    yield from _within(c.issue_date, given)


def _received(wanted: Wanted) -> Iterator[sa.ColumnElement[bool]]:
    """What says no day that could be read counts by the day it came, UTC."""
    c = received_document.c
    yield c.created_at <= wanted.until
    yield c.destroyed_at.is_(None)
    came = sa.cast(sa.func.timezone("UTC", c.created_at), sa.Date)
    yield from _within(sa.func.coalesce(c.issue_date, came), wanted.given)


def _within(
    day: sa.ColumnElement[Any], given: RevalidationInput
) -> Iterator[sa.ColumnElement[bool]]:
    if given.since is not None:
        yield day >= given.since
    if given.until is not None:
        yield day <= given.until


def _named(direction: Direction, given: RevalidationInput) -> list[UUID]:
    prefixes = ISSUED_PREFIXES if direction == "issued" else (RECEIVED_PREFIX,)
    return [
        parse_id(one, *prefixes) for one in given.ids or () if one.partition("_")[0] in prefixes
    ]


_TABLES = {"issued": document, "received": received_document}
_PREFIXES = frozenset({*(kind.prefix for kind in KINDS.values()), RECEIVED_PREFIX})


def check_ids(tx: TenantTransaction, ids: Sequence[str], now: datetime.datetime) -> None:
    """Refuse ids of what this tenant has not.

    Raises:
        NotFoundProblem: One is no id of a document that was issued or received.
    """
    for one in ids:
        parse_id(one, *_PREFIXES)
    named = RevalidationInput(ids=list(ids))
    if count(tx, Wanted(named, now)) < len(set(ids)):
        raise NotFoundProblem
