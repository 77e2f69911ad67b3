"""The compliance board: what needs looking after, entity by entity."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.kit.pagination import write_cursor
from gateway.kit.tenancy import TenantTransaction
from gateway.reports import repository
from gateway.reports.repository import Attention, NamedEntity
from gateway.reports.service import Paging
from gateway.signing.outlook import Outlook

State = Literal["pending", "failed", "unknown", "action_required"]


@dataclass(frozen=True, slots=True)
class Setup:
    """How an entity is set up.

    Attributes:
        missing: What is still to be set up before it can issue live.
        noticed: Its certificates that somebody should look after.
    """

    missing: Sequence[str] = ()
    noticed: Sequence[Outlook] = ()


Setups = Callable[[TenantTransaction, Sequence[UUID]], Mapping[UUID, Setup]]
"""Says how entities are set up."""


def board(
    tx: TenantTransaction,
    state: State | None,
    paging: Paging,
    setups: Setups,
) -> dict[str, Any]:
    """Return one page of the board (`ComplianceBoard`).

    Args:
        tx: Whose.
        state: Only entities with a transmission in this state; None: all.
        paging: Which of them.
        setups: See `Setups`.
    """
    found = repository.entities(tx, paging.before, paging.limit + 1, state)
    page = found[: paging.limit]
    ids = [entity.id for entity in page]
    attention = repository.attention(tx, ids)
    drafts = repository.drafts(tx, ids)
    issued = repository.last_issued(tx, ids)
    found_setups = setups(tx, ids)

    def row(entity: NamedEntity) -> dict[str, Any]:
        last = issued.get(entity.id)
        setup = found_setups.get(entity.id, Setup())
        return {
            "object": "entity_compliance",
            "entity_id": public_id("ent", entity.id),
            "entity_name": entity.name,
            **_transmissions(attention.get(entity.id, {})),
            "drafts": drafts.get(entity.id, 0),
            "last_issued_at": last and written(last),
            "missing_setup": list(setup.missing),
            "certificates": [_notice(one) for one in setup.noticed],
        }

    return {
        "object": "list",
        "environment": tx.tenant.environment,
        "data": [row(entity) for entity in page],
        "next_cursor": write_cursor(page[-1].id) if len(found) > paging.limit else None,
    }


def _notice(one: Outlook) -> dict[str, Any]:
    return {
        "purpose": one.purpose,
        "state": one.state,
        "ends_at": written(one.ends_at),
        "days_left": one.days_left,
    }


def _transmissions(attention: Mapping[str, Attention]) -> dict[str, Any]:
    waiting = [attention[name].oldest for name in ("pending", "unknown") if name in attention]
    counts = {
        name: attention[name].count if name in attention else 0
        for name in ("pending", "failed", "unknown", "action_required")
    }
    return {
        "transmissions": counts,
        "oldest_pending_at": written(min(waiting)) if waiting else None,
    }
