"""Facts as the JSON members of events, and back. Pure."""

import datetime
from collections.abc import Mapping
from typing import Any

from gateway.transmissions.states import Action, Business, Fact, Regulatory, Transport


def as_data(fact: Fact) -> dict[str, Any]:
    """Return a fact as the JSON members of its event."""
    members = {
        "transport": fact.transport,
        "regulatory": fact.regulatory,
        "business": fact.business,
        "attempt": fact.attempt or None,
        "issued_at": fact.at.isoformat() if fact.at else None,
        "action": fact.action,
        "key": fact.key,
        "turn": fact.turn or None,
        "decided": fact.decided or None,
        "stands": fact.stands or None,
    }
    return {name: value for name, value in members.items() if value is not None}


def as_fact(data: Mapping[str, Any]) -> Fact:
    """Read the fact back from an event's data."""
    issued_at = data.get("issued_at")
    return Fact(
        transport=Transport(data["transport"]) if "transport" in data else None,
        regulatory=Regulatory(data["regulatory"]) if "regulatory" in data else None,
        business=Business(data["business"]) if "business" in data else None,
        attempt=data.get("attempt", 0),
        at=datetime.datetime.fromisoformat(issued_at) if issued_at else None,
        action=Action(data["action"]) if "action" in data else None,
        key=data.get("key"),
        turn=data.get("turn", 0),
        decided=data.get("decided", False),
        stands=data.get("stands", False),
    )
