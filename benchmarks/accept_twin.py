"""The gateway as it is, but for what it keeps: the other half of `benchmarks.accept`.

    python -m benchmarks.accept_twin

Runs `gateway serve` with everything in place, and takes what is handed in without asking or
telling the database: who calls is remembered from the first time, and nothing is stored.
"""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from gateway.cli.serving import serve
from gateway.intake.collector import Outcome, Submission
from gateway.intake.service import Intake, shown
from gateway.kit import clock
from gateway.kit.idempotency import Answer
from gateway.kit.ids import new_id, parse_id
from gateway.kit.json_body import to_json
from gateway.tenants.callers import Caller, identify_all

_KNOWN: dict[str, Caller | None] = {}


def write(self: Intake, batch: Sequence[Submission]) -> list[Outcome]:
    """Answer as the gateway does, and keep nothing."""
    now = clock.now()
    outcomes: list[Outcome] = []
    for one in batch:
        if one.secret not in _KNOWN:
            _KNOWN.update(identify_all(self.database, self.master_key, {one.secret}, now))
        caller = _KNOWN[one.secret]
        if caller is None:
            raise PermissionError("the benchmark's key is not known")
        one.admit(caller)
        row: dict[str, Any] = {
            "id": new_id(),
            "entity_id": caller.entity_id or parse_id(one.named or "", "ent"),
            "kind": one.kind.value,
            "finalize": one.finalize,
            "state": "queued",
            "created_at": now,
            "updated_at": now,
        }
        outcomes.append(Answer(HTTPStatus.ACCEPTED, to_json(shown(row))))
    return outcomes


def main() -> None:
    """Serve."""
    Intake.write = write  # type: ignore[method-assign] # that is what this is for
    serve(with_worker=False)


if __name__ == "__main__":
    main()
