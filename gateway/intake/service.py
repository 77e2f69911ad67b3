"""Handing in: who may, what is stored, and what became of it."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from gateway.intake import repository
from gateway.intake.collector import Outcome, Submission
from gateway.intake.repository import IntakeRow
from gateway.kinds import DocumentKind
from gateway.kit import clock
from gateway.kit.clock import written
from gateway.kit.database import Database
from gateway.kit.idempotency import Answer, IdempotencyKeyRequiredProblem
from gateway.kit.idempotency_many import replay_or_run_all
from gateway.kit.ids import new_id, public_id
from gateway.kit.json_body import to_json
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.problems import NotFoundProblem, Problem, UnauthenticatedProblem
from gateway.tenants import activity
from gateway.tenants.access import entity_tenant, must_exist
from gateway.tenants.callers import Caller, identify_all

WAITING = "gw_intake"
"""NOTIFY channel: a hint that something was handed in."""

_ACTION = "hand_in_document"


@dataclass(frozen=True, slots=True)
class Intake:
    """Takes what is handed in.

    Attributes:
        database: Where to.
        master_key: What secrets are hashed with.
    """

    database: Database
    master_key: MasterKey

    def write(self, batch: Sequence[Submission]) -> list[Outcome]:
        """Store a batch in one transaction; return what came of each once it is committed."""
        now = clock.now()
        secrets = {one.secret for one in batch}
        callers = identify_all(self.database, self.master_key, secrets, now)
        outcomes: list[Outcome | None] = [None] * len(batch)
        groups: dict[tuple[Tenant, bool], list[int]] = {}
        for place, one in enumerate(batch):
            try:
                caller = _admitted(one, callers.get(one.secret))
                tenant = entity_tenant(caller, one.named)
            except Problem as problem:
                outcomes[place] = problem
            else:
                groups.setdefault((tenant, caller.entity_id is None), []).append(place)
        if groups:
            with self.database.shared_transaction() as enter:
                for (tenant, of_account), places in groups.items():
                    tx = enter(tenant)
                    try:
                        must_exist(tx, of_account=of_account)
                    except NotFoundProblem as problem:
                        found: Sequence[Outcome] = [problem] * len(places)
                    else:
                        found = _stored(tx, [batch[place] for place in places], now)
                    for place, outcome in zip(places, found, strict=True):
                        outcomes[place] = outcome
        return [outcome for outcome in outcomes if outcome is not None]


def _admitted(one: Submission, caller: Caller | None) -> Caller:
    """Return the caller if it may do this.

    Raises:
        UnauthenticatedProblem, ForbiddenProblem, RateLimitedProblem: It may not.
        IdempotencyKeyRequiredProblem: A live document is to be issued, and it sent no key.
    """
    if caller is None:
        raise UnauthenticatedProblem
    one.admit(caller)
    if one.finalize and caller.environment == "live" and one.keyed.key is None:
        raise IdempotencyKeyRequiredProblem("Send a header Idempotency-Key with this request.")
    return caller


def _stored(
    tx: TenantTransaction, batch: Sequence[Submission], now: datetime.datetime
) -> list[Answer | Problem]:
    """Store what is new of a batch of one tenant."""

    def run(places: Sequence[int]) -> list[Answer]:
        rows: list[dict[str, Any]] = []
        answers: list[Answer] = []
        done: list[tuple[str, str, str | None]] = []
        for place in places:
            one = batch[place]
            row = {
                "id": new_id(),
                "kind": one.kind.value,
                "body": one.body,
                "finalize": one.finalize,
                "due_at": now,
                "created_at": now,
                "updated_at": now,
            }
            rows.append(row)
            answer = shown(row | {"entity_id": tx.entity_id, "state": "queued"})
            answers.append(Answer(HTTPStatus.ACCEPTED, to_json(answer)))
            done.append((_ACTION, answer["id"], one.request_id))
        repository.insert(tx, rows)
        activity.record_all(tx, done, data={}, now=now)
        return answers

    return replay_or_run_all(
        tx, scope=str(tx.entity_id), requests=[one.keyed for one in batch], run=run, now=now
    )


def find(tx: TenantTransaction, intake_id: UUID) -> IntakeRow:
    """Return one.

    Raises:
        NotFoundProblem: There is none with this id for this caller.
    """
    row = repository.get(tx, intake_id)
    if row is None:
        raise NotFoundProblem
    return row


def page(
    tx: TenantTransaction, *, state: str | None, before: UUID | None, limit: int
) -> list[IntakeRow]:
    """Return up to `limit`, newest first, older than `before`."""
    return repository.page(tx, state=state, before=before, limit=limit)


def intake_json(row: IntakeRow) -> dict[str, Any]:
    """Return it as JSON (`IntakeView`)."""
    return shown({name: getattr(row, name) for name in IntakeRow.__dataclass_fields__})


def shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of one as JSON (`IntakeView`)."""
    kind, document = DocumentKind(row["kind"]), row.get("document_id")
    problem = row.get("problem")
    return {
        "id": public_id("itk", row["id"]),
        "object": "intake",
        "entity_id": public_id("ent", row["entity_id"]),
        "kind": kind.value,
        "finalize": row["finalize"],
        "state": row["state"],
        "document_id": None if document is None else public_id(kind.prefix, document),
        "error": None if problem is None else dict(problem),
        "created_at": written(row["created_at"]),
        "updated_at": written(row["updated_at"]),
    }
