"""Business premises: what can be done with them here. What the authority is told: `telling`."""

import datetime
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from gateway.events import service as events
from gateway.kit.ids import new_id, public_id
from gateway.kit.json_body import validated
from gateway.kit.locks import hold, share
from gateway.kit.merge_patch import merged
from gateway.kit.shelf import Wanted
from gateway.kit.tenancy import TenantTransaction
from gateway.premises import repository
from gateway.premises.problems import (
    PremiseExistsProblem,
    PremiseSchemeProblem,
    PremiseStateProblem,
)
from gateway.premises.repository import PREMISES, REPORTS, PremiseRow, ReportRow, State
from gateway.premises.schemas import PremiseInput
from gateway.tenants import service as tenants
from gateway.tenants.fiscalization import unfit

__all__ = ["PremiseRow", "change", "create", "get", "page", "reports", "standing"]


def create(tx: TenantTransaction, body: object, now: datetime.datetime) -> PremiseRow:
    """Declare a premise of the entity; nobody is told of it yet.

    Raises:
        RequestInvalidProblem: The body is wrong.
        PremiseSchemeProblem: Its authority is not for this entity.
        PremiseExistsProblem: The entity has a premise of that code.
    """
    given = validated(PremiseInput, body)
    scheme = given.content.scheme
    entity = tenants.get_entity(tx, tx.entity_id)
    why = unfit(scheme, tx.tenant.environment, entity.country_code)
    if why is not None:
        raise PremiseSchemeProblem(f"The scheme {scheme} {why}.")
    row = PremiseRow(
        account_id=tx.tenant.account_id,
        entity_id=tx.entity_id,
        id=new_id(),
        code=given.code,
        content=given.content.model_dump(mode="json", exclude_none=True),
        valid_from=given.valid_from,
        state="declared",
        registered_at=None,
        created_at=now,
        updated_at=now,
    )
    _claim(tx, row)
    PREMISES.add(tx, asdict(row))
    say(tx, "created", row, now)
    return row


def get(tx: TenantTransaction, premise_id: UUID) -> PremiseRow:
    """Return a premise.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    return PREMISES.get(tx, premise_id)


def page(
    tx: TenantTransaction, state: State | None, *, before: UUID | None, limit: int
) -> list[PremiseRow]:
    """Return one page of premises, newest first."""
    return PREMISES.page(tx, Wanted({"state": state}, {}), before=before, limit=limit)


def reports(
    tx: TenantTransaction, premise_id: UUID, *, before: UUID | None, limit: int
) -> list[ReportRow]:
    """Return one page of what the authority was told of a premise, newest first.

    Raises:
        NotFoundProblem: There is no such premise for this caller.
    """
    row = get(tx, premise_id)
    return REPORTS.page(tx, Wanted({"premise_id": row.id}, {}), before=before, limit=limit)


def change(
    tx: TenantTransaction, premise_id: UUID, patch: object, now: datetime.datetime
) -> PremiseRow:
    """Apply a JSON Merge Patch (RFC 7396) to a premise that nobody was told of.

    Raises:
        NotFoundProblem: There is none for this caller.
        PremiseStateProblem: The authority was told of it.
        RequestInvalidProblem: The result would be wrong.
        PremiseExistsProblem: Another premise has its new code.
    """
    before = PREMISES.get(tx, premise_id, lock=True)
    if before.state != "declared":
        raise PremiseStateProblem(
            before.state, "The authority was told of it; declare another premise instead."
        )
    given = validated(PremiseInput, merged(_as_given(before), patch))
    after = replace(
        before,
        code=given.code,
        content=given.content.model_dump(mode="json", exclude_none=True),
        valid_from=given.valid_from,
    )
    if after == before:
        return before
    after = replace(after, updated_at=now)
    if after.code != before.code:
        _claim(tx, after)
    names = ("code", "content", "valid_from", "updated_at")
    PREMISES.change(tx, before.id, {name: getattr(after, name) for name in names})
    say(tx, "updated", after, now)
    return after


def standing(tx: TenantTransaction, code: str) -> PremiseRow | None:
    """Return the premise that a number names, and let nobody close it until the transaction ends.

    None where the entity has none of that code.
    """
    share(tx, [lock_name(code)])
    return repository.by_code(tx, code)


def receivers(scheme: str, code: str) -> str:
    """Return what the receivers of a premise's invoices begin with; its device follows."""
    return f"{scheme}:{code}-"


def lock_name(code: str) -> str:
    """Return the lock that those share who issue in a premise, and that its closing holds."""
    return f"premise {code}"


def say(tx: TenantTransaction, verb: str, row: PremiseRow, now: datetime.datetime) -> None:
    """Record the event `premise.<verb>`."""
    events.append(
        tx,
        type=f"premise.{verb}",
        subject_id=public_id("prm", row.id),
        data={"code": row.code, "scheme": row.content["scheme"], "state": row.state},
        now=now,
    )


def _as_given(row: PremiseRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "valid_from": row.valid_from.isoformat(),
        "content": dict(row.content),
    }


def _claim(tx: TenantTransaction, row: PremiseRow) -> None:
    """Make sure that no other premise has the code, now or before this commits."""
    hold(tx, [f"premise code {row.code}"])
    other = repository.by_code(tx, row.code)
    if other is not None and other.id != row.id:
        raise PremiseExistsProblem(row.code, other.id)
