"""A table of things that are made, read, listed, searched, changed, taken away and brought back.

For features whose rows have `id`, `metadata`, and perhaps `search` and `deleted_at`; what they
mean is the feature's business. Everything goes through the tenant filter.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa
from fastapi import Query

from gateway.kit.folding import search_words
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem

Row = TypeVar("Row")

Search = Annotated[
    str | None,
    Query(max_length=200, pattern=r"^[^\x00]*$", description="Words that must all be found."),
]
"""For endpoints: `search: Search = None`."""

Deleted = Annotated[bool, Query(description="Those that were deleted, in place of the others.")]
"""For endpoints: `deleted: Deleted = False`."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to.

    Attributes:
        conditions: Columns of the table and what they must equal; None asks for nothing.
        metadata: What the metadata must hold.
        search: Words that must all be found, each also inside a longer one.
        deleted: Those that were taken away instead of those that are there.
    """

    conditions: Mapping[str, object]
    metadata: Mapping[str, str]
    search: str | None = None
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Shelf(Generic[Row]):
    """The rows of one table.

    Attributes:
        table: Where they are.
        row: Makes a row of all its columns.
    """

    table: sa.Table
    row: Callable[..., Row]

    def get(
        self,
        tx: TenantTransaction,
        identifier: UUID,
        *,
        lock: bool = False,
        deleted: bool = False,
    ) -> Row:
        """Return one row.

        Args:
            tx: Of the tenant.
            identifier: Of the row.
            lock: Nobody else may change it until the transaction ends.
            deleted: Also one that was taken away.

        Raises:
            NotFoundProblem: There is none for this caller, or it was taken away.
        """
        query = tx.select(self.table).where(self.table.c.id == identifier)
        if not deleted and "deleted_at" in self.table.c:
            query = query.where(self.table.c.deleted_at.is_(None))
        if lock:
            query = query.with_for_update()
        found = tx.execute(query).one_or_none()
        if found is None:
            raise NotFoundProblem
        return self.read(found)

    def read(self, found: sa.Row[Any]) -> Row:
        """Return a row as its own class."""
        return self.row(**found._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it

    def rows(self, tx: TenantTransaction, *conditions: sa.ColumnElement[bool]) -> list[Row]:
        """Return those that are there and meet the conditions, oldest first."""
        query = tx.select(self.table).where(*conditions).order_by(self.table.c.id)
        if "deleted_at" in self.table.c:
            query = query.where(self.table.c.deleted_at.is_(None))
        return [self.read(found) for found in tx.execute(query)]

    def add(self, tx: TenantTransaction, values: Mapping[str, Any]) -> None:
        """Add a row to the entity of the transaction."""
        tx.execute(tx.insert(self.table, **values))

    def change(self, tx: TenantTransaction, identifier: UUID, values: Mapping[str, Any]) -> None:
        """Change a row."""
        tx.execute(tx.update(self.table).where(self.table.c.id == identifier).values(**values))

    def remove(self, tx: TenantTransaction, identifier: UUID) -> None:
        """Remove a row for good.

        Raises:
            NotFoundProblem: There is none for this caller.
        """
        gone = tx.execute(tx.delete(self.table).where(self.table.c.id == identifier))
        if gone.rowcount != 1:
            raise NotFoundProblem

    def page(
        self, tx: TenantTransaction, wanted: Wanted, *, before: UUID | None, limit: int
    ) -> list[Row]:
        """Return up to `limit` rows, newest first, older than `before`."""
        columns = self.table.c
        # What is searched stands in an index, and so do these columns: the rows themselves are
        # read only once it is known which.
        found = tx.select(self.table, columns.id).where(*self._conditions(wanted))
        if before is not None:
            found = found.where(columns.id < before)
        found = found.order_by(columns.id.desc()).limit(limit)
        query = tx.select(self.table).where(columns.id.in_(found.subquery().select()))
        return [self.read(row) for row in tx.execute(query.order_by(columns.id.desc()))]

    def _conditions(self, wanted: Wanted) -> Sequence[sa.ColumnElement[bool]]:
        columns = self.table.c
        conditions = [
            columns[name] == value
            for name, value in wanted.conditions.items()
            if value is not None
        ]
        if wanted.metadata:
            conditions.append(columns.metadata.contains(dict(wanted.metadata)))
        if wanted.search:
            words = search_words(wanted.search)
            conditions += [columns.search.contains(word, autoescape=True) for word in words]
        if "deleted_at" in columns:
            there = columns.deleted_at.is_(None)
            conditions.append(sa.not_(there) if wanted.deleted else there)
        return conditions
