"""The control plane, under `/__sandbox/`: what tests and demos tell a local authority.

Every authority has these; it may add its own (`Desk.deeds`):

* `GET faults`, `PUT faults` `{"rules": [...]}`: see `faults.Rule`.
* `GET clock`, `PUT clock` `{"stopped_at": "2027-01-01T00:00:00Z"}` or `{"ahead": 3600}`.
* `GET traffic`, `GET traffic/7`, `POST traffic/7` asks again what was asked then.
* `GET compliance`: which of its rules were exercised, how often, and which never.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from gateway.sandbox.kit import replies
from gateway.sandbox.kit.call import Call
from gateway.sandbox.kit.replies import Reply

PLANE = "/__sandbox/"
DONE = {"ok": True}

Deed = Callable[[str, Any], object]
"""Does what follows the name in the path, with the body's JSON, and returns the answer's."""

Deeds = Mapping[tuple[str, str], Deed]
"""By method and name."""


def obey(deeds: Deeds, call: Call) -> Reply:
    """Do what a call to the plane says."""
    name, _, rest = call.path.removeprefix(PLANE).partition("/")
    deed = deeds.get((call.method, name))
    if deed is None:
        return replies.as_json({"error": "not found"}, 404)
    try:
        value = json.loads(call.body) if call.body else None
        return replies.as_json(deed(rest, value))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        return replies.as_json({"error": str(error)}, 400)


def done(deed: Callable[[], None]) -> object:
    """Do something, and say that it is done."""
    deed()
    return DONE
