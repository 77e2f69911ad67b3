"""What the control plane does here besides the usual (`kit/control.py`).

* `GET ledger`, `DELETE ledger`: what was asked; begin anew.
* `GET numbers`; `PUT numbers` `{"numbers": [...]}` enters or replaces; `PUT numbers/SI50223054`
  changes members (`{"name": ...}`, `{"until": "2026-12-01"}`); `DELETE numbers/SI50223054`.
* `PUT member_states/DE` `{"discloses": true, "compares": false}`.
* `GET limits`, `PUT limits` `{"*": 50, "DE": 2}`: questions at a time.
* `PUT day` `{"day": "2027-01-01"}`; null is today.
* `PUT hmrc` `{"token_seconds": 10}`; `DELETE hmrc/tokens`.
* `DELETE` of the plane itself: everything begins anew.
"""

import datetime
from functools import partial
from typing import Any

from gateway.sandbox.kit.control import DONE, Deeds
from gateway.sandbox.vies.service import Service


def _reset(service: Service, _: str, __: object) -> object:
    service.reset()
    return DONE


def _forget(service: Service, _: str, __: object) -> object:
    service.ledger.clear()
    return DONE


def _put_numbers(service: Service, number: str, value: Any) -> object:  # noqa: ANN401 - JSON
    if number:
        service.registry.change(number, value)
    else:
        for entry in value["numbers"]:
            service.registry.put(entry)
    return DONE


def _put_member_state(service: Service, prefix: str, value: Any) -> object:  # noqa: ANN401 - JSON
    service.registry.set_custom(prefix, value)
    return DONE


def _put_limits(service: Service, _: str, value: Any) -> object:  # noqa: ANN401 - JSON
    service.limits.replace(value)
    return DONE


def _put_day(service: Service, _: str, value: Any) -> object:  # noqa: ANN401 - JSON
    written = value["day"]
    service.authority.day = None if written is None else datetime.date.fromisoformat(written)
    return DONE


def _put_hmrc(service: Service, _: str, value: Any) -> object:  # noqa: ANN401 - JSON
    seconds = value["token_seconds"]
    if type(seconds) is not int or seconds < 0:
        raise ValueError("token_seconds is a number of seconds")
    service.hmrc.token_seconds = seconds
    return DONE


def _revoke(service: Service, _: str, __: object) -> object:
    service.hmrc.revoke()
    return DONE


def deeds(service: Service) -> Deeds:
    """Return what can be told to a service."""
    own = {
        ("DELETE", ""): _reset,
        ("DELETE", "ledger"): _forget,
        ("PUT", "numbers"): _put_numbers,
        ("PUT", "member_states"): _put_member_state,
        ("PUT", "limits"): _put_limits,
        ("PUT", "day"): _put_day,
        ("PUT", "hmrc"): _put_hmrc,
        ("DELETE", "hmrc"): _revoke,
    }
    return {
        **{name: partial(deed, service) for name, deed in own.items()},
        ("GET", "ledger"): lambda _, __: service.ledger.as_json(),
        ("GET", "numbers"): lambda _, __: service.registry.as_json(),
        ("DELETE", "numbers"): lambda number, _: {"known": service.registry.remove(number)},
        ("GET", "limits"): lambda _, __: service.limits.as_json(),
    }
