"""The ledger for people and programs."""

from typing import Any

from gateway.sandbox.kit import view
from gateway.sandbox.network.access_point import AccessPoint

_COLUMNS = (
    *("received_at", "state", "number", "type_code", "sender", "receiver", "message_id"),
    *("duplicates", "digest", "reason", "said"),
)


def ledger(access_point: AccessPoint) -> dict[str, Any]:
    """Return the book as JSON: messages (each with its signals), counters."""
    signals: dict[str, list[dict[str, Any]]] = {}
    for signal in access_point.ledger.rows("signal"):
        signals.setdefault(signal["message_id"], []).append(signal)
    messages = access_point.ledger.rows("message")
    for message in messages:
        message["signals"] = signals.get(message["message_id"], [])
        if access_point.handovers is not None:
            message["handover"] = access_point.handovers.outcome(message["message_id"])
    return {
        "access_point": access_point.identity.name,
        "messages": messages,
        "counters": access_point.ledger.counters(),
    }


def page(access_point: AccessPoint) -> str:
    """Return the book as an HTML page without scripts."""
    book = ledger(access_point)
    rows = [
        {**message, "class": message["state"], "said": _said(message["signals"])}
        for message in reversed(book["messages"])
    ]
    return view.page(
        book["access_point"],
        [("Received", view.table(_COLUMNS, rows)), ("Counters", view.counters(book["counters"]))],
    )


def _said(signals: list[dict[str, Any]]) -> str:
    return "\n".join(f"{one['layer']} {one['code']}: {one['outcome']}" for one in signals)
