"""The control plane, under `/__sandbox/`: what tests and demos tell the local authorities.

* `GET ledger`, `DELETE ledger`: what was asked; begin anew.
* `GET numbers`; `PUT numbers` `{"numbers": [...]}` enters or replaces; `PUT numbers/SI50223054`
  changes members (`{"name": ...}`, `{"until": "2026-12-01"}`); `DELETE numbers/SI50223054`.
* `PUT member_states/DE` `{"discloses": true, "compares": false}`.
* `GET faults`, `PUT faults` `{"rules": [...]}`: see `faults.Rule`.
* `GET limits`, `PUT limits` `{"*": 50, "DE": 2}`: questions at a time.
* `PUT day` `{"day": "2027-01-01"}`; null is today.
* `PUT hmrc` `{"token_seconds": 10}`; `DELETE hmrc/tokens`.
* `DELETE` of the plane itself: everything begins anew.
"""

import datetime
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from gateway.sandbox.vies.service import Service

_PATH = "/__sandbox/"
_Answer = tuple[HTTPStatus, object]
_DONE = {"ok": True}


def obey(service: Service, method: str, path: str, value: Any) -> _Answer:  # noqa: ANN401 - JSON
    """Do what a request says, and return its answer.

    Args:
        service: Whom it concerns.
        method: `GET`, `PUT` or `DELETE`.
        path: The whole path.
        value: The body's JSON, None when there is no body.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: The body is not what it should be.
    """
    name, _, rest = path.removeprefix(_PATH).partition("/")
    deed = _DEEDS.get((method, name)) if path.startswith(_PATH) else None
    if deed is None:
        return HTTPStatus.NOT_FOUND, {"error": "not found"}
    return HTTPStatus.OK, deed(service, rest, value)


def _reset(service: Service, _: str, __: object) -> object:
    service.reset()
    return _DONE


def _forget(service: Service, _: str, __: object) -> object:
    service.ledger.clear()
    return _DONE


def _put_numbers(service: Service, number: str, value: Any) -> object:  # noqa: ANN401 - JSON
    if number:
        service.registry.change(number, value)
    else:
        for entry in value["numbers"]:
            service.registry.put(entry)
    return _DONE


def _put_member_state(service: Service, prefix: str, value: Any) -> object:  # noqa: ANN401 - JSON
    service.registry.set_custom(prefix, value)
    return _DONE


def _put_faults(service: Service, _: str, value: Any) -> object:  # noqa: ANN401 - JSON
    service.plane.replace(value["rules"])
    return _DONE


def _put_limits(service: Service, _: str, value: Any) -> object:  # noqa: ANN401 - JSON
    service.limits.replace(value)
    return _DONE


def _put_day(service: Service, _: str, value: Any) -> object:  # noqa: ANN401 - JSON
    written = value["day"]
    service.authority.day = None if written is None else datetime.date.fromisoformat(written)
    return _DONE


def _put_hmrc(service: Service, _: str, value: Any) -> object:  # noqa: ANN401 - JSON
    seconds = value["token_seconds"]
    if type(seconds) is not int or seconds < 0:
        raise ValueError("token_seconds is a number of seconds")
    service.hmrc.token_seconds = seconds
    return _DONE


def _revoke(service: Service, _: str, __: object) -> object:
    service.hmrc.revoke()
    return _DONE


_DEEDS: dict[tuple[str, str], Callable[[Service, str, Any], object]] = {
    ("DELETE", ""): _reset,
    ("GET", "ledger"): lambda service, _, __: service.ledger.as_json(),
    ("DELETE", "ledger"): _forget,
    ("GET", "numbers"): lambda service, _, __: service.registry.as_json(),
    ("PUT", "numbers"): _put_numbers,
    ("DELETE", "numbers"): lambda service, number, _: {"known": service.registry.remove(number)},
    ("PUT", "member_states"): _put_member_state,
    ("GET", "faults"): lambda service, _, __: {"rules": service.plane.as_json()},
    ("PUT", "faults"): _put_faults,
    ("GET", "limits"): lambda service, _, __: service.limits.as_json(),
    ("PUT", "limits"): _put_limits,
    ("PUT", "day"): _put_day,
    ("PUT", "hmrc"): _put_hmrc,
    ("DELETE", "hmrc"): _revoke,
}
