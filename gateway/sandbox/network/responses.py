"""Invoice responses: what a receiver says about a message that was handed over."""

import hashlib
from http import HTTPStatus
from typing import Any

from gateway.kit.clock import now
from gateway.sandbox.network.access_point import AccessPoint
from gateway.sandbox.network.ledger import Signal
from gateway.sandbox.network.script import BUYER_CODES

_LONGEST = 1_000  # characters of a reason
_MEMBERS = {"response_id", "code", "reason_code", "reason"}


def respond(
    access_point: AccessPoint, message_id: str, said: object
) -> tuple[HTTPStatus, dict[str, Any]]:
    """Enter a receiver's answer in the book, once, and queue it for the sender.

    Args:
        access_point: Took the message and handed it over.
        message_id: The message that is answered.
        said: `response_id` (the receiver's name of this answer), `code` (Peppol Invoice Response:
            AB, IP, UQ, CA, RE, AP, PD), and optionally `reason_code` and `reason`.
    """
    if not isinstance(said, dict) or set(said) - _MEMBERS:
        return HTTPStatus.BAD_REQUEST, {"error": f"an object of {', '.join(sorted(_MEMBERS))}"}
    values = {name: said.get(name) for name in _MEMBERS}
    texts = [value for value in values.values() if value is not None]
    if not all(isinstance(value, str) and len(value) <= _LONGEST for value in texts):
        return HTTPStatus.UNPROCESSABLE_ENTITY, {"error": "members are texts, none too long"}
    if not values["response_id"] or values["code"] not in set(BUYER_CODES) - {"none"}:
        return HTTPStatus.UNPROCESSABLE_ENTITY, {"error": "response_id and a code are needed"}
    message = access_point.ledger.message(message_id)
    book = access_point.handovers
    if message is None or book is None or book.outcome(message_id) != "taken":
        return HTTPStatus.NOT_FOUND, {"error": "no message with this id was handed over"}
    name = f"{message_id}\0{values['response_id']}"
    identifier = hashlib.sha256(name.encode()).hexdigest()[:32]
    ledger, moment = access_point.ledger, now()
    statement = {
        **{name: message[name] for name in ("message_id", "digest", "sender", "receiver")},
        "access_point": access_point.identity.name,
        "at": moment.isoformat(),
        "signal_id": identifier,
        "layer": "buyer",
        "code": values["code"],
        **{name: values[name] for name in ("reason_code", "reason") if values[name]},
    }
    signal = Signal(
        id=identifier,
        message_id=message_id,
        layer="buyer",
        code=str(values["code"]),
        envelope=access_point.identity.seal("signal", statement),
        issued_at=statement["at"],
        due_at=moment.timestamp(),
    )
    with ledger.writing():
        known = bool(ledger.execute("select 1 from signal where id = ?", (identifier,)))
        if not known:
            ledger.enter_signal(signal)
    return HTTPStatus.OK, {"known": known}
