"""What VIES tells in an answer: `---` is nothing, and an echo of our own words is nothing either.

A member state that compares gives back what the asker wrote beside the marks of the comparison.
What it marks as wrong is therefore the asker's error and not the holder's name or address.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from gateway.vies.answers import Match, Matches, Number

_MARKS: Mapping[str, Match] = {"1": "valid", "2": "invalid", "3": "not_processed"}
_NOTHING = "---"


@dataclass(frozen=True, slots=True)
class Told:
    """An answer's content.

    Attributes:
        number: The number that the answer is about.
        valid: Whether it is in force.
        request_date: The day of the answer, in the service's own time zone.
        consultation_number: Proof of the question; only for a known requester.
        name: The holder's name, if told.
        address: The holder's address, if told, one line each.
        matches: The comparison.
    """

    number: Number
    valid: bool
    request_date: datetime.date
    consultation_number: str | None
    name: str | None
    address: str | None
    matches: Matches


def told(values: Mapping[str, object]) -> Told:
    """Read the values of `checkVatResponse` or `checkVatApproxResponse` by element name.

    Raises:
        KeyError, TypeError: They are not those of an answer.
    """
    valid, day = values["valid"], values["requestDate"]
    if not isinstance(valid, bool) or not isinstance(day, datetime.date):
        raise TypeError("no result or no date")
    matches = Matches(
        name=_mark(values, "traderNameMatch"),
        company_type=_mark(values, "traderCompanyTypeMatch"),
        street=_mark(values, "traderStreetMatch"),
        postcode=_mark(values, "traderPostcodeMatch"),
        city=_mark(values, "traderCityMatch"),
    )
    name = _text(values, "name") or _text(values, "traderName")
    return Told(
        number=Number(_text(values, "countryCode") or "", _text(values, "vatNumber") or ""),
        valid=valid,
        request_date=day,
        consultation_number=_text(values, "requestIdentifier"),
        name=None if matches.name == "invalid" else name,
        address=_text(values, "address")
        or _text(values, "traderAddress")
        or _parts(values, matches),
        matches=matches,
    )


def _mark(values: Mapping[str, object], name: str) -> Match | None:
    return _MARKS.get(_text(values, name) or "")


def _text(values: Mapping[str, object], name: str) -> str | None:
    """Return an element's lines without what surrounds them; None for `---` or nothing."""
    value = values.get(name)
    if not isinstance(value, str):
        return None
    lines = [line.strip() for line in value.splitlines()]
    text = "\n".join(line for line in lines if line)
    return None if text in {"", _NOTHING} else text


def _parts(values: Mapping[str, object], matches: Matches) -> str | None:
    """Return the address of an answer that tells it in parts, without the parts marked wrong."""
    street = None if matches.street == "invalid" else _text(values, "traderStreet")
    postcode = None if matches.postcode == "invalid" else _text(values, "traderPostcode")
    city = None if matches.city == "invalid" else _text(values, "traderCity")
    town = " ".join(part for part in (postcode, city) if part)
    return "\n".join(part for part in (street, town) if part) or None
