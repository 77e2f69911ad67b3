"""A receiver written from docs/webhooks.md alone: nothing of ours, nothing but the library."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TOLERANCE = 300  # seconds


def verified(secret: str, headers: Mapping[str, str], body: bytes, now: float) -> bool:
    """Tell whether a message is the gateway's, and new."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    moment = headers["webhook-timestamp"]
    if not moment.isdecimal() or abs(now - int(moment)) > TOLERANCE:
        return False
    signed = f"{headers['webhook-id']}.{moment}.".encode() + body
    expected = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    return any(
        hmac.compare_digest(f"v1,{expected}", one)
        for one in headers["webhook-signature"].split(" ")
    )


def place(cursor: str) -> tuple[int, int]:
    """Return where an event stands."""
    first, second = cursor.split("-")
    return int(first), int(second)


@dataclass
class Inbox:
    """Takes messages once each, and knows their order."""

    secret: str
    seen: dict[str, dict[str, Any]] = field(default_factory=dict)
    twice: int = 0

    def take(self, headers: Mapping[str, str], body: bytes, now: float | None = None) -> int:
        """Return the status to answer."""
        if not verified(self.secret, headers, body, time.time() if now is None else now):
            return 401
        if headers["webhook-id"] in self.seen:
            self.twice += 1
            return 200
        self.seen[headers["webhook-id"]] = json.loads(body)
        return 200

    def in_order(self) -> list[dict[str, Any]]:
        """Return what was taken, as it happened."""
        return sorted(self.seen.values(), key=lambda one: place(one["cursor"]))
