"""What a report is broken down by, and over which documents it goes."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.kinds import DocumentKind
from gateway.problems import RequestInvalidProblem

SALES = (DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE, DocumentKind.ADVANCE_INVOICE)
"""What a report sums up unless told otherwise: what the entity itself sold."""

CREDITING = tuple(kind.value for kind in DocumentKind if kind.credits)


class Dimension(StrEnum):
    """What a report can be broken down by, beside the currency."""

    ENTITY = "entity"
    CURRENCY = "currency"
    MONTH = "month"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which documents.

    Attributes:
        since: Issued on this day or later.
        until: Issued on this day or earlier.
        kinds: Of these kinds.
        entity_ids: Of these entities, when not of all within reach.
    """

    since: datetime.date | None = None
    until: datetime.date | None = None
    kinds: tuple[DocumentKind, ...] = SALES
    entity_ids: tuple[UUID, ...] | None = None

    def __post_init__(self) -> None:
        if self.since is not None and self.until is not None and self.since > self.until:
            raise RequestInvalidProblem(
                [{"parameter": "to", "message": "is before `from`", "fix": "exchange the two"}]
            )


def read_dimensions(text: str) -> tuple[Dimension, ...]:
    """Return the dimensions that a list separated by commas names, each once, in our order.

    Args:
        text: E.g. `entity,month`; the currency may be named and always counts.

    Raises:
        RequestInvalidProblem: It names something else.
    """
    words = {word.strip() for word in text.split(",")} - {""}
    if unknown := sorted(words - set(Dimension)):
        listed = ", ".join(Dimension)
        message = f"{unknown[0]!r} is nothing a report can be broken down by"
        raise RequestInvalidProblem(
            [{"parameter": "group_by", "message": message, "fix": f"choose from {listed}"}]
        )
    return tuple(one for one in Dimension if one in words or one is Dimension.CURRENCY)


def expressions(
    table: sa.Table, dimensions: Sequence[Dimension]
) -> dict[Dimension, sa.ColumnElement[Any]]:
    """Return what to group the rows of a table by."""
    columns = table.c
    every: dict[Dimension, sa.ColumnElement[Any]] = {
        Dimension.ENTITY: columns.entity_id,
        Dimension.CURRENCY: columns.currency_code,
        Dimension.MONTH: month(sa.cast(columns.issue_date, sa.DateTime)),
        Dimension.KIND: columns.kind,
    }
    return {dimension: every[dimension] for dimension in dimensions}


def within(table: sa.Table, scope: Scope) -> sa.ColumnElement[bool]:
    """Return the condition that leaves the documents of a scope."""
    columns = table.c
    conditions: list[sa.ColumnElement[bool]] = [
        columns.issue_date.is_not(None),
        columns.kind.in_([kind.value for kind in scope.kinds]),
    ]
    if scope.since is not None:
        conditions.append(columns.issue_date >= scope.since)
    if scope.entity_ids is not None:
        conditions.append(columns.entity_id.in_(scope.entity_ids))
    if scope.until is not None:
        conditions.append(columns.issue_date <= scope.until)
    return sa.and_(*conditions)


def signed(table: sa.Table) -> sa.ColumnElement[int]:
    """Return -1 for what reduces a debt, such as a credit note, else 1."""
    return sa.case((table.c.kind.in_(CREDITING), -1), else_=1)


def month(moment: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Return the first moment of the month that a column without time zone lies in."""
    return sa.func.date_trunc(sa.literal_column("'month'"), moment)
