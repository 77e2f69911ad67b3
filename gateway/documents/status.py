"""Where a document stands: the answer that programs poll."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID
from zlib import crc32

from gateway.documents.repository import DocumentRow
from gateway.events import service as events
from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions import service as transmissions
from gateway.transmissions import waiting
from gateway.transmissions.service import TransmissionView
from gateway.transmissions.states import headline, is_final

RETRY_AFTER_MOVING = 1
RETRY_AFTER_WAITING = 5
"""Seconds until the next poll is worth making: while bytes are on the wire, and after."""


def of_transmission(view: TransmissionView) -> dict[str, Any]:
    """Return the summary of one transmission as JSON."""
    return {
        "id": public_id("trn", view.id),
        "channel": view.channel,
        "message_id": view.message_id,
        "transport": view.transport,
        "regulatory": view.regulatory,
        "business": view.business,
        "action_required": view.action_required,
        "attempts": view.attempts,
        "waiting": view.waiting,
        "updated_at": written(view.updated_at),
    }


def of_document(
    row: DocumentRow, sent: Sequence[TransmissionView], event_count: int
) -> dict[str, Any]:
    """Return the status of a document as JSON (`StatusView`)."""
    status = word(row, sent)
    return {
        "id": public_id(row.kind.prefix, row.id),
        "object": "status",
        "number": row.number,
        "state": row.state,
        "status": status,
        "held": held_json(row),
        "final": is_settled(row.state, sent),
        "layers": (row.report or {}).get("layers", []),
        "transmissions": [of_transmission(view) for view in sent],
        "events": event_count,
    }


def word(row: DocumentRow, sent: Sequence[TransmissionView]) -> str:
    """Return the headline of a document: what was mended later counts no more."""
    return _word(row.standing, sent)


def held_json(row: DocumentRow) -> dict[str, Any] | None:
    """Return what a held draft waits for; None for what is not held."""
    if row.held_at is None:
        return None
    return {"reason": "vat_check", "vat_id": row.held_number, "since": written(row.held_at)}


def is_settled(state: str, sent: Sequence[TransmissionView]) -> bool:
    """Return True when nothing more is expected to happen by itself."""
    if state != "draft" and not sent:
        return True  # it was issued to be fetched, not to be sent
    return is_final(_word(state, sent)) and not is_moving(sent)


def _word(state: str, sent: Sequence[TransmissionView]) -> str:
    return headline(transmissions.standing(state, sent), transmissions.in_force(sent))


def is_moving(sent: Sequence[TransmissionView]) -> bool:
    """Return True while a transmission is still on its way to the other side."""
    return any(
        view.transport in {"queued", "submitting", "outcome_unknown", "failed_retryable"}
        for view in sent
    )


def retry_after(status: Mapping[str, Any]) -> int | None:
    """Return after how many seconds to poll again; None when nothing more is expected."""
    if status["held"] is not None:
        return RETRY_AFTER_WAITING
    if status["final"] or status["state"] == "draft":
        return None
    moving = any(sent["transport"] in {"queued", "submitting"} for sent in status["transmissions"])
    return RETRY_AFTER_MOVING if moving else RETRY_AFTER_WAITING


def read(
    tx: TenantTransaction, rows: Sequence[DocumentRow]
) -> dict[UUID, tuple[tuple[TransmissionView, ...], int]]:
    """Return the transmissions of each document and how many events it has."""
    ids = [row.id for row in rows]
    sent = waiting.with_next_steps(tx, transmissions.for_documents(tx, ids))
    counts = events.counts(tx, ids)
    return {one: (sent.get(one, ()), counts.get(one, 0)) for one in ids}


def etag(version: int, event_count: int, sent: Sequence[TransmissionView] = ()) -> str:
    """Return the entity tag: it changes when the document, its events or what is next do.

    What is next may change with an event of another document: of the one in the way.
    """
    steps = json.dumps([one.waiting for one in sent if one.waiting], sort_keys=True)
    digest = f"-{crc32(steps.encode()):08x}" if any(one.waiting for one in sent) else ""
    return f'"v{version}-{event_count}{digest}"'
