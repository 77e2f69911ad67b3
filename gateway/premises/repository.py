"""Queries on premises, and on what was told of them."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from gateway.kit.shelf import Shelf
from gateway.kit.tenancy import TenantTransaction
from gateway.premises.tables import premise, premise_report

State = Literal["declared", "registered", "closed", "unknown"]
"""`unknown`: the authority was told, and it is not known whether it heard."""

Action = Literal["register", "close"]
Outcome = Literal["accepted", "refused", "not_taken", "unknown"]


@dataclass(frozen=True, slots=True)
class PremiseRow:
    """A row of `premise`.

    Attributes:
        code: What invoices call it.
        content: What its authority wants to know, under the names of `schemas.Content`.
        valid_from: The first day on which what is said of it holds.
        registered_at: When the authority first said that it knows it.
    """

    account_id: UUID
    entity_id: UUID
    id: UUID
    code: str
    content: Mapping[str, Any]
    valid_from: datetime.date
    state: State
    registered_at: datetime.datetime | None
    created_at: datetime.datetime
    updated_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A row of `premise_report`: that an authority was told of a premise.

    Attributes:
        request: Request line, headers without secrets, and the body as it was sent.
        answer: The body as it came; None: none came.
        reason: A code for programs where it was not accepted: `timeout`, `S003` ...
        detail: The same for people.
        settled_at: None: it is on its way, or the process died meanwhile.
    """

    account_id: UUID
    entity_id: UUID
    id: UUID
    premise_id: UUID
    action: Action
    channel: str
    request: bytes
    answer: bytes | None
    outcome: Outcome
    reason: str | None
    detail: str | None
    at: datetime.datetime
    settled_at: datetime.datetime | None


PREMISES = Shelf(premise, PremiseRow)
REPORTS = Shelf(premise_report, ReportRow)


def by_code(tx: TenantTransaction, code: str) -> PremiseRow | None:
    """Return the entity's premise of a code."""
    return next(iter(PREMISES.rows(tx, premise.c.code == code)), None)


def newest_report(tx: TenantTransaction, premise_id: UUID) -> ReportRow | None:
    """Return what was told of a premise last."""
    table = premise_report
    query = tx.select(table).where(table.c.premise_id == premise_id)
    found = tx.execute(query.order_by(table.c.id.desc()).limit(1)).one_or_none()
    return None if found is None else REPORTS.read(found)
