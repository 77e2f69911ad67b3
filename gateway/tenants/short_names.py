"""The short form of an entity: `{name, address, city, country, currency_code, vat_id}`.

The same names as in the short form of an invoice's parties (`formats/json/aliases.py`). The body
is renamed once, before anything looks at it; problems then point to where the caller wrote it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from pydantic import BaseModel

from formats.json.aliases import PointerMap
from gateway.kit.json_body import validated
from gateway.problems import RequestInvalidProblem

Model = TypeVar("Model", bound=BaseModel)

SHORT_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "country": "country_code",
        "address": "seller/postal_address/line_1",
        "address_2": "seller/postal_address/line_2",
        "city": "seller/postal_address/city",
        "post_code": "seller/postal_address/post_code",
        "state": "seller/postal_address/country_subdivision",
        "vat_id": "seller/vat_identifier",
        "tax_number": "seller/tax_registration_identifier",
        "company_number": "seller/legal_registration_identifier",
        "email": "seller/contact/email_address",
        "phone": "seller/contact/telephone_number",
        "contact_name": "seller/contact/point",
        "currency_code": "settings/currency_code",
        "locale": "settings/locale",
    }
)
"""Every short name and what it stands for."""


def canonical(body: Mapping[str, object]) -> tuple[dict[str, object], PointerMap]:
    """Return the body by its long names, and the way back for pointers.

    Raises:
        RequestInvalidProblem: Something is given by both of its names.
    """
    result = {name: value for name, value in body.items() if name not in SHORT_NAMES}
    sent: dict[str, str] = {}
    for name, value in body.items():
        if (path := SHORT_NAMES.get(name)) is None:
            continue
        *groups, last = path.split("/")
        place = result
        for group in groups:
            inner = place.get(group, {})
            if not isinstance(inner, Mapping):
                raise _clash(name, path)
            place[group] = inner = dict(inner)
            place = inner
        if last in place:
            raise _clash(name, path)
        place[last] = value
        sent[f"/{path}"] = f"/{name}"
    return result, PointerMap(sent)


def validated_as_sent(model: type[Model], value: object, sent: PointerMap) -> Model:
    """Return a renamed body as its model.

    Raises:
        RequestInvalidProblem: It has another shape; the pointers are the caller's.
    """
    try:
        return validated(model, value)
    except RequestInvalidProblem as problem:
        raise as_sent(problem, sent) from None


def as_sent(problem: RequestInvalidProblem, sent: PointerMap) -> RequestInvalidProblem:
    """Return a problem whose pointers are the caller's."""
    for part in problem.errors:
        if "pointer" in part:
            part["pointer"] = sent.as_sent(part["pointer"])
    return problem


def _clash(name: str, path: str) -> RequestInvalidProblem:
    message = f"is the same as /{path}, which is given too"
    return RequestInvalidProblem([{"pointer": f"/{name}", "message": message, "fix": "give one"}])
