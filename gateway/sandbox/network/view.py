"""The ledger for people and programs."""

from html import escape
from typing import Any

from gateway.sandbox.network.access_point import AccessPoint

_STYLE = (
    "body{font:14px/1.4 system-ui,sans-serif;margin:2rem}table{border-collapse:collapse}"
    "td,th{border:1px solid #ccc;padding:.2rem .5rem;text-align:left;vertical-align:top}"
    "th{background:#f3f3f3}.refused{background:#fdecea}"
)
_COLUMNS = (
    "received_at",
    "state",
    "number",
    "type_code",
    "sender",
    "receiver",
    "message_id",
    "duplicates",
    "digest",
    "reason",
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


def fired(access_point: AccessPoint) -> dict[str, int]:
    """Return how often each fault fired since the book was begun."""
    return {
        name.removeprefix("fault:"): value
        for name, value in access_point.ledger.counters().items()
        if name.startswith("fault:")
    }


def page(access_point: AccessPoint) -> str:
    """Return the book as an HTML page without scripts."""
    book = ledger(access_point)
    head = "".join(f"<th>{name}</th>" for name in (*_COLUMNS, "signals"))
    rows = "".join(_row(message) for message in reversed(book["messages"]))
    counters = "".join(
        f"<tr><td>{escape(name)}</td><td>{value}</td></tr>"
        for name, value in sorted(book["counters"].items())
    )
    return (
        "<!doctype html><html lang=en><meta charset=utf-8><title>Sandbox network</title>"
        f"<style>{_STYLE}</style><h1>{escape(book['access_point'])}</h1>"
        f"<h2>Received</h2><table><tr>{head}</tr>{rows}</table>"
        f"<h2>Counters</h2><table>{counters}</table></html>"
    )


def _row(message: dict[str, Any]) -> str:
    cells = "".join(f"<td>{escape(str(message[name] or ''))}</td>" for name in _COLUMNS)
    signals = "<br>".join(
        escape(f"{signal['layer']} {signal['code']}: {signal['outcome']}")
        for signal in message["signals"]
    )
    return f'<tr class="{escape(message["state"])}">{cells}<td>{signals}</td></tr>'
