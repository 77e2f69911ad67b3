"""From a body as sent to a customer, and from what is wrong with it back to the sender's names."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from formats.json.aliases import SHORT_NAMES, AliasClashError, canonical
from formats.json.blanks import without_blanks
from formats.json.codes import in_their_lists
from formats.json.names import known_names, unknown_name
from formats.json.shape import plain_message, pointer
from gateway.customers.schemas import WORDS, CustomerDetails, CustomerInput
from gateway.problems import InvalidPart, RequestInvalidProblem
from gateway.tenants.country_names import country_code

_OWN = {*CustomerDetails.model_fields, "reference", "contact_type", "metadata"}
_PLATFORM = "iso6523-actorid-upis::"
AsSent = Callable[[str], str]
"""From a canonical pointer to the one into the body as sent."""


def renamed(body: Mapping[str, Any]) -> tuple[dict[str, Any], AsSent]:
    """Return a body, or a patch of one, under EN 16931's own names.

    Raises:
        RequestInvalidProblem: A field is given twice.
    """
    own = {name: value for name, value in body.items() if name in _OWN}
    party = {name: value for name, value in body.items() if name not in _OWN}
    words: dict[str, str] = {}
    for word, canonical_name, read in (
        ("country", "country_code", _country),
        ("peppol_id", "electronic_address", _participant),
    ):
        if word in party:
            if canonical_name in party:
                raise _twice(word, canonical_name)
            party[canonical_name] = read(party.pop(word))
            words[f"/{canonical_name}"] = f"/{word}"
    try:
        found, pointers = canonical({"buyer": party})
    except AliasClashError as clash:
        places = (clash.pointer.removeprefix("/buyer"), str(clash).replace("/buyer/", "/"))
        raise RequestInvalidProblem([{"pointer": places[0], "message": places[1]}]) from None

    def as_sent(place: str) -> str:
        sent = pointers.as_sent(f"/buyer{place}").removeprefix("/buyer")
        for meant, word in words.items():
            if sent == meant or sent.startswith(f"{meant}/"):
                return word
        return sent

    buyer = found["buyer"]
    return {**(buyer if isinstance(buyer, dict) else {}), **own}, as_sent


def read(value: Mapping[str, Any], as_sent: AsSent) -> CustomerInput:
    """Return a customer from its members under EN 16931's own names.

    Raises:
        RequestInvalidProblem: It has another shape; every wrong place is listed.
    """
    tidy = without_blanks(in_their_lists(value))
    if isinstance(tidy, dict):
        _spell_country(tidy)
    try:
        return CustomerInput.model_validate(tidy)
    except ValidationError as error:
        parts = [_part(one, as_sent) for one in error.errors(include_url=False)]
        raise RequestInvalidProblem(parts) from None


def _part(error: Any, as_sent: AsSent) -> InvalidPart:  # noqa: ANN401 - pydantic's dictionary
    place, message = list(error["loc"]), plain_message(error)
    if error["type"] == "extra_forbidden":
        known: tuple[str, ...] = known_names(CustomerInput, place[:-1])
        if len(place) == 1:
            known = (*CustomerInput.model_fields, *SHORT_NAMES["buyer"], *WORDS)
        message = unknown_name(str(place[-1]), sorted(known))
    return {"pointer": as_sent(pointer(place)), "message": message}


def _country(value: object) -> object:
    """Return the code of a country's English name; what is none stays, to be refused."""
    return (country_code(value) or value) if isinstance(value, str) else value


def _spell_country(value: dict[str, Any]) -> None:
    address = value.get("postal_address")
    if isinstance(address, Mapping) and "country_code" in address:
        value["postal_address"] = {**address, "country_code": _country(address["country_code"])}


def _participant(value: object) -> object:
    """Return `9930:DE123456788` as an electronic address (BT-49)."""
    if not isinstance(value, str):
        return value
    scheme, colon, identifier = value.strip().removeprefix(_PLATFORM).partition(":")
    if not colon:
        return value
    return {"value": identifier, "scheme_identifier": scheme}


def _twice(one: str, other: str) -> RequestInvalidProblem:
    message = f"/{one} and /{other} are the same field; give one of them"
    return RequestInvalidProblem([{"pointer": f"/{one}", "message": message}])
