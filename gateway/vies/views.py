"""Checks of VAT numbers as the API shows them."""

import base64
import datetime
import hashlib
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.vies import questions, repository
from gateway.vies.answers import Trader
from gateway.vies.checks import Check, number_of
from gateway.vies.faults import TREATMENTS
from gateway.vies.questions import Waiting


def one(
    tx: TenantTransaction, check: Check, now: datetime.datetime, *, from_cache: bool = False
) -> dict[str, Any]:
    """Return a check as JSON (`VatCheckView`)."""
    return many(tx, [check], now, from_cache=from_cache)[0]


def many(
    tx: TenantTransaction,
    checks: Sequence[Check],
    now: datetime.datetime,
    *,
    from_cache: bool = True,
) -> list[dict[str, Any]]:
    """Return checks as JSON, each unknown one with what was known last."""
    unknown = {check.number for check in checks if not check.known}
    known = repository.newest(tx, unknown, only_known=True)
    waiting = questions.of_numbers(tx, unknown)
    entity = public_id("ent", tx.entity_id)
    return [
        _json(check, now)
        | {
            "entity_id": entity,
            "from_cache": from_cache,
            "known": None if check.known else _known(known.get(check.number), now),
            "retry": None
            if check.known
            else _retry(waiting.get((check.number, check.requester or ""))),
        }
        for check in checks
    ]


def summaries(
    tx: TenantTransaction, keys: Collection[str], now: datetime.datetime
) -> Mapping[str, dict[str, Any]]:
    """Return, by key form, a number's newest check in short, and what was known last."""
    named = {key: number for key in keys if (number := number_of(key)) is not None}
    numbers = set(named.values())
    newest = repository.newest(tx, numbers, only_known=False)
    known = repository.newest(tx, numbers, only_known=True)
    return {
        key: {
            "id": public_id("vck", check.id),
            "outcome": check.outcome.value,
            "fault": None if check.fault is None else check.fault.value,
            "asked_at": written(check.asked_at),
            "age_seconds": _age(check, now),
            "known": _known(known.get(number), now),
        }
        for key, number in named.items()
        if (check := newest.get(number)) is not None
    }


def evidence(public: str, sent: bytes, received: bytes) -> dict[str, Any]:
    """Return the bytes of a check as JSON (`VatCheckEvidence`)."""
    return {
        "id": public,
        "object": "vat_check_evidence",
        "sent": _bytes(sent),
        "received": _bytes(received),
    }


def _json(check: Check, now: datetime.datetime) -> dict[str, Any]:
    fault = check.fault
    return {
        "id": public_id("vck", check.id),
        "object": "vat_check",
        "vat_id": check.number,
        "outcome": check.outcome.value,
        "fault": None if fault is None else fault.value,
        "detail": check.detail,
        "action": None if fault is None else TREATMENTS[fault].action,
        "service": check.service,
        "asked_at": written(check.asked_at),
        "request_date": None if check.request_date is None else check.request_date.isoformat(),
        "consultation_number": check.consultation_number,
        "name": check.name,
        "address": check.address,
        "requester": check.requester,
        "trader": None if check.trader is None else _details(check.trader),
        "matches": _details(check.matches),
        "age_seconds": _age(check, now),
    }


def _details(said: Mapping[str, str]) -> dict[str, str | None]:
    return {name: said.get(name) for name in Trader.__dataclass_fields__}


def _known(check: Check | None, now: datetime.datetime) -> dict[str, Any] | None:
    if check is None:
        return None
    return {
        "id": public_id("vck", check.id),
        "outcome": check.outcome.value,
        "asked_at": written(check.asked_at),
        "age_seconds": _age(check, now),
        "consultation_number": check.consultation_number,
        "name": check.name,
        "address": check.address,
    }


def _retry(waiting: Waiting | None) -> dict[str, Any] | None:
    if waiting is None:
        return None
    ahead = waiting.state == "waiting"
    return {
        "state": waiting.state,
        "attempts": waiting.attempts,
        "next_try_at": written(waiting.next_try_at) if ahead else None,
        "deadline": written(waiting.deadline),
    }


def _age(check: Check, now: datetime.datetime) -> int:
    return max(0, int(check.age(now).total_seconds()))


def _bytes(content: bytes) -> dict[str, Any]:
    return {
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "content": base64.b64encode(content).decode(),
    }
